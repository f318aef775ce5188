import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Studies

/// Tables of what a whole run yields, beside what its training runs cost: when things first
/// happened, and everything else that is recorded once.
extension RunResult {
  /// When things first happened: first passages of thresholds, releases.
  var events: Table? {
    let cells = outcomeCells.filter { statistics.layout.isTimeOfEvent($0.cell) }
    guard !cells.isEmpty else { return nil }
    var table = Table(
      name: "events",
      description: "Months in which things first happened, over all replicates. What had not "
        + "happened by the last month is right-censored: a quantile beyond the share that reached "
        + "it is empty, not late.",
      fields: Self.eventFields)
    for (regime, id) in statistics.regimes.enumerated() {
      for (cell, column) in cells {
        guard let passage = statistics.passages[regime][cell] else { continue }
        let order = statistics.orders[regime][cell]
        table.append(
          [
            .text(scenario.name), .text(id), .text(Self.event(column)), .text(column.entity),
            .integer(passage.count), .number(passage.shareReached),
          ] + passage.quantiles.map { $0.map { .text(month(of: $0)) } ?? .missing } + [
            .text(month(of: statistics.layout.stepCount - 1)), .optional(order?.shareEarlier),
            .optional(order?.shareLater),
          ])
      }
    }
    return table
  }

  private static func event(_ column: Column) -> String {
    let name = column.metric.name
    let ending = "_first_month"
    return name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name
  }

  private static let eventFields =
    [
      TableField("scenario", .string, "The scenario's name."),
      TableField("regime", .string, "The regime's id."),
      TableField("event", .string, "What happened: a threshold's id, or a metric."),
      TableField("entity", .string, "To whom."),
      TableField("n", .integer, "Replicates."),
      TableField("share_reached", .number, "Share of them in which it happened."),
    ]
    + ["p05", "p25", "p50", "p75", "p95"].map { name in
      let percent = Int(name.dropFirst()) ?? 0
      return TableField(
        name, .date,
        "First day of the first month by which it had happened in \(percent)% of replicates; "
          + "empty where it happened in fewer.")
    } + [
      TableField(
        "observed_until", .date, "The last month: what had not happened by then is censored."),
      TableField(
        "share_earlier", .number,
        "Share of replicates in which it comes earlier than under the reference regime, never "
          + "being latest; empty for the reference."),
      TableField("share_later", .number, "The same, later."),
    ]

  /// What is recorded once of anything but a training run: of labs, jurisdictions, the world.
  var outcomes: Table? {
    let entities = Set(trainingEntities)
    let cells = outcomeCells.filter {
      !statistics.layout.isTimeOfEvent($0.cell) && !entities.contains($0.column.entity)
    }
    let blueprint = model.blueprint
    let isAsked =
      !blueprint.world.economy.isEmpty || !blueprint.estimates.estimates.isEmpty
      || blueprint.derived.metrics.contains(where: \.isFixed)
    guard isAsked, !cells.isEmpty else { return nil }
    var table = Table(
      name: "outcomes",
      description: "What a whole run comes to, by entity: its distribution over replicates.",
      fields: [
        TableField("scenario", .string, "The scenario's name."),
        TableField("regime", .string, "The regime's id."),
        TableField("entity", .string, "A lab, a jurisdiction, a supplier, the world."),
        TableField("metric", .string, "The metric; see `chokepoint metrics`."),
        TableField("unit", .string, "Its unit."),
      ] + SummaryFields.all)
    for (regime, id) in statistics.regimes.enumerated() {
      for (cell, column) in cells {
        table.append(
          [
            .text(scenario.name), .text(id), .text(column.entity), .text(column.metric.name),
            .text(column.metric.unit),
          ] + SummaryFields.cells(of: statistics.summaries[regime][cell]))
      }
    }
    return table
  }

  /// The cells of everything recorded once, but for the entries of the ledger.
  private var outcomeCells: [(cell: Int, column: Column)] {
    statistics.layout.outcomeColumns.dropLast(model.ledgerColumns.count).enumerated()
      .map { (statistics.layout.cell(outcome: $0), $1) }
  }

  /// Runs and their stages, as results call them.
  private var trainingEntities: [String] {
    model.blueprint.world.runs.flatMap { run in
      [run.id] + run.stages.map { "\(run.id).\($0.id)" }
    }
  }
}
