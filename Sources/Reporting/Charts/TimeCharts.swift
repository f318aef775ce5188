import Analysis
import PolicyModel
import Simulation
import Studies
import Wording

/// Charts over time.
extension RunResult {
  /// One metric: all regimes overlaid, a panel for each place; each regime by itself; and the differences.
  func timeCharts(of series: MetricSeries) -> [Chart] {
    [overlay(of: series), smallMultiples(of: series), differences(of: series)].compactMap(\.self)
  }

  private func overlay(of series: MetricSeries) -> Chart? {
    let panels = series.columns.map { column in
      FanPanel(
        heading: headings(of: series, column),
        fans: overlaidRegimes.map { fan(ofColumn: column, regime: $0) },
        observed: observed(ofColumn: column))
    }
    var chart = fanChart(panels, of: series)
    chart.hasInnerBands = overlaidRegimes.count < 3
    chart.onlyFirstHasBands = overlaidRegimes.count > Self.mostBands
    chart.sharesAxis = panels.count == 1
    chart.columns = panels.count == 1 ? 1 : 2
    if panels.count == 1 { (chart.width, chart.height) = (520, 320) }
    return self.chart(
      chart, named: series.name, of: listing(of: series), finding: levelFinding(of: series),
      notes: [
        definition(of: series.metric),
        lines(chart) + bands(chart) + overlaidInWords
          + (panels.count > 1 && !chart.sharesAxis ? " The panels have axes of their own." : ""),
      ])
  }

  private func smallMultiples(of series: MetricSeries) -> Chart? {
    guard statistics.regimes.count > 1, let column = series.columns.first else { return nil }
    let reference = fan(ofColumn: column, regime: 0)
    var chart = fanChart(
      statistics.regimes.indices.map { regime in
        FanPanel(
          heading: [regimeNames[regime]], caption: caption(ofRegime: regime),
          fans: [fan(ofColumn: column, regime: regime)],
          backdrop: regime == 0 ? nil : reference, namesLines: false)
      }, of: series)
    (chart.columns, chart.width, chart.height) = (3, 200, 150)
    return self.chart(
      chart, named: "\(series.name)-by-regime", of: "\(subject(of: series)), regime by regime",
      finding: levelFinding(of: series),
      notes: [lines(chart) + bands(chart) + " Dashed and grey: \(regimeNames[0])."])
  }

  private func differences(of series: MetricSeries) -> Chart? {
    guard let column = series.columns.first else { return nil }
    let fans = shownPairs.map { (pair: $0, fan: differenceFan(ofColumn: column, $0)) }
    // Panels share an axis: what is flat on it says no more than its name does.
    let most = fans.map(\.fan.largest).max() ?? 0
    let shown = fans.filter { $0.fan.largest > Self.flat * most }
    guard !shown.isEmpty, let finding = differenceFinding(of: series) else { return nil }
    var chart = fanChart(
      shown.map { pair, fan in
        FanPanel(
          heading: [fan.name], caption: caption(of: pair), fans: [fan], namesLines: false)
      }, of: series)
    chart.areDifferences = true
    (chart.columns, chart.width, chart.height) =
      switch shown.count {
      case 1: (1, 520, 320)
      case 2, 4: (2, 300, 200)
      default: (3, 200, 150)
      }
    let flat = fans.filter { $0.fan.largest <= Self.flat * most }.map(\.fan.name)
    return self.chart(
      chart, named: "\(series.name)-difference",
      of: "\(subject(of: series)), differences", finding: finding,
      notes: [
        differencesInWords + lines(chart) + bands(chart)
          + (flat.isEmpty
            ? "" : " None, or too little to be seen, under \(flat.joined(separator: ", ")).")
      ])
  }

  private var differencesInWords: String {
    shownPairs.allSatisfy { $0.against == 0 }
      ? "Each regime less \(regimeNames[0]), world by world. "
      : "Each regime less \(regimeNames[0]), or less the one named over its panel, world by world. "
  }

  /// What it is that is compared with the reference; of another pair, with what it is compared.
  private func caption(of pair: RegimePair) -> [String] {
    pair.against == 0 ? caption(ofRegime: pair.regime) : ["less \(regimeNames[pair.against])"]
  }

