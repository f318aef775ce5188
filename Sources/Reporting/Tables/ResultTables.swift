import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation

/// The tables of a result, each one function.
extension RunResult {
  /// All tables, in the order in which the data package lists them.
  public var tables: [Table] {
    [trajectories, comparison] + [events, outcomes].compactMap(\.self)
      + [runs, ledger, parameters, failures]
      + (scenario.headline == nil ? [] : [headline])
      + (scenario.claims.isEmpty ? [] : [claims])
  }

  /// Tables that only some scenarios have.
  static let optionalTables = ["events", "outcomes", "headline", "claims"]

  private static let scenarioField = TableField("scenario", .string, "The scenario's name.")
  private static let regimeField = TableField("regime", .string, "The regime's id.")

  /// Monthly metrics by regime, month, entity and metric.
  var trajectories: Table {
    var table = Table(
      name: "trajectories",
      description: "Monthly metrics: their distribution over replicates, by regime.",
      fields: [
        Self.scenarioField, Self.regimeField,
        TableField("month", .date, "First day of the month; the value is that at its end."),
        TableField("entity", .string, "Whose value it is: a run, a lab, a jurisdiction."),
        TableField("metric", .string, "The metric; see `chokepoint metrics`."),
        TableField("unit", .string, "Its unit."),
      ] + SummaryFields.all)
    for (regime, id) in statistics.regimes.enumerated() {
      for step in 0..<statistics.layout.stepCount {
        for (place, column) in statistics.layout.stepColumns.enumerated() {
          let cell = statistics.layout.cell(step: step, column: place)
          table.append(
            [
              .text(scenario.name), .text(id), .text(month(of: step)), .text(column.entity),
              .text(column.metric.name), .text(column.metric.unit),
            ] + SummaryFields.cells(of: statistics.summaries[regime][cell]))
        }
      }
    }
    return table
  }

  func month(of step: Int) -> String {
    (scenario.run.start + step).firstDay.description
  }

  /// Paired differences and ratios against the reference regime.
  var comparison: Table {
    var table = Table(
      name: "comparison",
      description: "Every regime against the reference regime, paired replicate by replicate.",
      fields: [
        Self.scenarioField, Self.regimeField,
        TableField("reference", .string, "The regime it is compared with."),
        TableField("month", .date, "First day of the month; empty for what a whole run yields."),
        TableField("entity", .string, "Whose value it is; a stage of a run is run.stage."),
        TableField("metric", .string, "The metric; see `chokepoint metrics`."),
        TableField("unit", .string, "The unit of the difference."),
      ] + ComparisonFields.all)
    for (regime, id) in statistics.regimes.enumerated().dropFirst() {
      for (cell, comparison) in statistics.comparisons[regime].enumerated() {
        guard let comparison else { continue }
        let (step, column) = statistics.layout.place(of: cell)
        table.append(
          [
            .text(scenario.name), .text(id), .text(statistics.regimes[0]),
            step.map { .text(month(of: $0)) } ?? .missing, .text(column.entity),
            .text(column.metric.name), .text(column.metric.unit),
          ] + ComparisonFields.cells(of: comparison))
      }
    }
    return table
  }

  /// The draws, one row for each replicate: drawn again block by block, since keeping them would take
  /// memory for each.
  var parameters: Table {
    let engine = Engine(model: model, design: scenario.design)
    let failed = Set(statistics.failures.map(\.replicate))
    return Table(
      name: "parameters",
      description: "The value of every uncertainty in every replicate; all regimes share it.",
      fields: [TableField("replicate", .integer, "The replicate, from 0.")]
        + model.parameterSpace.uncertainties.map {
          TableField($0.name, .number, "Drawn once; unit: \($0.unit).")
        },
      lateRows: Block.blocks(of: scenario.run.replicates).map { block in
        {
          engine.draws(of: block.replicates.filter { !failed.contains($0) }).map { number, draw in
            [.integer(number)] + draw.values.map { .number($0) }
          }
        }
      })
  }

  /// Replicates that could not be computed.
  var failures: Table {
    var table = Table(
      name: "failures",
      description:
        "Replicates left out of every summary, because a value was not a number, or too large.",
      fields: [
        Self.scenarioField, Self.regimeField,
        TableField("replicate", .integer, "The replicate, from 0."),
        TableField("month", .date, "When; empty for what a whole run yields."),
        TableField("entity", .string, "Whose value it was."),
        TableField("metric", .string, "Which value it was."),
        TableField("value", .string, "What it came to."),
        TableField("replay", .string, "The command that tells its story, in this folder."),
      ])
    for failure in statistics.failures {
      table.append([
        .text(scenario.name), .text(statistics.regimes[failure.regime]),
        .integer(failure.replicate), failure.step.map { .text(month(of: $0)) } ?? .missing,
        .text(failure.column.entity), .text(failure.column.metric.name), .text(failure.value),
        .text(
          ReplayCommand.besideResults(ofPoint: point).text(
            replicate: failure.replicate, regime: statistics.regimes[failure.regime])),
      ])
    }
    return table
  }
}
