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
    let engine = Engine(model: model, design: scenario.design)
    let cells = observations.map { $0.cells(in: engine.layout, of: scenario.run) }
    let ensemble = try await engine.runKeeping(
      Set(cells.joined()).sorted(), threads: threads, progress: progress)
    self.scenario = scenario
    self.regime = model.regimes[regime]
    failedReplicates = ensemble.replicatesPlanned - ensemble.replicates.count
    let targets = zip(observations, cells).map { observation, cells in
      BackcastTarget(
        observation, in: engine.layout,
        months: cells.map { ensemble.values(regime: regime, cell: $0) },
        stepYears: model.timeline.stepYears)
    }
    let order = targets.indices.sorted { (targets[$0].rank, $0) < (targets[$1].rank, $1) }
    self.targets = order.map { targets[$0] }
  }
}

extension BackcastTarget {
  /// Holds an observation to what a regime gives for it.
  ///
  /// - Parameter months: by month that counts, one value for each replicate.
  fileprivate init(
    _ observation: Observation, in layout: CellLayout, months: [[Double]], stepYears: Double
  ) {
    self.observation = observation
    unit = observation.unit(in: layout)
    check = TargetCheck(
      observed: observation.observed, low: observation.low, high: observation.high,
      draws: observation.reduction.analysed.apply(to: months, stepYears: stepYears))
  }

  fileprivate var rank: Int { isUnexpectedMiss ? 0 : check.isCovered ? 2 : 1 }
}

extension Observation {
  private func column(in layout: CellLayout) -> Int? {
    layout.stepColumns.firstIndex { $0.entity == entity && $0.metric.name == metric }
  }

  /// The cells whose values count; none where its metric is not recorded, or its months are not simulated.
  fileprivate func cells(in layout: CellLayout, of run: RunSettings) -> [Int] {
    guard let column = column(in: layout) else { return [] }
    return steps(of: run).map { layout.cell(step: $0, column: column) }
  }

  /// The steps whose values count; none where the run does not reach so far.
  private func steps(of run: RunSettings) -> [Int] {
    guard run.start <= month, month <= run.end else { return [] }
    let first = reduction == .value ? month : max(from ?? run.start, run.start)
    // A sum or a growth over months that were not simulated is another figure.
    if let from, from < run.start, reduction == .sum || reduction == .growthPerYear { return [] }
    guard first <= month else { return [] }
    return Array((first.index - run.start.index)...(month.index - run.start.index))
  }

  fileprivate func unit(in layout: CellLayout) -> String {
    if reduction == .growthPerYear { return "1/year" }
    return column(in: layout).map { layout.stepColumns[$0].metric.unit } ?? ""
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
