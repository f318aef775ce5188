import Simulation

/// A monthly metric of something, found once, and read off the world each month.
struct MetricReading: Sendable {
  private let place: Int
  private let value: @Sendable (borrowing World, WorldPlan, Int) -> Double?

  /// Finds a metric that a mechanism declares; nil where none declares it of that entity.
  init?(_ metric: String, of entity: String, in plan: WorldPlan) {
    for declaration in StepOrder.mechanisms.flatMap({ $0.metrics })
    where declaration.metric.name == metric && declaration.occasion == .everyMonth {
      if let place = plan.names(of: declaration.entity).firstIndex(of: entity) {
        (self.place, value) = (place, declaration.value)
        return
      }
    }
    return nil
  }

  /// One of the metrics that the scenario works out from others.
  init(derived place: Int) {
    self.place = place
    value = { world, _, place in
      let value = world.derived[place]
      return value.isNaN ? nil : value
    }
  }

  /// The value of the month; nil where there is none.
  func callAsFunction(_ world: borrowing World, _ plan: WorldPlan) -> Double? {
    value(world, plan, place)
  }
}
