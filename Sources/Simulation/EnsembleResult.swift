import Stochastics

/// Everything that the runs of a design recorded, as columns over replicates.
///
/// A replicate that failed under any regime is left out under all of them, so that the same place
/// in two columns is always the same world.
public struct EnsembleResult: Sendable {
  /// The regimes, the reference first.
  public let regimes: [String]

  /// What the cells of a run are.
  public let layout: CellLayout

  /// How many replicates were asked for.
  public let replicatesPlanned: Int

  /// The numbers of the replicates that are in the columns, rising.
  public private(set) var replicates: [Int] = []

  /// The draws of those replicates.
  public private(set) var draws: [ParameterDraw] = []

  /// The runs that failed.
  public private(set) var failures: [ReplicateFailure] = []

  /// `columns[regime * cellCount + cell]` holds one value for each of `replicates`; NaN where
  /// nothing was recorded.
  private var columns: [[Double]]

  /// An empty result, into which blocks are folded in block order.
  public init(regimes: [String], layout: CellLayout, replicatesPlanned: Int) {
    self.regimes = regimes
    self.layout = layout
    self.replicatesPlanned = replicatesPlanned
    columns = Array(repeating: [], count: regimes.count * layout.cellCount)
    for index in columns.indices { columns[index].reserveCapacity(replicatesPlanned) }
  }

  /// The values of a cell under a regime, one for each of ``replicates``; NaN where missing.
  public func values(regime: Int, cell: Int) -> [Double] {
    columns[regime * layout.cellCount + cell]
  }

  /// Adds the next block.
  public mutating func fold(_ result: BlockResult) {
    let failed = Set(result.failures.map(\.replicate))
    let kept = result.block.replicates.filter { !failed.contains($0) }
    let first = result.block.replicates.lowerBound
    let runSize = columns.count
    failures += result.failures
    replicates += kept
    draws += kept.map { result.draws[$0 - first] }
    result.values.withUnsafeBufferPointer { values in
      for column in 0..<runSize {
        columns[column].append(
          contentsOf: kept.lazy.map { values[($0 - first) * runSize + column] })
      }
    }
  }
}

extension Engine {
  /// Runs everything and keeps every value.
  ///
  /// - Parameter progress: called after each block with the replicates done so far.
  public func runKeepingAll(
    threads: Int, progress: (_ done: Int) -> Void = { _ in }
  ) async throws -> EnsembleResult {
    var result = EnsembleResult(
      regimes: model.regimes, layout: layout, replicatesPlanned: design.replicates)
    try await run(threads: threads) { block in
      result.fold(block)
      progress(block.block.replicates.upperBound)
    }
    return result
  }
}
