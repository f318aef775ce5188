import Simulation

/// What a model records, and in which order: some columns each month, others once, when a run has ended.
struct Recording: Sendable {
  /// What is recorded each month.
  let stepColumns: [Column]
  /// What is recorded once: the outcomes of runs and labs, then estimates and first passages, then the entries
  /// of the ledger.
  let outcomeColumns: [Column]
  /// What each ledger column among the outcomes holds.
  let ledgerColumns: [LedgerColumn]
  /// Whether any of it is a cost, so that books are to be kept.
  let needsBooks: Bool

  private let monthly: [Part]
  private let once: [Part]

  /// Columns, and the function that records their values in the same order. Made once: a list of metrics, gone
  /// through for every month, would be counted in and out each time, and threads would wait for each other's
  /// counting.
  private struct Part: Sendable {
    let columns: [Column]
    let record: Reading
  }

  private typealias Reading = @Sendable (borrowing World, WorldPlan, inout Recorder) -> Void

  /// Chooses what to record of a scenario.
  ///
  /// - Parameters:
  ///   - declarations: the metrics of the mechanisms that act, in step order.
  ///   - metrics: names of the monthly metrics to record; nil for all of them, and the books of labs.
  ///     When they are the headlines, jurisdictions without labs are left out.
  init(
    of blueprint: Blueprint, _ declarations: [MetricDeclaration], metrics: Set<String>?
  ) {
    let (world, derived) = (blueprint.world, blueprint.derived.metrics)
    // An economy has hundreds of labs' costs: they are recorded on request.
    let hasEconomy = !world.economy.isEmpty
    let eachMonth = declarations.filter {
      $0.occasion == .everyMonth && metrics?.contains($0.metric.name) ?? true
    }
    let atTheEnd = declarations.filter {
      $0.occasion == .once
        && (metrics == nil || !hasEconomy || $0.entity.isOfRuns || $0.metric.isEvent)
    }
    let isOfHeadlines =
      metrics?.subtracting(derived.map(\.name))
      == Set(declarations.filter(\.isHeadline).map(\.metric.name))
    // Without books there is no cost, which is something else than a cost of zero.
    let recordsBooks =
      !blueprint.switchedOff.contains(CostLedger.name) && (metrics == nil || !hasEconomy)
    ledgerColumns = recordsBooks ? LedgerColumn.all(of: world) : []

    monthly = [
      Self.metrics(eachMonth, in: world, isOfHeadlines),
      Self.derived(
        derived.indices.filter {
          !derived[$0].isFixed && metrics?.contains(derived[$0].name) ?? true
        }, in: blueprint),
    ]
    once = [
      Self.metrics(atTheEnd, in: world, isOfHeadlines),
      Self.derived(derived.indices.filter { derived[$0].isFixed }, in: blueprint),
      Self.estimates(in: blueprint),
      Self.firstPassages(in: blueprint),
      Self.entries(ledgerColumns),
    ]
    stepColumns = monthly.flatMap(\.columns)
    outcomeColumns = once.flatMap(\.columns)

    let asked =
      (eachMonth + atTheEnd).filter { !world.names(of: $0.entity).isEmpty }.map(\.metric.name)
      + blueprint.thresholds.map(\.metric) + blueprint.derived.series.map(\.metric)
    let costs = Set(CostLedger.metrics.map(\.metric.name))
    needsBooks = recordsBooks || !costs.isDisjoint(with: asked)
  }

  /// Records the month's columns.
  func recordStep(
    _ world: borrowing World, of plan: WorldPlan, into recorder: inout Recorder
  ) {
    for part in monthly { part.record(world, plan, &recorder) }
  }

  /// Records what is recorded once.
  func recordOutcomes(
    _ world: borrowing World, of plan: WorldPlan, into recorder: inout Recorder
  ) {
    for part in once { part.record(world, plan, &recorder) }
  }

  /// Metric by metric, entities in the order of the plan, which is sorted by id.
  private static func metrics(
    _ declarations: [MetricDeclaration], in plan: WorldPlan, _ isOfHeadlines: Bool
  ) -> Part {
    var reading: Reading = { _, _, _ in }
    var columns: [Column] = []
    for declaration in declarations {
      let places = plan.places(of: declaration.entity, isSelective: isOfHeadlines)
      let names = plan.names(of: declaration.entity)
      columns += places.map { Column(entity: names[$0], metric: declaration.metric) }
      let (before, value) = (reading, declaration.value)
      reading = { world, plan, recorder in
        before(world, plan, &recorder)
        for index in places.indices {
          if let value = value(world, plan, places[index]) {
            recorder.record(value)
          } else {
            recorder.recordMissing()
          }
        }
      }
    }
    return Part(columns: columns, record: reading)
  }

  /// Metrics that are derived from others, by their places; a month that a formula has no value for is missing.
  private static func derived(_ places: [Int], in blueprint: Blueprint) -> Part {
    Part(columns: places.map { blueprint.derived.metrics[$0].column }) { world, _, recorder in
      for place in places {
        let value = world.derived[place]
        if value.isNaN { recorder.recordMissing() } else { recorder.record(value) }
      }
    }
  }

  private static func estimates(in blueprint: Blueprint) -> Part {
    let estimates = blueprint.estimates.estimates
    let places = estimates.map(\.place)
    return Part(columns: estimates.map(\.column)) { world, _, recorder in
      for place in places { recorder.record(world.parameters[place]) }
    }
  }

  /// A threshold that is never passed is missing.
  private static func firstPassages(in blueprint: Blueprint) -> Part {
    Part(columns: blueprint.thresholds.map(FirstPassages.column)) { world, _, recorder in
      for place in world.passages.indices {
        if let step = world.passages[place] {
          recorder.record(Double(step))
        } else {
          recorder.recordMissing()
        }
      }
    }
  }

  private static func entries(_ columns: [LedgerColumn]) -> Part {
    let readings = columns.map(\.reading)
    return Part(columns: columns.map(\.column)) { world, _, recorder in
      for reading in readings { recorder.record(world.ledger.value(reading)) }
    }
  }
}
