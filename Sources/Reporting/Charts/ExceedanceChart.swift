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
    let curves = statistics.regimes.indices.compactMap { regime in
      statistics.curves[regime][cell].map { (name: regimeNames[regime], values: $0) }
    }
    let values = curves.flatMap(\.values)
    guard let axis = ValueAxis(covering: values.filter { $0 != 0 }, ends: values) else {
      return nil
    }
    let rows = curves.flatMap { curve in
      zip(Summary.percentages, curve.values).map { percentage, value -> [ChartValue] in
        [.text(curve.name), .number(value), .number(1 - Double(percentage) / 100)]
      }
    }
    let panel = ExceedancePanel(
      axis: axis, unit: unit(of: series.metric), looks: RegimeLooks(names: regimeNames),
      regimes: curves.map(\.name), data: ChartData([.regime, .value, .share], rows))
    return Chart(
      "\(series.name)-exceedance", of: "\(listing(of: series)): how likely is more",
      finding: levelFinding(of: series),
      notes: [
        "Lines: share of \(worlds) in which the figure is larger than on the axis, at the end."
      ],
      columns: 1, panels: [panel.inVegaLite])
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
        title: .some([unit.words]), values: axis.ticks, labelExpr: unit.tick, labelOverlap: true))
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
