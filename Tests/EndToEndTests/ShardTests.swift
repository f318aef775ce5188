import Foundation
import Testing

/// A batch cut into shards, ended and killed at any moment, comes to the bytes of one run.
@Suite struct ShardTests {
  /// Blocks of 1,024 replicates: four, the last one short.
  static let replicates = ["--replicates", "3200"]

  /// How often a run is killed: a few times here, and more often by `make test-kills`.
  static let kills =
    ProcessInfo.processInfo.environment["CHOKEPOINT_KILLS"].flatMap { Int($0) } ?? 4

  /// Where every value is kept, and where none is.
  static let rules = [[], ["--set", "run.exact_values=0"]]

  private func whole(
    _ file: String, _ options: [String], replicates: [String] = Self.replicates, in folder: URL
  ) async throws -> Results {
    let output = folder.appending(path: "whole")
    let outcome = try await call(
      builtCommand, ["run", file, "--quiet", "--output", output.path] + replicates + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try Results(in: output)
  }

  @Test(arguments: rules) func `shards come to the bytes of one run`(
    rule: [String]
  ) async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let options = Self.replicates + rule
      let expected = try await whole(file, rule, in: folder)
      for (shards, threads) in [(1, "1"), (7, "2")] {
        let output = folder.appending(path: "shards-\(shards)")
        for shard in (0..<shards).reversed() {
          let outcome = try await call(
            builtCommand,
            [
              "run", file, "--shard", "\(shard)/\(shards)", "--threads", threads, "--quiet",
              "--output", output.path,
            ] + options)
          #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let merged = try await chokepoint("merge", output.path, "--quiet")
        #expect(merged.status == 0, "\(merged.errors)")
        try FileManager.default.removeItem(at: output.appending(path: "shards"))
        #expect(try Results(in: output).data.differences(from: expected.data) == [])
      }
    }
  }

