import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Studies
import Wording

/// What charts say, in one line each, made from the numbers.
extension RunResult {
  /// The end of the run as a place in time: "at the end of 2025", "at the end of June 2026".
  var atTheEnd: String {
    let end = scenario.run.end
    return "at the end of " + (end.number == 12 ? "\(end.year)" : ChartNames.month(end))
  }

  /// What a series is of: "China's compute at work".
  func subject(of series: MetricSeries) -> String {
    let title = title(of: series.metric)
    guard let column = series.columns.first else { return title.capitalisedFirst }
    let entity = statistics.layout.stepColumns[column].entity
    if entity == "world" { return title.capitalisedFirst }
    let name = shownName(of: entity)
    return isOfSides(series)
      ? "\(name)\(name.hasSuffix("s") ? "'" : "'s") \(title)" : "\(name): \(title)"
  }

  /// The same, for a list of charts: of many labs or chips, the metric alone.
  func listing(of series: MetricSeries) -> String {
    series.columns.count == 1 || isOfSides(series)
      ? subject(of: series) : title(of: series.metric).capitalisedFirst
  }

  /// Whether a series is of the two sides.
  func isOfSides(_ series: MetricSeries) -> Bool {
    let ids = Set(model.blueprint.world.economy.jurisdictions.map(\.id))
    return series.columns.allSatisfy { ids.contains(statistics.layout.stepColumns[$0].entity) }
  }

  /// What people call a metric.
  func title(of metric: Metric) -> String {
    let economy = model.blueprint.world.economy
    var title = MetricWords(of: metric).title
    guard !economy.isEmpty else { return title }
    title.replace("{leader}", with: economy.jurisdictions[economy.leader].name)
    title.replace("{follower}", with: economy.jurisdictions[economy.follower].name)
    return title
  }

  /// What a metric comes to under the reference and under the regime that is furthest from it.
  func levelFinding(of series: MetricSeries) -> String {
    let subject = subject(of: series)
    guard let column = series.columns.first else { return subject }
    let last = statistics.layout.cell(step: statistics.layout.stepCount - 1, column: column)
    let values = statistics.summaries.map { $0[last].map { typical($0, series.metric) } }
    guard let reference = values[0] else { return subject }
    func words(_ value: Double) -> String { figure(value, of: series.metric) }
    let furthest = values.indices.dropFirst().filter { values[$0] != nil }
      .max { abs((values[$0] ?? 0) - reference) < abs((values[$1] ?? 0) - reference) }
    guard let furthest, let other = values[furthest], words(other) != words(reference) else {
      let all = values.count > 1 ? " under every regime" : ""
      return "\(subject) \(atTheEnd): \(words(reference))\(all)"
    }
    return "\(subject) \(atTheEnd): \(words(reference)) under \(regimeNames[0]), "
      + "\(words(other)) under \(regimeNames[furthest])"
  }

  /// The largest difference, with its band and in what share of draws it has its sign.
  func differenceFinding(of series: MetricSeries) -> String? {
    guard let column = series.columns.first else { return nil }
    let last = statistics.layout.cell(step: statistics.layout.stepCount - 1, column: column)
    let metric = series.metric
    let all = statistics.regimes.indices.dropFirst().compactMap { regime in
      statistics.comparisons[regime][last].map { (regime: regime, comparison: $0) }
    }
    let largest = all.max {
      abs(typical($0.comparison.difference, metric))
        < abs(typical($1.comparison.difference, metric))
    }
    guard let (regime, comparison) = largest else { return nil }
    let value = typical(comparison.difference, metric)
    let name = regimeNames[regime]
    guard value != 0 else {
      return "\(subject(of: series)) \(atTheEnd): no difference in the middle of draws"
    }
    let words = MetricWords(of: metric)
    let (low, high) = (comparison.difference.p05, comparison.difference.p95)
    let ends = value > 0 ? [low, high] : [-high, -low]
    let unit = suffix(of: metric, isDifference: true)
    let size = number(abs(value), of: metric) + unit
    let band = ends.map { number($0, of: metric) }.joined(separator: " to ") + unit
    return "\(subject(of: series)) \(atTheEnd): \(size) \(value > 0 ? words.higher : words.lower) "
      + "under \(name) than under \(regimeNames[0]) (90% of draws: \(band))"
  }

  private func typical(_ summary: Summary, _ metric: Metric) -> Double {
    MetricWords(of: metric).typical == .mean ? summary.mean : summary.p50
  }

  /// A figure with its unit.
  func figure(_ value: Double, of metric: Metric) -> String {
    number(value, of: metric) + suffix(of: metric, isDifference: false)
  }

  private func isPercentage(_ metric: Metric) -> Bool {
    metric.unit == "1" && metric.name.hasSuffix("_share")
  }

  private func suffix(of metric: Metric, isDifference: Bool) -> String {
    isPercentage(metric) ? isDifference ? " points" : "" : unit(of: metric).suffix
  }

  private func number(_ value: Double, of metric: Metric) -> String {
    isPercentage(metric)
      ? NumberWords.percent(value)
      : ChartNames.figure(value, isDollars: metric.unit.hasPrefix("usd"))
  }
}

extension String {
  /// The same with a capital.
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
