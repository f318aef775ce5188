import Analysis
import ArgumentParser
import Reporting
import Scenarios

/// `benchmark pairing`: what the same luck under all regimes saves.
struct Pairing: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How many times larger the variance of regime differences is on independent streams.",
    discussion: """
      Independent streams give the sum of both variances, which needs no second run. At the end of each \
      scenario, every regime against the reference.
      """)

  @Argument(help: "Scenario files.")
  var files = [
    "scenarios/timing.yaml", "scenarios/diffusion-caps.yaml", "scenarios/h800-vs-h100.yaml",
  ]

  @Option(help: "Replicates.")
  var replicates = 1000

  private static let metrics = ["compute_ratio_stock_h100e", "capability_gap"]

  func run() async throws {
    var table = ReportTable(["scenario", "regime"] + Self.metrics)
    for file in files {
      var overrides = Overrides()
      overrides.settings = [("run.replicates", "\(replicates)"), ("run.design", "mc")]
      let arms = try ArmSet(of: [Scenario(contentsOf: file, overrides: overrides)])
      var question = ComparisonQuestion()
      question.metrics = Self.metrics
      let comparison = try await ArmComparison(of: arms, question, threads: 2)
      for (arm, name) in arms.arms.map(\.name).enumerated().dropFirst() {
        let reductions = Self.metrics.map { metric in
          comparison.items.firstIndex { $0.metric == metric }
            .flatMap { comparison.comparisons[arm][$0]?.varianceReduction }
        }
        table.append(
          [arms.scenarios[0].name, name]
            + reductions.map { $0.map { $0.rounded(to: 1) } ?? "-" })
      }
    }
    print(table.text)
  }
}