  @Test func `a plan is enough to run its shards, in any order and twice`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let other = try SmallScenario.write(
        to: folder, named: "other.yaml", replacing: "seed: 7", with: "seed: 8")
      let output = folder.appending(path: "results").path
      let plan = try await chokepoint(
        "plan", file, other, "--shards", "2", "--replicates", "2048", "--output", output)
      #expect(plan.status == 0, "\(plan.errors)")
      #expect(plan.output.contains("shard-1-of-2.sqlite"))
      #expect(plan.output.contains(/other: input [0-9a-f]{12}, records \d+ cells/))
      #expect(try await chokepoint("status", output, "--missing").output == "0-1\n")
      let early = try await chokepoint("merge", output)
      #expect(early.status == 73 && early.errors.contains("shards 0-1 are missing"))
      for shard in ["1/2", "1/2", "0/2"] {
        let outcome = try await chokepoint("run", "--shard", shard, "--output", output)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("shard \(shard): "))
      }
      #expect(try await chokepoint("status", output, "--missing").output == "\n")
      #expect(try await chokepoint("merge", output, "--quiet").status == 0)
      for name in ["small", "other"] {
        let alone = folder.appending(path: "alone-\(name)")
        let outcome = try await chokepoint(
          "run", folder.appending(path: "\(name).yaml").path, "--replicates", "2048", "--quiet",
          "--output", alone.path)
        #expect(outcome.status == 0)
        let merged = try Results(in: URL(filePath: output).appending(path: name))
        #expect(merged.data.differences(from: try Results(in: alone).data) == [])
      }
    }
  }

  @Test func `the shard of an array task is computed`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let output = folder.appending(path: "results").path
      #expect(
        try await chokepoint("plan", file, "--shards", "3", "--output", output).status == 0)
      let none = try await chokepoint("run", "--shard", "auto", "--output", output)
      #expect(none.status == 64 && none.errors.contains("--shard auto: no array variable"))
      for variable in ["SLURM_ARRAY_TASK_ID=0", "SGE_TASK_ID=2", "PARALLEL_SEQ=3"] {
        let outcome = try await call(
          URL(filePath: "/usr/bin/env"),
          [variable, builtCommand.path, "run", "--shard", "auto", "--quiet", "--output", output])
        #expect(outcome.status == 0, "\(outcome.errors)")
      }
      #expect(try await chokepoint("status", output, "--missing").output == "\n")
    }
  }

  /// What is on the disk after a kill must be what was there after the last whole block.
  @Test(arguments: rules) func `a run that is killed again and again comes to the same bytes`(
    rule: [String]
  ) async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let expected = try await whole(file, rule, in: folder)
      for (name, ending) in [("run", []), ("shard", ["--shard", "0/1"])] {
        let output = folder.appending(path: name)
        let arguments =
          ["run", file, "--quiet", "--checkpoint", "0", "--output", output.path] + Self.replicates
          + rule + ending
        var (kills, longest) = (0, 1000)
        var random = SystemRandomNumberGenerator()
        while kills < Self.kills {
          let run = try Background(arguments, tellingIn: folder)
          try await Task.sleep(for: .milliseconds(Int.random(in: 0..<longest, using: &random)))
          run.send(SIGKILL)
          if try await run.end().status == -SIGKILL {
            kills += 1
          } else {
            // It came to its end: begin again, and be quicker.
            try FileManager.default.removeItem(at: output)
            longest = max(50, longest * 2 / 3)
          }
        }
        let last = try await call(builtCommand, arguments)
        #expect(last.status == 0, "\(last.errors)")
        if !ending.isEmpty {
          #expect(try await chokepoint("merge", output.path, "--quiet").status == 0)
        }
        try? FileManager.default.removeItem(at: output.appending(path: "shards"))
        let results = try Results(in: output).data
        #expect(results.differences(from: expected.data) == [], "after \(kills) kills")
      }
    }
  }

  @Test func `shards without anything to do may be missing`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let output = folder.appending(path: "batch")
      let plan = try await chokepoint("plan", file, "--shards", "3", "--output", output.path)
      #expect(plan.output.contains("2 of the shards have nothing to do"))
      #expect(try await chokepoint("run", "--shard", "0/3", "--output", output.path).status == 0)
      let status = try await chokepoint("status", output.path)
      #expect(status.output.contains("nothing to do") && status.output.contains("merge them"))
      let merge = try await chokepoint("merge", output.path)
      #expect(merge.status == 0, "\(merge.errors)")
    }
  }

  @Test func `what is told to end in its last block is kept whole`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let output = folder.appending(path: "run")
      // One block, long enough to be still at work when the signal comes.
      let arguments =
        ["run", file, "--quiet", "--replicates", "1024", "--output", output.path]
        + ["--set", "run.end=2040-12"]
      // Signals are heard from the beginning of the work on; before that they end the program as ever.
      let end = try await chokepoint(
        arguments, onceThereIs: output,
        """
        hears() { (( 0x$(awk '/SigCgt/ {print $2}' /proc/$pid/status) & 2 )); }
        until hears && sleep 0.1 && hears; do sleep 0.005; done
        kill -INT $pid; wait $pid
        """)
      #expect(end.status == 75, "\(end.errors)")
      #expect(end.errors.contains("interrupted: 1 of 1 blocks are done and kept; run it again"))
      let again = try await call(builtCommand, arguments)
      #expect(again.status == 0, "\(again.errors)")
      #expect(try Results(in: output).files["trajectories.csv"] != nil)
    }
  }

  @Test(arguments: [SIGINT, SIGTERM]) func `a run that is told to end goes on where it was`(
    signal: Int32
  ) async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      // Long enough to be still at work when the signal comes.
      let replicates = ["--replicates", "9216"]
      let expected = try await whole(file, [], replicates: replicates, in: folder)
      let output = folder.appending(path: "run")
      let arguments =
        ["run", file, "--quiet", "--checkpoint", "0", "--output", output.path] + replicates
      let end = try await chokepoint(
        arguments, onceThereIs: output.appending(path: ".unfinished.sqlite"),
        "kill -\(signal) $pid; wait $pid")
      #expect(end.status == 75, "\(end.errors)")
      let told = try #require(end.errors.firstMatch(of: /interrupted: (\d) of 9 blocks are done/))
      #expect(end.errors.contains("run it again to go on"))
      #expect(Int(told.1).map { (1...8).contains($0) } == true)
      #expect(try Results(in: output).files.keys.sorted() == [".unfinished.sqlite"])
      let other = try await call(builtCommand, arguments + ["--seed", "9"])
      #expect(other.status == 73, "the unfinished run of another input is kept")
      #expect(other.errors.contains("give another --output, or --force to begin again"))
      let again = try await call(builtCommand, arguments)
      #expect(again.status == 0, "\(again.errors)")
      #expect(try Results(in: output).data.differences(from: expected.data) == [])
    }
  }
}

