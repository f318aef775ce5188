package import Analysis
package import Simulation
import Stochastics

/// How often what was computed is put on the disk.
public struct Checkpoints: Sendable {
  /// Seconds from one to the next; work that ends sooner leaves nothing on the disk.
  public let seconds: Double

  /// States how often.
  public init(seconds: Double = 30) { self.seconds = seconds }
}

/// Blocks that are computed and not yet on the disk; the file is opened when there is something to put into
/// it.
package struct PendingBlocks {
  /// Numbers that wait in memory at most: a quarter of a gigabyte, more than a scenario whose every value is
  /// kept ever has. Writing them costs as much time as computing them.
  private static let mostWaiting = 1 << 25

  package var file: ShardFile?
  private let open: () throws(FileError) -> ShardFile
  private let checkpoints: Checkpoints
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant
  private var pending: [(entry: Int, layout: CellLayout, records: [BlockRecord])] = []
  private var waiting = 0

  package init(_ checkpoints: Checkpoints, open: @escaping () throws(FileError) -> ShardFile) {
    self.checkpoints = checkpoints
    self.open = open
    last = clock.now
  }

  /// Takes the next block of a scenario, and puts all blocks on the disk when it is time, when they are
  /// many, or when the program was told to end.
  package mutating func take(
    _ record: BlockRecord, of entry: Int, _ layout: CellLayout, _ collector: EnsembleCollector
  ) async throws(FileError) {
    if pending.last?.entry != entry { pending.append((entry, layout, [])) }
    pending[pending.count - 1].records.append(record)
    waiting += record.numberCount
    let isTime = clock.now - last >= .seconds(checkpoints.seconds)
    // Counts are gone with their collector.
    let isLastWithCounts =
      collector.countPieces > 0
      && record.block.replicates.upperBound == collector.design.replicates
    guard isTime || isLastWithCounts || waiting > Self.mostWaiting || Interruption.isAskedFor
    else { return }
    try await flush(collector)
  }

  /// Puts all blocks on the disk.
  ///
  /// - Parameter collector: of the scenario of the last block.
  package mutating func flush(_ collector: EnsembleCollector) async throws(FileError) {
    guard let current = pending.last?.entry else { return }
    let file = if let file { file } else { try open() }
    self.file = file
    let pending = pending
    try await file.transaction { () throws(FileError) in
      for (entry, layout, records) in pending { try file.add(records, to: entry, layout) }
      try await file.replaceCounts(of: current, by: collector)
    }
    (self.pending, waiting, last) = ([], 0, clock.now)
  }
}
