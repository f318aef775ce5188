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
    let model = scenario.model(recording: Set(observations.map(\.metric)))
    let engine = Engine(model: model, design: scenario.design)
    let cells = observations.map { $0.cells(in: engine.layout, of: scenario.run) }
    let ensemble = try await engine.runKeeping(
      Set(cells.joined().joined()).sorted(), threads: threads, progress: progress)
    self.scenario = scenario
    self.regime = model.regimes[regime]
    failedReplicates = ensemble.replicatesPlanned - ensemble.replicates.count
    self.knownUntil = knownUntil
    let targets = zip(observations, cells).map { observation, cells in
      var target = BackcastTarget(
        observation, in: engine.layout,
        months: cells.map { month in
          Self.sum(month.map { ensemble.values(regime: regime, cell: $0) })
        },
        stepYears: model.timeline.stepYears)
      if let knownUntil, knownUntil < observation.month {
        target.isForecast = true
        target.naive = observation.naiveForecast(from: observations, until: knownUntil)
      }
      return target
    }
    let order = targets.indices.sorted { (targets[$0].rank, $0) < (targets[$1].rank, $1) }
    self.targets = order.map { targets[$0] }
  }

  /// The sum of columns, replicate by replicate.
  private static func sum(_ columns: [[Double]]) -> [Double] {
    columns.dropFirst().reduce(columns.first ?? []) { sum, column in
      zip(sum, column).map { $0 + $1 }
    }
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
  /// The columns of its entities; none unless its metric is recorded of all of them.
  private func columns(in layout: CellLayout) -> [Int] {
    let found = entities.compactMap { entity in
      layout.stepColumns.firstIndex { $0.entity == entity && $0.metric.name == metric }
    }
    return found.count == entities.count ? found : []
  }

  /// By month that counts, the cells of its entities; none where its metric is not recorded, or its months are
  /// not simulated.
  fileprivate func cells(in layout: CellLayout, of run: RunSettings) -> [[Int]] {
    let columns = columns(in: layout)
    guard !columns.isEmpty else { return [] }
    return steps(of: run).map { step in columns.map { layout.cell(step: step, column: $0) } }
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
    return columns(in: layout).first.map { layout.stepColumns[$0].metric.unit } ?? ""
  }

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
    entities == other.entities && metric == other.metric && reduction == other.reduction
      && from.map { month - $0 } == other.from.map { other.month - $0 }
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
