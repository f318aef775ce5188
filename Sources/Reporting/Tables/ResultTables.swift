import Wording
import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
public import Studies

/// The tables of a result, each one function.
extension RunResult {
  /// The tables that the scenario wants written, in the order in which the data package lists them.
  public var tables: [Table] { allTables.filter { scenario.writes($0.name) } }

  private var allTables: [Table] {
    [summaryTable].compactMap(\.self) + [trajectories, iamc, comparison]
      + [against].compactMap(\.self)
      + [events, outcomes].compactMap(\.self)
      + [runs, ledger, parameters] + [replicates].compactMap(\.self) + [failures]
      + (scenario.headline == nil ? [] : [headline])
      + (scenario.claims.isEmpty ? [] : [claims])
  }

  private static let scenarioField = TableField("scenario", .string, "The scenario's name.")
  private static let regimeField = TableField("regime", .string, "The regime's id.")

  /// Monthly metrics by regime, month, entity and metric.
  var trajectories: Table {
    Table(
      name: "trajectories",
      description: "Monthly metrics: their distribution over replicates, by regime.",
      fields: [
        Self.scenarioField, Self.regimeField,
        TableField("month", .date, "First day of the month; the value is that at its end."),
        TableField("entity", .string, "Whose value it is: a run, a lab, a jurisdiction."),
        TableField("metric", .string, "The metric; see `chokepoint metrics`."),
        TableField("unit", .string, "Its unit."),
      ] + SummaryFields.all,
      pieces: statistics.regimes.indices.flatMap { regime in
        (0..<statistics.layout.stepCount).map { step in
          { @Sendable in addTrajectories(of: regime, at: step, to: &$0) }
        }
      })
  }

  private func addTrajectories(of regime: Int, at step: Int, to cells: inout [Cell]) {
    let month = month(of: step)
    for (place, column) in statistics.layout.stepColumns.enumerated() {
      let cell = statistics.layout.cell(step: step, column: place)
      cells += [
        .text(scenario.name), .text(statistics.regimes[regime]), .text(month),
        .text(column.entity), .text(column.metric.name), .text(column.metric.unit),
      ]
      SummaryFields.append(statistics.summaries[regime][cell], to: &cells)
    }
  }

  func month(of step: Int) -> String {
    (scenario.run.start + step).firstDay.description
  }

  /// Paired differences and ratios against the reference regime.
  var comparison: Table {
    comparisons(
      name: "comparison",
      description: "Every regime against the reference regime, paired replicate by replicate."
    ) { _ in 0 }
  }

  /// The same against the regime that each one's `against` names: a table of its own, so that whoever reads the
  /// other by regime finds one row. Nil where none names any.
  var against: Table? {
    guard statistics.others.contains(where: { $0 != nil }) else { return nil }
    return comparisons(
      name: OutputTables.against,
      description:
        "Regimes against the one that their `against` names, paired replicate by replicate."
    ) { statistics.others[$0] }
  }

  private func comparisons(
    name: String, description: String, reference: (_ regime: Int) -> Int?
  ) -> Table {
    let cells = statistics.layout.cellCount
    let months = (0..<statistics.layout.stepCount).map { month(of: $0) }
    return Table(
      name: name, description: description,
      fields: [
        Self.scenarioField, Self.regimeField,
        TableField("reference", .string, "The regime it is compared with."),
        TableField("month", .date, "First day of the month; empty for what a whole run yields."),
        TableField("entity", .string, "Whose value it is; a stage of a run is run.stage."),
        TableField("metric", .string, "The metric; see `chokepoint metrics`."),
        TableField("unit", .string, "The unit of the difference."),
      ] + ComparisonFields.all,
      pieces: statistics.regimes.indices.dropFirst().flatMap { regime -> [Table.Rows] in
        guard let reference = reference(regime) else { return [] }
        return stride(from: 0, to: cells, by: Self.cellsInPiece).map { first in
          let piece = first..<min(first + Self.cellsInPiece, cells)
          return { @Sendable in addComparisons(of: regime, to: reference, piece, months, to: &$0) }
        }
      })
  }

  /// Enough rows for a thread to be worth its call.
  private static let cellsInPiece = 256

  private func addComparisons(
    of regime: Int, to reference: Int, _ piece: Range<Int>, _ months: [String],
    to cells: inout [Cell]
  ) {
    let comparisons =
      reference == 0 ? statistics.comparisons[regime] : statistics.otherComparisons[regime]
    for cell in piece {
      guard let comparison = comparisons[cell] else { continue }
      let (step, column) = statistics.layout.place(of: cell)
      cells += [
        .text(scenario.name), .text(statistics.regimes[regime]),
        .text(statistics.regimes[reference]),
        step.map { .text(months[$0]) } ?? .missing, .text(column.entity),
        .text(column.metric.name), .text(column.metric.unit),
      ]
      ComparisonFields.append(comparison, to: &cells)
    }
  }

  /// The draws, one row for each replicate: drawn again slice by slice, since keeping them would take
  /// memory for each.
  var parameters: Table {
    let engine = Engine(model: model, design: scenario.design)
    let failed = Set(statistics.failures.map(\.replicate))
    let slices = Slices(of: Block.blocks(of: scenario.run.replicates))
    return Table(
      name: "parameters",
      description: "The value of every uncertainty in every replicate; all regimes share it.",
      fields: [TableField("replicate", .integer, "The replicate, from 0.")]
        + model.parameterSpace.uncertainties.map {
          TableField($0.name, .number, "Drawn once; unit: \($0.unit).")
        },
      pieces: Table.Pieces(count: slices.count) { place in
        { cells in
          let whole = slices[place].replicates.filter { !failed.contains($0) }
          for (number, draw) in engine.draws(of: whole) {
            cells.append(.integer(number))
            for value in draw.values { cells.append(.number(value)) }
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

extension Experiment {
  /// What is set at each point of the sweep.
  var sweep: Table {
    var table = Table(
      name: "sweep", description: "What is set at each point of the sweep.",
      fields: [
        TableField("scenario", .string, "The scenario's name."),
        TableField("point", .string, "The point's id."),
        TableField("key", .string, "A path of the scenario file, or a parameter's name."),
        TableField("value", .string, "Its value at the point, as YAML."),
      ])
    for scenario in points {
      guard let point = scenario.point else { continue }
      for setting in point.settings {
        table.append([
          .text(scenario.name), .text(point.id), .text(setting.path), .text(setting.value),
        ])
      }
    }
    return table
  }
}
