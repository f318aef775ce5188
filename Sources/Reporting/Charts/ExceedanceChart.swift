import Analysis
import PolicyModel
import Simulation
import Studies
import Wording

/// How likely it is that a figure is larger than any given one.
extension RunResult {
  /// The share of worlds in which the first metric of the file is larger, at the end of the run, by regime; and the
  /// same of the lag, where there is one.
  var exceedances: [Chart] {
    let series = metricSeries
    let wanted = series.prefix(1) + series.dropFirst().filter { $0.metric.name == "lag_months" }
    return wanted.compactMap(exceedance)
  }

  private func exceedance(of series: MetricSeries) -> Chart? {
    guard let column = series.columns.first else { return nil }
    let cell = statistics.layout.cell(step: statistics.layout.stepCount - 1, column: column)
    let curves = overlaidRegimes.compactMap { regime in
      statistics.curves[regime][cell].map { (name: regimeNames[regime], values: $0) }
    }
    let values = curves.flatMap(\.values)
    // What lies beyond 90% of draws does not decide whether an axis is in powers of ten.
    let middles = curves.flatMap { $0.values.dropFirst(4).dropLast(4) }.filter { $0 != 0 }
    guard let axis = ValueAxis(covering: middles, ends: values) else {
      return nil
    }
    let rows = curves.flatMap { curve in
      zip(Summary.percentages, curve.values).map { percentage, value -> [ChartValue] in
        [.text(curve.name), .number(value), .number(1 - Double(percentage) / 100)]
      }
    }
    let panel = ExceedancePanel(
      axis: axis, unit: unit(of: series.metric), looks: looks,
      regimes: curves.map(\.name), data: ChartData([.regime, .value, .share], rows))
    return Chart(
      "\(series.name)-exceedance", of: "\(listing(of: series)): how likely is more",
      finding: exceedanceFinding(of: series, cell) ?? levelFinding(of: series),
      notes: [
        "Lines: share of \(worlds) in which the figure is larger than on the axis, at the end."
          + overlaidInWords
      ],
      columns: 1, panels: [panel.inVegaLite])
  }
}

extension RunResult {
  /// In what share of worlds the reference has more than the middle of the regime that is furthest from it; nil
  /// where all come to the same.
  private func exceedanceFinding(of series: MetricSeries, _ cell: Int) -> String? {
    guard let reference = statistics.curves[0][cell] else { return nil }
    let middles = statistics.summaries.map { $0[cell]?.p50 }
    let furthest = overlaidRegimes.dropFirst().filter { middles[$0] != nil }
      .max { abs(distance(middles, $0)) < abs(distance(middles, $1)) }
    guard let furthest, let middle = middles[furthest], distance(middles, furthest) != 0 else {
      return nil
    }
    // Percentiles say it to a hundredth, but for what lies beyond the first or the last of them.
    let below = reference.count { $0 <= middle }
    let share =
      below == 0
      ? "over 99%"
      : below == reference.count ? "under 1%" : NumberWords.percent(1 - Double(below) / 100)
    return
      "\(subject(of: series)) \(atTheEnd): above \(figure(middle, of: series.metric)) in half of "
      + "the worlds under \(regimeNames[furthest]), in \(share) of them under \(regimeNames[0])"
  }

  private func distance(_ middles: [Double?], _ regime: Int) -> Double {
    (middles[regime] ?? 0) - (middles[0] ?? 0)
  }
}

/// The panel of such a chart.
private struct ExceedancePanel {
  let axis: ValueAxis
  let unit: ChartUnit
  let looks: RegimeLooks
  let regimes: [String]
  let data: ChartData

  var inVegaLite: ChartPanel {
    var x = axis.channel(.value, unit: unit)
    x.axis = .some(
      ChartAxis(
        title: .some([axis.title(unit)]), values: axis.ticks, labelExpr: unit.tick,
        labelOverlap: true))
    var y = ChartChannel.field(.share, .quantitative)
    y.scale = .some(ChartScale(domain: .numbers([0, 1]), nice: false))
    y.axis = .some(
      ChartAxis(
        title: .some(["share of worlds with more"]), format: ".0%", titleAngle: 0,
        titleAlign: "left",
        titleAnchor: "end", titleX: -42, titleY: -12))
    var colour = looks.colour
    colour.legend = .some(
      ChartLegend(
        title: .null, orient: "top", values: regimes, columns: 4, symbolType: "stroke",
        symbolOpacity: 1))
    var dash = looks.dash
    dash.legend = colour.legend
    let nearest = ChartSelection(panel: 0)
    let lines = ChartLayer(
      mark: ChartMark(type: .line, strokeWidth: 2, clip: true),
      encoding: ChartEncoding(
        x: x, y: y, color: colour, strokeDash: dash,
        order: .field(.share, .quantitative)))
    let points = ChartLayer(
      params: [nearest], mark: ChartMark(type: .point, filled: true, size: 60),
      encoding: ChartEncoding(
        x: x, y: y, color: colour,
        opacity: ChartChannel(value: 0, condition: ChartCondition(nearest: nearest, value: 1)),
        tooltip: [
          ChartChannel(field: .regime, type: .nominal, title: .some(["Regime"])),
          ChartChannel(
            field: .value, type: .quantitative, title: .some(["More than"]), format: ".3s"),
          ChartChannel(field: .share, type: .quantitative, title: .some(["In"]), format: ".0%"),
        ]))
    return ChartPanel(width: 520, height: 300, data: data, layers: [lines, points])
  }
}
