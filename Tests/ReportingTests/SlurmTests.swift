@testable import Studies
@testable import Batches
@testable import Storage
import FoundationEssentials
import Synchronization
import Testing

@testable import Reporting

@Suite struct SlurmTests {
  private func inFolder(_ body: (BatchFolder, PretendedSlurm) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint \(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await body(BatchFolder("\(path)/it's results"), PretendedSlurm())
  }

  /// Blocks of 1,024 replicates: one for each of five shards.
  private func plan(seed: Int = 7, shards: Int = 5) throws -> BatchPlan {
    let yaml = SmallRun.yaml(replicates: 5 * 1024).replacing("seed: 11", with: "seed: \(seed)")
    let scenario = try SmallRun.scenario(yaml)
    let experiment = PlannedExperiment(Experiment(scenario), folder: "")
    return BatchPlan([experiment], shards: shards)
  }

  private func submit(
    _ plan: BatchPlan, _ folder: BatchFolder, _ pretended: PretendedSlurm,
    _ choices: SlurmChoices = SlurmChoices(), force: Bool = false
  ) throws -> String {
    try SlurmBatch(plan, in: folder, choices, slurm: pretended.slurm).submit(force: force)
  }

  private func compute(_ shard: Int, of plan: BatchPlan, in folder: BatchFolder) async throws {
    let number = try #require(ShardNumber(shard, of: plan.shards))
    _ = try await ShardRun(
      plan, in: folder, shard: number, threads: 1, checkpoints: Checkpoints()
    ).run()
  }

  @Test func `an array and a merge that waits for it`() async throws {
    try await inFolder { folder, pretended in
      let report = try submit(
        plan(), folder, pretended, SlurmChoices(threads: 3, tasksAtOnce: 2))
      #expect(
        pretended.deeds == [
          "sbatch --array=0-4%2 array.sh",
          "sbatch --dependency=afterok:12 --kill-on-invalid-dep=yes merge.sh",
        ])
      #expect(report.contains("shards 0-4: job 12, 2 at once\nmerge: job 13, after the shards\n"))
      #expect(report.contains("scancel 12 13"))
      let jobs = String(decoding: try FileSystem.read(folder.jobsPath), as: UTF8.self)
      #expect(jobs == "12 array 0-4\n13 merge\n")
    }
  }

  @Test func `nothing is submitted twice, and only what is missing again`() async throws {
    try await inFolder { folder, pretended in
      let plan = try plan()
      _ = try submit(plan, folder, pretended)
      let again = try submit(plan, folder, pretended)
      #expect(pretended.deeds.count == 2, "\(pretended.deeds)")
      #expect(
        again.contains("shards 0-4: queued or at work already\nmerge: job 13, queued already"))
      // One is done, one failed, three still wait; so does their merge, which can never come to be.
      try await compute(0, of: plan, in: folder)
      pretended.change { state in
        state.rows.removeAll { $0.hasPrefix("12|0|") || $0.hasPrefix("12|3|") }
      }
      let third = try submit(plan, folder, pretended)
      #expect(
        pretended.deeds.dropFirst(2) == [
          "sbatch --array=3 array.sh", "scancel 13",
          "sbatch --dependency=afterok:14,afterany:12 --kill-on-invalid-dep=yes merge.sh",
        ])
      #expect(third.contains("shards 1-2,4: queued or at work already\nshards 3: job 14\n"))
      #expect(third.contains("  scancel 12 14 15 "))
    }
  }

  @Test func `a merge that was lost is submitted alone`() async throws {
    try await inFolder { folder, pretended in
      let plan = try plan(shards: 2)
      pretended.change { $0.refused = ["merge.sh"] }
      let error = try #require(throws: SlurmError.self) {
        try submit(plan, folder, pretended)
      }
      #expect(error.description.contains("shards 0-1 are submitted as job 12, their merge is not"))
      #expect(error.description.contains("sbatch failed: error: no; really"))
      pretended.change { $0.refused = [] }
      _ = try submit(plan, folder, pretended)
      #expect(
        pretended.deeds.last
          == "sbatch --dependency=afterany:12 --kill-on-invalid-dep=yes merge.sh")
      for shard in 0..<2 { try await compute(shard, of: plan, in: folder) }
      pretended.change { $0.rows = [] }
      let report = try submit(plan, folder, pretended)
      #expect(pretended.deeds.last == "sbatch merge.sh")
      #expect(report.hasPrefix("all shards are finished\nmerge: job 14\n"))
    }
  }

  @Test func `what is finished and merged is left alone`() async throws {
    try await inFolder { folder, pretended in
      let plan = try plan(shards: 1)
      try folder.lay(plan, force: false)
      try await compute(0, of: plan, in: folder)
      let results = folder.results(of: plan.experiments[0])
      try FileSystem.write([], to: results.place(of: "trajectories.csv"))
      let manifest = "{\"input_sha256\": \"\(plan.experiments[0].input.hash)\"}"
      try FileSystem.write(Array(manifest.utf8), to: results.place(of: "manifest.json"))
      let report = try submit(plan, folder, pretended)
      #expect(report.hasPrefix("All shards are finished, and their results are in"))
      #expect(pretended.deeds == [])
    }
  }

  @Test func `another plan is not laid under the hands of queued jobs`() async throws {
    try await inFolder { folder, pretended in
      _ = try submit(plan(), folder, pretended)
      let other = try plan(seed: 8)
      let error = try #require(throws: SlurmError.self) {
        try submit(other, folder, pretended, force: true)
      }
      #expect(error.description.contains("`scancel 12 13` ends them"))
      pretended.change { $0.rows = [] }
      let refusal = try #require(throws: FileError.self) {
        try submit(other, folder, pretended)
      }
      #expect(refusal.description.contains("holds shards of another input"))
      _ = try submit(other, folder, pretended, force: true)
      #expect(pretended.deeds.count == 4)
      let jobs = String(decoding: try FileSystem.read(folder.jobsPath), as: UTF8.self)
      #expect(jobs == "14 array 0-4\n15 merge\n")
    }
  }

  @Test func `without Slurm nothing is written, and it is said what to do`() async throws {
    try await inFolder { folder, pretended in
      pretended.change { $0.missing = ["sbatch"] }
      let error = try #require(throws: SlurmError.self) {
        try submit(plan(), folder, pretended)
      }
      #expect(error.description.contains("cannot find sbatch: it is not on PATH"))
      #expect(error.description.contains("chokepoint plan"))
      #expect(!FileSystem.exists(folder.path))
    }
  }

  @Test func `a queue that cannot be read stops everything`() async throws {
    try await inFolder { folder, pretended in
      pretended.change { $0.refused = ["squeue"] }
      let error = try #require(throws: SlurmError.self) {
        try submit(plan(), folder, pretended)
      }
      #expect(error.description == "squeue failed: error: no; really")
      #expect(pretended.deeds == [])
    }
  }
}
