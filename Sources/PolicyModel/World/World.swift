import Quantities

/// Everything that changes during one run of one regime.
///
/// A value: a copy is a snapshot. Which mechanism writes which part is said in that mechanism's file.
public struct World: Sendable {
  /// The values of all parameters under this replicate's draw and this regime.
  let parameters: [Double]

  /// The regime's place in the scenario.
  var regime: Int

  /// The month that the step stands for.
  var month: Month

  /// Which chips each lab may buy this month. Written by ``RulesInForce``.
  var access: MonthlyAccess

  /// What chips cost this month, by chip. Written by ``Prices``.
  var prices: [ChipPrices]

  /// How fast chips are. Written by ``Throughput``.
  var throughput: ThroughputLaw

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
  var passages: [Int?]

  /// What happened so far; nil unless somebody wants to know (``PolicyModel/keepingStory()``).
  public internal(set) var story: Story?

  /// The value of a parameter.
  subscript(index: ParameterIndex) -> Double { parameters[index.position] }
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
