import Glibc
public import Simulation
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
  /// In which worlds it acts: elsewhere its parameters are not there, and nothing of it is recorded.
  static var scope: MechanismScope { get }
  /// The numbers that it can be set to, none unless it says otherwise.
  associatedtype Parameters: ParameterHandles = NoParameters
  /// What it lets others see, nothing unless it says otherwise.
  static var metrics: [MetricDeclaration] { get }

  /// Looks up, once, what it will need in every step.
  init(_ blueprint: Blueprint)

  /// The first step in which two regimes, given by their places, could make it act differently on the same
  /// parameters; `Int.max` (the default) for never. Only a mechanism that asks a world for its regime has
  /// anything to say.
  func firstDifference(between first: Int, and second: Int) -> Int

  /// Draws, once for all regimes of a replicate, what happens to each of them alike; nothing by default.
  func draw(_ shocks: inout Shocks, of replicate: Replicate)

  /// Does one month's work.
  func advance(_ world: inout World, _ step: StepContext)
}

/// In which worlds a mechanism acts.
public enum MechanismScope: Sendable {
  /// In every world in which something happens.
  case always
  /// Where there are scripted runs.
  case scriptedRuns
  /// Where there is an economy: owners of chips with money to spend.
  case economy

  /// Whether a world is of that sort.
  public func includes(hasRuns: Bool, hasEconomy: Bool) -> Bool {
    switch self {
    case .always: hasRuns || hasEconomy
    case .scriptedRuns: hasRuns
    case .economy: hasEconomy
    }
  }
}

extension Mechanism {
  func firstDifference(between first: Int, and second: Int) -> Int { .max }

  func draw(_ shocks: inout Shocks, of replicate: Replicate) {}

  /// Standard normals by step and agent, each from the stream of its month; 0 where none is wanted.
  func normals(
    of agents: [AgentID], steps: Int, in replicate: Replicate, where isWanted: (Int, Int) -> Bool
  ) -> [Double] {
    var normals = Array(repeating: 0.0, count: agents.count * steps)
    for step in 0..<steps {
      for agent in agents.indices where isWanted(step, agent) {
        var stream = replicate.stream(Self.id, agent: agents[agent], step: step)
        normals[step * agents.count + agent] = stream.normal()
      }
    }
    return normals
  }

  /// Most mechanisms are of the economy.
  static var scope: MechanismScope { .economy }

  static var metrics: [MetricDeclaration] { [] }

  /// Its parameters, in the order of their handles.
  static var declarations: [ParameterDeclaration] { Parameters.declared(by: name) }

  /// The handles of its parameters in a scenario; other mechanisms may ask too.
  static func parameters(_ blueprint: Blueprint) -> Parameters {
    Parameters(of: name, in: blueprint.parameters)
  }

  /// Whether it acts in a world, unless it is one of those that are switched off.
  static func acts(in world: WorldPlan, switchedOff: Set<String>) -> Bool {
    !switchedOff.contains(name)
      && scope.includes(hasRuns: !world.runs.isEmpty, hasEconomy: !world.economy.isEmpty)
  }
}

/// What a number is recorded of.
enum EntityKind: String, CaseIterable, Sendable {
  /// A scripted run.
  case run
  /// A lab.
  case lab
  /// A stage of a scripted run.
  case stage
  /// A lab that develops models of its own accord.
  case developer
  /// The fleet of an owner of chips.
  case fleet
  /// A jurisdiction.
  case jurisdiction
  /// A supplier of chips.
  case supplier
  /// A chip that is sold.
  case chip
  /// The whole world.
  case world

  /// Whether it is there only with scripted runs.
  var isOfRuns: Bool { self == .run || self == .stage }
}

extension Metric {
  /// Whether its value is the month in which something happened.
  public var isEvent: Bool { unit == "months_since_start" }
}

/// A metric with the way to read it off the world.
struct MetricDeclaration: Sendable {
  /// When it is recorded.
  enum Occasion: Sendable { case everyMonth, once }

  let metric: Metric
  let entity: EntityKind
  let occasion: Occasion
  /// Whether it is among the few that are recorded when a scenario does not say which.
  var isHeadline = false
  /// The value for the entity at a place in the plan, or nil where there is none.
  let value: @Sendable (borrowing World, WorldPlan, Int) -> Double?
}

/// The probability that something with an annual hazard happens within a month.
func monthlyProbability(ofAnnualHazard rate: Double) -> Double { -expm1(-rate * yearsPerMonth) }

/// A switch that turns on and off at annual rates: one uniform a month, through which a higher rate
/// can only turn it sooner.
func switched(
  _ isOn: Bool, onRate: Double, offRate: Double, uniform: Double
) -> Bool {
  isOn
    ? uniform < 1 - monthlyProbability(ofAnnualHazard: offRate)
    : uniform < monthlyProbability(ofAnnualHazard: onRate)
}
