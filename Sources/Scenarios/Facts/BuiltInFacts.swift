import Documents
import CFacts
public import PolicyModel
public import Quantities

/// The chips, rules and parameter values that ship inside the program.
public struct BuiltInFacts: Sendable {
  /// The chips, by file order.
  public let chips: [Chip]
  /// The rules, by file order.
  public let rules: [Rule]
  /// The day up to which rules are known: printed with every result.
  public let rulesKnownUntil: Day
  /// What each mechanism's parameters are, unless a scenario says otherwise.
  let parameters: [String: DistributionForm]

  /// The facts of this build.
  public static let current: BuiltInFacts = {
    do { return try BuiltInFacts() } catch {
      // The files are part of the program; a test reads them, so that this cannot ship.
      preconditionFailure("built-in facts:\n\(error)")
    }
  }()

  /// A chip by its id.
  public func chip(_ id: String) -> Chip? { chips.first { $0.id == id } }

  /// A rule by its id.
  public func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }

  private init() throws(ScenarioFaults) {
    let chipFile = try Self.read(chokepoint_chips(), "chips.yaml", FactSchemas.chipFile)
    var chipReader = ChipReader(sources: SourceTable(chipFile["sources"]))
    chips = (chipFile["chips"]?.items ?? []).compactMap { chipReader.chip($0, changing: nil) }

    let ruleFile = try Self.read(chokepoint_rules(), "rules.yaml", FactSchemas.ruleFile)
    var ruleReader = RuleReader(sources: SourceTable(ruleFile["sources"]))
    rules = (ruleFile["rules"]?.items ?? []).compactMap { ruleReader.rule($0) }
    rulesKnownUntil = ruleFile["known_until"]?.date ?? Day(number: 0)

    let values = try Self.read(
      chokepoint_parameters(), "parameters.yaml", ParameterSchemas.defaultsFile)
    parameters = Dictionary(
      uniqueKeysWithValues: values.entries.flatMap { mechanism in
        mechanism.value.entries.compactMap { entry in
          entry.value.distribution.map { ("\(mechanism.key).\(entry.key)", $0) }
        }
      })
    let faults = chipReader.faults + ruleReader.faults
    guard faults.isEmpty else { throw ScenarioFaults(faults) }
  }

  private static func read(
    _ file: chokepoint_data_file, _ name: String, _ schema: Schema
  ) throws(ScenarioFaults) -> DocumentNode {
    let bytes = Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    return try SourceDocument(bytes: bytes, file: name).checked(against: schema)
  }
}

extension BuiltInFacts {
  /// What a parameter is, unless a scenario says otherwise; nil for one that has no built-in value.
  public func builtInValue(of parameter: String) -> BuiltInValue? {
    parameters[parameter].map { BuiltInValue($0) }
  }
}
