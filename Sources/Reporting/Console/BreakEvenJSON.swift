public import Wording
import Analysis
import Quantities
import Scenarios
import Simulation
public import Studies

extension BreakEvenAnswer {
  /// Question, answer and scan as JSON, in plain numbers; an end that cannot be told is null.
  ///
  /// - Parameter command: the file and options that were given.
  public func json(again command: ReplayCommand) -> String {
    let regimes = question.regimes(of: scenario)
    let range = breakEven.question.range
    let report = BreakEvenJSON(
      scenario: scenario.name,
      lever: LeverJSON(
        key: lever.key, unit: lever.unit, from: range.lowerBound, to: range.upperBound),
      metric: MetricJSON(
        name: column.metric.name, entity: column.entity,
        unit: question.quantity == .ratio ? "1" : column.metric.unit,
        month: month.map { "\($0)" }, regime: regimes[regimes.count - 1],
        against: question.against, of: question.quantity.rawValue, quantile: question.quantile),
      target: question.target, found: isFound,
      crossings: breakEven.crossings.map { crossing in
        CrossingJSON(
          crossing, isWithinError: breakEven.isWithinError(crossing),
          again: again(crossing, command))
      },
      scan: breakEven.scan.map { PointJSON($0) }, evaluations: breakEven.evaluations, notes: notes)
    return SimulatedJSON(report, scenario.run, failedReplicates: failedReplicates).text
  }
}

private struct BreakEvenJSON: Encodable {
  let scenario: String
  let lever: LeverJSON
  let metric: MetricJSON
  let target: Double
  let found: Bool
  let crossings: [CrossingJSON]
  let scan: [PointJSON]
  let evaluations: Int
  let notes: [String]
}

private struct LeverJSON: Encodable {
  let key: String
  let unit: String
  let from: Double
  let to: Double
}

private struct MetricJSON: Encodable {
  let name: String
  let entity: String
  let unit: String
  let month: String?
  let regime: String
  let against: String?
  let of: String
  let quantile: Double
}

private struct CrossingJSON: Encodable {
  let kind: String
  let rises: Bool?
  let within_monte_carlo_error: Bool
  let low: PointJSON
  let high: PointJSON
  let interval_low: Double?
  let interval_high: Double?
  let draws_low: Double?
  let draws_high: Double?
  let again: String

  init(_ crossing: BreakEven.Crossing, isWithinError: Bool, again: String) {
    kind =
      switch crossing.meeting {
      case .root: "root"
      case .jump: "jump"
      case .stretch: "stretch"
      case .gap: "gap"
      }
    rises = crossing.rises
    within_monte_carlo_error = isWithinError
    let ends = crossing.meeting.ends
    (low, high) = (PointJSON(ends.low), PointJSON(ends.high))
    (interval_low, interval_high) = (crossing.interval.low, crossing.interval.high)
    (draws_low, draws_high) = (crossing.draws?.low, crossing.draws?.high)
    self.again = again
  }
}

private struct PointJSON: Encodable {
  let lever: Double
  let value: Double?
  let interval_low: Double?
  let interval_high: Double?
  let p05: Double?
  let p95: Double?
  let n: Int

  init(_ point: BreakEven.Point) {
    // JSON has no word for what is not finite.
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    let reading = point.reading
    lever = point.lever
    value = finite(reading.value)
    interval_low = finite(reading.interval.lowerBound)
    interval_high = finite(reading.interval.upperBound)
    p05 = finite(reading.draws.lowerBound)
    p95 = finite(reading.draws.upperBound)
    n = reading.count
  }
}
