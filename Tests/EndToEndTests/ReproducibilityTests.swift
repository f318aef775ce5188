import Foundation
import Testing

/// The same scenario and seed give the same bytes.
@Suite struct ReproducibilityTests {
  @Test(arguments: [1, 8])
  func `threads change nothing in the DeepSeek case`(threads: Int) async throws {
    let first = try await deepSeek.value.results
    try await withFolder { folder in
      // Into the folder of the first run: a second one of the same input needs no --force.
      try first.write(to: folder)
      let outcome = try await chokepoint(
        "run", "scenarios/deepseek-r1.yaml", "--replicates", "64", "--threads", "\(threads)",
        "--quiet", "--output", folder.path)
      #expect(outcome.status == 0)
      let second = try Results(in: folder)
      #expect(second.data.differences(from: first.data) == [])
      #expect(second.differences(from: first) == ["manifest.json"], "it did run")
    }
  }

  @Test func `threads change nothing in a run of several blocks`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      var runs: [Results] = []
      for threads in [1, 2, 8] {
        let output = folder.appending(path: "threads-\(threads)")
        let outcome = try await chokepoint(
          "run", file, "--replicates", "1100", "--threads", "\(threads)", "--quiet", "--output",
          output.path)
        #expect(outcome.status == 0)
        runs.append(try Results(in: output).data)
      }
      #expect(runs[1].differences(from: runs[0]) == [])
      #expect(runs[2].differences(from: runs[0]) == [])
    }
  }

  @Test func `another seed gives other draws and other results`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let one = folder.appending(path: "one")
      let other = folder.appending(path: "other")
      for (output, seed) in [(one, "1"), (other, "2")] {
        let outcome = try await chokepoint(
          "run", file, "--seed", seed, "--quiet", "--output", output.path)
        #expect(outcome.status == 0)
      }
      let different = try Results(in: other).differences(from: try Results(in: one))
      for name in ["parameters.csv", "trajectories.csv", "runs.csv", "ledger.csv"] {
        #expect(different.contains(name))
      }
      #expect(!different.contains("failures.csv"))
    }
  }

  @Test func `more replicates keep the draws of the first ones`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      var draws: [Data] = []
      for replicates in ["20", "40"] {
        let output = folder.appending(path: replicates)
        let outcome = try await chokepoint(
          "run", file, "--replicates", replicates, "--quiet", "--output", output.path)
        #expect(outcome.status == 0)
        draws.append(try #require(try Results(in: output).files["parameters.csv"]))
      }
      #expect(draws[1].starts(with: draws[0]))
      #expect(draws[1].count > draws[0].count)
    }
  }

  @Test func `what describe prints is a scenario that gives the same results`() async throws {
    let first = try await deepSeek.value.results
    try await withFolder { folder in
      let described = try await chokepoint(
        "describe", "scenarios/deepseek-r1.yaml", "--replicates", "64")
      #expect(described.status == 0 && described.errors == "")
      #expect(Data(described.output.utf8) == first.files["scenario.yaml"])
      let file = folder.appending(path: "f.yaml")
      try Data(described.output.utf8).write(to: file)
      let output = folder.appending(path: "results")
      let outcome = try await chokepoint("run", file.path, "--quiet", "--output", output.path)
      #expect(outcome.status == 0)
      #expect(try Results(in: output).data.differences(from: first.data) == [])
    }
  }
}
