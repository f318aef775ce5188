import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation

extension ArmComparison {
  /// The comparison for a terminal: for each metric a table of regimes.
  public var text: String {
    let run = arms.scenarios[0].run
    let failed =
      failedReplicates == 0 ? "" : ", of which \(failedReplicates) could not be computed"
    let heading =
      "\(NumberWords.grouped(Double(run.replicates))) replicates\(failed); seed \(run.seed); "
      + "simulated, given the stated priors; differences are paired, replicate by replicate"
    let tables = items.indices.map(text)
    let notes = """
      The first regime is the reference; differences are the regime's value minus the reference's. ± is the \
      Monte Carlo error of their mean; "pairing" is how many times larger its variance would be on independent \
      luck. Equal ones share a rank.
      """
    let ofRegrets = """
      "better" is what --prefer says, not a judgement. Regret is what a regime forgoes against the best one in \
      the same replicate, and of a sweep at the same point.
      """
    let ofRanks = """
      Neither end is better unless --prefer METRIC=high or METRIC=low says so: regimes are ranked from the \
      highest, and nothing is called best.
      """
    let preferred = items.filter { $0.preference != nil }.count
    return
      ([heading] + tables + [notes] + (preferred > 0 ? [ofRegrets] : [])
      + (preferred < items.count ? [ofRanks] : [])).joined(separator: "\n\n") + "\n"
  }

  private func text(of item: Int) -> String {
    let asked = items[item]
    let ranked =
      asked.preference == nil
      ? ["rank from the highest", "highest in"]
      : ["mean rank", "best in", "regret p95", "largest"]
    let header =
      ["regime", "median", "90% of draws", "minus reference", "90%", "±", "higher in", "pairing"]
      + ranked
    var table = TextTable(
      header: header, rightAligned: Set([1, 3] + (5..<header.count)))
    for arm in arms.arms.indices { table.append(row(of: item, arm: arm)) }
    let unit = asked.unit == "1" ? "" : " [\(asked.unit)]"
    return
      "\(asked.metric)\(unit), \(asked.entity), end of \(asked.month); "
      + "better: \(asked.preference.word)\n\(table.text)" + minimaxLine(of: item)
  }

  private func minimaxLine(of item: Int) -> String {
    guard items[item].preference != nil else { return "" }
    let least = arms.choices.flatMap { minimaxRegret(of: item, among: $0) }
    return "\n  least largest regret: \(least.map { arms.arms[$0].name }.joined(separator: ", "))"
  }

  private func row(of item: Int, arm: Int) -> [String] {
    func figure(_ value: Double?) -> String {
      value.map { NumberWords.figure($0, unit: items[item].unit) } ?? "-"
    }
    func band(_ summary: Summary?) -> String {
      summary.map { "\(figure($0.p05)) to \(figure($0.p95))" } ?? "-"
    }
    let comparison = comparisons[arm][item]
    let difference = comparison?.difference
    let paired =
      references[arm] == nil
      ? ["reference", "", "", "", ""]
      : [
        figure(difference?.p50), band(difference), figure(difference?.monteCarloError),
        comparison.map { NumberWords.percent($0.shareHigher) } ?? "-",
        comparison?.varianceReduction.map { NumberWords.significant($0, digits: 3) } ?? "-",
      ]
    let summary = summaries[arm][item]
    let rank = [
      ranks[arm][item].map { NumberWords.significant($0.mean, digits: 3) } ?? "-",
      NumberWords.percent(sharesFirst[arm][item]),
    ]
    let regret = regrets[arm][item]
    let forgone =
      items[item].preference == nil
      ? [] : [figure(regret?.p95), regret == nil ? "-" : figure(largestRegrets[arm][item])]
    return [arms.arms[arm].name, figure(summary?.p50), band(summary)] + paired + rank + forgone
  }
}
