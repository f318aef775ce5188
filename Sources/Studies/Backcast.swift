public import Analysis
import PolicyModel
import Quantities
public import Scenarios
import Simulation

/// A target of a backcast with what one regime gives for it.
public struct BackcastTarget: Sendable {
  /// What was observed.
  public let observation: Observation
  /// Its unit.
  public let unit: String
  /// How it fares.
  public let check: TargetCheck

  /// Whether the observed value is outside the band, and nobody said that it would be.
  public var isUnexpectedMiss: Bool { !check.isCovered && observation.expectedMiss == nil }
}

/// What a scenario's regime gives, held to what was observed.
public struct Backcast: Sendable {
  /// What was run.
  public let scenario: Scenario
  /// Under which regime: the rules as they were.
  public let regime: String
  /// The targets: misses first, unexpected ones before others, else in file order.
  public let targets: [BackcastTarget]
  /// How many replicates could not be computed.
  public let failedReplicates: Int

  /// How many misses nobody expected.
  public var unexpectedMisses: Int { targets.count { $0.isUnexpectedMiss } }

  /// The regime to compare with observations, unless somebody names another: the rules as they are,
  /// or the reference.
  public static func defaultRegime(of scenario: Scenario) -> String {
    let ids = scenario.blueprint.regimes.map(\.id)
    return ids.first { $0 == "current-law" } ?? ids[0]
  }

  /// Runs a scenario, and holds one regime to observations. Nothing but their metrics is recorded.
  ///
  /// - Parameters:
  ///   - regime: the place of the regime.
  ///   - progress: called with the number of replicates done, after each block.
  public init(
    running scenario: Scenario, regime: Int, against observations: [Observation], threads: Int,
    progress: (_ done: Int) -> Void = { _ in }
  ) async throws {
    let model = scenario.model(recording: Set(observations.map(\.metric)))
    let design = scenario.design
    let ensemble = try await Engine(model: model, design: design)
      .runKeepingAll(threads: threads, progress: progress)
    self.scenario = scenario
    self.regime = model.regimes[regime]
    failedReplicates = ensemble.replicatesPlanned - ensemble.replicates.count
    let targets = observations.map { observation in
      BackcastTarget(
        observation, of: scenario.run, in: ensemble, regime: regime,
        stepYears: model.timeline.stepYears)
    }
    let order = targets.indices.sorted { (targets[$0].rank, $0) < (targets[$1].rank, $1) }
    self.targets = order.map { targets[$0] }
  }
}

extension BackcastTarget {
  /// Looks up what a regime gives for an observation; nothing where its metric is not recorded, or
  /// its months are not simulated.
  fileprivate init(
    _ observation: Observation, of run: RunSettings, in ensemble: EnsembleResult,
    regime: Int, stepYears: Double
  ) {
    let layout = ensemble.layout
    let place = layout.stepColumns.firstIndex {
      $0.entity == observation.entity && $0.metric.name == observation.metric
    }
    let months = place.map { place in
      observation.steps(of: run).map { step in
        ensemble.values(regime: regime, cell: layout.cell(step: step, column: place))
      }
    }
    self.observation = observation
    unit = observation.unit(of: place.map { layout.stepColumns[$0].metric.unit })
    check = TargetCheck(
      observed: observation.observed, low: observation.low, high: observation.high,
      draws: observation.reduction.analysed.apply(to: months ?? [], stepYears: stepYears))
  }

  fileprivate var rank: Int { isUnexpectedMiss ? 0 : check.isCovered ? 2 : 1 }
}

extension Observation {
  /// The steps whose values count; none where the run does not reach so far.
  fileprivate func steps(of run: RunSettings) -> [Int] {
    guard run.start <= month, month <= run.end else { return [] }
    let first = reduction == .value ? month : max(from ?? run.start, run.start)
    // A sum or a growth over months that were not simulated is another figure.
    if let from, from < run.start, reduction == .sum || reduction == .growthPerYear { return [] }
    guard first <= month else { return [] }
    return Array((first.index - run.start.index)...(month.index - run.start.index))
  }

  fileprivate func unit(of metric: String?) -> String {
    reduction == .growthPerYear ? "1/year" : metric ?? ""
  }
}

extension Observation.Reduction {
  fileprivate var analysed: Reduction {
    switch self {
    case .value: .value
    case .sum: .sum
    case .growthPerYear: .growthPerYear
    case .maximum: .maximum
    case .first: .first
    }
  }
}
