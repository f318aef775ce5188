import Analysis
import PolicyModel
import Scenarios
import Simulation
import Stochastics
public import Studies

extension DriversAnswer {
  /// The answer in JSON, in plain numbers.
  public var json: String {
    let report = DriversJSON(
      scenario: scenario.name,
      figure: AskedFigureJSON(question, column, in: month, scenario),
      sentences: sentences,
      median: values.value, p05: values.draws.lowerBound, p95: values.draws.upperBound,
      draws: regression.count, realisations_per_draw: Self.realisationsPerDraw,
      at_medians: atMedians, explained_share: regression.explained, noise: regression.noise,
      chance_share: chance?.chanceShare, chance_share_low: chance?.interval.lowerBound,
      chance_share_high: chance?.interval.upperBound,
      subjects: shares.map { SubjectJSON(subject: $0.group.title, share: $0.share) },
      numbers: drivers.map(NumberJSON.init), mechanisms: ablations.map(AblationJSON.init))
    return SimulatedJSON(report, scenario.run, failedReplicates: failedReplicates).text
  }
}

private struct DriversJSON: Encodable {
  let scenario: String
  let figure: AskedFigureJSON
  let sentences: [String]
  let median: Double
  let p05: Double
  let p95: Double
  let draws: Int
  let realisations_per_draw: Int
  let at_medians: Double
  let explained_share: Double
  let noise: Double
  let chance_share: Double?
  let chance_share_low: Double?
  let chance_share_high: Double?
  let subjects: [SubjectJSON]
  let numbers: [NumberJSON]
  let mechanisms: [AblationJSON]
}

private struct SubjectJSON: Encodable {
  let subject: String
  let share: Double
}

private struct NumberJSON: Encodable {
  let name: String
  let unit: String
  let subject: String
  let source: String?
  let confidence: String?
  let correlation: Double
  let correlation_low: Double
  let correlation_high: Double
  let share: Double
  let correlation_of_value: Double?
  let p05: Double
  let p95: Double
  let figure_at_p05: Double?
  let figure_at_p95: Double?

  init(_ driver: Driver) {
    name = driver.uncertainty.name
    unit = driver.uncertainty.unit
    subject = driver.group.title
    source = driver.parameter.source
    confidence = driver.parameter.confidence?.rawValue
    correlation = driver.effect.partialCorrelation
    correlation_low = driver.effect.interval.lowerBound
    correlation_high = driver.effect.interval.upperBound
    share = driver.effect.share
    correlation_of_value = driver.effectOnValue?.partialCorrelation
    p05 = driver.uncertainty.distribution.quantile(0.05)
    p95 = driver.uncertainty.distribution.quantile(0.95)
    figure_at_p05 = driver.bar.flatMap { $0.low.isFinite ? $0.low : nil }
    figure_at_p95 = driver.bar.flatMap { $0.high.isFinite ? $0.high : nil }
  }
}

private struct AblationJSON: Encodable {
  let mechanism: String
  let change: Double?
  let error: Double

  init(_ ablation: Ablation) {
    (mechanism, change, error) = (ablation.mechanism, ablation.change, ablation.error)
  }
}
