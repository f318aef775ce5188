import Formulas
import Quantities
import Simulation

/// Phase: the metrics that a scenario works out from others (docs/ODD.md 7.21).
///
/// Reads any monthly metric and the values of estimates; writes `series` and `derived`. It is there where a scenario
/// has such metrics, comes when everything has happened, and nothing in the model depends on it.
struct DerivedMetrics: Sendable {
  private let plan: WorldPlan
  private let table: DerivedTable
  private let readings: [MetricReading]
  private let start: Int
  private let months: Int

  /// Of a blueprint that has such metrics; nil for any other.
  init?(_ blueprint: Blueprint) {
    guard !blueprint.derived.metrics.isEmpty else { return nil }
    (plan, table) = (blueprint.world, blueprint.derived)
    (start, months) = (blueprint.start.index, blueprint.monthCount)
    let plan = plan
    readings = table.series.map { series in
      guard let reading = MetricReading(series.metric, of: series.entity, in: plan) else {
        preconditionFailure("no monthly metric \(series.metric) of \(series.entity)")
      }
      return reading
    }
  }

  /// It as a phase of the engine.
  var phase: Phase<World> {
    Phase("derived metrics") { world, step in advance(&world, step.step) }
  }

  private func advance(_ world: inout World, _ step: Int) {
    for (place, reading) in readings.enumerated() {
      world.series[place * months + step] = reading(world, plan) ?? .nan
    }
    var values = Array(repeating: 0.0, count: table.sheet.slots)
    for (slot, part) in table.parts.enumerated() {
      switch part {
      case .before(let count, let series):
        values[slot] = value(of: series, at: step - count, under: step, world)
      case .at(let month, let series):
        values[slot] = value(of: series, at: month.index - start, under: step, world)
      case .estimate(let place): values[slot] = world.parameters[place]
      }
    }
    table.sheet.evaluate(&values, count: 1)
    for place in table.metrics.indices {
      let value = values[table.sheet.given + place]
      world.derived[place] = value.isFinite ? value : .nan
    }
  }

  /// What a series was in a step; nothing before the first, and nothing yet after the one under way.
  private func value(
    of series: Int, at step: Int, under now: Int, _ world: borrowing World
  ) -> Double {
    (0...now).contains(step) ? world.series[series * months + step] : .nan
  }
}
