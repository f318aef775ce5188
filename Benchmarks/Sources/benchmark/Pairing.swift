import Analysis
import ArgumentParser
import Glibc
import PolicyModel
import Scenarios
import Simulation

/// `benchmark pairing`: what the same luck under all regimes saves.
struct Pairing: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How many times larger the variance of regime differences is on independent streams.",
    discussion: """
      Independent streams give the sum of both variances, which needs no second run. At the end of each \
      scenario, every regime against the reference: the difference of both metrics, and that of the \
      ratio's logarithm, which compares ratios by how many times one is the other.
      """)

  @Argument(help: "Scenario files.")
  var files = [
    "scenarios/timing.yaml", "scenarios/diffusion-caps.yaml", "scenarios/h800-vs-h100.yaml",
  ]

  @Option(help: "Replicates.")
  var replicates = 1000

  /// What is compared: a metric, and what is made of its values before.
  private struct Subject {
    let header: String
    let metric: String
    var transform: @Sendable (Double) -> Double = { $0 }
  }

  private static let subjects = [
    Subject(header: "compute ratio", metric: "compute_ratio_stock_h100e"),
    Subject(
      header: "its logarithm", metric: "compute_ratio_stock_h100e", transform: { log($0) }),
    Subject(header: "capability gap", metric: "capability_gap"),
  ]

  func run() async throws {
    var table = ReportTable(["scenario", "regime"] + Self.subjects.map(\.header))
    for file in files {
      var overrides = Overrides()
      overrides.settings = [
        ("run.replicates", "\(replicates)"), ("run.design", "mc"),
        ("metrics", "[\(Set(Self.subjects.map(\.metric)).sorted().joined(separator: ", "))]"),
      ]
      let scenario = try Scenario(contentsOf: file, overrides: overrides)
      let model = scenario.model
      let ensemble = try await Engine(model: model, design: scenario.design)
        .runKeepingAll(threads: 2, keepingDraws: false)
      for regime in ensemble.regimes.indices.dropFirst() {
        let reductions = Self.subjects.map { reduction(of: $0, regime: regime, in: ensemble) }
        table.append(
          [scenario.name, ensemble.regimes[regime]]
            + reductions.map { $0.map { $0.rounded(to: 1) } ?? "-" })
      }
    }
    print(table.text)
  }

  /// At the last step; nil where a metric is not recorded.
  private func reduction(
    of subject: Subject, regime: Int, in ensemble: EnsembleResult
  ) -> Double? {
    let layout = ensemble.layout
    let column = layout.stepColumns.firstIndex { $0.metric.name == subject.metric }
    guard let column else { return nil }
    let cell = layout.cell(step: layout.stepCount - 1, column: column)
    let values = [regime, 0].map {
      ensemble.values(regime: $0, cell: cell).map(subject.transform)
    }
    return Comparison(of: values[0], to: values[1])?.varianceReduction
  }
}
