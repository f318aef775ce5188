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
        fans: statistics.regimes.indices.map { fan(ofColumn: column, regime: $0) })
    }
    var chart = fanChart(panels, of: series.metric)
    chart.hasInnerBands = statistics.regimes.count < 4
    chart.onlyFirstHasBands = statistics.regimes.count > Self.mostBands
    chart.sharesAxis = panels.count == 1
    chart.columns = panels.count == 1 ? 1 : 2
    if panels.count == 1 { (chart.width, chart.height) = (520, 320) }
    return self.chart(
      chart, named: series.name, of: listing(of: series), finding: levelFinding(of: series),
      notes: [
        definition(of: series.metric),
        lines(chart) + (isOfSwitch(series) ? "" : " " + bands(chart))
          + (panels.count > 1 && !chart.sharesAxis ? " The panels have axes of their own." : ""),
      ])
  }

  private func smallMultiples(of series: MetricSeries) -> Chart? {
    guard statistics.regimes.count > 1, let column = series.columns.first else { return nil }
    let reference = fan(ofColumn: column, regime: 0)
    var chart = fanChart(
      statistics.regimes.indices.map { regime in
        FanPanel(
          heading: [regimeNames[regime]], fans: [fan(ofColumn: column, regime: regime)],
          backdrop: regime == 0 ? nil : reference, namesLines: false)
      }, of: series.metric)
    (chart.columns, chart.width, chart.height) = (3, 200, 150)
    return self.chart(
      chart, named: "\(series.name)-by-regime", of: "\(subject(of: series)), regime by regime",
      finding: levelFinding(of: series),
      notes: [
        lines(chart) + (isOfSwitch(series) ? "" : " " + bands(chart))
          + " Dashed and grey: \(regimeNames[0])."
      ])
  }

  private func differences(of series: MetricSeries) -> Chart? {
    guard let column = series.columns.first else { return nil }
    let fans = statistics.regimes.indices.dropFirst()
      .map { differenceFan(ofColumn: column, regime: $0) }.filter { !$0.isZero }
    guard !fans.isEmpty, let finding = differenceFinding(of: series) else { return nil }
    var chart = fanChart(
      fans.map { FanPanel(heading: [$0.name], fans: [$0], namesLines: false) }, of: series.metric)
    chart.areDifferences = true
    chart.columns = min(3, fans.count)
    (chart.width, chart.height) = fans.count == 1 ? (520, 320) : (200, 150)
    return self.chart(
      chart, named: "\(series.name)-difference",
      of: "\(subject(of: series)), against \(regimeNames[0])", finding: finding,
      notes: [
        "Each regime less \(regimeNames[0]), world by world. " + lines(chart)
          + (isOfSwitch(series) ? "" : " " + bands(chart))
      ])
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
        fans: statistics.regimes.indices.map { fan(ofColumn: place, regime: $0) })
    }
    var chart = fanChart(panels, of: columns[places[0]].metric)
    chart.hasInnerBands = statistics.regimes.count < 4
    chart.onlyFirstHasBands = statistics.regimes.count > Self.mostBands
    let series = MetricSeries(
      metric: columns[places[0]].metric, name: "compute-ratios", columns: [places[0]])
    return self.chart(
      chart, named: series.name, of: "Compute of the two sides, by yardstick",
      finding: levelFinding(of: series),
      notes: [lines(chart) + " " + bands(chart) + " A panel for each yardstick."])
  }

  private func fanChart(_ panels: [FanPanel], of metric: Metric) -> FanChart {
    var chart = FanChart(
      panels: panels, unit: unit(of: metric), looks: RegimeLooks(names: regimeNames))
    chart.typical = MetricWords(of: metric).typical == .mean ? "Mean" : "Median"
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
  private static let mostBands = 5

  private func lines(_ chart: FanChart) -> String {
    "Lines: \(chart.typical.lowercased()) of \(worlds)."
  }

  private func bands(_ chart: FanChart) -> String {
    (chart.hasInnerBands ? "Bands: 90% of them, and darker the middle half" : "Bands: 90% of them")
      + (chart.onlyFirstHasBands ? ", under \(regimeNames[0]) alone." : ".")
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
