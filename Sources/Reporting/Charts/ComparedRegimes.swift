import Analysis
import Scenarios
import Studies

/// Two regimes whose difference is shown.
struct RegimePair: Hashable {
  let regime: Int
  let against: Int
}

extension RunResult {
  /// The pairs whose differences charts show: those that the file's answer compares; without any, each regime with
  /// the reference.
  var shownPairs: [RegimePair] {
    scenario.focus?.comparisons.map { comparisons in
      comparisons.map { RegimePair(regime: $0.regime, against: $0.against) }
    } ?? statistics.regimes.indices.dropFirst().map { RegimePair(regime: $0, against: 0) }
  }

  /// A cell under the first regime of a pair less that under the second, replicate by replicate.
  func comparison(of pair: RegimePair, cell: Int) -> Comparison? {
    if pair.against == 0 { return statistics.comparisons[pair.regime][cell] }
    return statistics.others[pair.regime] == pair.against
      ? statistics.otherComparisons[pair.regime][cell] : nil
  }
}
