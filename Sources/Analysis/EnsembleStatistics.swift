public import Simulation
import Stochastics

/// What an ensemble amounts to, cell by cell: everything that reports are made from.
public struct EnsembleStatistics: Sendable {
  /// The regimes, the reference first.
  public let regimes: [String]
  /// What the cells of a run are.
  public let layout: CellLayout
  /// How many replicates were asked for.
  public let replicatesPlanned: Int
  /// The runs that failed. A replicate that failed under any regime is in no number here.
  public let failures: [ReplicateFailure]
  /// How quantiles were made.
  public let quantileRule: QuantileRule
  /// By regime and cell: its distribution; nil where nothing was recorded.
  public let summaries: [[Summary?]]
  /// By regime and cell: how it compares with the reference; nil where it is not compared. Times of
  /// events are not: a difference would leave out every replicate without the event.
  public let comparisons: [[Comparison?]]
  /// By regime and cell: when it happened; nil for what is no time.
  public let passages: [[FirstPassage?]]
  /// By regime and cell: whether it happened earlier or later than in the reference.
  public let orders: [[PassageOrder?]]
  /// By regime and cell: the codes that occur, rising; empty for what holds none.
  public let codes: [[[Int]]]
  /// By statement: in what share of the replicates that have a value it is met; 0 without any.
  public let shares: [Double]

  /// How many replicates could not be computed under some regime.
  public var replicatesFailed: Int { Set(failures.map(\.replicate)).count }
}

/// What one cell amounts to under one regime.
struct CellStatistics: Sendable {
  var summary: Summary?
  var comparison: Comparison?
  var passage: FirstPassage?
  var order: PassageOrder?
  var codes: [Int] = []
}

extension EnsembleStatistics {
  /// Puts the statistics of cells together.
  ///
  /// - Parameter cells: by cell, and in it by regime.
  init(
    _ cells: [[CellStatistics]], of plan: CellPlan, replicatesPlanned: Int,
    failures: [ReplicateFailure], quantileRule: QuantileRule, shares: [Double]
  ) {
    func column<Value>(_ value: (CellStatistics) -> Value) -> [[Value]] {
      plan.regimes.indices.map { regime in cells.map { value($0[regime]) } }
    }
    regimes = plan.regimes
    layout = plan.layout
    self.replicatesPlanned = replicatesPlanned
    self.failures = failures
    self.quantileRule = quantileRule
    summaries = column(\.summary)
    comparisons = column(\.comparison)
    passages = column(\.passage)
    orders = column(\.order)
    codes = column(\.codes)
    self.shares = shares
  }

  /// Sums up an ensemble of which every value was kept.
  ///
  /// - Parameters:
  ///   - randomisations: for each of its replicates the randomisation of the design that it belongs to;
  ///     empty for plain Monte Carlo.
  ///   - threads: how many cells are worked on at the same time.
  public init(
    of ensemble: EnsembleResult, _ plan: CellPlan, randomisations: [Int], threads: Int
  ) async {
    let cells = await concurrentMap(plan.kinds.indices, threads: threads) { cell in
      CellStatistics.all(of: cell, plan, in: ensemble, randomisations)
    }
    let shares = plan.statements.map { statement in
      var share = Share()
      share.fold(ensemble.values(regime: statement.regime, cell: statement.cell)[...], statement)
      return share.value
    }
    self.init(
      cells, of: plan, replicatesPlanned: ensemble.replicatesPlanned, failures: ensemble.failures,
      quantileRule: .exact, shares: shares)
  }
}

extension CellStatistics {
  /// What a cell amounts to under every regime.
  fileprivate static func all(
    of cell: Int, _ plan: CellPlan, in ensemble: EnsembleResult, _ randomisations: [Int]
  ) -> [CellStatistics] {
    let columns = plan.regimes.indices.map { ensemble.values(regime: $0, cell: cell) }
    let moments = columns.map { Moments(of: $0) }
    return plan.regimes.indices.map { regime in
      let values = columns[regime]
      let reference = plan.references[regime]
      var statistics = CellStatistics(
        summary: Summary(of: values, moments[regime], randomisations: randomisations))
      switch plan.kinds[cell] {
      case .alone: break
      case .compared:
        statistics.comparison = reference.flatMap {
          Comparison(
            of: values, to: columns[$0], (moments[regime], moments[$0]),
            randomisations: randomisations)
        }
      case .time:
        statistics.passage = FirstPassage(of: values)
        statistics.order = reference.flatMap { PassageOrder(of: values, to: columns[$0]) }
      case .code:
        statistics.codes = Set(values.filter { !$0.isNaN }).map { Int($0) }.sorted()
      }
      return statistics
    }
  }
}

/// In how many replicates a statement is met.
struct Share: Hashable, Sendable {
  /// Replicates with a value.
  var present = 0
  /// Those in which it is met.
  var met = 0

  /// The share of the former; 0 without any.
  var value: Double { present == 0 ? 0 : Double(met) / Double(present) }

  mutating func fold(_ values: ArraySlice<Double>, _ statement: CellPlan.Statement) {
    for value in values where !value.isNaN {
      present += 1
      if statement.isMet(value) { met += 1 }
    }
  }

  mutating func merge(_ other: Share) {
    present += other.present
    met += other.met
  }
}

extension EnsembleResult {
  /// For each replicate the randomisation that it belongs to; empty for plain Monte Carlo.
  func randomisations(of design: Design) -> [Int] {
    design.randomisations == 1 ? [] : replicates.map { design.randomisation(of: $0) }
  }
}
