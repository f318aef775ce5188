import Analysis
import Scenarios
import Studies

/// Which regimes stand together in a panel, and how they are told apart.
extension RunResult {
  /// How charts tell its regimes apart.
  var looks: RegimeLooks { RegimeLooks(names: regimeNames, first: overlaidRegimes) }

  /// The regimes that stand together in one panel: all, or where colours cannot tell them apart the reference and
  /// those that the answer compares first.
  var overlaidRegimes: [Int] {
    let count = statistics.regimes.count
    guard count > ChartStyle.mostColours else { return Array(0..<count) }
    let asked = (scenario.focus?.comparisons ?? []).flatMap { [$0.against, $0.regime] }
    let order = [0] + asked + Array(0..<count)
    return order.reduce(into: []) { chosen, regime in
      if chosen.count < ChartStyle.mostColours, !chosen.contains(regime) { chosen.append(regime) }
    }.sorted()
  }

  /// What is said where not all regimes stand together; nothing where they do.
  var overlaidInWords: String {
    let (shown, all) = (overlaidRegimes.count, statistics.regimes.count)
    return shown == all ? "" : " \(shown) of \(all) regimes."
  }
}
