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
  /// Levels whose first passage is recorded.
  public let thresholds: [Threshold]
  /// What is worked out beside the world.
  public let estimates: EstimateTable
  /// Metrics that are worked out from others.
  public let derived: DerivedTable
  /// Where things stand in the arrays of the economy, for all mechanisms.
  let layout: EconomyLayout
  /// The caps of all regimes.
  let caps: CapTable

  /// Describes a scenario.
  public init(
    world: WorldPlan, regimes: [Regime], parameters: ParameterTable, start: Month,
    monthCount: Int, switchedOff: Set<String> = [], thresholds: [Threshold] = [],
    estimates: EstimateTable? = nil, derived: DerivedTable = .empty
  ) {
    self.world = world.withResponsiveDesigns(for: regimes, until: start + monthCount)
    layout = EconomyLayout(self.world, from: start)
    caps = CapTable(of: regimes.map(\.rules), in: layout)
    self.regimes = regimes
    self.parameters = parameters
    self.start = start
    self.monthCount = monthCount
    self.switchedOff = switchedOff
    self.thresholds = thresholds
    self.derived = derived
    self.estimates = estimates ?? .none(parameters: parameters.parameters.count)
  }
}

extension Blueprint {
  private init(
    _ blueprint: Blueprint, world: WorldPlan, layout: EconomyLayout, regimes: [Regime],
    parameters: ParameterTable
  ) {
    (self.world, self.layout, self.regimes, self.parameters) = (world, layout, regimes, parameters)
    (start, monthCount) = (blueprint.start, blueprint.monthCount)
    (switchedOff, thresholds) = (blueprint.switchedOff, blueprint.thresholds)
    (caps, estimates, derived) = (blueprint.caps, blueprint.estimates, blueprint.derived)
  }

  /// The same with some of the regimes alone, by their places.
  package func keeping(regimes places: [Int]) -> Blueprint {
    Blueprint(
      world: world, regimes: places.map { regimes[$0] },
      parameters: parameters.keeping(regimes: places), start: start, monthCount: monthCount,
      switchedOff: switchedOff, thresholds: thresholds, estimates: estimates, derived: derived)
  }

  /// The same with every uncertainty at its published value, or at its median.
  public var atPointValues: Blueprint {
    Blueprint(
      self, world: world, layout: layout, regimes: regimes, parameters: parameters.atPointValues)
  }

  /// By regime: the place of the one that answers hold it to besides the reference; nil for none.
  public var others: [Int?] {
    regimes.enumerated().map { place, regime in
      guard place > 0, let against = regime.against else { return nil }
      // The reference is what every regime is held to anyway.
      return regimes.firstIndex { $0.id == against }.flatMap { $0 > 0 ? $0 : nil }
    }
  }

  /// The same with what is equal in another blueprint held once.
  package func sharing(_ other: Blueprint) -> Blueprint {
    let isSameWorld = world == other.world
    return Blueprint(
      self, world: isSameWorld ? other.world : world, layout: isSameWorld ? other.layout : layout,
      regimes: regimes == other.regimes ? other.regimes : regimes,
      parameters: parameters.sharing(other.parameters))
  }
}

/// A policy arm: dated rules under an id.
public struct Regime: Hashable, Sendable {
  /// The id that scenarios and results use.
  public let id: String
  /// What people call it, in a few words; nil where the id says it.
  public let name: String?
  /// What it is, in one line.
  public let title: String?
  /// The id of the regime that answers hold it to besides the reference; nil for none.
  public let against: String?
  /// The rules.
  public let rules: RuleBook
  /// Which parts suppliers make for places where their best one is barred.
  public let variants: VariantPolicy

  /// States a regime.
  public init(
    id: String, name: String? = nil, title: String? = nil, against: String? = nil, rules: RuleBook,
    variants: VariantPolicy = .historical
  ) {
    self.id = id
    self.name = name
    self.title = title
    self.against = against
    self.rules = rules
    self.variants = variants
  }
}

/// Which parts suppliers make for places where their best one is barred.
public enum VariantPolicy: String, CaseIterable, Sendable {
  /// Those of the catalogue, from the month in which they appeared.
  case historical
  /// None.
  case none
  /// The best part under every threshold in force, some months after the rule.
  case responsive
}

/// A level of a monthly metric, whose first passage is an event of a run.
public struct Threshold: Hashable, Sendable {
  /// Its id in results.
  public let id: String
  /// Whose metric it is, by the name in results.
  public let entity: String
  /// The metric, by name.
  public let metric: String
  /// The level: reached in the first month in which the metric is at least this.
  public let level: Double

  /// States a threshold.
  public init(id: String, entity: String, metric: String, level: Double) {
    self.id = id
    self.entity = entity
    self.metric = metric
    self.level = level
  }
}
