import Quantities

/// How an amount goes over time under one regime: its distribution in each month.
struct Fan {
  /// One month that has a value.
  struct Point {
    /// The last day of the month.
    let day: Day
    /// 5%, 25%, 50%, 75% and 95% of draws are no larger; empty for what has no band.
    let quantiles: [Double]
    /// What stands for all draws: their median, or their mean.
    let typical: Double
  }

  /// The regime, as charts call it.
  let name: String
  let points: [Point]

  /// Whether it is zero throughout.
  var isZero: Bool { points.allSatisfy { $0.quantiles.allSatisfy { $0 == 0 } && $0.typical == 0 } }
}

/// Fans over time in one panel.
struct FanPanel {
  /// What is over the panel.
  let heading: [String]
  let fans: [Fan]
  /// A line to hold them to, behind them.
  var backdrop: Fan?
  /// Whether lines are named at their ends.
  var namesLines = true

  fileprivate var points: [Fan.Point] { (fans + [backdrop].compactMap(\.self)).flatMap(\.points) }
}

/// Panels of fans over time.
struct FanChart {
  let panels: [FanPanel]
  let unit: ChartUnit
  let looks: RegimeLooks
  /// What stands for all draws.
  var typical = "Median"
  /// Whether they are differences, which are held to zero.
  var areDifferences = false
  /// Whether to draw the band of half of the draws as well as that of nine tenths.
  var hasInnerBands = true
  /// Whether only the first fan of a panel has bands: more would hide each other.
  var onlyFirstHasBands = false
  /// Whether all panels have one axis, or each its own.
  var sharesAxis = true
  /// How many panels stand side by side.
  var columns = 2
  var width = 300
  var height = 240

  /// The panels in Vega-Lite; none where there is nothing but zero to show.
  var panelsInVegaLite: [ChartPanel] {
    let shared = axis(of: panels)
    return panels.enumerated().compactMap { place, panel in
      (sharesAxis ? shared : axis(of: [panel])).map {
        FanPanelPicture(chart: self, panel: panel, axis: $0, place: place).inVegaLite
      }
    }
  }

  private func axis(of panels: [FanPanel]) -> ValueAxis? {
    let points = panels.flatMap(\.points)
    let banded = onlyFirstHasBands ? panels.flatMap { $0.fans.first?.points ?? [] } : points
    return ValueAxis(
      covering: points.map(\.typical),
      ends: banded.flatMap { [$0.quantiles.first, $0.quantiles.last].compactMap(\.self) },
      hasZero: areDifferences)
  }

  /// Years where there are several, else months.
  fileprivate var time: ChartChannel {
    let days = panels.flatMap { $0.points.map(\.day) }
    return .time(months: (days.max()?.month.index ?? 0) - (days.min()?.month.index ?? 0))
  }
}

/// One panel of a chart of fans, on its way to Vega-Lite.
private struct FanPanelPicture {
  let chart: FanChart
  let panel: FanPanel
  let axis: ValueAxis
  /// Its place among the panels.
  let place: Int

  private var x: ChartChannel { chart.time }
  private func y(_ field: ChartField) -> ChartChannel { axis.channel(field, unit: chart.unit) }
  private var height: Double { Double(chart.height) }

  var inVegaLite: ChartPanel {
    let hasBands = panel.fans.contains { $0.points.contains { !$0.quantiles.isEmpty } }
    let share = panel.fans.count > 2 && !chart.onlyFirstHasBands ? 0.5 : 1
    var layers: [ChartLayer] = []
    if hasBands {
      layers.append(band(.p05, .p95, opacity: 0.2 * share))
      if chart.hasInnerBands { layers.append(band(.p25, .p75, opacity: 0.3 * share)) }
    }
    if chart.areDifferences { layers.append(zeroLine) }
    if let backdrop = panel.backdrop { layers.append(line(behind: backdrop)) }
    layers += [lines, figures(hasBands: hasBands)]
    if panel.namesLines { layers += endNames }
    return ChartPanel(
      title: .ofPanel(panel.heading), width: chart.width, height: chart.height,
      data: hasBands ? data(of: panel.fans) : middles(of: panel.fans), layers: layers)
  }

  private func data(of fans: some Sequence<Fan>) -> ChartData {
    ChartData(
      [.regime, .month, .p05, .p25, .value, .p75, .p95],
      fans.flatMap { fan in
        fan.points.filter { !$0.quantiles.isEmpty }.map { point in
          let quantiles = point.quantiles.map { ChartValue.number($0) }
          return [
            .text(fan.name), .day(point.day), quantiles[0], quantiles[1], .number(point.typical),
            quantiles[3], quantiles[4],
          ]
        }
      })
  }

