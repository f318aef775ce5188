import Analysis
import Glibc
import Simulation

/// Work that was asked to end, and ended after a whole block.
public struct Interrupted: Error, CustomStringConvertible, Sendable {
  /// How many blocks are done.
  public let done: Int
  /// Of how many.
  public let blocks: Int

  /// What is done, and how to go on.
  public var description: String {
    "interrupted: \(done) of \(blocks) blocks are done and kept; run it again to go on"
  }
}

/// How often what was computed is put on the disk.
public struct Checkpoints: Sendable {
  /// Seconds from one to the next; work that ends sooner leaves nothing on the disk.
  public let seconds: Double

  /// States how often.
  public init(seconds: Double = 30) { self.seconds = seconds }
}

/// Computes one shard of a batch, from where it was left, and keeps what it computed.
public struct ShardRun: Sendable {
  private let plan: BatchPlan
  private let folder: BatchFolder
  private let shard: ShardNumber
  private let threads: Int
  private let checkpoints: Checkpoints

  /// A shard of a batch.
  public init(
    _ plan: BatchPlan, in folder: BatchFolder, shard: ShardNumber, threads: Int,
    checkpoints: Checkpoints
  ) {
    self.plan = plan
    self.folder = folder
    self.shard = shard
    self.threads = threads
    self.checkpoints = checkpoints
  }

  /// Computes what is not done. Whoever is told to end (SIGINT, SIGTERM) ends after the block under way.
  ///
  /// - Parameter progress: called with the replicates of the shard that are done, after each slice.
  /// - Returns: how many of its blocks had been done before.
  /// - Throws: ``Interrupted``, ``FileError``.
  @discardableResult
  public func run(progress: (_ done: Int) -> Void = { _ in }) async throws -> Int {
    let identity = ShardFile.Identity(plan: plan.hash, shard: shard, build: .current)
    let file = try ShardFile(folder.path(of: shard.index, of: shard.count), for: identity)
    defer { file.end() }
    let before = try file.blockCount
    var done = 0
    for (place, entry) in plan.entries.enumerated() {
      let wanted = plan.blocks(of: place, in: shard.index)
      let kept = Set(try file.blocks(of: place))
      let (old, new) = (
        wanted.filter { kept.contains($0.index) }, wanted.filter { !kept.contains($0.index) }
      )
      done += old.reduce(0) { $0 + $1.replicates.count }
      progress(done)
      guard !new.isEmpty else { continue }
      var run = ScenarioRun(entry.scenario, threads: threads)
      // Only what is to be written again must be read: the counts.
      if !old.isEmpty { try await run.mergeCounts(of: place, from: file) }
      var notes = Notes(file, entry: place, run.layout, checkpoints)
      try await run.compute(new) { more in
        done += more
        progress(done)
      } receive: { record, collector in
        let isLast = record.block == new.last
        try await notes.take(record, collector, isLast: isLast)
        if Interruption.isAskedFor, !(isLast && place == plan.entries.indices.last) {
          try await notes.flush(collector)
          throw Interrupted(done: try file.blockCount, blocks: plan.blockCount(in: shard.index))
        }
      }
    }
    return before
  }

  /// Blocks that are computed and not yet on the disk.
  private struct Notes {
    private let file: ShardFile
    private let entry: Int
    private let layout: CellLayout
    private let checkpoints: Checkpoints
    private let clock = ContinuousClock()
    private var last: ContinuousClock.Instant
    private var pending: [BlockRecord] = []

    init(_ file: ShardFile, entry: Int, _ layout: CellLayout, _ checkpoints: Checkpoints) {
      self.file = file
      self.entry = entry
      self.layout = layout
      self.checkpoints = checkpoints
      last = clock.now
    }

    mutating func take(
      _ record: BlockRecord, _ collector: EnsembleCollector, isLast: Bool
    ) async throws(FileError) {
      pending.append(record)
      guard isLast || clock.now - last >= .seconds(checkpoints.seconds) else { return }
      try await flush(collector)
    }

    mutating func flush(_ collector: EnsembleCollector) async throws(FileError) {
      guard !pending.isEmpty else { return }
      try file.add(pending, counts: await collector.counts(), to: entry, layout)
      pending = []
      last = clock.now
    }
  }
}
