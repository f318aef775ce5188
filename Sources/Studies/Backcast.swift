public import Analysis
import PolicyModel
public import Quantities
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
  /// What would have been said without a model; nil where earlier values of it are not known, or it is
  /// one of the known ones.
  public internal(set) var naive: NaiveForecast?
  /// Whether it lies after what was known.
  public internal(set) var isForecast = false

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
  /// The last month of what was known: targets after it are forecasts. Nil where none are.
  public let knownUntil: Month?

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
  ///   - knownUntil: the month up to which observations count as known; those after it are scored beside what
  ///     the known ones of the same figure would have led somebody without a model to expect.
  ///   - progress: called with the number of replicates done, after each block.
  public init(
    running scenario: Scenario, regime: Int, against observations: [Observation],
    knownUntil: Month? = nil, threads: Int,
    progress: (_ done: Int) -> Void = { _ in }
  ) async throws {
    try await self.init(
      running: scenario.model(recording: Set(observations.flatMap(\.monthly.metrics))),
      of: scenario, regime: regime, against: observations, knownUntil: knownUntil,
      threads: threads, progress: progress)
  }

  /// The same of a model that records the metrics of the observations.
  init(
    running model: PolicyModel, of scenario: Scenario, regime: Int,
    against observations: [Observation], knownUntil: Month? = nil, threads: Int,
    progress: (_ done: Int) -> Void = { _ in }
  ) async throws {
    let engine = Engine(model: model, design: scenario.design)
    let cells = observations.map { ObservedCells($0.monthly, in: engine.layout, of: scenario.run) }
    let ensemble = try await engine.runKeeping(
      Set(cells.flatMap(\.all)).sorted(), threads: threads, progress: progress)
    self.scenario = scenario
    self.regime = model.regimes[regime]
    failedReplicates = ensemble.replicatesPlanned - ensemble.replicates.count
    self.knownUntil = knownUntil
    let targets = zip(observations, cells).map { observation, cells in
      var target = BackcastTarget(
        observation, unit: cells.unit,
        draws: cells.draws(stepYears: model.timeline.stepYears) {
          ensemble.values(regime: regime, cell: $0)
        })
      if let knownUntil, knownUntil < observation.month {
        target.isForecast = true
        target.naive = observation.naiveForecast(from: observations, until: knownUntil)
      }
      return target
    }
    let order = targets.indices.sorted { (targets[$0].rank, $0) < (targets[$1].rank, $1) }
    self.targets = order.map { targets[$0] }
  }
}

extension BackcastTarget {
  /// Holds an observation to what a regime gives for it.
  fileprivate init(_ observation: Observation, unit: String, draws: [Double]) {
    self.observation = observation
    self.unit = unit
    check = TargetCheck(
      observed: observation.observed, low: observation.low, high: observation.high, draws: draws)
  }

  fileprivate var rank: Int { isUnexpectedMiss ? 0 : check.isCovered ? 2 : 1 }
}

extension Observation {
  /// What earlier values of the same figure would have led somebody to expect.
  fileprivate func naiveForecast(from all: [Observation], until last: Month) -> NaiveForecast? {
    let known = all.filter { $0.month <= last && $0.isSameFigure(as: self) }
      .sorted { $0.month < $1.month }
    return NaiveForecast(
      from: known.map { (time: $0.years, value: $0.observed) }, at: years)
  }

  private var years: Double { Double(month.index) / 12 }

  /// Whether two observations are of one thing at different times.
  private func isSameFigure(as other: Observation) -> Bool {
    figure == other.figure && divisor == other.divisor && reduction == other.reduction
      && from.map { month - $0 } == other.from.map { other.month - $0 }
  }
}
