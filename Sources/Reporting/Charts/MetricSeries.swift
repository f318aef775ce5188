import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Studies
import Wording

/// One metric of some entities of one kind, as charts over time show it.
struct MetricSeries {
  let metric: Metric
  /// What a chart of it is called: the metric's name, and of what if the metric is of several kinds.
  let name: String
  /// Places of step columns, one for each entity, the one that matters most first.
  let columns: [Int]

  /// How many entities are shown of what there are many of: labs, chips, owners.
  static let mostEntities = 6
}

extension RunResult {
  /// What its charts call its regimes, in their order.
  var regimeNames: [String] {
    let ids = NameWords.ofIDs(statistics.regimes)
    let names = zip(model.blueprint.regimes, ids).map { $0.name ?? $1 }
    return Set(names).count == names.count ? names : ids
  }

  /// The series with something to show: what the file's question is about, what it has observations of, then in the
  /// order of its metrics. Of documented runs, whose months tell little, those that the file names.
  var metricSeries: [MetricSeries] {
    guard scenario.metrics != nil || !model.blueprint.world.economy.isEmpty else { return [] }
    let columns = statistics.layout.stepColumns
    let places =
      (scenario.focus?.figures ?? []).map(\.metric)
      + scenario.observations.filter(\.isOfOneMonth).flatMap(\.figure.metrics)
      + orderOfMetrics
    let order = columns.indices.reduce(into: [String]()) { names, place in
      let name = columns[place].metric.name
      if !names.contains(name) { names.append(name) }
    }.sorted { first, second in
      let ranks = [first, second].map { places.firstIndex(of: $0) ?? places.count }
      return ranks[0] < ranks[1]
    }
    return order.flatMap { name in
      let all = columns.indices.filter { columns[$0].metric.name == name }
      return EntityGroup.allCases.compactMap { group in
        series(of: all.filter { self.group(of: columns[$0].entity) == group }, group)
      }
    }
  }

  /// What an entity is.
  private func group(of entity: String) -> EntityGroup {
    let world = model.blueprint.world
    let economy = world.economy
    if economy.jurisdictions.contains(where: { $0.id == entity }) { return .sides }
    if world.labs.contains(where: { $0.id == entity }) { return .labs }
    if world.chips.contains(where: { $0.id == entity }) { return .chips }
    if economy.suppliers.contains(where: { $0.id == entity }) { return .suppliers }
    if economy.owners.contains(where: { "fleet.\($0.id)" == entity }) { return .fleets }
    return world.runs.contains { $0.id == entity } ? .runs : .world
  }

  /// The series of a metric over the entities of a group that have anything but zero.
  private func series(of columns: [Int], _ group: EntityGroup) -> MetricSeries? {
    let shown = columns.filter(hasSomethingToShow)
    guard let first = shown.first else { return nil }
    let metric = statistics.layout.stepColumns[first].metric
    var chosen = shown
    switch group {
    case .sides:
      let economy = model.blueprint.world.economy
      let asked = askedEntities(of: metric)
      let sides = [economy.follower, economy.leader].map { economy.jurisdictions[$0].id }
      chosen = (asked + sides.filter { !asked.contains($0) }).compactMap { side in
        shown.first { statistics.layout.stepColumns[$0].entity == side }
      }
      // The leader has a lag too, which is as good as always zero.
      if let first = chosen.first {
        chosen.removeAll {
          !asked.contains(statistics.layout.stepColumns[$0].entity)
            && largestMean(of: $0) < 0.02 * largestMean(of: first)
        }
      }
    case .labs, .chips, .suppliers, .fleets:
      let sizes = Dictionary(uniqueKeysWithValues: shown.map { ($0, weight(of: $0)) })
      chosen = shown.sorted { (sizes[$0] ?? 0, $1) > (sizes[$1] ?? 0, $0) }
    case .world, .runs: break
    }
    guard !chosen.isEmpty else { return nil }
    let name = metric.name.replacing("_", with: "-")
    return MetricSeries(
      metric: metric, name: group.suffix.isEmpty ? name : "\(name)-\(group.suffix)",
      columns: Array(chosen.prefix(MetricSeries.mostEntities)))
  }

