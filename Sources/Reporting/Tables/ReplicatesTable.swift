import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Stochastics
import Studies

extension RunResult {
  /// Key metrics at key dates, one row for each replicate and regime, to be joined with the parameters: run again
  /// slice by slice, since keeping them would take memory for each. Nil unless the scenario wants it.
  var replicates: Table? {
    let keys = keyMetrics.filter(\.isCompared)
    guard scenario.writes(OutputTables.replicates), !keys.isEmpty else { return nil }
    let cells = keys.flatMap { key in cellsAtKeyDates(of: key).map { $0.cell } }
    let fields = keys.flatMap { key in
      cellsAtKeyDates(of: key).map { cell, month in
        let name = [key.metric, key.entity, month?.description].compactMap(\.self)
        let metric = statistics.layout.place(of: cell).column.metric
        return TableField(
          name.joined(separator: "."), .number,
          "\(metric.definition) Unit: \(key.unit)."
            + (month.map { " At the end of \($0)." } ?? ""))
      }
    }
    let engine = Engine(model: model, design: scenario.design)
    let failed = Set(statistics.failures.map(\.replicate))
    let slices = Slices(of: Block.blocks(of: scenario.run.replicates))
    let regimes = statistics.regimes
    return Table(
      name: OutputTables.replicates,
      description: "Key metrics at the ends of years and of the run in every replicate, by regime; "
        + "parameters.csv has what was drawn for it.",
      fields: [
        TableField("replicate", .integer, "The replicate, from 0."),
        TableField("regime", .string, "The regime's id."),
      ] + fields,
      pieces: Table.Pieces(count: slices.count) { place in
        { rows in
          let result = engine.run(slices[place])
          for (row, number) in slices[place].replicates.enumerated() where !failed.contains(number)
          {
            for (regime, id) in regimes.enumerated() {
              rows += [.integer(number), .text(id)]
              for cell in cells {
                let value = result.value(row, regime: regime, cell: cell, of: engine.layout)
                rows.append(value.isNaN ? .missing : .number(value))
              }
            }
          }
        }
      })
  }
}

extension SliceResult {
  /// A value of the replicate at a place of the slice.
  fileprivate func value(
    _ row: Int, regime: Int, cell: Int, of layout: CellLayout
  ) -> Double {
    values[(regime * layout.cellCount + cell) * slice.replicates.count + row]
  }
}
