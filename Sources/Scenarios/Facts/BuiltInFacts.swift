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
  /// Chips and rules as they are written, by id.
  private let (chipRecords, ruleRecords): ([String: DocumentNode], [String: DocumentNode])

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

  /// What a parameter is, unless a scenario says otherwise; nil for one that has no built-in value.
  public func builtInValue(of parameter: String) -> BuiltInValue? {
    parameters[parameter].map { BuiltInValue($0) }
  }

  private init() throws(ScenarioFaults) {
    let chipFile = try SourceDocument(chokepoint_chips(), named: "chips.yaml")
      .checked(against: Self.chipFile)
    let ruleFile = try SourceDocument(chokepoint_rules(), named: "rules.yaml")
      .checked(against: Self.ruleFile)
    let knownUntil = ruleFile["known_until"]?.date ?? Day(number: 0)
    let ruleNodes = (ruleFile["rules"]?.items ?? []).map { rule in
      rule.withLicensesKnown(until: Day(number: knownUntil.number + 1))
    }
    chipRecords = Self.records(chipFile["chips"]?.items ?? [])
    ruleRecords = Self.records(ruleNodes)
    var reader = RuleReader()
    chips = (chipFile["chips"]?.items ?? []).compactMap { Chip($0, changing: nil) }
    rules = ruleNodes.compactMap { reader.rule($0) }
    rulesKnownUntil = knownUntil
    let values = try SourceDocument(chokepoint_parameters(), named: "parameters.yaml")
      .checked(against: PriorSchema.file)
    parameters = Dictionary(
      uniqueKeysWithValues: values.entries.flatMap { mechanism in
        mechanism.value.entries.compactMap { entry in
          entry.value.distribution.map { ("\(mechanism.key).\(entry.key)", $0) }
        }
      })
    guard reader.faults.isEmpty else { throw ScenarioFaults(reader.faults) }
  }

  private static func records(_ list: [DocumentNode]) -> [String: DocumentNode] {
    Dictionary(list.compactMap { item in item["id"]?.text.map { ($0, item) } }) { $1 }
  }

  private static let chipFile = Schema.mapping([
    .required("sources", SourceSchema.table, "Where the values come from."),
    .required("chips", .records(of: ChipSchema.fields, minimum: 1), "The chips."),
  ])

  private static let ruleFile = Schema.mapping([
    .required("sources", SourceSchema.table, "Where the rules are written."),
    .required("known_until", .date, "The day up to which rules are known."),
    .required("rules", .records(of: RuleSchema.fields), "The rules."),
  ])
}

extension BuiltInFacts {
  /// A chip as a scenario has it, written out in full: one of its own, or a built-in one with its
  /// changes.
  func whole(chip node: DocumentNode) -> DocumentNode {
    node["id"]?.text.flatMap { chipRecords[$0] }.map { node.over($0) } ?? node
  }

  /// A built-in chip, written out in full.
  func record(ofChip id: String) -> DocumentNode? { chipRecords[id] }

  /// A built-in rule, written out in full.
  func record(ofRule id: String) -> DocumentNode? { ruleRecords[id] }

  /// A rule as a regime has it, written out in full: one of its own, or a built-in one, with other
  /// dates where it is used with these; nil for one that is not known.
  func whole(rule node: DocumentNode) -> DocumentNode? {
    if let id = node.text { return ruleRecords[id] }
    guard let name = node["use"] else { return node }
    let isOpenEnded = node["open_ended"]?.flag == true
    return name.text.flatMap { ruleRecords[$0] }.map {
      node.over($0, without: isOpenEnded ? ["ends"] : [])
    }
  }
}

extension DocumentNode {
  /// A built-in rule with the day that holds for all of them, where it leaves licenses to a review.
  fileprivate func withLicensesKnown(until day: Day) -> DocumentNode {
    let subject: RuleSubject? = word("acts_on")
    let policies = (self["review"]?.items ?? []).compactMap { $0["policy"]?.text }
    let asks = policies.isEmpty || policies.contains(ReviewPolicy.license.rawValue)
    guard subject == .chips, asks, lacks("licenses_known_until") else { return self }
    return with("licenses_known_until", saying(.date(day), at: "\(path).licenses_known_until"))
  }
}