  /// Of whom the question of the file asks for a metric, in its order.
  private func askedEntities(of metric: Metric) -> [String] {
    (scenario.focus?.figures ?? []).filter { $0.metric == metric.name }.map(\.entity)
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Whether a series is of what is so or is not: its mean is a share of worlds, and it has no band.
  func isOfSwitch(_ series: MetricSeries) -> Bool { series.columns.allSatisfy(isSwitch) }

  /// Whether every value is 0 or 1. Quantiles lie between values and cannot tell; the variance can, which is as
  /// large as the mean lets it be for such values alone.
  func isSwitch(_ column: Int) -> Bool {
    guard statistics.layout.stepColumns[column].metric.unit == "1" else { return false }
    return statistics.summaries.allSatisfy { regime in
      (0..<statistics.layout.stepCount).allSatisfy { step in
        regime[statistics.layout.cell(step: step, column: column)]?.isOfSwitch ?? true
      }
    }
  }

  /// Whether any regime gives anything but zero in any month.
  private func hasSomethingToShow(_ column: Int) -> Bool {
    statistics.summaries.contains { regime in
      (0..<statistics.layout.stepCount).contains { step in
        regime[statistics.layout.cell(step: step, column: column)].map { !$0.isZero } ?? false
      }
    }
  }

  /// The largest mean of a column in any month under any regime.
  private func largestMean(of column: Int) -> Double {
    (0..<statistics.layout.stepCount).flatMap { step in
      let cell = statistics.layout.cell(step: step, column: column)
      return statistics.summaries.compactMap { $0[cell].map { abs($0.mean) } }
    }.max() ?? 0
  }

  /// How much regimes matter to a column: the largest difference of means in any month; without other regimes
  /// than the reference, the largest mean.
  private func weight(of column: Int) -> Double {
    (0..<statistics.layout.stepCount).map { step in
      let cell = statistics.layout.cell(step: step, column: column)
      let means = statistics.summaries.compactMap { $0[cell]?.mean }
      let reference = means.count > 1 ? means[0] : 0
      return means.map { abs($0 - reference) }.max() ?? 0
    }.max() ?? 0
  }

  /// What people call an entity.
  func shownName(of entity: String) -> String {
    model.blueprint.world.shownName(of: entity)
  }

  /// A column over time under a regime.
  func fan(ofColumn column: Int, regime: Int) -> Fan {
    let usesMean =
      MetricWords(of: statistics.layout.stepColumns[column].metric).typical == .mean
    let hasBands = !isSwitch(column)
    return fan(regime: regime) { step in
      guard
        let summary = statistics.summaries[regime][
          statistics.layout.cell(step: step, column: column)]
      else { return nil }
      return (hasBands ? summary.quantiles : [], usesMean || !hasBands ? summary.mean : summary.p50)
    }
  }

  /// A column over time under a regime, less that under another.
  func differenceFan(ofColumn column: Int, _ pair: RegimePair) -> Fan {
    let usesMean =
      MetricWords(of: statistics.layout.stepColumns[column].metric).typical == .mean
    let hasBands = !isSwitch(column)
    return fan(regime: pair.regime) { step in
      let cell = statistics.layout.cell(step: step, column: column)
      guard let difference = comparison(of: pair, cell: cell)?.difference else { return nil }
      return (
        hasBands ? difference.quantiles : [],
        usesMean || !hasBands ? difference.mean : difference.p50
      )
    }
  }

  private func fan(
    regime: Int, _ values: (_ step: Int) -> (quantiles: [Double], typical: Double)?
  ) -> Fan {
    Fan(
      name: regimeNames[regime],
      points: drawnSteps.compactMap { step in
        values(step).map {
          Fan.Point(day: lastDay(of: step), quantiles: $0.quantiles, typical: $0.typical)
        }
      })
  }

  /// The months that are drawn: every one, or every third where they are many; the last one always.
  var drawnSteps: [Int] {
    let count = statistics.layout.stepCount
    return count <= 60 ? Array(0..<count) : (0..<count).filter { ($0 - count + 1) % 3 == 0 }
  }

  /// The last day of a month of the run.
  func lastDay(of step: Int) -> Day {
    (scenario.run.start + step).lastDay
  }
}

extension RunResult {
  /// What was observed of a column at the end of months that are drawn.
  func observed(ofColumn column: Int) -> [ObservedPoint] {
    let shown = statistics.layout.stepColumns[column]
    return scenario.observations.filter { observation in
      observation.isOfOneMonth && observation.figure.metrics == [shown.metric.name]
        && observation.figure.entities == [shown.entity]
        && (scenario.run.start...scenario.run.end).contains(observation.month)
    }.map {
      ObservedPoint(
        day: $0.month.lastDay, value: $0.observed, low: $0.low ?? $0.observed,
        high: $0.high ?? $0.observed)
    }
  }
}

extension Observation {
  /// Whether it is a value of one metric of one thing at the end of one month, as charts over time have them.
  fileprivate var isOfOneMonth: Bool {
    reduction == .value && divisor == nil && figure.metrics.count == 1 && figure.entities.count == 1
  }
}

extension Summary {
  /// Whether it is of values that are 0 or 1.
  var isOfSwitch: Bool {
    guard (0...1).contains(mean), count > 1 else { return mean == 0 || mean == 1 }
    let most = mean * (1 - mean) * Double(count) / Double(count - 1)
    return abs(standardDeviation * standardDeviation - most) < 1e-9
  }
}

/// What numbers are recorded of, as charts group them.
private enum EntityGroup: CaseIterable {
  case sides, world, labs, chips, suppliers, fleets, runs

  /// What tells its charts from others of the same metric.
  var suffix: String {
    switch self {
    case .sides, .world, .runs: ""
    case .labs: "labs"
    case .chips: "chips"
    case .suppliers: "suppliers"
    case .fleets: "owners"
    }
  }
}
