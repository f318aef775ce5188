import Analysis
import PolicyModel
import Scenarios
import Simulation
public import Studies

extension SensitivityAnswer {
  /// The answer in JSON, in plain numbers.
  public var json: String {
    let report = SensitivityJSON(
      scenario: scenario.name,
      figure: AskedFigureJSON(question.figure, column, in: month, scenario),
      sentences: sentences, mean: sobol?.mean, standard_deviation: sobol?.variance.squareRoot(),
      base_samples: sobol?.count, parts: sobol.map { _ in factors.map(PartJSON.init) },
      sum_of_first_order: sobol.map { EstimateJSON($0.sumOfFirst) },
      trajectories: screening.map { _ in question.trajectories },
      screening: screening.map { $0.map(ScreenedJSON.init) })
    return SimulatedJSON(
      report, scenario.run, replicates: pointCount, failedReplicates: failedPoints
    ).text
  }
}

private struct SensitivityJSON: Encodable {
  let scenario: String
  let figure: AskedFigureJSON
  let sentences: [String]
  let mean: Double?
  let standard_deviation: Double?
  let base_samples: Int?
  let parts: [PartJSON]?
  let sum_of_first_order: EstimateJSON?
  let trajectories: Int?
  let screening: [ScreenedJSON]?
}

private struct EstimateJSON: Encodable {
  let value: Double
  let p05: Double
  let p95: Double

  init(_ estimate: BootstrapEstimate) {
    value = estimate.value
    (p05, p95) = (estimate.interval.lowerBound, estimate.interval.upperBound)
  }
}

private struct PartJSON: Encodable {
  let part: String
  let numbers: [String]
  let subject: String?
  let first_order: EstimateJSON
  let total: EstimateJSON

  init(_ factor: FactorIndices) {
    part = factor.factor.kind
    numbers = factor.factor.names
    subject = factor.factor.subject
    first_order = EstimateJSON(factor.indices.first)
    total = EstimateJSON(factor.indices.total)
  }
}

private struct ScreenedJSON: Encodable {
  let name: String
  let unit: String
  let subject: String
  let mu_star: EstimateJSON?
  let mu: Double?
  let sigma: Double?
  let trajectories: Int

  init(_ number: ScreenedNumber) {
    name = number.uncertainty.name
    unit = number.uncertainty.unit
    subject = number.group.title
    mu_star = number.effect.map { EstimateJSON($0.size) }
    (mu, sigma) = (number.effect?.mean, number.effect?.deviation)
    trajectories = number.effect?.count ?? 0
  }
}
