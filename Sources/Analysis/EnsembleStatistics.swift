public import Simulation

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
  /// By regime: another one that it is compared with besides the reference; nil for none.
  public let others: [Int?]
  /// By regime and cell: how it compares with that other regime; empty for a regime without one.
  public let otherComparisons: [[Comparison?]]
  /// By regime, and in it by cell: the quantiles at ``Summary/percentages`` of the cells of which the plan asks
  /// for them.
  public let curves: [[Int: [Double]]]
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

  /// Whether a regime gives what the reference gives in every recorded value of every replicate, as far as
  /// rounding can tell: no difference anywhere, and the same figures of every cell, to the bit.
  ///
  /// Taken from statistics that are kept anyway, so that it is the same of one run and of merged shards.
  public func isSameAsReference(_ regime: Int) -> Bool {
    guard regime > 0, replicatesPlanned > replicatesFailed,
      summaries[regime] == summaries[0], passages[regime] == passages[0], codes[regime] == codes[0]
    else { return false }
    return zip(summaries[regime], comparisons[regime]).allSatisfy { summary, comparison in
      guard let summary, let comparison else { return true }
      return comparison.difference.isZero && comparison.difference.count == summary.count
    }
  }

  /// Puts the statistics of cells together.
  ///
  /// - Parameter cells: by cell, and in it by regime.
  init(
    _ cells: [[CellStatistics]], of plan: CellPlan, replicatesPlanned: Int,
    failures: [ReplicateFailure], quantileRule: QuantileRule
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
    others = plan.others
    otherComparisons = plan.regimes.indices.map { regime in
      plan.others[regime] == nil ? [] : cells.map { $0[regime].otherComparison }
    }
    curves = plan.regimes.indices.map { regime in
      plan.curves.reduce(into: [:]) { $0[$1] = cells[$1][regime].curve }
    }
    passages = column(\.passage)
    orders = column(\.order)
    codes = column(\.codes)
    shares = plan.statements.enumerated().map { place, statement in
      cells[statement.cell][statement.regime].shares[place] ?? 0
    }
  }
}

extension EnsembleSource {
  /// Runs everything, and sums it up in bounded memory: what a study asks for that needs no replicate by
  /// itself. One that does asks for ``runKeeping(_:threads:keepingDraws:progress:)``, and sums columns up by
  /// ``CellStatistics/all(of:as:references:randomisations:)``.
  ///
  /// - Parameters:
  ///   - exactValues: the most values that are kept; see ``QuantileRule``.
  ///   - threads: how many slices and columns are worked on at the same time.
  ///   - inspect: called with each slice, in order.
  ///   - progress: called after each slice with the replicates done so far.
  public func statistics(
    _ plan: CellPlan, exactValues: Int, threads: Int,
    inspect: (SliceResult) -> Void = { _ in }, progress: (_ done: Int) -> Void = { _ in }
  ) async throws -> EnsembleStatistics {
    var collector = EnsembleCollector(plan, design, exactValues: exactValues, threads: threads)
    try await run(threads: threads) { slice in
      inspect(slice)
      _ = await collector.fold(slice)
      progress(slice.slice.replicates.upperBound)
    }
    return await collector.statistics(threads: threads)
  }
}
