import PolicyModel
import Scenarios
import Simulation
import Stochastics
import Wording

/// An estimate or a derived metric of a scenario.
package struct WorkedName: Sendable {
  /// What it is.
  package enum Kind: Sendable {
    /// A number beside the world, worked out from distributions and arithmetic.
    case estimate
    /// A metric that is worked out from others; whether it is one number for a run.
    case derived(isOnce: Bool)
  }

  /// What it is.
  package let kind: Kind
  /// What it is called; nil where the file does not say.
  package let title: String?
  /// Its unit.
  package let unit: String
  /// The formula as it is written; nil for what is given.
  package let formula: String?
  /// How a number that is given is spread; nil for a formula.
  package let spread: String?
  /// Where it comes from; nil where the file does not say.
  package let source: String?
  /// Names of the file and of metrics that the formula reads, in its order.
  package let parts: [String]

  /// Nil where the scenario works out nothing of that name.
  init?(_ name: String, in scenario: Scenario) {
    let blueprint = scenario.blueprint
    if let estimate = blueprint.estimates.estimates.first(where: { $0.name == name }) {
      let parameter = blueprint.parameters.parameters.first {
        $0.declaration.name == Estimate.parameterName(of: name)
      }
      kind = .estimate
      (title, unit, formula) = (estimate.title, estimate.unit, estimate.formula)
      spread = parameter.map { Self.spread(of: $0.law) }
      source = estimate.source ?? parameter?.source
    } else if let metric = blueprint.derived.metrics.first(where: { $0.name == name }) {
      kind = .derived(isOnce: metric.isFixed)
      (title, unit, formula) = (metric.title, metric.unit, metric.formula)
      (spread, source) = (nil, nil)
    } else {
      return nil
    }
    parts = Self.parts(of: formula ?? "", in: scenario)
  }

  private static func spread(of law: Distribution) -> String {
    func words(_ value: Double) -> String { NumberWords.significant(value, digits: 3) }
    guard !law.isDegenerate else { return words(law.median) }
    return
      "median \(words(law.median)), \(words(law.quantile(0.05))) to \(words(law.quantile(0.95))) in 90% of draws"
  }

  /// All names that a scenario works something out under.
  static func names(of scenario: Scenario) -> [String] {
    scenario.blueprint.estimates.estimates.map(\.name)
      + scenario.blueprint.derived.metrics.map(\.name)
  }

  /// The words of a formula that are names.
  private static func parts(of formula: String, in scenario: Scenario) -> [String] {
    let known = Set(names(of: scenario) + Catalogue.metrics.map(\.metric.name))
    return formula.matches(of: /[A-Za-z_][A-Za-z0-9_]*/).map { String($0.0) }
      .filter(known.contains)
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
