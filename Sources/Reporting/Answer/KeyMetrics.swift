import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Studies

/// A metric of an entity that a scenario asks about, under every regime.
package struct KeyMetric: Encodable, Sendable {
  /// The metric, by name.
  package let metric: String
  /// Whose it is, by the name in results.
  package let entity: String
  /// Its unit, as results write it.
  package let unit: String
  /// What it is called with its owner: `China's compute at work`.
  package let subject: String
  /// The same for a row of a table, by codes: `CN compute at work`.
  package let label: String
  /// What a larger value is called beside a smaller one: `more`, `higher`, `longer`.
  package let higher: String
  /// What a smaller value is called: `less`, `lower`, `shorter`.
  package let lower: String
  /// The value that stands for all draws, `median` or `mean`: medians of whole months mislead.
  package let typical: String
  /// The month at whose end it is taken; nil for what a whole run yields.
  package let month: String?
  /// Whether the scenario says that its question is about it.
  package let isAsked: Bool
  /// Whether the scenario asks for it, or it is of the world or of the side that is compared with the leader: what
  /// an answer is about first.
  package let isCompared: Bool
  /// By regime: what it comes to.
  package let values: [KeyValue]
  /// Its cell, for whoever looks at other months of it too.
  let cell: Int
  /// How it reads.
  let words: MetricWords
  /// Whether it is worked out beside the world.
  let isEstimate: Bool

  enum CodingKeys: String, CodingKey {
    case metric, entity, unit, subject, label, higher, lower, typical, month
    case isAsked = "is_asked"
    case isCompared = "is_compared"
    case values
  }
}

/// A key metric under one regime.
package struct KeyValue: Encodable, Sendable {
  /// The regime's id.
  package let regime: String
  /// Its distribution over replicates; nil where no replicate has a value.
  package let value: KeySummary?
  /// Against the reference, and then against the regime that `against:` names.
  package let differences: [KeyDifference]
}

/// A distribution over replicates.
package struct KeySummary: Encodable, Sendable {
  /// Replicates with a value.
  package let n: Int
  /// Mean.
  package let mean: Double
  /// Monte Carlo standard error of the mean; nil where it cannot be told.
  package let mcse: Double?
  /// 5% quantile: the low end of the band that holds 90% of draws.
  package let p05: Double
  /// Median.
  package let p50: Double
  /// 95% quantile.
  package let p95: Double

  init(_ summary: Summary) {
    (n, mean, mcse) = (summary.count, summary.mean, summary.monteCarloError)
    (p05, p50, p95) = (summary.p05, summary.p50, summary.p95)
  }

  /// The value that stands for all draws.
  func typical(_ words: MetricWords.Typical) -> Double { words == .mean ? mean : p50 }
}

/// A key metric under one regime less the same under another, replicate by replicate.
package struct KeyDifference: Encodable, Sendable {
  /// The id of the other regime.
  package let to: String
  /// The difference.
  package let difference: KeySummary
  /// Share of replicates in which the regime is higher.
  package let shareHigher: Double
  /// Share in which it is lower; in the rest both are equal.
  package let shareLower: Double

  enum CodingKeys: String, CodingKey {
    case to, difference
    case shareHigher = "share_higher"
    case shareLower = "share_lower"
  }

  init(to regime: String, _ comparison: Comparison) {
    to = regime
    difference = KeySummary(comparison.difference)
    (shareHigher, shareLower) = (comparison.shareHigher, comparison.shareLower)
  }
}

extension RunResult {
  /// The key metrics: what the scenario asks for, monthly ones at the end of the run, what is worked out beside the
  /// world, and what training runs that are told of come to.
  var keyMetrics: [KeyMetric] {
    let asked = askedCells
    return asked.map { key($0, isAsked: true) }
      + (monthlyKeys + estimateKeys + runKeys).filter { !asked.contains($0.cell) }
  }

  /// The figures that the scenario says its question is about, but for those that are not recorded.
  private var askedCells: [Int] {
    (scenario.focus?.figures ?? []).compactMap { figure in
      let asked = AskedFigure(metric: figure.metric, entity: figure.entity, month: figure.month)
      return try? asked.cell(in: statistics.layout, of: scenario.run)
    }
  }

