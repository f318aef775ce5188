import Foundation
import Testing

/// Two processes that write into one folder, each ended at any moment: what is left is nothing, or the whole
/// result of one of them.
@Suite struct RacingRunTests {
  private static let seeds = ["7", "8"]

  private func arguments(_ file: String, seed: String, into output: URL) -> [String] {
    ["run", file, "--quiet", "--checkpoint", "0", "--seed", seed, "--output", output.path]
      + ShardTests.replicates
  }

  private func whole(_ file: String, seed: String, in folder: URL) async throws -> Results {
    let output = folder.appending(path: "whole-\(seed)")
    let run = try await call(builtCommand, arguments(file, seed: seed, into: output))
    #expect(run.status == 0, "\(run.errors)")
    return try Results(in: output).data
  }

  /// Files that are no result: of what is not finished.
  private func unfinished(_ results: Results) -> [String] {
    results.files.keys.filter { $0.hasPrefix(".") }.sorted()
  }

  @Test(arguments: [["7", "7"], ["7", "8"]]) func `two at once, killed again and again`(
    seeds: [String]
  ) async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      var expected: [String: Results] = [:]
      for seed in Set(seeds) { expected[seed] = try await whole(file, seed: seed, in: folder) }
      var (kills, longest) = (0, 1500)
      var random = SystemRandomNumberGenerator()
      while kills < ShardTests.kills {
        let output = folder.appending(path: "race-\(kills)")
        let runs = try seeds.map {
          try Background(arguments(file, seed: $0, into: output), tellingIn: folder)
        }
        for run in runs {
          try await Task.sleep(for: .milliseconds(Int.random(in: 0..<longest, using: &random)))
          run.send(SIGKILL)
        }
        var statuses: [Int32] = []
        for run in runs { statuses.append(try await run.end().status) }
        // Both came to their ends, or were refused: be quicker.
        if statuses.contains(-SIGKILL) { kills += 1 } else { longest = max(50, longest * 2 / 3) }
        try await expectWhole(in: output, one: expected, after: statuses)
        try await goOn(file, seed: seeds[0], in: output, expected[seeds[0]])
        try FileManager.default.removeItem(at: output)
      }
    }
  }

  /// Nothing is there, or all of a result: the manifest comes last.
  private func expectWhole(
    in output: URL, one expected: [String: Results], after statuses: [Int32]
  ) async throws {
    guard let left = try? Results(in: output), left.files["manifest.json"] != nil else { return }
    let seed = try #require(try left.json("manifest.json")["seed"] as? Int)
    let results = Results(left.data.files.filter { !$0.key.hasPrefix(".") })
    let whole = try #require(expected["\(seed)"])
    #expect(results.differences(from: whole) == [], "after \(statuses)")
  }

  /// The next run comes to the same bytes, and nothing is left of those that were killed. What another input
  /// has left is refused, and may be written over.
  private func goOn(
    _ file: String, seed: String, in output: URL, _ expected: Results?
  ) async throws {
    let words = arguments(file, seed: seed, into: output)
    var run = try await call(builtCommand, words)
    if run.status == 73 {
      #expect(run.errors.contains("--force"), "\(run.errors)")
      run = try await call(builtCommand, words + ["--force"])
    }
    #expect(run.status == 0, "\(run.errors)")
    let results = try Results(in: output)
    #expect(results.data.differences(from: try #require(expected)) == [])
    #expect(unfinished(results) == [])
  }

  /// Who comes second with another input has nothing to compute for.
  @Test func `of two inputs the second is told before it computes`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let output = folder.appending(path: "results")
      let told = try await chokepoint(
        ["run", file, "--quiet", "--replicates", "30000000", "--output", output.path],
        onceThereIs: output.appending(path: ".chokepoint-run.lock"),
        """
        timeout 60 \(builtCommand.path) run \(file) --seed 8 --quiet --output \(output.path)
        status=$?; kill -KILL $pid; exit $status
        """)
      #expect(told.status == 73)
      #expect(told.errors.contains("a run of another input is at work in"), "\(told.errors)")
      let after = try await call(builtCommand, arguments(file, seed: "8", into: output))
      #expect(after.status == 0, "\(after.errors)")
      #expect(unfinished(try Results(in: output)) == [])
    }
  }
}
