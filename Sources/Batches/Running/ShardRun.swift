import Analysis
import Simulation
public import Storage

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
    let planned = plan.blockCount(in: shard.index)
    let before = try file.blocks(atMost: planned).count
    var notes = PendingBlocks(checkpoints) { file }
    var done = 0
    for (place, entry) in plan.entries.enumerated() {
      let wanted = plan.blocks(of: place, in: shard.index)
      let kept = Set(try file.blocks(of: place, atMost: wanted.count))
      let (old, new) = (
        wanted.filter { kept.contains($0.index) }, wanted.filter { !kept.contains($0.index) }
      )
      done += old.reduce(0) { $0 + $1.replicates.count }
      progress(done)
      guard !new.isEmpty else { continue }
      var run = ScenarioRun(entry.scenario, threads: threads)
      // Only what is to be written again must be read: the counts.
      if !old.isEmpty { try await run.mergeCounts(of: place, from: file) }
      let layout = run.layout
      try await run.compute(new) { more in
        done += more
        progress(done)
      } receive: { record, collector in
        let isLast = record.block == new.last
        try await notes.take(record, of: place, layout, collector)
        if isLast { try await notes.flush(collector) }
        if Interruption.isAskedFor, !(isLast && place == plan.entries.indices.last) {
          throw Interrupted(done: try file.blocks(atMost: planned).count, blocks: planned)
        }
      }
    }
    return before
  }
}
