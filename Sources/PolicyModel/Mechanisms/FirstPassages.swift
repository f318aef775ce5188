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
    let place: Int
    let value: @Sendable (borrowing World, WorldPlan, Int) -> Double?
  }

  init(_ blueprint: Blueprint) {
    plan = blueprint.world
    let plan = plan
    let declarations = StepOrder.mechanisms.filter { $0.name != Self.name }.flatMap { $0.metrics }
    watches = blueprint.thresholds.map { threshold in
      for declaration in declarations
      where declaration.metric.name == threshold.metric && declaration.occasion == .everyMonth {
        if let place = plan.names(of: declaration.entity).firstIndex(of: threshold.entity) {
          return Watch(threshold: threshold, place: place, value: declaration.value)
        }
      }
      preconditionFailure("no monthly metric \(threshold.metric) of \(threshold.entity)")
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    for (place, watch) in watches.enumerated() where world.passages[place] == nil {
      guard let value = watch.value(world, plan, watch.place), value >= watch.threshold.level else {
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