/// Files that are computed at many points.
@Suite struct SweepRunTests {
  private static let sweep = """
    sweep:
      grid:
        run.replicates: [16, 1040]
        chips.h800.rent_usd_per_hour: [1.5, 2.0]
      points:
        - {id: early, set: {run.end: 2024-12}}
        - {id: late, set: {run.seed: 8}}

    """

  @Test func `every point is in every table, and shards come to the same bytes`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(
        to: folder, replacing: "headline:", with: Self.sweep + "headline:")
      let whole = folder.appending(path: "whole")
      let run = try await chokepoint("run", file, "--output", whole.path)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("8 points of the sweep of small"))
      let results = try Results(in: whole)
      let ids = try results.table("sweep").records.compactMap { $0["point"] }
      #expect(Set(ids).count == 8 && ids.count == 24)
      for table in ["trajectories", "comparison", "runs", "ledger", "parameters", "headline"] {
        let points = Set(try results.table(table).records.compactMap { $0["point"] })
        #expect(points == Set(ids), "\(table)")
      }
      let point = try #require(ids.first { $0.contains("late") })
      let alone = folder.appending(path: "alone")
      #expect(
        try await chokepoint("run", file, "--quiet", "--point", point, "--output", alone.path)
          .status == 0)
      let ofPoint = try results.table("trajectories").records.filter { $0["point"] == point }
      let rows = try Results(in: alone).table("trajectories").records
      #expect(ofPoint.map { $0["mean"] } == rows.map { $0["mean"] } && !rows.isEmpty)

      let shards = folder.appending(path: "shards")
      for shard in ["1/3", "0/3", "2/3"] {
        let part = try await chokepoint(
          "run", file, "--shard", shard, "--quiet", "--output", shards.path)
        #expect(part.status == 0, "\(part.errors)")
      }
      #expect(try await chokepoint("merge", shards.path, "--quiet").status == 0)
      try FileManager.default.removeItem(at: shards.appending(path: "shards"))
      #expect(try Results(in: shards).data.differences(from: results.data) == [])
    }
  }

  @Test func `a sweep that is ended goes on where it was`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(
        to: folder, replacing: "headline:", with: Self.sweep + "headline:")
      let (whole, output) = (folder.appending(path: "whole"), folder.appending(path: "output"))
      #expect(try await chokepoint("run", file, "--quiet", "--output", whole.path).status == 0)
      let arguments = ["run", file, "--quiet", "--checkpoint", "0", "--output", output.path]
      let end = try await chokepoint(
        arguments, onceThereIs: output.appending(path: ".unfinished.sqlite"),
        "kill -TERM $pid; wait $pid")
      #expect(end.status == 75)
      #expect(try await call(builtCommand, arguments).status == 0)
      #expect(try Results(in: output).data.differences(from: try Results(in: whole).data) == [])
    }
  }
}
