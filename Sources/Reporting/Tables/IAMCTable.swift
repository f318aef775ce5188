import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Storage
import Studies

/// The monthly metrics as integrated-assessment modellers exchange them: the long form of the IAMC's timeseries, which
/// pyam reads.
///
/// Every figure is a variable of its own, named as the database of the IPCC's sixth assessment names percentiles:
/// `stock_h100e|50.0th Percentile`. Jurisdictions are regions; what is of a lab, a run or a chip is a variable of the
/// world with its id: `fleet_h100e|openai|Mean`. A month is its last day, as `subannual` of its year.
extension RunResult {
  var iamc: Table {
    let jurisdictions = Set(scenario.blueprint.world.economy.jurisdictions.map(\.id))
    return Table(
      name: OutputTables.iamc,
      description: "Monthly metrics in the IAMC's long form, for pyam.",
      fields: [
        TableField("model", .string, "This program and its version."),
        TableField("scenario", .string, "The scenario's name and the regime's id."),
        TableField("region", .string, "A jurisdiction, or World."),
        TableField(
          "variable", .string, "The metric, of what if not of the region, and which figure."),
        TableField("unit", .string, "Its unit."),
        TableField("year", .integer, "The year."),
        TableField("subannual", .string, "The last day of the month, MM-DD."),
        TableField("value", .number, "The value at the month's end."),
      ],
      pieces: statistics.regimes.indices.flatMap { regime in
        (0..<statistics.layout.stepCount).map { step in
          { @Sendable in addIAMC(of: regime, at: step, jurisdictions, to: &$0) }
        }
      })
  }

  private func addIAMC(
    of regime: Int, at step: Int, _ jurisdictions: Set<String>, to cells: inout [Cell]
  ) {
    let lastDay = Day(number: (scenario.run.start + step + 1).firstDay.number - 1).description
    for (place, column) in statistics.layout.stepColumns.enumerated() {
      let cell = statistics.layout.cell(step: step, column: place)
      guard let summary = statistics.summaries[regime][cell] else { continue }
      let isRegion = jurisdictions.contains(column.entity)
      let isWorld = column.entity == "world"
      let variable =
        isRegion || isWorld ? column.metric.name : "\(column.metric.name)|\(column.entity)"
      for (figure, value) in Self.figures(of: summary) {
        cells += [
          .text("chokepoint \(ProgramVersion.current)"),
          .text("\(scenario.name) \(statistics.regimes[regime])"),
          .text(isRegion ? column.entity : "World"), .text("\(variable)|\(figure)"),
          .text(column.metric.unit), .integer(Int(lastDay.prefix(4)) ?? 0),
          .text(String(lastDay.dropFirst(5))), .number(value),
        ]
      }
    }
  }

  private static func figures(of summary: Summary) -> [(name: String, value: Double)] {
    let names = ["5.0th", "25.0th", "50.0th", "75.0th", "95.0th"].map { "\($0) Percentile" }
    return [("Mean", summary.mean)] + Array(zip(names, summary.quantiles))
  }
}
