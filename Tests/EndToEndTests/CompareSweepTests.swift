import Foundation
import Testing

/// Points of a sweep, held to each other on the same luck.
@Suite struct CompareSweepTests {
  @Test func `points of a sweep are held to each other`() async throws {
    try await withFolder { folder in
      let (_, swept) = try SmallScenario.writeSweep(to: folder)
      let all = try await chokepoint("compare", swept, "--metric", "chips_in_use_mean")
      #expect(all.status == 0, "\(all.errors)")
      for arm in ["p512/rule", "p512/free", "p2048/rule", "p2048/free"] {
        #expect(all.output.contains(arm), "\(all.output)")
      }
      let one = try await chokepoint(
        "compare", swept, "--metric", "chips_in_use_mean", "--point", "p512")
      #expect(one.status == 0 && !one.output.contains("p512/"), "\(one.output)\(one.errors)")
    }
  }

  /// Nobody chooses between points of a sweep: regimes of each are ranked among themselves.
  @Test func `regimes are ranked within a point`() async throws {
    try await withFolder { folder in
      let (_, swept) = try SmallScenario.writeSweep(to: folder)
      let output = folder.appending(path: "comparison")
      let outcome = try await chokepoint(
        "compare", swept, "--metric", "chips_in_use_mean", "--prefer", "chips_in_use_mean=low",
        "--output", output.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let ranks = try Results(in: output).table("ranks").records
      let arms = Dictionary(grouping: ranks) { "\($0["metric"] ?? "") \($0["entity"] ?? "")" }
      for rows in arms.values {
        let points = Dictionary(grouping: rows) {
          $0["regime"]?.components(separatedBy: "/").first ?? ""
        }
        #expect(points.count > 1, "or this would prove nothing")
        for rows in points.values {
          // In every replicate some regime of the point is first.
          let first = rows.compactMap { $0["share_first"].flatMap(Double.init) }
          #expect(first.reduce(0, +) >= 1 && first.count == rows.count, "\(rows)")
        }
      }
    }
  }

  /// What a rule changes at a point is held to that point; what a lever changes, where nothing else differs,
  /// to the first.
  @Test func `each regime is held to the first of its point`() async throws {
    try await withFolder { folder in
      let (_, swept) = try SmallScenario.writeSweep(to: folder)
      func references(_ arguments: String...) async throws -> [String: String] {
        let output = folder.appending(path: "comparison-\(arguments.count)")
        let outcome = try await call(
          builtCommand,
          ["compare", swept, "--metric", "chips_in_use_mean", "--output", output.path] + arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let rows = try Results(in: output).table("comparison").records
        return Dictionary(rows.map { ($0["regime"] ?? "", $0["reference"] ?? "") }) { first, _ in
          first
        }
      }
      #expect(
        try await references() == ["p512/free": "p512/rule", "p2048/free": "p2048/rule"])
      #expect(try await references("--regimes", "free") == ["p2048/free": "p512/free"])
      // A file without points among them is what all are held to.
      let baseline = try SmallScenario.write(to: folder, named: "baseline.yaml")
      let mixed = try await chokepoint(
        "compare", baseline, swept, "--metric", "chip_hours_cumulative", "--regimes", "free",
        "--month", "2024-11")
      #expect(mixed.status == 0, "\(mixed.errors)")
      let rows = mixed.output.split(separator: "\n").filter { $0.contains("/free ") }
      #expect(rows.map { $0.contains(" reference") } == [true, false, false], "\(mixed.output)")
    }
  }

  @Test func `points that end apart are compared where all are, and unpaired ones are refused`()
    async throws
  {
    try await withFolder { folder in
      func compare(_ grid: String) async throws -> Outcome {
        let file = try SmallScenario.write(
          to: folder, replacing: "headline:", with: "sweep: {grid: {\(grid)}}\nheadline:")
        return try await chokepoint("compare", file, "--metric", "chip_hours_cumulative")
      }
      let apart = try await compare("run.end: [2024-12, 2025-01]")
      #expect(apart.status == 0, "\(apart.errors)")
      #expect(apart.output.contains("They end between 2024-12 and 2025-01: only months"))
      #expect(apart.output.contains("chip_hours_cumulative [chip_hours], training, end of 2024-12"))
      let unpaired = try await compare("run.replicates: [16, 32]")
      #expect(unpaired.status == 64)
      #expect(
        unpaired.errors.contains("points of small cannot be paired: run.replicates is 16 at one"))
      #expect(unpaired.errors.contains("--point replicates=16 takes one of them"))
    }
  }
}
