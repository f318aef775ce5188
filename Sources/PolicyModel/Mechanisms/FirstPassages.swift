import Simulation
import Stochastics

/// Phase: which levels have been reached (docs/ODD.md 7.21).
///
/// Reads any monthly metric; writes `passages`. A level is reached in the first month in which its metric
/// is at least as high; a level that is never reached is right-censored at the last month. Nothing in
/// the model depends on it.
struct FirstPassages: Mechanism {
  static let id = MechanismID(rawValue: 26)
  static let name = "first_passages"
  static let canBeSwitchedOff = false
  static let scope = MechanismScope.always

  private let plan: WorldPlan
  private let watches: [Watch]

  /// A threshold with the way to read its metric.
  private struct Watch: Sendable {
    let threshold: Threshold
    let reading: MetricReading
  }

  init(_ blueprint: Blueprint) {
    plan = blueprint.world
    let plan = plan
    let derived = blueprint.derived.metrics.map(\.name)
    watches = blueprint.thresholds.map { threshold in
      let (metric, entity) = (threshold.metric, threshold.entity)
      let reading =
        derived.firstIndex(of: metric).map { MetricReading(derived: $0) }
        ?? MetricReading(metric, of: entity, in: plan)
      guard let reading else { preconditionFailure("no monthly metric \(metric) of \(entity)") }
      return Watch(threshold: threshold, reading: reading)
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    for (place, watch) in watches.enumerated() where world.passages[place] == nil {
      guard let value = watch.reading(world, plan), value >= watch.threshold.level else {
        continue
      }
      world.passages[place] = step.step
      world.story?.tell(
        world.month, .levelReached, of: watch.threshold.entity,
        "\(watch.threshold.metric) reaches \(watch.threshold.level)")
    }
  }

  /// The outcome that a threshold is recorded as.
  static func column(of threshold: Threshold) -> Column {
    Column(
      entity: threshold.entity,
      metric: Metric(
        name: "\(threshold.id)_first_month", unit: "months_since_start",
        definition: "Months from the start until \(threshold.metric) is at least "
          + "\(threshold.level); empty if never."))
  }
}
