import Analysis
import Scenarios
import Simulation

/// One scenario, computed at one go: what takes long is put on the disk now and then, so that a run that
/// was ended or killed goes on from there.
///
/// Until the results are written it stands in a hidden file beside their place, of the same form as a
/// shard's (``ShardFile``).
public struct ResumableRun: Sendable {
  private let plan: BatchPlan
  private let folder: ResultFolder
  private let threads: Int
  private let checkpoints: Checkpoints

  /// A scenario whose results go to a folder.
  public init(
    _ input: RunInput, in folder: ResultFolder, threads: Int, checkpoints: Checkpoints
  ) {
    plan = BatchPlan([BatchPlan.Entry(input, folder: "")], shards: 1)
    self.folder = folder
    self.threads = threads
    self.checkpoints = checkpoints
  }

  private var path: String { folder.place(of: ".unfinished.sqlite") }

  /// Computes what is not done, and sums up everything.
  ///
  /// - Parameter progress: called with the number of replicates done, after each slice.
  /// - Throws: ``Interrupted``, ``FileError``.
  public func result(progress: (_ done: Int) -> Void) async throws -> RunResult {
    let entry = plan.entries[0]
    var run = ScenarioRun(entry.scenario, threads: threads)
    var file = FileSystem.exists(path) ? try open() : nil
    defer { file?.end() }
    let blocks = entry.blocks
    var kept = 0
    if let file {
      kept = try file.blockCount
      try await run.restore(Array(blocks.prefix(kept)), of: 0, from: file)
    }
    var done = blocks.prefix(kept).last?.replicates.upperBound ?? 0
    var pending: [BlockRecord] = []
    let clock = ContinuousClock()
    var last = clock.now
    let layout = run.layout
    try await run.compute(Array(blocks.dropFirst(kept))) { more in
      done += more
      progress(done)
    } receive: { record, collector in
      pending.append(record)
      guard record.block != blocks.last else { return }
      let isTime = clock.now - last >= .seconds(checkpoints.seconds)
      guard isTime || Interruption.isAskedFor else { return }
      if file == nil { file = try open() }
      try file?.add(pending, counts: await collector.counts(), to: 0, layout)
      (pending, last) = ([], clock.now)
      if Interruption.isAskedFor {
        throw Interrupted(done: record.block.index + 1, blocks: blocks.count)
      }
    }
    return try await run.result()
  }

  private func open() throws(FileError) -> ShardFile {
    guard let shard = ShardNumber(0, of: 1) else { preconditionFailure("0 is one of 1") }
    return try ShardFile(
      path, for: ShardFile.Identity(plan: plan.hash, shard: shard, build: .current))
  }

  /// Forgets what was computed: the results are written, or not wanted.
  public func forget() { FileSystem.remove(path) }
}
