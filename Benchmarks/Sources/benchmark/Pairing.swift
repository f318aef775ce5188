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
      own luck: the share that comes of luck which changes nothing in the reference, as that of licenses \
      where nothing needs one: one less the correlation of the differences in two runs that differ in the \
      luck of those mechanisms alone. There is nothing to pair it with.
      attainable: what pairing could give if all other luck cancelled: neither what is unknown nor a \
      regime's own luck depends on how replicates are paired, and the two have no part of the variance in \
      common (one is a main effect, the other the total effect of other variables; Sobol).
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
      has other luck: the lower, the more of the difference is that mechanism's luck. One run for each; \
      mechanisms whose luck changes no difference are left out.
      """)
  var byMechanism = false

  func run() async throws {
    var table = ReportTable(
      ["scenario", "regime", "difference of"]
        + (byMechanism
          ? ["luck of", "correlation"]
          : ["paired", "at most", "unknowns", "own luck", "attainable"]))
    for file in files {
      let worlds = try await PairedWorlds(scenario(file, replicates: replicates))
      for row in try await byMechanism ? mechanisms(worlds) : limits(worlds, file) {
        table.append(row)
      }
    }
    print(table.text)
  }

  /// What pairing gives and could give, difference by difference.
  private func limits(_ worlds: PairedWorlds, _ file: String) async throws -> [[String]] {
    let sample = try await PairedWorlds(scenario(file, replicates: (replicates + 9) / 10))
    let own = try await sample.mechanismsWithoutEffectOnReference()
    let otherwise = try await worlds.withOtherLuck(inPhases: worlds.phases)
    let ownOtherwise = try await worlds.withOtherLuck(inPhases: own)
    return worlds.differences { subject, regime in
      let pairs = subject.pairs(regime, in: worlds.ensemble)
      let unknowns = pairs.correlation(with: subject.pairs(regime, in: otherwise))
      let ownPairs = subject.pairs(regime, in: ownOtherwise)
      // A tenth of the replicates may have missed an effect.
      let ownLuck =
        pairs.hasReference(of: ownPairs) ? pairs.correlation(with: ownPairs).map { 1 - $0 } : nil
      return [
        [
          pairs.paired?.rounded(to: 1), pairs.atMost?.rounded(to: 1), unknowns?.rounded(to: 2),
          ownLuck?.rounded(to: 2),
          attainable(paired: pairs.paired, unknowns: unknowns, ownLuck: ownLuck)?.rounded(to: 1),
        ].map { $0 ?? "-" }
      ]
    }
  }

  private func attainable(paired: Double?, unknowns: Double?, ownLuck: Double?) -> Double? {
    guard let paired, let unknowns, let ownLuck, unknowns + ownLuck > 0 else { return nil }
    return paired / (unknowns + ownLuck)
  }

  /// Whose luck the differences depend on.
  private func mechanisms(_ worlds: PairedWorlds) async throws -> [[String]] {
    var rows: [[String]] = []
    for phase in worlds.phases {
      let otherwise = try await worlds.withOtherLuck(inPhases: [phase])
      rows += worlds.differences { subject, regime in
        let pairs = subject.pairs(regime, in: worlds.ensemble)
        let others = subject.pairs(regime, in: otherwise)
        guard pairs.differ(from: others) else { return [] }
        return [[phase, pairs.correlation(with: others)?.rounded(to: 2) ?? "-"]]
      }
    }
    return rows
  }

  private func scenario(_ file: String, replicates: Int) throws -> Scenario {
    var overrides = Overrides()
    let metrics = Set(Subject.all.map(\.metric)).sorted().joined(separator: ", ")
    overrides.settings = [
      ("run.replicates", "\(replicates)"), ("run.design", "mc"), ("metrics", "[\(metrics)]"),
    ]
    return try Scenario(contentsOf: file, overrides: overrides)
  }
}

/// A scenario's regimes under the same luck, and under other luck when asked.
private struct PairedWorlds {
  let scenario: Scenario
  let ensemble: EnsembleResult

  init(_ scenario: Scenario) async throws {
    self.scenario = scenario
    ensemble = try await Self.run(scenario.model, scenario)
  }

  var phases: [String] { scenario.model.phases.map(\.name) }

  func withOtherLuck(inPhases names: [String]) async throws -> EnsembleResult {
    try await Self.run(scenario.model.withOtherLuck(inPhases: names), scenario)
  }

  /// Mechanisms whose luck leaves everything that is compared as it is under the reference.
  func mechanismsWithoutEffectOnReference() async throws -> [String] {
    var names: [String] = []
    for phase in phases {
      let others = try await withOtherLuck(inPhases: [phase])
      let isWithout = Subject.all.allSatisfy {
        $0.pairs(0, in: ensemble).hasReference(of: $0.pairs(0, in: others))
      }
      if isWithout { names.append(phase) }
    }
    return names
  }

  /// Rows for every regime but the reference and every subject, which they begin with.
  func differences(_ rows: (Subject, Int) -> [[String]]) -> [[String]] {
    ensemble.regimes.indices.dropFirst().flatMap { regime in
      Subject.all.flatMap { subject in
        rows(subject, regime).map { [scenario.name, ensemble.regimes[regime], subject.name] + $0 }
      }
    }
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

  /// Whether the reference has the same values there, to the bit.
  func hasReference(of others: Pairs) -> Bool {
    reference.map(\.bitPattern) == others.reference.map(\.bitPattern)
  }

  /// Whether any replicate's difference is another there.
  func differ(from others: Pairs) -> Bool {
    differences.map(\.bitPattern) != others.differences.map(\.bitPattern)
  }

  private var differences: [Double] { zip(values, reference).map { $0 - $1 } }
}
