import Formulas
import Simulation

/// The runs of a scenario that is nothing but estimates, many at a time.
struct EstimateArithmetic: RunArithmetic {
  private let programs: [ParameterProgram]
  private let table: EstimateTable

  /// Of a blueprint without a world; nil for any other.
  init?(_ blueprint: Blueprint, _ programs: [ParameterProgram]) {
    guard blueprint.world.isEmpty, !blueprint.estimates.estimates.isEmpty else { return nil }
    self.programs = programs
    table = blueprint.estimates
  }

  func values(of draws: DrawColumns, under regime: Int) -> [Double] {
    let count = draws.count
    var values = programs[regime].columns(under: draws)
    values += repeatElement(0, count: (table.sheet.slots - table.sheet.given) * count)
    table.sheet.evaluate(&values, count: count)
    var recorded: [Double] = []
    recorded.reserveCapacity(table.estimates.count * count)
    for estimate in table.estimates {
      recorded += values[estimate.place * count..<(estimate.place + 1) * count]
    }
    return recorded
  }
}
