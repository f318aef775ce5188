public import Quantities
import Simulation
import Stochastics

/// One process of the world: what it needs, what it does each month, what can be seen of it.
///
/// A mechanism is one file. It reads what it likes of the world, writes only what its file says it
/// writes, and draws only from streams under its own `id`; switched off it draws nothing, so that
/// nobody else's numbers change. To add one, write its file and name it in ``StepOrder``.
protocol Mechanism: Sendable {
  /// The id of its streams: literal, appended, never used again for anything else.
  static var id: MechanismID { get }
  /// Its key in scenario files and the first part of its parameters' names.
  static var name: String { get }
  /// Whether `mechanisms: {name: off}` makes sense.
  static var canBeSwitchedOff: Bool { get }
  /// The numbers that it reads.
  static var parameters: [ParameterDeclaration] { get }
  /// What it lets others see.
  static var metrics: [MetricDeclaration] { get }

  /// Looks up, once, what it will need in every step.
  init(_ blueprint: Blueprint)

  /// Does one month's work.
  func advance(_ world: inout World, _ step: StepContext)
}

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

/// What a number is recorded of.
enum EntityKind: String, Sendable {
  case run
  case lab
  case stage
}

/// A metric with the way to read it off the world.
struct MetricDeclaration: Sendable {
  /// When it is recorded.
  enum Occasion: Sendable { case everyMonth, once }

  let metric: Metric
  let entity: EntityKind
  let occasion: Occasion
  /// The value for the entity at a place in the plan, or nil where there is none.
  let value: @Sendable (World, WorldPlan, Int) -> Double?
}
