import Analysis
import Scenarios
import Simulation
public import Storage
public import Studies

/// Puts the shards of a batch together: the same bytes as one run, whatever the shards.
public struct BatchMerge: Sendable {
  private let plan: BatchPlan
  private let folder: BatchFolder
  private let threads: Int

  /// A batch whose shards are to be put together.
  public init(_ plan: BatchPlan, in folder: BatchFolder, threads: Int) {
    self.plan = plan
    self.folder = folder
    self.threads = threads
  }

  /// Fails unless every shard is there, whole, and of this plan; says everything that is wrong at once.
  ///
  /// - Parameter allowingOtherMachines: accept shards from several builds or classes of processors.
  public func check(allowingOtherMachines: Bool) throws(FileError) {
    let status = BatchStatus(of: plan, in: folder)
    var faults = status.shards.compactMap(\.fault)
    if faults.isEmpty, !status.isFinished {
      faults = [
        FileError("\(folder.path) is not finished: shards \(status.missing) are missing")
      ]
    }
    var first: Build?
    // Who has nothing to do need not have left a file.
    for (place, shard) in status.shards.enumerated() where shard.isFinished && shard.blocks > 0 {
      do throws(FileError) {
        let file = try ShardFile(reading: shard.path)
        defer { file.end() }
        let build: Build
        if let first { build = first } else { build = try file.build() }
        first = build
        guard let number = ShardNumber(place, of: plan.shards) else { continue }
        try file.require(
          ShardFile.Identity(plan: plan.hash, shard: number, build: build),
          allowingOtherMachines: allowingOtherMachines)
      } catch {
        faults.append(error)
      }
    }
    if !faults.isEmpty { throw FileError(all: faults) }
  }

  /// Makes sure, before anything is put together, that results can be written.
  ///
  /// - Returns: where the results of each experiment go.
  public func claim(force: Bool) throws(FileError) -> [ResultFolder] {
    var folders: [ResultFolder] = []
    for experiment in plan.experiments {
      folders.append(
        try folder.results(of: experiment).claim(inputHash: experiment.input.hash, force: force))
    }
    return folders
  }

  /// Puts the points of an experiment together, one after another.
  public func results(
    of experiment: Int, receive: (RunResult) async throws -> Void
  ) async throws {
    // There may be more shards than a process may have files.
    var shards = OpenFiles { shard throws(FileError) in
      try ShardFile(reading: folder.path(of: shard, of: plan.shards))
    } close: {
      $0.end()
    }
    defer { shards.end() }
    for entry in plan.entries(of: experiment) {
      try await receive(try await result(of: entry, from: &shards))
    }
  }

  private func result(
    of entry: Int, from shards: inout OpenFiles<ShardFile>
  ) async throws -> RunResult {
    var run = ScenarioRun(plan.entries[entry].scenario, threads: threads)
    for block in plan.entries[entry].blocks {
      let file = try shards.file(plan.shard(of: block, of: entry))
      try await run.restore(block, of: entry, from: file)
    }
    for shard in 0..<plan.shards where !plan.blocks(of: entry, in: shard).isEmpty {
      try await run.mergeCounts(of: entry, from: try shards.file(shard))
    }
    guard await run.isInAgreement else {
      throw FileError(
        "the shards in \(folder.shardsPath) are damaged: their counts of \(plan.entries[entry].scenario.name) "
          + "are not of their blocks; remove them, and run them again")
    }
    return try await run.result()
  }

  /// The file that an experiment was read from.
  public func scenarioFile(of experiment: Int) -> String { folder.scenarioFile(of: experiment) }
}
