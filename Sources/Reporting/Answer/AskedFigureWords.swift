import PolicyModel
import Quantities
import Scenarios
import Simulation
import Studies

extension FigureQuestion {
  /// The figure in words: of what, when, under which regime.
  func words(of column: Column, in month: Month?, _ scenario: Scenario) -> String {
    let regimes = regimes(of: scenario)
    let when = month.map { ", \($0)" } ?? ""
    let whose = "\(column.metric.name) of \(column.entity)\(when)"
    return regimes.count > 1
      ? "\(whose), under \(regimes[1]) minus \(regimes[0])," : "\(whose), under \(regimes[0]),"
  }
}