  /// What part of the largest difference one has to be to have a panel.
  private static let flat = 0.02

  /// What a regime is, in two short lines at most, where its name does not say it.
  func caption(ofRegime regime: Int) -> [String] {
    guard let title = model.blueprint.regimes[regime].title,
      title.lowercased() != regimeNames[regime].lowercased()
    else { return [] }
    let lines = ChartNames.lines(title, width: 36)
    return lines.count <= 2 ? lines : [lines[0], "\(lines[1]) …"]
  }

  /// The two sides' compute, by every yardstick that is recorded; nil where one alone is.
  var computeRatios: Chart? {
    let columns = statistics.layout.stepColumns
    let places = columns.indices.filter {
      columns[$0].metric.name.hasPrefix("compute_ratio_stock_")
    }
    guard places.count > 1 else { return nil }
    let panels = places.map { place in
      FanPanel(
        heading: ChartNames.lines(title(of: columns[place].metric), width: 44),
        fans: overlaidRegimes.map { fan(ofColumn: place, regime: $0) })
    }
    let series = MetricSeries(
      metric: columns[places[0]].metric, name: "compute-ratios", columns: [places[0]])
    var chart = fanChart(panels, of: series)
    chart.hasInnerBands = overlaidRegimes.count < 3
    chart.onlyFirstHasBands = overlaidRegimes.count > Self.mostBands
    return self.chart(
      chart, named: series.name, of: "Compute of the two sides, by yardstick",
      finding: levelFinding(of: series),
      notes: [lines(chart) + bands(chart) + overlaidInWords + " A panel for each yardstick."])
  }

  private func fanChart(_ panels: [FanPanel], of series: MetricSeries) -> FanChart {
    var chart = FanChart(panels: panels, unit: unit(of: series.metric), looks: looks)
    let typical = MetricWords(of: series.metric).typical
    chart.typical = isOfSwitch(series) ? "Share" : typical == .mean ? "Mean" : "Median"
    return chart
  }

  private func chart(
    _ chart: FanChart, named name: String, of subject: String, finding: String, notes: [String]
  ) -> Chart? {
    let panels = chart.panelsInVegaLite
    guard !panels.isEmpty else { return nil }
    return Chart(
      name, of: subject, finding: finding, notes: notes, columns: chart.columns, panels: panels)
  }

  /// Of how many regimes bands can be seen through each other.
  private static let mostBands = 2

  private func lines(_ chart: FanChart) -> String {
    "Lines: \(chart.typical.lowercased()) of \(worlds)"
      + (chart.typical == "Mean" ? ", since medians of whole numbers jump or stand still." : ".")
  }

  /// What its bands are; nothing where it has none.
  private func bands(_ chart: FanChart) -> String {
    let observed =
      chart.panels.contains { !$0.observed.isEmpty }
      ? " Diamonds: what was observed, with the source's range." : ""
    guard chart.hasBands else { return observed }
    return
      (chart.hasInnerBands
      ? " Bands: 90% of them, and darker the middle half" : " Bands: 90% of them")
      + (chart.onlyFirstHasBands ? ", under \(regimeNames[0]) alone." : ".") + observed
  }

  /// How many worlds were simulated.
  var worlds: String {
    NumberWords.counted(statistics.replicatesPlanned - failedReplicates, "simulated world")
  }

  private func headings(of series: MetricSeries, _ column: Int) -> [String] {
    series.columns.count == 1
      ? [] : [shownName(of: statistics.layout.stepColumns[column].entity)]
  }

  /// The first sentence of what a metric means.
  private func definition(of metric: Metric) -> String {
    guard let end = metric.definition.firstRange(of: ". ") else { return metric.definition }
    return metric.definition[..<end.lowerBound] + "."
  }

  /// The unit of a metric, and whether it reads as a percentage.
  func unit(of metric: Metric) -> ChartUnit {
    ChartUnit(metric.unit, isShare: metric.name.hasSuffix("_share") || metric.name == "scarcity")
  }
}
