import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Studies

/// A monthly metric under a regime at the end of a run, as JSON.
struct RegimeMetricJSON: Encodable {
  let regime: String
  let entity: String
  let metric: String
  let unit: String
  let month: String
  let n: Int
  let mean: Double?
  let p05: Double?
  let p50: Double?
  let p95: Double?
  /// Against the reference regime, paired; absent for that regime itself.
  let difference: DifferenceJSON?

  struct DifferenceJSON: Encodable {
    let p05: Double
    let p50: Double
    let p95: Double
    let share_higher: Double
  }

  init(
    _ column: Column, month: String, regime: String, _ summary: Summary?, _ comparison: Comparison?
  ) {
    self.regime = regime
    entity = column.entity
    (metric, unit) = (column.metric.name, column.metric.unit)
    self.month = month
    n = summary?.count ?? 0
    (mean, p05, p50, p95) = (summary?.mean, summary?.p05, summary?.p50, summary?.p95)
    difference = comparison.map {
      DifferenceJSON(
        p05: $0.difference.p05, p50: $0.difference.p50, p95: $0.difference.p95,
        share_higher: $0.shareHigher)
    }
  }
}

extension RunResult {
  /// All that is recorded of a world with an economy at its end, but zeros, regime by regime; nothing of other
  /// worlds.
  var worldMetrics: [RegimeMetricJSON] {
    guard !model.blueprint.world.economy.isEmpty else { return [] }
    return statistics.regimes.enumerated().flatMap { regime, id in
      endingColumns.sorted().map { place in
        let cell = statistics.layout.cell(step: statistics.layout.stepCount - 1, column: place)
        return RegimeMetricJSON(
          statistics.layout.stepColumns[place], month: scenario.run.end.description, regime: id,
          statistics.summaries[regime][cell],
          regime == 0 ? nil : statistics.comparisons[regime][cell])
      }
    }
  }
}
