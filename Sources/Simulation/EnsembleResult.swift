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

  /// Block by block every column, as ``BlockResult/values`` has them, without failed replicates.
  private var blocks: [(values: [Double], replicates: Int)] = []

  /// An empty result, into which blocks are folded in block order.
  public init(regimes: [String], layout: CellLayout, replicatesPlanned: Int) {
    self.regimes = regimes
    self.layout = layout
    self.replicatesPlanned = replicatesPlanned
  }

  /// The values of a cell under a regime, one for each of ``replicates``; NaN where missing.
  public func values(regime: Int, cell: Int) -> [Double] {
    let column = regime * layout.cellCount + cell
    var values: [Double] = []
    values.reserveCapacity(replicates.count)
    for block in blocks {
      let first = column * block.replicates
      values += block.values[first..<first + block.replicates]
    }
    return values
  }

  /// Adds the next block.
  public mutating func fold(_ result: BlockResult) {
    failures += result.failures
    guard !result.failures.isEmpty else {
      replicates += result.block.replicates
      draws += result.draws
      blocks.append((result.values, result.block.replicates.count))
      return
    }
    let failed = Set(result.failures.map(\.replicate))
    let size = result.block.replicates.count
    let kept = result.block.replicates.enumerated().filter { !failed.contains($0.element) }
    replicates += kept.map(\.element)
    draws += kept.map { result.draws[$0.offset] }
    let columns = stride(from: 0, to: result.values.count, by: size)
    blocks.append(
      (columns.flatMap { first in kept.map { result.values[first + $0.offset] } }, kept.count))
  }
}

extension EnsembleResult {
  /// What a result takes in memory, in bytes: every value of every replicate, and the draws.
  ///
  /// - Parameters:
  ///   - cells: of all regimes.
  ///   - uncertainties: how many numbers a replicate draws.
  public static func bytes(replicates: Int, cells: Int, uncertainties: Int) -> Double {
    // A draw is two arrays, each with a head of 32 bytes, and a place in the list of draws.
    let draw = 2 * (32 + MemoryLayout<Double>.stride * uncertainties)
    let perReplicate =
      MemoryLayout<Double>.stride * cells + draw + MemoryLayout<ParameterDraw>.stride
      + MemoryLayout<Int>.stride
    return Double(replicates) * Double(perReplicate)
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
