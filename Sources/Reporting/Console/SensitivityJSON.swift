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
      sentences: sentences, subjects: subjects.map(IndicesJSON.init),
      numbers: numbers.map(IndicesJSON.init),
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
  let subjects: IndicesJSON?
  let numbers: IndicesJSON?
  let trajectories: Int?
  let screening: [ScreenedJSON]?
}

private struct IndicesJSON: Encodable {
  let mean: Double
  let standard_deviation: Double
  let base_samples: Int
  let sum_of_first_order: EstimateJSON
  let parts: [PartJSON]

  init(_ indices: SensitivityIndices) {
    (mean, base_samples) = (indices.sobol.mean, indices.sobol.count)
    standard_deviation = indices.sobol.variance.squareRoot()
    sum_of_first_order = EstimateJSON(indices.sobol.sumOfFirst)
    parts = indices.parts.map(PartJSON.init)
  }
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

  init(_ found: SensitivityIndices.Part) {
    part = found.factor.kind
    numbers = found.factor.names
    subject = found.factor.subject
    first_order = EstimateJSON(found.indices.first)
    total = EstimateJSON(found.indices.total)
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
