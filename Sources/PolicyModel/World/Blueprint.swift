public import Quantities

/// The immutable description of a scenario that mechanisms are made from.
public struct Blueprint: Sendable {
  /// The world.
  public let world: WorldPlan
  /// The regimes, the reference first.
  public let regimes: [Regime]
  /// All parameters.
  public let parameters: ParameterTable
  /// The first month.
  public let start: Month
  /// How many months.
  public let monthCount: Int
  /// Mechanisms that are switched off, by name.
  public let switchedOff: Set<String>

  /// Describes a scenario.
  public init(
    world: WorldPlan, regimes: [Regime], parameters: ParameterTable, start: Month,
    monthCount: Int, switchedOff: Set<String> = []
  ) {
    self.world = world
    self.regimes = regimes
    self.parameters = parameters
    self.start = start
    self.monthCount = monthCount
    self.switchedOff = switchedOff
  }
}

/// A policy arm: dated rules under an id.
public struct Regime: Hashable, Sendable {
  /// The id that scenarios and results use.
  public let id: String
  /// What it is, in one line.
  public let title: String?
  /// The rules.
  public let rules: RuleBook

  /// States a regime.
  public init(id: String, title: String? = nil, rules: RuleBook) {
    self.id = id
    self.title = title
    self.rules = rules
  }
}
