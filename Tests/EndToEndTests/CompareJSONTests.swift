import Foundation
import Testing

/// What `compare` and `diff` print for programs.
@Suite struct CompareJSONTests {
  @Test func `JSON has what the tables have`() async throws {
    struct Report: Decodable {
      struct Metric: Decodable {
        struct Regime: Decodable {
          struct Numbers: Decodable { let mean: Double }
          let regime: String
          let value: Numbers?
          let reference: String?
          let difference: Numbers?
          let regret: Numbers?
        }
        let metric: String
        let better: String
        let regimes: [Regime]
      }
      let seed: Int
      let simulated: Bool
      let metrics: [Metric]
    }
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let output = folder.appending(path: "comparison")
      let outcome = try await chokepoint(
        "compare", file, "--month", "2024-11", "--metric",
        "chips_in_use_mean,chip_hours_cumulative",
        "--entity", "training", "--prefer", "chips_in_use_mean=low", "--json", "--output",
        output.path)
      #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
      let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
      #expect(report.simulated && report.seed == 7 && report.metrics.count == 2)
      let rows = try Results(in: output).table("comparison").records
      for metric in report.metrics {
        let isPreferred = metric.metric == "chips_in_use_mean"
        #expect(metric.better == (isPreferred ? "low" : "neither"))
        #expect(metric.regimes.map(\.regime) == ["rule", "free"])
        #expect(metric.regimes.map(\.reference) == [nil, "rule"])
        #expect(metric.regimes.allSatisfy { ($0.regret != nil) == isPreferred })
        let row = try #require(rows.first { $0["metric"] == metric.metric })
        let mean = try #require(metric.regimes.last?.difference?.mean)
        #expect(
          row["difference_mean"].flatMap(Double.init).map { abs($0 - mean) <= 1e-9 * abs(mean) }
            == true)
      }
      let dearer = try SmallScenario.write(
        to: folder, named: "dearer.yaml", replacing: "chips: 2048", with: "chips: 1024")
      struct Difference: Decodable {
        struct Input: Decodable { let key: String }
        let inputs: [Input]
        let results: Report?
      }
      func difference(_ arguments: String...) async throws -> Difference {
        let outcome = try await call(builtCommand, ["diff", file] + arguments + ["--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try JSONDecoder().decode(Difference.self, from: Data(outcome.output.utf8))
      }
      let both = try await difference(dearer)
      // What the file says, and the stage that takes it from its run.
      let run = "world.runs.training"
      #expect(
        both.inputs.map(\.key) == ["\(run).chips", "\(run).stages.pretraining.chips"]
          && both.results?.simulated == true)
      let inputs = try await difference(dearer, "--inputs")
      #expect(inputs.inputs.count == 2 && inputs.results == nil)
      #expect(try await difference(file).inputs.isEmpty)
    }
  }
}
