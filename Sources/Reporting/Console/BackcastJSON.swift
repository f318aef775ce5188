import Analysis
import Scenarios
public import Studies

extension Backcast {
  /// Targets and coverage as JSON, dollars and all else as plain numbers.
  public var json: String {
    let report = BackcastJSON(
      scenario: scenario.name, regime: regime,
      targets: targets.map { TargetJSON($0) },
      coverage: coverage.map {
        CoverageJSON(status: $0.name, covered: $0.covered, targets: $0.count)
      })
    return SimulatedJSON(report, scenario.run, failedReplicates: failedReplicates).text
  }
}

private struct BackcastJSON: Encodable {
  let scenario: String
  let regime: String
  let targets: [TargetJSON]
  let coverage: [CoverageJSON]
}

private struct CoverageJSON: Encodable {
  let status: String
  let covered: Int
  let targets: Int
}

private struct TargetJSON: Encodable {
  let id: String
  let entities: [String]
  let metrics: [String]
  let over_entities: [String]?
  let over_metrics: [String]?
  let `class`: String
  let unit: String
  let status: String
  let observed: Double
  let low: Double?
  let high: Double?
  let p05: Double?
  let p50: Double?
  let p95: Double?
  let band_factor: Double?
  let covered: Bool
  let too_wide: Bool
  let idle_zero: Bool
  let crps_log: Double?
  let pit: Double?
  let bias_log: Double?
  let is_forecast: Bool
  let trend: Double?
  let last_growth: Double?
  let expected_miss: String?
  let source: String?

  init(_ target: BackcastTarget) {
    let (observation, check) = (target.observation, target.check)
    id = observation.id
    entities = observation.figure.entities
    metrics = observation.figure.metrics
    over_entities = observation.divisor?.entities
    over_metrics = observation.divisor?.metrics
    self.class = observation.scoreClass
    unit = target.unit
    status = observation.status.rawValue
    observed = observation.observed
    low = observation.low
    high = observation.high
    p05 = check.summary?.p05
    p50 = check.summary?.p50
    p95 = check.summary?.p95
    band_factor = check.bandFactor
    covered = check.isCovered
    too_wide = check.isTooWide
    idle_zero = check.isIdleZero
    crps_log = check.score?.crps
    pit = check.score?.pit
    bias_log = check.score?.bias
    is_forecast = target.isForecast
    trend = target.naive?.trend
    last_growth = target.naive?.lastGrowth
    expected_miss = observation.expectedMiss
    source = observation.source
  }
}
