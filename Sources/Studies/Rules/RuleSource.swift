public import Documents
package import PolicyModel
public import Scenarios

/// Whose rules and chips are looked at: the built-in ones, or those of a regime of a scenario.
public struct RuleSource: Sendable {
  /// The rules.
  package let rules: [Rule]
  /// Every chip that can be asked for.
  let chips: [Chip]
  /// The chips to show when none is asked for.
  let shownChips: [Chip]
  /// The regime and its scenario, in words; nil for the built-in rules.
  package let name: String?

  /// The built-in rules and chips.
  public static let builtIn = RuleSource(
    rules: BuiltInFacts.current.rules, chips: BuiltInFacts.current.chips,
    shownChips: BuiltInFacts.current.chips, name: nil)

  /// A set of built-in rules, as they were known then: `current-law`, `current-law@2025-12`.
  public init(set name: String) throws(CommandLineFault) {
    let set = try RuleSet(named: name)
    self.init(
      rules: set.rules, chips: BuiltInFacts.current.chips, shownChips: BuiltInFacts.current.chips,
      name: set.name)
  }

  private init(rules: [Rule], chips: [Chip], shownChips: [Chip], name: String?) {
    self.rules = rules
    self.chips = chips
    self.shownChips = shownChips
    self.name = name
  }

  /// The rules of a regime, with the chips of its world and those that the scenario adds or changes.
  ///
  /// - Parameter regime: its id; nil for the reference regime.
  public init(_ scenario: Scenario, regime: String?) throws(CommandLineFault) {
    let regimes = scenario.blueprint.regimes
    guard let found = regimes.first(where: { $0.id == regime ?? regimes[0].id }) else {
      let known = regimes.map(\.id)
      throw CommandLineFault(unknown: "regime", regime ?? "", known: known)
    }
    let used = Set(scenario.blueprint.world.chips.map(\.id))
    rules = found.rules.rules
    chips = scenario.chips
    shownChips = scenario.chips.filter { chip in
      used.contains(chip.id) || BuiltInFacts.current.chip(chip.id) != chip
    }
    name = "\(found.id) of \(scenario.name)"
  }

  /// A chip by its id.
  func chip(_ id: String) throws(CommandLineFault) -> Chip {
    if let chip = chips.first(where: { $0.id == id }) { return chip }
    throw CommandLineFault(unknown: "chip", id, known: chips.map(\.id))
  }
}
