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
