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

      paired: as replicates are paired, by the same uncertainties and the same luck.
      at most: what any pairing of the same two sets of values could give: the lowest with the lowest, \
      and so on up to the highest with the highest. No coupling of two distributions gives their \
      difference a smaller variance (Hoeffding; Fréchet).
      unknowns: the share of the paired difference's variance that comes of the uncertainties: the \
      correlation of the differences in two runs with the same uncertainties and different luck.
      without luck: what pairing would give if luck made no difference at all.
      """)

  @Argument(help: "Scenario files.")
  var files = [
    "scenarios/timing.yaml", "scenarios/diffusion-caps.yaml", "scenarios/h800-vs-h100.yaml",
  ]

  @Option(help: "Replicates.")
  var replicates = 1000

  @Flag(
    help: """
      Print instead how far the differences hang together with those of runs in which one mechanism alone \
      has other luck: the lower, the more of the difference is that mechanism's luck. One run for each.
      """)
  var byMechanism = false

  func run() async throws {
    var table = ReportTable(
      ["scenario", "regime", "difference of"]
        + (byMechanism ? ["luck of", "correlation"] : Self.figures))
    for file in files {
      let scenario = try scenario(file)
      let model = scenario.model
      let worlds = try await Self.run(model, scenario)
      for luckier in byMechanism ? model.phases.map(\.name) : [nil] {
        let others = try await Self.run(OtherLuck(model, inPhase: luckier), scenario)
        for regime in worlds.regimes.indices.dropFirst() {
          for subject in Subject.all {
            let pairs = subject.pairs(regime, in: worlds)
            let correlation = pairs.correlation(with: subject.pairs(regime, in: others))
            table.append(
              [scenario.name, worlds.regimes[regime], subject.name]
                + (luckier.map { [$0, correlation?.rounded(to: 2) ?? "-"] }
                  ?? Self.figures(of: pairs, correlation)))
          }
        }
      }
    }
    print(table.text)
  }

  private static let figures = ["paired", "at most", "unknowns", "without luck"]

  private static func figures(of pairs: Pairs, _ correlation: Double?) -> [String] {
    let withoutLuck = pairs.paired.flatMap { paired in
      correlation.flatMap { $0 > 0 ? paired / $0 : nil }
    }
    return [pairs.paired, pairs.atMost].map { $0?.rounded(to: 1) ?? "-" }
      + [correlation?.rounded(to: 2) ?? "-", withoutLuck?.rounded(to: 1) ?? "-"]
  }

  private func scenario(_ file: String) throws -> Scenario {
    var overrides = Overrides()
    let metrics = Set(Subject.all.map(\.metric)).sorted().joined(separator: ", ")
    overrides.settings = [
      ("run.replicates", "\(replicates)"), ("run.design", "mc"), ("metrics", "[\(metrics)]"),
    ]
    return try Scenario(contentsOf: file, overrides: overrides)
  }

  private static func run(_ model: some Model, _ scenario: Scenario) async throws -> EnsembleResult
  {
    try await Engine(model: model, design: scenario.design)
      .runKeepingAll(threads: 2, keepingDraws: false)
  }
}

/// What is compared: a metric at the last step, and what is made of its values before.
private struct Subject {
  let name: String
  let metric: String
  var transform: @Sendable (Double) -> Double = { $0 }

  static let all = [
    Subject(name: "compute ratio", metric: "compute_ratio_stock_h100e"),
    Subject(
      name: "log compute ratio", metric: "compute_ratio_stock_h100e", transform: { log($0) }),
    Subject(name: "capability gap", metric: "capability_gap"),
  ]

  /// Its values under a regime, and under the reference.
  func pairs(_ regime: Int, in ensemble: EnsembleResult) -> Pairs {
    let layout = ensemble.layout
    guard let column = layout.stepColumns.firstIndex(where: { $0.metric.name == metric }) else {
      preconditionFailure("\(metric) was asked for and not recorded")
    }
    let cell = layout.cell(step: layout.stepCount - 1, column: column)
    let values = [regime, 0].map { ensemble.values(regime: $0, cell: cell).map(transform) }
    return Pairs(values: values[0], reference: values[1])
  }
}

/// One number of each replicate under two regimes; NaN where missing.
private struct Pairs {
  let values: [Double]
  let reference: [Double]

  /// By how much pairing reduces the variance of the difference; nil where nothing differs.
  var paired: Double? { Comparison(of: values, to: reference)?.varianceReduction }

  /// The most that could be had by pairing the same values in another way.
  var atMost: Double? {
    let both = zip(values, reference).filter { !$0.isNaN && !$1.isNaN }
    return Comparison(of: both.map { $0.0 }.sorted(), to: both.map { $0.1 }.sorted())?
      .varianceReduction
  }

  /// How the differences of two ensembles go together, replicate by replicate; nil where they do not vary.
  func correlation(with others: Pairs) -> Double? {
    let both = zip(differences, others.differences).filter { !$0.isNaN && !$1.isNaN }
    let (mine, theirs) = (Moments(of: both.map { $0.0 }), Moments(of: both.map { $0.1 }))
    guard mine.variance > 0, theirs.variance > 0 else { return nil }
    let covariance = both.reduce(0) { $0 + ($1.0 - mine.mean) * ($1.1 - theirs.mean) }
    return covariance / Double(mine.count - 1) / (mine.variance * theirs.variance).squareRoot()
  }

  private var differences: [Double] { zip(values, reference).map { $0 - $1 } }
}
