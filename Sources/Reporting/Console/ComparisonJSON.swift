import Analysis
import Quantities
import Scenarios
import Storage
public import Studies

extension ArmComparison {
  /// What ``text`` has and more, metric by metric, as JSON in plain numbers.
  public var json: String { report.text }

  fileprivate var report: SimulatedJSON<ComparisonJSON> {
    let answer = ComparisonJSON(
      scenarios: Set(arms.scenarios.map(\.name)).sorted(),
      metrics: items.indices.map { item in
        ItemJSON(items[item], arms: arms.arms.indices.map { ArmJSON(self, item: item, arm: $0) })
      })
    return SimulatedJSON(answer, arms.scenarios[0].run, failedReplicates: failedReplicates)
  }
}

extension InputDifference {
  /// What differs as JSON: the inputs, and where they were run the results.
  public func json(results: ArmComparison?) -> String {
    let report = DifferenceJSON(
      inputs: entries.map { InputJSON(key: $0.path, first: $0.first, second: $0.second) },
      results: results?.report)
    return String(decoding: JSONText.bytes(of: report), as: UTF8.self)
  }
}

private struct DifferenceJSON: Encodable {
  let inputs: [InputJSON]
  let results: SimulatedJSON<ComparisonJSON>?
}

private struct InputJSON: Encodable {
  let key: String
  let first: String?
  let second: String?
}

private struct ComparisonJSON: Encodable {
  let scenarios: [String]
  let metrics: [ItemJSON]
}

private struct ItemJSON: Encodable {
  let month: String?
  let entity: String
  let metric: String
  let unit: String
  let better: String
  let regimes: [ArmJSON]

  init(_ item: ArmComparison.Item, arms: [ArmJSON]) {
    (month, entity) = (item.month?.description, item.entity)
    (metric, unit, better) = (item.metric, item.unit, item.preference.word)
    regimes = arms
  }
}

private struct ArmJSON: Encodable {
  let regime: String
  let value: SummaryJSON?
  /// Which regime it is held to; absent, with all that follows from it, where it is held to none.
  let reference: String?
  let difference: SummaryJSON?
  let ratio: SummaryJSON?
  let share_higher: Double?
  let variance_reduction: Double?
  let rank_mean: Double?
  let share_first: Double
  let regret: SummaryJSON?
  let regret_largest: Double?

  init(_ comparison: ArmComparison, item: Int, arm: Int) {
    regime = comparison.arms.arms[arm].name
    value = comparison.summaries[arm][item].map(SummaryJSON.init)
    let paired = comparison.comparisons[arm][item]
    reference = comparison.references[arm].map { comparison.arms.arms[$0].name }
    difference = (paired?.difference).map(SummaryJSON.init)
    ratio = (paired?.ratio).map(SummaryJSON.init)
    (share_higher, variance_reduction) = (paired?.shareHigher, paired?.varianceReduction)
    rank_mean = comparison.ranks[arm][item]?.mean
    share_first = comparison.sharesFirst[arm][item]
    regret = comparison.regrets[arm][item].map(SummaryJSON.init)
    regret_largest = regret == nil ? nil : comparison.largestRegrets[arm][item]
  }
}

private struct SummaryJSON: Encodable {
  let n: Int
  let mean: Double
  let mcse: Double?
  let p05: Double
  let p50: Double
  let p95: Double

  init(_ summary: Summary) {
    (n, mean, mcse) = (summary.count, summary.mean, summary.monteCarloError)
    (p05, p50, p95) = (summary.p05, summary.p50, summary.p95)
  }
}
