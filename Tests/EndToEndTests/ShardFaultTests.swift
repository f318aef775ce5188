import Foundation
import Testing

/// What can go wrong with shards: a clear error each, and the finished ones stay whole.
@Suite struct ShardFaultTests {
  /// Three shards of three scenarios of one block each, of which the first shard is finished; or of one
  /// scenario, none begun, whose shards take longer than any test may: nobody waits for their end.
  private func withShards(
    endless: Bool = false,
    _ body: (_ output: URL, _ shard: @Sendable (Int) -> URL) async throws -> Void
  ) async throws {
    try await withFolder { folder in
      let files = try ["a", "b", "c"].map {
        try SmallScenario.write(to: folder, named: "\($0).yaml")
      }
      let output = folder.appending(path: "results")
      let size = endless ? ["--replicates", "30000000"] : files.dropFirst()
      let plan = try await call(
        builtCommand, ["plan", files[0], "--shards", "3", "--output", output.path] + size)
      #expect(plan.status == 0, "\(plan.errors)")
      if !endless { #expect(try await run(0, in: output).status == 0) }
      try await body(output) { output.appending(path: "shards/shard-\($0)-of-3.sqlite") }
    }
  }

  private func run(_ shard: Int, in output: URL, _ more: String...) async throws -> Outcome {
    try await call(
      builtCommand,
      ["run", "--shard", "\(shard)/3", "--quiet", "--output", output.path] + more)
  }

  private func replace(_ old: String, with new: String, in file: URL) throws {
    var bytes = try Data(contentsOf: file)
    var found = false
    while let range = bytes.range(of: Data(old.utf8)) {
      bytes.replaceSubrange(range, with: Data(new.utf8))
      found = true
    }
    #expect(found, "\(old)")
    try bytes.write(to: file)
  }

  @Test func `a corrupted shard is named, and only it is computed again`() async throws {
    try await withShards { output, shard in
      for number in [1, 2] { #expect(try await run(number, in: output).status == 0) }
      let before = try Data(contentsOf: shard(0))
      var bytes = try Data(contentsOf: shard(1))
      let middle = bytes.count / 2
      bytes[middle] ^= 0xFF
      try bytes.write(to: shard(1))
      let merge = try await chokepoint("merge", output.path)
      #expect(merge.status == 73)
      #expect(merge.errors.contains("shard-1-of-3.sqlite is damaged: remove it"))
      #expect(try Data(contentsOf: shard(0)) == before)
      try FileManager.default.removeItem(at: shard(1))
      #expect(try await run(1, in: output).status == 0)
      #expect(try await chokepoint("merge", output.path, "--quiet").status == 0)
    }
  }

  @Test(arguments: [0, 100, 5000]) func `a shard that was cut off is damaged`(
    length: Int
  ) async throws {
    try await withShards { output, shard in
      for number in [1, 2] { #expect(try await run(number, in: output).status == 0) }
      try Data(contentsOf: shard(1)).prefix(length).write(to: shard(1))
      let merge = try await chokepoint("merge", output.path)
      #expect(merge.status == 73 && merge.errors.contains("shard-1-of-3.sqlite"), "\(merge.errors)")
      #expect(!FileManager.default.fileExists(atPath: output.path + "/a/trajectories.csv"))
    }
  }

  @Test func `a shard of another version is refused`() async throws {
    try await withShards { output, shard in
      for number in [1, 2] { #expect(try await run(number, in: output).status == 0) }
      let version = try await chokepoint("--version").output
        .trimmingCharacters(in: .whitespacesAndNewlines)
      try replace("program\(version)", with: "program\(version.dropLast())X", in: shard(2))
      let merge = try await chokepoint("merge", output.path)
      #expect(merge.status == 73)
      #expect(merge.errors.contains("shard-2-of-3.sqlite is of another program"), "\(merge.errors)")
      let again = try await run(2, in: output)
      #expect(again.status == 73 && again.errors.contains("is of another program"))
    }
  }

  @Test func `shards of another class of machine are merged when that is allowed`() async throws {
    try await withShards { output, shard in
      for number in [1, 2] { #expect(try await run(number, in: output).status == 0) }
      let bytes = String(decoding: try Data(contentsOf: shard(2)), as: UTF8.self)
      let machine = try #require(bytes.firstMatch(of: /machine(x86-64-v\d|arm64)/)).1
      try replace(String("machine\(machine)"), with: "machine\(machine.dropLast())9", in: shard(2))
      let merge = try await chokepoint("merge", output.path)
      #expect(merge.status == 73 && merge.errors.contains("merge with --mixed"), "\(merge.errors)")
      #expect(try await chokepoint("merge", output.path, "--mixed", "--quiet").status == 0)
    }
  }

  @Test func `another input, or another cut, is refused`() async throws {
    try await withShards { output, shard in
      let file = output.deletingLastPathComponent().appending(path: "a.yaml").path
      let before = try Data(contentsOf: shard(0))
      let options = ["--output", output.path]
      let input = try await call(
        builtCommand, ["run", file, "--shard", "1/3"] + options)
      #expect(input.status == 73 && input.errors.contains("holds shards of another input"))
      let cut = try await call(builtCommand, ["run", file, "--shard", "1/4"] + options)
      #expect(cut.status == 73 && cut.errors.contains("is planned as 3 shards, not 4"))
      let bare = try await call(
        builtCommand, ["run", "--shard", "1/4", "--output", output.path])
      #expect(bare.status == 64 && bare.errors.contains("is planned as 3 shards, not 4"))
      #expect(try Data(contentsOf: shard(0)) == before)
    }
  }

  /// Found out before anything is computed, not by the merge.
  @Test func `results of another input keep a plan from being laid`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let output = folder.appending(path: "results").path
      let run = try await chokepoint("run", file, "--quiet", "--output", output)
      #expect(run.status == 0, "\(run.errors)")
      let plan = ["plan", file, "--shards", "2", "--output", output]
      #expect(try await call(builtCommand, plan).status == 0, "the same input")
      let other = try await call(builtCommand, plan + ["--seed", "8", "--force"])
      #expect(other.status == 0, "\(other.errors)")
      try FileManager.default.removeItem(atPath: "\(output)/shards")
      let refused = try await call(builtCommand, plan + ["--seed", "8"])
      #expect(refused.status == 73 && refused.errors.contains("holds results of another input"))
      #expect(!FileManager.default.fileExists(atPath: "\(output)/shards"))
    }
  }

  @Test func `a shard that is being written to is waited for, not called damaged`() async throws {
    try await withShards { output, shard in
      let script = """
        import sqlite3, subprocess, sys, time
        lock = sqlite3.connect(sys.argv[1], isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        status = subprocess.Popen(sys.argv[2:])
        time.sleep(1)
        lock.execute("ROLLBACK")
        sys.exit(status.wait())
        """
      let status = try await call(
        URL(filePath: "/usr/bin/python3"),
        ["-c", script, shard(0).path, builtCommand.path, "status", output.path])
      #expect(status.status == 0, "\(status.errors)")
      #expect(!status.output.contains("DAMAGED") && status.output.contains("finished"))
    }
  }

  @Test func `two processes do not work on one shard`() async throws {
    try await withShards(endless: true) { output, shard in
      let second = try await chokepoint(
        ["run", "--shard", "1/3", "--quiet", "--output", output.path],
        onceThereIs: URL(filePath: shard(1).path + ".lock"),
        """
        "$@"; status=$?
        kill -KILL $pid
        exit $status
        """)
      #expect(second.status == 73)
      #expect(second.errors.contains("another process is at work on"), "\(second.errors)")
      #expect(try await chokepoint("status", output.path).status == 0)
    }
  }

  @Test func `a folder that is removed in the midst of it`() async throws {
    try await withShards(endless: true) { output, shard in
      // Files come and go in it while it is being removed.
      let run = try await chokepoint(
        ["run", "--shard", "1/3", "--quiet", "--checkpoint", "0", "--output", output.path],
        onceThereIs: shard(1),
        """
        while [[ -e \(output.path) ]]; do rm -rf \(output.path) 2>/dev/null; done
        wait $pid
        """)
      #expect(run.status == 73)
      #expect(run.errors.contains("is its folder still there"), "\(run.errors)")
    }
  }

  @Test(.enabled("run it where a tmpfs can be mounted") { await mountingIsAllowed() })
  func `a disk that is full in the midst of it`() async throws {
    try await withDisk(kilobytes: 4000) { disk in
      let file = try SmallScenario.write(to: disk)
      let output = disk.appending(path: "results")
      let options = ["--quiet", "--replicates", "8192", "--output", output.path]
      let call = { (shard: Int) in
        try await EndToEndTests.call(
          builtCommand,
          ["run", file, "--shard", "\(shard)/8", "--checkpoint", "0"] + options)
      }
      var outcome = try await call(0)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let first = output.appending(path: "shards/shard-0-of-8.sqlite")
      let before = try Data(contentsOf: first)
      for shard in 1..<8 where outcome.status == 0 { outcome = try await call(shard) }
      #expect(outcome.status == 73)
      #expect(outcome.errors.contains("No space left on device"), "\(outcome.errors)")
      #expect(try Data(contentsOf: first) == before, "the finished shard is whole")
    }
  }
}
