import Analysis
import Scenarios
import Simulation
import Stochastics
public import Storage
public import Studies

/// An experiment, computed at one go: what takes long is put on the disk now and then, so that a run that
/// was ended or killed goes on from there.
///
/// Until the results are written it stands in a hidden file beside their place, of the same form as a
/// shard's (``ShardFile``).
public struct ResumableRun: Sendable {
  private let plan: BatchPlan
  private let folder: ResultFolder
  private let threads: Int
  private let checkpoints: Checkpoints

  /// An experiment whose results go to a folder.
  public init(
    _ experiment: PlannedExperiment, in folder: ResultFolder, threads: Int,
    checkpoints: Checkpoints
  ) {
    plan = BatchPlan([experiment], shards: 1)
    self.folder = folder
    self.threads = threads
    self.checkpoints = checkpoints
  }

  private var path: String { folder.place(of: ".unfinished.sqlite") }

  /// How many replicates it has, over all points.
  public var replicates: Int { plan.replicates(in: 0) }

  /// Computes what is not done, and hands over the results of its points, one after another.
  ///
  /// - Parameter progress: called with the number of replicates done, after each slice.
  /// - Throws: ``Interrupted``, ``FileError``.
  public func results(
    progress: (_ done: Int) -> Void, receive: (RunResult) async throws -> Void
  ) async throws {
    // What comes to its end soon is never put on the disk.
    var notes = PendingBlocks(checkpoints) { () throws(FileError) in try open() }
    if FileSystem.exists(path) { notes.file = try open() }
    defer { notes.file?.end() }
    var done = 0
    for (place, entry) in plan.entries.enumerated() {
      var run = ScenarioRun(entry.scenario, threads: threads)
      let blocks = entry.blocks
      let kept = try await restore(&run, blocks, of: place, from: notes.file)
      done += blocks.prefix(kept).last?.replicates.upperBound ?? 0
      progress(done)
      let layout = run.layout
      let isLastPoint = place == plan.entries.indices.last
      // What comes to its end is not put on the disk, unless it is ended before its results are.
      var end: BlockRecord?
      try await run.compute(blocks.dropFirst(kept)) { more in
        done += more
        progress(done)
      } receive: { record, collector in
        if isLastPoint, record.block == blocks.last, !Interruption.isAskedFor {
          end = record
          return
        }
        try await notes.take(record, of: place, layout, collector)
        if Interruption.isAskedFor { throw try interrupted(notes) }
      }
      do {
        try await receive(try await run.result())
      } catch let error as FileError where error.isInterruption {
        if let end {
          try await notes.take(end, of: place, layout, run.collector)
        } else {
          try await notes.flush(run.collector)
        }
        throw try interrupted(notes)
      }
    }
  }

  /// Takes in what was computed of a point before, which is how many of its first blocks.
  private func restore(
    _ run: inout ScenarioRun, _ blocks: Blocks, of place: Int, from file: ShardFile?
  ) async throws -> Int {
    guard let file else { return 0 }
    let found = try file.blocks(of: place, atMost: blocks.count)
    guard found.elementsEqual(0..<found.count) else { throw file.damaged }
    if !found.isEmpty { try await run.restore(blocks.prefix(found.count), of: place, from: file) }
    return found.count
  }

  private func interrupted(_ notes: PendingBlocks) throws(FileError) -> Interrupted {
    let blocks = plan.blockCount(in: 0)
    return Interrupted(
      done: try notes.file?.blocks(atMost: blocks).count ?? 0, blocks: blocks)
  }

  private func open() throws(FileError) -> ShardFile {
    guard let shard = ShardNumber(0, of: 1) else { preconditionFailure("0 is one of 1") }
    return try ShardFile(
      path, for: ShardFile.Identity(plan: plan.hash, shard: shard, build: .current),
      remedy: "a run that was ended has left it: give another --output, or --force to begin again")
  }

  /// Forgets what was computed: the results are written, or not wanted.
  public func forget() {
    FileSystem.remove(path)
    FileSystem.remove("\(path)-journal")
    FileSystem.remove("\(path).lock")
  }
}
