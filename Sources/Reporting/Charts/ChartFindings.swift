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
    return "at the end of " + (end.number == 12 ? "\(end.year)" : end.words)
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
    model.blueprint.world.title(MetricWords(of: metric)) { $0.name }
  }

  /// What a metric comes to under the reference and under the regime that is furthest from it, of those that the
  /// answer compares with it.
  func levelFinding(of series: MetricSeries) -> String {
    let subject = subject(of: series)
    guard let column = series.columns.first else { return subject }
    let last = statistics.layout.cell(step: statistics.layout.stepCount - 1, column: column)
    let summaries = statistics.summaries.map { $0[last] }
    guard let reference = summaries[0] else { return subject }
    func words(_ summary: Summary) -> String { level(summary, of: series.metric) }
    func distance(_ regime: Int) -> Double {
      abs(
        (summaries[regime].map { typical($0, series.metric) } ?? 0)
          - typical(reference, series.metric))
    }
    let compared = shownPairs.filter { $0.against == 0 }.map(\.regime)
    let candidates = compared.isEmpty ? Array(summaries.indices.dropFirst()) : compared
    let furthest = candidates.filter { summaries[$0] != nil }.max { distance($0) < distance($1) }
    guard let furthest, let other = summaries[furthest], words(other) != words(reference) else {
      let all =
        summaries.count == 1
        ? ""
        : summaries.count == candidates.count + 1
          ? " under every regime" : " under \(regimeNames[0])"
      return "\(subject) \(atTheEnd): \(words(reference))\(all)"
    }
    return "\(subject) \(atTheEnd): \(words(reference)) under \(regimeNames[0]), "
      + "\(words(other)) under \(regimeNames[furthest])"
  }

  /// The largest difference on whose direction draws agree, with its band; that there is none where they do not.
  func differenceFinding(of series: MetricSeries) -> String? {
    guard let column = series.columns.first else { return nil }
    let last = statistics.layout.cell(step: statistics.layout.stepCount - 1, column: column)
    let metric = series.metric
    let all = shownPairs.compactMap { pair in
      comparison(of: pair, cell: last).map {
        (pair: pair, difference: $0.difference, verdict: Finding.Verdict(KeyDifference(to: "", $0)))
      }
    }
    guard !all.isEmpty else { return nil }
    // Of what is so or is not, the difference is one of shares of worlds, which no single world has.
    let sure =
      isOfSwitch(series) ? all : all.filter { $0.verdict == .reliable || $0.verdict == .probable }
    let largest = sure.max {
      abs(typical($0.difference, metric)) < abs(typical($1.difference, metric))
    }
    let begin = "\(subject(of: series)) \(atTheEnd):"
    guard let largest, typical(largest.difference, metric) != 0 else {
      let under =
        all.count == 1
        ? regimeNames[all[0].pair.regime]
        : comparesAllRegimes ? "any regime" : "any regime that is compared"
      return "\(begin) no reliable difference under \(under)"
    }
    let words = MetricWords(of: metric)
    let isMore = typical(largest.difference, metric) > 0
    let (size, band) = difference(largest.difference, of: metric)
    return "\(begin) \(size) \(isMore ? words.higher : words.lower) "
      + "under \(regimeNames[largest.pair.regime]) than under \(regimeNames[largest.pair.against])"
      + (isOfSwitch(series) ? "" : " (90% of draws: \(band))")
  }

  /// The size of a difference and its band, in the direction of its middle.
  private func difference(_ summary: Summary, of metric: Metric) -> (size: String, band: String) {
    let value = typical(summary, metric)
    let ends = value > 0 ? [summary.p05, summary.p95] : [-summary.p95, -summary.p05]
    let largest = (ends + [value]).map(abs).max() ?? 0
    if isPercentage(metric) {
      let points = ([abs(value)] + ends).map { NumberWords.grouped($0 * 100) }
      return ("\(points[0]) percentage points", "\(points[1]) to \(points[2])")
    }
    guard largest < Self.mostWithLetters else {
      let unit = unit(of: metric).suffix
      return (
        number(abs(value), of: metric) + unit,
        ends.map { number($0, of: metric) }.joined(separator: " to ") + unit
      )
    }
    let scale = FigureScale(unit: metric.unit, largest: largest)
    return (scale.amount(abs(value)), "\(scale.figure(ends[0])) to \(scale.amount(ends[1]))")
  }

  /// A figure with its unit, in as many digits as sentences of the answer have.
  private func level(_ summary: Summary, of metric: Metric) -> String {
    let value = typical(summary, metric)
    let largest = max(abs(value), abs(summary.p95))
    guard !isPercentage(metric), largest < Self.mostWithLetters else {
      return figure(value, of: metric)
    }
    return FigureScale(unit: metric.unit, largest: largest).amount(value)
  }

  /// Beyond this there are exponents in place of letters.
  private static let mostWithLetters = 1e16

  private func typical(_ summary: Summary, _ metric: Metric) -> Double {
    MetricWords(of: metric).typical == .mean ? summary.mean : summary.p50
  }

  /// A figure with its unit.
  func figure(_ value: Double, of metric: Metric) -> String {
    number(value, of: metric) + (isPercentage(metric) ? "" : unit(of: metric).suffix)
  }

  private func isPercentage(_ metric: Metric) -> Bool {
    metric.unit == "1" && metric.name.hasSuffix("_share")
  }

  private func number(_ value: Double, of metric: Metric) -> String {
    isPercentage(metric)
      ? NumberWords.percent(value)
      : ChartNames.figure(value, isDollars: metric.unit.hasPrefix("usd"))
  }
}

extension String {
  /// The same with a capital.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
