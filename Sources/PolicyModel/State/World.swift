import Quantities

/// Everything that changes during one run of one regime.
///
/// There is one of it: what is large lies in memory that it owns, and a copy is made by ``snapshot()`` and
/// by nothing else. Which mechanism writes which part is said in that mechanism's file.
public struct World: ~Copyable {
  /// Of a type whose layout the compiler does not know, and so of the world around it: a call that borrows one
  /// gets its address. Otherwise it gets a copy of the struct, 4 KB at each call, which was 4% of the engine.
  private let byAddress: any Sendable = ()

  /// What its columns are laid out by, and where they lie.
  private let plan: StatePlan
  let memory: Memory

  /// The values of all parameters under this replicate's draw and this regime, and behind them what is worked
  /// out from them (``EstimateTable``).
  let parameters: [Double]

  /// What happens to all regimes of the replicate alike.
  let shocks: Shocks

  /// The regime's place in the scenario.
  var regime: Int

  /// The month that the step stands for.
  var month: Month

  /// Which chips each lab may buy this month. Written by ``RulesInForce``.
  var access = MonthlyAccess.unrestricted

  /// What chips cost this month, by chip. Written by ``Prices``.
  var prices: Cells<ChipPrices>

  /// How fast chips are. Written by ``Throughput``.
  var throughput = ThroughputLaw.off

  /// How far each scripted run is. Written by ``ScriptedRuns``.
  var runs: [RunProgress]

  /// Chip-hours used this month. Written by ``ScriptedRuns`` and ``ResearchOverhead``.
  var usage: [Usage] = []

  /// The books. Written by ``CostLedger`` and ``LabLedger``.
  var ledger: Ledger

  /// The step that `month` stands for, from 0.
  var step = 0

  /// Who makes, sells, buys and uses chips.
  var economy: EconomyState

  /// By threshold: the step in which its level was reached. Written by ``FirstPassages``.
  var passages: Cells<Int?>

  /// What metrics derived from others are worked out from: series by series, in it month by month. Written by
  /// ``DerivedMetrics``.
  var series: Cells<Double>

  /// The metrics that the scenario works out from others, this month; NaN where there is none. Written by
  /// ``DerivedMetrics``.
  var derived: Cells<Double>

  /// What happened so far; nil unless somebody wants to know (``PolicyModel/keepingStory()``).
  public internal(set) var story: Story?

  /// Why a chip is or is not sold; nil unless somebody asks (``PolicyModel/asking(_:)``).
  var inquiry: SaleInquiry?

  /// The value of a parameter.
  subscript(index: ParameterIndex) -> Double { parameters[index.position] }

  /// The value of a mechanism's parameter.
  subscript(handle: Handle) -> Double { self[handle.index] }

  /// A world before the first month, whose columns hold what the arena gives them.
  private init(
    _ plan: StatePlan, parameters: [Double], shocks: Shocks, regime: Int, in arena: inout Arena
  ) {
    let world = plan.blueprint.world
    self.plan = plan
    self.parameters = parameters
    self.shocks = shocks
    self.regime = regime
    memory = arena.memory
    month = plan.blueprint.start
    runs = Array(repeating: RunProgress(), count: world.runs.count)
    prices = arena.cells(world.chips.count) {
      ChipPrices(of: world.chips[$0], in: plan.blueprint.start)
    }
    ledger = Ledger(
      labOfRun: world.runs.map(\.lab), labCount: world.labs.count,
      placeCount: world.economy.jurisdictions.count, isKept: plan.keepsBooks, in: &arena)
    economy = EconomyState(
      plan.blueprint.layout, caps: plan.blueprint.caps.caps.count,
      steps: plan.blueprint.monthCount, in: &arena)
    passages = arena.cells(plan.blueprint.thresholds.count, of: nil)
    series = arena.cells(plan.blueprint.derived.series.count * plan.blueprint.monthCount, of: .nan)
    derived = arena.cells(plan.blueprint.derived.metrics.count, of: .nan)
  }

  /// A world before the first month, from the bytes of one (``openingBytes(of:)``).
  init(
    _ plan: StatePlan, opening: [UInt8], parameters: [Double], shocks: Shocks, regime: Int
  ) {
    var arena = Arena(copying: opening)
    self.init(plan, parameters: parameters, shocks: shocks, regime: regime, in: &arena)
  }

  /// What the columns of a world hold before the first month: made once, so that a beginning is one copy.
  static func openingBytes(of plan: StatePlan) -> [UInt8] {
    func layOut(in arena: inout Arena) {
      _ = World(plan, parameters: [], shocks: Shocks(), regime: 0, in: &arena)
    }
    var arena = Arena(for: layOut)
    layOut(in: &arena)
    return arena.memory.bytes
  }

  /// A world of its own that is as this one is now, from now on under these parameters.
  func snapshot(under parameters: [Double]? = nil) -> World {
    var arena = Arena(copying: memory)
    var copy = World(
      plan, parameters: parameters ?? self.parameters, shocks: shocks, regime: regime, in: &arena)
    copy.month = month
    copy.step = step
    copy.access = access
    copy.throughput = throughput
    copy.runs = runs
    copy.usage = usage
    copy.story = story
    copy.inquiry = inquiry
    copy.economy.takeFigures(of: economy)
    return copy
  }
}

/// What the states of all worlds of a model are laid out by.
final class StatePlan: Sendable {
  let blueprint: Blueprint
  /// Whether anybody will look into the books: otherwise they are not kept.
  let keepsBooks: Bool

  init(_ blueprint: Blueprint, keepsBooks: Bool = true) {
    (self.blueprint, self.keepsBooks) = (blueprint, keepsBooks)
  }
}

/// Chip-hours that one stage of one run used in one month.
struct Usage: Sendable {
  let run: Int
  let stage: Stage
  let chip: ChipIndex
  let chipHours: ChipHours
  /// The prices when the run began: a contract is made once.
  let prices: StagePrices
}

/// How far a scripted run is.
struct RunProgress: Hashable, Sendable {
  /// Hours since 1970 at which it began; nil while it waits for its day, its chips or a
  /// predecessor.
  var start: Hours?
  /// Whether it began in the month that the step stands for.
  var startedThisMonth = false
  /// Its stages, in order; empty until it begins.
  var stages: [StageProgress] = []
  /// Whether every chip-hour of it has been used.
  var isFinished = false

  /// Hours since 1970 at which its last stage ends; nil until it begins.
  var end: Hours? { stages.last?.end }

  /// How long all its stages last, one after another.
  var duration: Hours { stages.reduce(.zero) { $0 + $1.duration } }
}

/// How far a stage of a scripted run is.
struct StageProgress: Hashable, Sendable {
  let chip: ChipIndex
  let start: Hours
  /// How long it lasts; kept, since the difference of two times since 1970 would round it.
  let duration: Hours
  let total: ChipHours
  let prices: StagePrices
  var used = ChipHours.zero

  var end: Hours { start + duration }
}

/// What happens to all regimes of a replicate alike, by step and agent: drawn once, read by each of them.
///
/// A stream's address knows no regime, so that each would draw the same numbers. Each list is drawn by the
/// mechanism that reads it (``Mechanism/draw(_:of:)``), and empty where that is switched off.
public struct Shocks: Sendable {
  /// By family: standard normals of output beyond the last known year. Drawn by ``SupplierCapacity``.
  var output: [Double] = []
  /// By owner: standard normals of spending. Drawn by ``SpendingPlans``.
  var spending: [Double] = []
  /// By developer: standard normals of algorithms. Drawn by ``AlgorithmicEfficiency``.
  var algorithms: [Double] = []
}
