import PolicyModel
import Quantities
import Scenarios
import Simulation
import Studies
import Wording

extension FigureQuestion {
  /// The figure in words: of what, when, under which regime.
  func words(of column: Column, in month: Month?, _ scenario: Scenario) -> String {
    let regimes = regimes(of: scenario)
    let when = month.map { " at the end of \($0.words)" } ?? ""
    let words = MetricWords(of: column.metric)
    let whose = "\(scenario.blueprint.world.subject(of: column, words))\(when)"
    return regimes.count > 1
      ? "\(whose), under \(regimes[1]) less that under \(regimes[0]),"
      : "\(whose), under \(regimes[0]),"
  }
}