  private func middles(of fans: [Fan]) -> ChartData {
    ChartData(
      [.regime, .month, .value],
      fans.flatMap { fan in
        fan.points.map { [.text(fan.name), .day($0.day), .number($0.typical)] }
      })
  }

  private func band(_ low: ChartField, _ high: ChartField, opacity: Double) -> ChartLayer {
    ChartLayer(
      data: chart.onlyFirstHasBands ? data(of: panel.fans.prefix(1)) : nil,
      mark: ChartMark(type: .area, opacity: opacity, clip: true),
      encoding: ChartEncoding(
        x: x, y: y(low), y2: ChartChannel(field: high), color: chart.looks.colour))
  }

  private var lines: ChartLayer {
    ChartLayer(
      mark: ChartMark(type: .line, strokeWidth: 2, clip: true),
      encoding: ChartEncoding(
        x: x, y: y(.value), color: chart.looks.colour, strokeDash: chart.looks.dash))
  }

  private var zeroLine: ChartLayer {
    ChartLayer(
      data: ChartData([.value], [[.number(0)]]),
      mark: ChartMark(type: .rule, color: ChartStyle.quiet, strokeWidth: 1),
      encoding: ChartEncoding(y: y(.value)))
  }

  private func line(behind fan: Fan) -> ChartLayer {
    ChartLayer(
      data: middles(of: [fan]),
      mark: ChartMark(
        type: .line, color: ChartStyle.quiet, strokeWidth: 1.5, strokeDash: [3, 3], clip: true),
      encoding: ChartEncoding(x: x, y: y(.value)))
  }

  /// A point that shows itself, and its figures, when the pointer is near.
  private func figures(hasBands: Bool) -> ChartLayer {
    let nearest = ChartSelection(panel: place)
    func figure(_ field: ChartField, _ title: String) -> ChartChannel {
      ChartChannel(field: field, type: .quantitative, title: .some([title]), format: ".3s")
    }
    return ChartLayer(
      params: [nearest], mark: ChartMark(type: .point, filled: true, size: 60),
      encoding: ChartEncoding(
        x: x, y: y(.value), color: chart.looks.colour,
        opacity: ChartChannel(value: 0, condition: ChartCondition(nearest: nearest, value: 1)),
        tooltip: [
          ChartChannel(field: .regime, type: .nominal, title: .some(["Regime"])),
          ChartChannel(
            field: .month, type: .temporal, title: .some(["End of"]), timeUnit: "utcyearmonth",
            format: "%B %Y"),
          figure(.value, chart.typical),
        ] + (hasBands ? [figure(.p05, "5% of draws below"), figure(.p95, "95% below")] : [])))
  }

  /// The names of lines beside their ends, each with a stroke of its line that leads there.
  private var endNames: [ChartLayer] {
    let ends = panel.fans.compactMap { fan in fan.points.last.map { (name: fan.name, end: $0) } }
    let wanted = ends.map { axis.depth(of: $0.end.typical, height: height) }
    let depths = EndLabels.depths(near: wanted, apart: 14, height: height)
    let rows = zip(ends, depths).map { line, depth -> [ChartValue] in
      [
        .text(line.name), .day(line.end.day), .number(line.end.typical),
        .number(axis.value(atDepth: depth, height: height)),
      ]
    }
    let data = ChartData([.regime, .month, .value, .place], rows)
    return [
      ChartLayer(
        data: data, mark: ChartMark(type: .rule, strokeWidth: 2, x2Offset: 16),
        encoding: ChartEncoding(
          x: x, x2: ChartChannel(field: .month), y: y(.value), y2: ChartChannel(field: .place),
          color: chart.looks.colour, strokeDash: chart.looks.dash)),
      ChartLayer(
        data: data,
        mark: ChartMark(
          type: .text, color: ChartStyle.ink, align: "left", baseline: "middle", dx: 20,
          fontSize: 11),
        encoding: ChartEncoding(
          x: x, y: y(.place), text: ChartChannel(field: .regime, type: .nominal))),
    ]
  }
}

extension ChartChannel {
  /// The axis of time, over so many months: a tick a year, or a quarter where they are few.
  static func time(months: Int, field: ChartField = .month) -> ChartChannel {
    var channel = ChartChannel.field(field, .temporal)
    channel.scale = .some(ChartScale(type: "utc"))
    let years = months / 12
    channel.axis = .some(
      ChartAxis(
        title: .null, format: years >= 3 ? "%Y" : "%b %Y",
        tickCount: years >= 3
          ? ChartTicks(interval: "year", step: years > 6 ? 2 : 1)
          : ChartTicks(interval: "month", step: months > 12 ? 6 : 3),
        labelFlush: false, labelOverlap: true, grid: false))
    return channel
  }
}