  /// What formulas of estimates come to, and metrics that are derived for months of their own, in the order of
  /// the file.
  private var estimateKeys: [KeyMetric] {
    workedOutOnce.compactMap { name in
      cell(entity: Estimate.entity, metric: name).map { key($0) }
    }
  }

  private var workedOutOnce: [String] {
    let blueprint = scenario.blueprint
    return blueprint.estimates.estimates.filter { $0.formula != nil }.map(\.name)
      + blueprint.derived.metrics.filter(\.isFixed).map(\.name)
  }

  /// The places of monthly columns that the scenario works out from others.
  private var derivedColumns: [Int] {
    let names = Set(scenario.blueprint.derived.metrics.map(\.name))
    return statistics.layout.stepColumns.indices.filter {
      names.contains(statistics.layout.stepColumns[$0].metric.name)
    }
  }

  private func isEstimate(_ column: Column) -> Bool {
    column.entity == Estimate.entity && workedOutOnce.contains(column.metric.name)
  }

  private var monthlyKeys: [KeyMetric] {
    let layout = statistics.layout
    guard layout.stepCount > 0 else { return [] }
    let order = scenario.metrics ?? []
    let derived = Set(derivedColumns)
    func rank(_ place: Int) -> (Int, Int, Int) {
      let column = layout.stepColumns[place]
      let name = column.metric.name
      // Whoever writes a formula asks for what it comes to.
      let inFile = derived.contains(place) ? -1 : order.firstIndex(of: name) ?? order.count
      return (group(of: column.entity), inFile, MetricWords.place(of: name))
    }
    let columns = model.blueprint.world.economy.isEmpty ? derivedColumns : endingColumns
    return columns.map { (place: $0, rank: rank($0)) }
      .sorted {
        ($0.rank.0, $0.rank.1, $0.rank.2, $0.place) < ($1.rank.0, $1.rank.1, $1.rank.2, $1.place)
      }
      .map { key(layout.cell(step: layout.stepCount - 1, column: $0.place)) }
  }

  /// Which entities come first: the world and the compared side, then the leader, then other places, then all
  /// else, of which there is much.
  private func group(of entity: String) -> Int {
    let economy = model.blueprint.world.economy
    guard entity != "world" else { return 0 }
    switch economy.jurisdictions.firstIndex(where: { $0.id == entity }) {
    case economy.follower: return 0
    case economy.leader: return 1
    case .some: return 2
    case nil: return 3
    }
  }

  /// Time, hours and costs of the final run of every scripted run that a regime changes.
  private var runKeys: [KeyMetric] {
    let names = [
      MetricName.finalRunDays, MetricName.finalRunChipHours, CostView.finalRun.metricName,
    ]
    return names.flatMap { name in
      runsByWhetherRegimesMatter.changed.compactMap { run in
        cell(entity: run.id, metric: name).map { key($0) }
      }
    }
  }

  /// A cell under every regime.
  func key(_ cell: Int, isAsked: Bool = false) -> KeyMetric {
    let (step, column) = statistics.layout.place(of: cell)
    let words = MetricWords(of: column.metric)
    return KeyMetric(
      metric: column.metric.name, entity: column.entity, unit: column.metric.unit,
      subject: model.blueprint.world.subject(of: column, words),
      label: model.blueprint.world.label(of: column, words),
      higher: words.higher, lower: words.lower,
      typical: words.typical.rawValue, month: step.map { (scenario.run.start + $0).description },
      isAsked: isAsked, isCompared: isAsked || step == nil || group(of: column.entity) == 0,
      values: statistics.regimes.indices.map { value(of: cell, under: $0) }, cell: cell,
      words: words, isEstimate: step == nil && isEstimate(column))
  }

  private func value(of cell: Int, under regime: Int) -> KeyValue {
    let (regimes, other) = (statistics.regimes, statistics.others[regime])
    let toFirst = statistics.comparisons[regime][cell].map { KeyDifference(to: regimes[0], $0) }
    let toOther = other.flatMap { other in
      statistics.otherComparisons[regime][cell].map { KeyDifference(to: regimes[other], $0) }
    }
    return KeyValue(
      regime: regimes[regime], value: statistics.summaries[regime][cell].map(KeySummary.init),
      differences: (regime == 0 ? [] : [toFirst, toOther]).compactMap(\.self))
  }
}

extension KeyMetric {
  /// What links what it is called to a figure.
  var verb: String { words.isPlural ? "are" : "is" }
}
