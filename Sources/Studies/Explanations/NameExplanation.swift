public import Documents
package import PolicyModel
public import Scenarios
import Simulation
package import Wording

/// What a name means: a metric, a parameter or a mechanism of the model, an estimate or a derived metric of a
/// scenario, or a word of results.
public struct NameExplanation: Sendable {
  /// The name.
  public let name: String
  /// The metrics of that name: one for each kind of entity that it is recorded of.
  package let metrics: [Catalogue.MetricEntry]
  /// The parameter of that name.
  package let parameter: Parameter?
  /// The mechanism of that name.
  package let mechanism: Catalogue.MechanismEntry?
  /// What the scenario works out under that name.
  package let worked: WorkedName?
  /// The word of results.
  package let term: GlossaryTerm?

  /// A parameter with what is built in.
  package struct Parameter: Sendable {
    /// What it is.
    package let declaration: ParameterDeclaration
    /// What it is unless a scenario says otherwise; nil where only scenarios say.
    package let value: BuiltInValue?
    /// The mechanism that reads it, with its section; nil for what belongs to a chip, an owner, a lab or a run.
    package let mechanism: Catalogue.MechanismEntry?
    /// Where the built-in value is written; nil where there is none.
    package let home: String?
  }

  /// Looks a name up; of names that nothing has, the error tells the nearest.
  ///
  /// - Parameter scenario: whose estimates and derived metrics are known too; nil for those of the model alone.
  public init(_ name: String, in scenario: Scenario? = nil) throws(CommandLineFault) {
    self.name = name
    worked = scenario.flatMap { WorkedName(name, in: $0) }
    term = Glossary.term(named: name)
    metrics = Catalogue.metrics.filter { $0.metric.name == name }
    parameter = Self.parameter(name)
    mechanism = Catalogue.mechanisms.first { $0.name == name }
    guard metrics.isEmpty, parameter == nil, mechanism == nil, worked == nil, term == nil else {
      return
    }
    throw CommandLineFault(
      unknown: scenario == nil
        ? "metric, parameter or mechanism"
        : "metric, parameter, mechanism, estimate or derived metric", name,
      known: Self.names + (scenario.map(WorkedName.names) ?? []) + Glossary.terms.map(\.word),
      see:
        "`chokepoint metrics` lists all metrics, `chokepoint metrics --parameters` all parameters")
  }

  /// The names of which the nearest are told.
  private static var names: [String] {
    let ofWorlds = BuiltInWorldValues.all.flatMap(\.values).map(\.declaration.name)
    let ofMechanisms = Catalogue.mechanisms.flatMap { [$0.name] + $0.parameters.map(\.name) }
    return Catalogue.metrics.map(\.metric.name) + ofMechanisms + ofWorlds
  }

  private static func parameter(_ name: String) -> Parameter? {
    for mechanism in Catalogue.mechanisms {
      guard let declaration = mechanism.parameters.first(where: { $0.name == name }) else {
        continue
      }
      return Parameter(
        declaration: declaration, value: BuiltInFacts.current.builtInValue(of: name),
        mechanism: mechanism, home: "parameters.yaml")
    }
    for world in BuiltInWorldValues.all {
      guard let found = world.values.first(where: { $0.declaration.name == name }) else { continue }
      return Parameter(
        declaration: found.declaration, value: found.value, mechanism: nil,
        home: "\(world.world).yaml")
    }
    let pattern = Catalogue.parametersOfEntities.first { $0.name.isPattern(of: name) }
    return pattern.map {
      Parameter(declaration: $0.named(name), value: nil, mechanism: nil, home: nil)
    }
  }
}

/// What stands in declarations for ids.
private let placeholders: Set<Substring> = ["ID", "STAGE"]

extension String {
  /// Whether a name is this one with ids for the words in capitals: `chips.ID.rent_usd_per_hour`.
  fileprivate func isPattern(of name: String) -> Bool {
    let (own, other) = (split(separator: "."), name.split(separator: "."))
    return own.count == other.count
      && zip(own, other).allSatisfy { $0 == $1 || placeholders.contains($0) }
  }
}

extension ParameterDeclaration {
  /// The same of one entity, whose ids are in the name.
  fileprivate func named(_ name: String) -> ParameterDeclaration {
    let ids = zip(self.name.split(separator: "."), name.split(separator: "."))
      .filter { placeholders.contains($0.0) }
    let definition = ids.reduce(definition) { $0.replacing($1.0, with: $1.1) }
    return ParameterDeclaration(name: name, unit: unit, range: range, definition: definition)
  }
}
