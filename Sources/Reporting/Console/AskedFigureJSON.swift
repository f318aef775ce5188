import PolicyModel
import Quantities
import Scenarios
import Simulation
import Studies

/// A figure that was asked about, as JSON names it.
struct AskedFigureJSON: Encodable {
  let metric: String
  let entity: String
  let unit: String
  let month: String?
  let regime: String
  let against: String?

  init(_ question: FigureQuestion, _ column: Column, in month: Month?, _ scenario: Scenario) {
    let regimes = question.regimes(of: scenario)
    (metric, entity) = (column.metric.name, column.entity)
    unit = column.metric.unit
    self.month = month.map { "\($0)" }
    (regime, against) = (regimes[regimes.count - 1], question.against)
  }
}
