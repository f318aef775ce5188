import Foundation
import Testing

/// The rent at which a training on H800s costs what it costs on H100s, found and run again.
@Suite struct BreakEvenTests {
  private static let key = "chips.h800.rent_usd_per_hour"
  private static let common = [
    "scenarios/h800-penalty.yaml", "--replicates", "32", "--metric", "cost_final_run_usd",
    "--entity", "co_designed", "--regime", "oct-2022-rule", "--against", "no-controls",
    "--vary", key, "--from", "1", "--to", "5", "--tolerance", "0.005",
  ]

  private struct Answer: Decodable {
    struct Point: Decodable {
      let lever: Double
      let value: Double
    }
    struct Crossing: Decodable {
      let kind: String
      let low: Point
      let interval_low: Double?
      let interval_high: Double?
      let again: String
    }
    let found: Bool
    let evaluations: Int
    let scan: [Point]
    let crossings: [Crossing]
  }

  @Test func `a run at the answer has the target as its median`() async throws {
    let outcome = try await call(
      builtCommand, ["break-even"] + Self.common + ["--of", "ratio", "--target", "1", "--json"])
    #expect(outcome.status == 0 && outcome.errors == "")
    let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
    let crossing = try #require(answer.crossings.first)
    #expect(answer.found && answer.crossings.count == 1 && crossing.kind == "root")
    #expect(answer.evaluations < 40)
    let (low, high) = (try #require(crossing.interval_low), try #require(crossing.interval_high))
    #expect(low < crossing.low.lever && crossing.low.lever < high)
    try await withFolder { folder in
      let results = try await Self.again(crossing, in: folder)
      let table = try CSVTable(Data(contentsOf: results.appending(path: "comparison.csv")))
      let row = try #require(
        table.records.first {
          $0["entity"] == "co_designed" && $0["metric"] == "cost_final_run_usd"
        })
      let median = try #require(row["ratio_p50"].flatMap(Double.init))
      #expect(abs(median - 1) < 0.005)
      #expect(abs(median - crossing.low.value) < 1e-9)
    }
  }

  /// Does in a shell what an answer says itself, beside results of the same scenario.
  ///
  /// - Returns: where its results went.
  private static func again(_ crossing: Answer.Crossing, in folder: URL) async throws -> URL {
    for name in ["scenarios", "examples"] {
      try FileManager.default.createSymbolicLink(
        at: folder.appending(path: name), withDestinationURL: packageRoot.appending(path: name))
    }
    let words = crossing.again.split(separator: " ").map(String.init)
    let usual = ["run", words[2], "--replicates", "2", "--quiet"]
    #expect(try await call(builtCommand, usual, in: folder).status == 0)
    let program = builtCommand.deletingLastPathComponent().path
    let line = "PATH=\(program):$PATH; \(crossing.again) --quiet"
    let run = try await call(URL(filePath: "/bin/sh"), ["-c", line], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let output = try #require(words.firstIndex(of: "--output"))
    return folder.appending(path: words[output + 1])
  }

  /// A run records what the file names; what was asked for beyond it is named in the command.
  @Test func `a metric that the file does not record is recorded again`() async throws {
    let outcome = try await chokepoint(
      "break-even", "examples/export-arithmetic.yaml", "--metric", "fleet_h100e", "--entity",
      "fleet.importer", "--target", "1000000", "--vary", "owners.importer.spending_factor",
      "--from", "0", "--to", "5", "--json")
    let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
    let crossing = try #require(answer.crossings.first)
    try await withFolder { folder in
      let results = try await Self.again(crossing, in: folder)
      let table = try CSVTable(Data(contentsOf: results.appending(path: "trajectories.csv")))
      let last = table.records.last { $0["entity"] == "fleet.importer" }
      #expect(last?["metric"] == "fleet_h100e")
      let median = try #require(last?["p50"].flatMap(Double.init))
      #expect(abs(median - crossing.low.value) < 1e-6)
    }
  }

  /// Export arithmetic for 2026 without displacement, in a world that does nothing else: 1.08M B300.
  @Test func `a published break-even comes out of the model`() async throws {
    let outcome = try await chokepoint(
      "break-even", "examples/export-arithmetic.yaml", "--metric", "compute_ratio_stock_h100e",
      "--target", "4", "--vary", "owners.importer.spending_factor", "--from", "0", "--to", "5",
      "--json")
    #expect(outcome.status == 0)
    let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
    let crossing = try #require(answer.crossings.first)
    #expect(answer.crossings.count == 1 && crossing.kind == "root")
    #expect(abs(crossing.low.lever - 1.08) < 1e-3 * 1.08)
    #expect(answer.scan.first.map { abs($0.value - 31) < 1e-9 } == true)
  }

  @Test func `what is not reached exits 1`() async throws {
    let outcome = try await call(
      builtCommand, ["break-even"] + Self.common + ["--of", "difference", "--target", "1e12"])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("No value scanned reaches the target"))
    #expect(outcome.errors == "no value scanned reaches the target\n")
  }

  @Test(arguments: [
    ["--of", "ratio"], ["--target", "1"], ["--of", "share", "--target", "1"],
    ["--of", "ratio", "--target", "1", "--regimes", "no-controls"],
    ["--of", "ratio", "--target", "1", "--set", "\(key)=2"],
    ["--of", "ratio", "--target", "1", "--month", "2024"],
    ["--of", "ratio", "--target", "1", "--quantile", "2"],
    ["--of", "ratio", "--target", "1", "--replicates", "100000000"],
  ])
  func `a question that makes no sense exits 64`(rest: [String]) async throws {
    let outcome = try await call(builtCommand, ["break-even"] + Self.common + rest)
    #expect(outcome.status == 64 && outcome.output == "")
  }

  @Test func `a key that is not there is a fault of the scenario`() async throws {
    let arguments = Self.common.map { $0 == Self.key ? "world.runs.co_designed.chip" : $0 }
    let outcome = try await call(
      builtCommand, ["break-even"] + arguments + ["--of", "ratio", "--target", "1"])
    #expect(outcome.status == 65 && outcome.errors.contains("did you mean \"chips\"?"))
    let parameter = try await call(
      builtCommand,
      [
        "break-even", "examples/export-arithmetic.yaml", "--metric", "capability", "--target", "1",
        "--vary", "grey_market.enforcment",
      ])
    #expect(parameter.status != 0)
    #expect(
      parameter.errors.contains("did you mean \"grey_market.enforcement\"?"), "\(parameter.errors)")
    #expect(outcome.errors.hasPrefix("--vary world.runs.co_designed.chip"), "\(outcome.errors)")
  }
}
