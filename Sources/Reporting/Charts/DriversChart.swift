import Analysis
import PolicyModel
import Simulation
import Studies

/// What a figure rests on, as bars.
extension DriversAnswer {
  /// All charts, as far as there is something to show.
  package var charts: [Chart] { [tornado, correlations].compactMap(\.self) }

  /// The figure's mean with one number at its 5% and at its 95% quantile, and all others at their medians.
  private var tornado: Chart? {
    let bars = drivers.compactMap { driver in driver.bar.map { (driver: driver, bar: $0) } }
      .sorted { $0.bar.width > $1.bar.width }
    let ends = bars.flatMap { [$0.bar.low, $0.bar.high] }
    guard let widest = bars.first,
      let axis = ValueAxis(covering: ends + [atMedians], ends: [], powersFrom: .infinity)
    else { return nil }
    let names = ChartNames.distinct(
      bars.map { NumberTitle($0.driver.parameter.declaration, $0.driver.group).label },
      by: bars.map(\.driver.parameter.declaration.name))
    let panel = TornadoPanel(
      rows: zip(names, bars).map { TornadoPanel.Row(name: $0, bar: $1.bar) }, middle: atMedians,
      axis: axis, unit: ChartUnit(column.metric.unit))
    let title = NumberTitle(widest.driver.parameter.declaration, widest.driver.group)
    return Chart(
      "tornado", of: "What moves the figure",
      finding:
        "\(figureInWords) moves most with \(title.inSentence) (\(widest.driver.group.title))",
      notes: [
        "Bars: the figure's mean with one uncertain number at its 5% or 95% quantile and all others at their "
          + "medians. Line: with all at their medians."
      ], columns: 1, panels: [panel.inVegaLite])
  }

  /// How strongly the figure goes with each uncertain number while all of them vary.
  private var correlations: Chart? {
    let shown = drivingNumbers.prefix(Self.barCount)
    guard let first = shown.first else { return nil }
    let bars = LeadingBars(
      rows: shown.map {
        LeadingBars.Row(
          title: NumberTitle($0.parameter.declaration, $0.group),
          parameter: $0.parameter.declaration.name, correlation: $0.effect.partialCorrelation,
          interval: $0.effect.interval)
      }, noise: regression.noise)
    let title = NumberTitle(first.parameter.declaration, first.group)
    return Chart(
      "correlations", of: "What the figure goes with",
      finding: "\(figureInWords) goes most with \(title.inSentence) (\(first.group.title))",
      notes: [
        LeadingBars.reading(draws: regression.count, noise: regression.noise)
      ], columns: 1, panels: [bars.inVegaLite])
  }
}

/// Bars from the middle to what a figure comes to at either end of a number.
private struct TornadoPanel {
  struct Row {
    let name: String
    let bar: TornadoBar
  }

  let rows: [Row]
  let middle: Double
  let axis: ValueAxis
  let unit: ChartUnit

  private static let ends = ["number at its 5% quantile", "number at its 95% quantile"]

  var inVegaLite: ChartPanel {
    let names = rows.map(\.name)
    let data = ChartData(
      [.name, .regime, .p50, .value],
      rows.flatMap { row in
        zip(Self.ends, [row.bar.low, row.bar.high]).map { end, value in
          [.text(row.name), .text(end), .number(middle), .number(value)]
        }
      })
    var colour = ChartChannel.field(.regime, .nominal)
    colour.scale = .some(
      ChartScale(
        domain: .names(Self.ends), range: .colours([ChartStyle.fill(0), ChartStyle.fill(1)])))
    colour.legend = .some(
      ChartLegend(title: .null, orient: "top", columns: 2, symbolOpacity: 1))
    let bars = ChartLayer(
      mark: ChartMark(type: .bar, opacity: 0.8),
      encoding: ChartEncoding(
        x: across(.p50), x2: ChartChannel(field: .value), y: LeadingBars.row(names), color: colour,
        tooltip: [
          ChartChannel(field: .name, type: .nominal, title: .some(["Number"])),
          ChartChannel(field: .regime, type: .nominal, title: .some(["With the"])),
          ChartChannel(
            field: .value, type: .quantitative, title: .some(["Figure"]), format: ".3s"),
        ]))
    let line = ChartLayer(
      data: ChartData([.p50], [[.number(middle)]]),
      mark: ChartMark(type: .rule, color: ChartStyle.ink, strokeWidth: 1),
      encoding: ChartEncoding(x: across(.p50)))
    return ChartPanel(
      width: 420, height: rows.count * LeadingBars.barHeight + 10, data: data,
      layers: [bars, line])
  }

  private func across(_ field: ChartField) -> ChartChannel {
    var channel = axis.channel(field, unit: unit)
    channel.axis = .some(
      ChartAxis(
        title: .some([axis.title(unit)]), values: axis.ticks, labelExpr: unit.tick,
        labelOverlap: true, grid: true))
    return channel
  }
}
