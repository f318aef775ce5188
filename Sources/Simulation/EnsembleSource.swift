public import Stochastics

/// What an ensemble comes from, slice by slice: an engine, or several whose regimes are one set of arms.
///
/// Every study asks one in the same two ways: for the values of some cells, replicate by replicate
/// (``runKeeping(_:threads:keepingDraws:progress:)``), or for their summary, in bounded memory (`statistics`, of
/// the floor of analysis).
public protocol EnsembleSource: Sendable {
  /// Which parameter draws and stochastic realisations it is run under.
  var design: Design { get }
  /// The regimes, the reference first.
  var regimes: [String] { get }
  /// Where the values of one run stand.
  var layout: CellLayout { get }
  /// Runs the replicates of one slice under every regime.
  func run(_ slice: Slice) -> SliceResult
}

extension Engine: EnsembleSource {
  /// The model's regimes.
  public var regimes: [String] { model.regimes }
}

extension EnsembleSource {
  /// Runs blocks and hands over what their slices recorded, in order.
  ///
  /// - Parameters:
  ///   - blocks: which ones, rising.
  ///   - threads: how many slices are computed at the same time, at least 1; more than the machine has
  ///     cores gain nothing.
  ///   - receive: called once for each slice, in order, never twice at the same time.
  public func run(
    _ blocks: some RandomAccessCollection<Block> & Sendable, threads: Int,
    receive: (SliceResult) async throws -> Void
  ) async throws {
    try await compute(Slices(of: blocks), threads: threads, by: { run($0) }, receive: receive)
  }

  /// The same for all blocks of the design.
  public func run(threads: Int, receive: (SliceResult) async throws -> Void) async throws {
    try await run(Block.blocks(of: design.replicates), threads: threads, receive: receive)
  }

  /// Runs everything and keeps every value.
  ///
  /// - Parameter progress: called after each slice with the replicates done so far.
  public func runKeepingAll(
    threads: Int, keepingDraws: Bool = true, progress: (_ done: Int) -> Void = { _ in }
  ) async throws -> EnsembleResult {
    try await runKeeping(nil, threads: threads, keepingDraws: keepingDraws, progress: progress)
  }

  /// Runs everything and keeps the values of some cells, replicate by replicate.
  ///
  /// - Parameters:
  ///   - cells: which; nil for all.
  ///   - progress: called after each slice with the replicates done so far.
  public func runKeeping(
    _ cells: [Int]?, threads: Int, keepingDraws: Bool = false,
    progress: (_ done: Int) -> Void = { _ in }
  ) async throws -> EnsembleResult {
    var result = EnsembleResult(
      regimes: regimes, layout: layout, replicatesPlanned: design.replicates,
      keeping: cells, keepsDraws: keepingDraws)
    try await run(threads: threads) { slice in
      result.fold(slice)
      progress(slice.slice.replicates.upperBound)
    }
    return result
  }
}
