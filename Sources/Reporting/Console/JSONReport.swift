import Analysis
import PolicyModel
import Scenarios
public import Studies

extension RunResult {
  /// The costs as JSON: per regime and entity every view, in plain dollars; and how cost grew from run to run.
  public var costJSON: String {
    json(
      CostJSON(
        scenario: scenario.name, currency: "USD", notes: derivedRents, costs: costs,
        growth: costGrowth))
  }

  /// The answer, headline figures, claims, metrics of the world and costs as JSON.
  public var json: String {
    let report = RunJSON(
      scenario: scenario.name, currency: "USD",
      headline: headlineFigures.map {
        FigureJSON(
          id: $0.figure.id, entity: $0.figure.entity, metric: $0.figure.metric, unit: $0.unit,
          value: $0.value, expected: $0.figure.expectation?.words(unit: $0.unit), holds: $0.holds)
      },
      claims: judgedClaims.map {
        ClaimJSON(
          id: $0.claim.id, says: $0.claim.text, entity: $0.claim.entity,
          holds_under: $0.viewsThatHold.map(\.id))
      },
      metrics: worldMetrics, notes: derivedRents + sameRegimes + beyondKnowledge, costs: costs,
      answer: answer)
    return json(report)
  }

  private func json(_ answer: some Encodable) -> String {
    SimulatedJSON(answer, scenario.run, failedReplicates: failedReplicates).text
  }
}

private struct CostJSON: Encodable {
  let scenario: String
  let currency: String
  let notes: [String]
  let costs: [EntityCosts]
  let growth: [CostGrowth]
}

private struct RunJSON: Encodable {
  let scenario: String
  let currency: String
  let headline: [FigureJSON]
  let claims: [ClaimJSON]
  let metrics: [RegimeMetricJSON]
  let notes: [String]
  let costs: [EntityCosts]
  let answer: Answer
}

private struct FigureJSON: Encodable {
  let id: String
  let entity: String
  let metric: String
  let unit: String?
  let value: Double?
  let expected: String?
  let holds: Bool?
}

private struct ClaimJSON: Encodable {
  let id: String
  let says: String
  let entity: String
  let holds_under: [String]
}
