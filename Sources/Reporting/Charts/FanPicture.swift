import Quantities

/// One panel of a chart of fans, on its way to Vega-Lite.
struct FanPanelPicture {
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
    layers += observations
    return ChartPanel(
      title: .ofPanel(panel.heading, panel.caption), width: chart.width, height: chart.height,
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

  /// How far from the end of a line, in pixels, its name stands, after a stroke of the line's look.
  private static let (strokeFrom, strokeTo, nameFrom) = (16.0, 32.0, 36.0)

  /// The names of lines beside their ends, each with a stroke that looks as its line does. Where a name had to
  /// make room for others, thin dots lead to it.
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
    let end = ChartChannel(field: .month)
    return [
      ChartLayer(
        data: data,
        mark: ChartMark(
          type: .rule, color: ChartStyle.leader, strokeWidth: 1, strokeDash: [1, 2], xOffset: 2,
          x2Offset: Self.strokeFrom - 2),
        encoding: ChartEncoding(
          x: x, x2: end, y: y(.value), y2: ChartChannel(field: .place))),
      ChartLayer(
        data: data,
        mark: ChartMark(
          type: .rule, strokeWidth: 2, xOffset: Self.strokeFrom, x2Offset: Self.strokeTo),
        encoding: ChartEncoding(
          x: x, x2: end, y: y(.place), color: chart.looks.colour, strokeDash: chart.looks.dash)),
      ChartLayer(
        data: data,
        mark: ChartMark(
          type: .text, color: ChartStyle.ink, align: "left", baseline: "middle",
          dx: Self.nameFrom, fontSize: 11),
        encoding: ChartEncoding(
          x: x, y: y(.place), text: ChartChannel(field: .regime, type: .nominal))),
    ]
  }

  /// What was observed, over all else: a point, and a line for the source's range.
  private var observations: [ChartLayer] {
    guard !panel.observed.isEmpty else { return [] }
    let data = ChartData(
      [.month, .p05, .value, .p95],
      panel.observed.map { [.day($0.day), .number($0.low), .number($0.value), .number($0.high)] })
    func figure(_ field: ChartField, _ title: String) -> ChartChannel {
      ChartChannel(field: field, type: .quantitative, title: .some([title]), format: ".3s")
    }
    return [
      ChartLayer(
        data: data, mark: ChartMark(type: .rule, color: ChartStyle.observed, strokeWidth: 2),
        encoding: ChartEncoding(x: x, y: y(.p05), y2: ChartChannel(field: .p95))),
      ChartLayer(
        data: data,
        mark: ChartMark(
          type: .point, opacity: 1, color: ChartStyle.observed, filled: true, size: 70,
          shape: "diamond"),
        encoding: ChartEncoding(
          x: x, y: y(.value),
          tooltip: [
            figure(.value, "Observed"), figure(.p05, "The source's range from"),
            figure(.p95, "to"),
            ChartChannel(
              field: .month, type: .temporal, title: .some(["End of"]), timeUnit: "utcyearmonth",
              format: "%B %Y"),
          ])),
    ]
  }
}
