/// Figures beside each other as dots with intervals: a row for each thing, a dot for each regime, in one panel.
struct DotChart {
  /// One figure.
  struct Dot {
    /// What it is of.
    let row: String
    /// The regime, as charts call it.
    let regime: String
    /// 5%, 25%, 50%, 75% and 95% of draws are no larger.
    let quantiles: [Double]
  }

  let heading: [String]
  /// The rows, from above.
  let rows: [String]
  let dots: [Dot]
  let unit: ChartUnit
  let looks: RegimeLooks
  var words = Words.draws
  var width = 420

  /// What a reader is told of a dot and of the ends of its interval.
  struct Words {
    let series: String
    let middle: String
    let low: String
    let high: String

    /// Of quantiles over draws.
    static let draws = Words(
      series: "Regime", middle: "Median", low: "5% of draws below", high: "95% below")
    /// Of an estimate and its bootstrap samples.
    static let estimate = Words(
      series: "What", middle: "Estimate", low: "5% of bootstrap samples below", high: "95% below")
  }

  /// Pixels for each dot, and between rows.
  private static let dotHeight = 13
  private static let rowGap = 12

  private var regimes: [String] {
    looks.names.filter { name in dots.contains { $0.regime == name } }
  }

  /// The panel in Vega-Lite; nil where there is nothing but zero to show.
  ///
  /// - Parameter axis: that of several panels; its own if nil.
  func inVegaLite(_ axis: ValueAxis? = nil) -> ChartPanel? {
    guard let axis = axis ?? self.axis else { return nil }
    let lines = rows.map { $0.split(separator: "\n").count }.max() ?? 1
    let height = rows.count * (max(regimes.count, lines) * Self.dotHeight + Self.rowGap)
    let (row, x) = (rowChannel, { (field: ChartField) in horizontal(axis, field) })
    let offset = ChartChannel(
      field: .regime, type: .nominal, scale: .some(ChartScale(domain: .names(regimes))))
    var colour = looks.colour
    if regimes.count > 1 {
      colour.legend = .some(
        ChartLegend(
          title: .null, orient: "top", values: regimes, columns: 3, symbolType: "circle",
          symbolOpacity: 1))
    }
    func interval(_ low: ChartField, _ high: ChartField, width: Double) -> ChartLayer {
      ChartLayer(
        mark: ChartMark(type: .rule, strokeWidth: width, clip: true),
        encoding: ChartEncoding(
          x: x(low), x2: ChartChannel(field: high), y: row, yOffset: offset, color: colour))
    }
    let dot = ChartLayer(
      mark: ChartMark(type: .point, opacity: 1, filled: true, size: 70),
      encoding: ChartEncoding(
        x: x(.p50), y: row, yOffset: offset, color: colour, tooltip: tooltip))
    return ChartPanel(
      title: .ofPanel(heading), width: width, height: height, data: data,
      layers: [interval(.p05, .p95, width: 1.5), interval(.p25, .p75, width: 4), dot])
  }

  /// What its axis has to cover.
  var axis: ValueAxis? {
    ValueAxis(
      covering: dots.map { $0.quantiles[2] }.filter { $0 != 0 },
      ends: dots.flatMap { [$0.quantiles[0], $0.quantiles[4]] }.filter { $0 != 0 })
  }

  private var data: ChartData {
    ChartData(
      [.name, .regime, .p05, .p25, .p50, .p75, .p95],
      dots.map { dot in
        [.text(dot.row), .text(dot.regime)] + dot.quantiles.map { .number($0) }
      })
  }

  private var rowChannel: ChartChannel {
    var channel = ChartChannel.field(.name, .nominal)
    channel.sort = .some(rows)
    channel.scale = .some(ChartScale(domain: .names(rows), paddingInner: 0.25, paddingOuter: 0.1))
    channel.axis = .some(
      ChartAxis(
        title: .null, labelExpr: ChartUnit.lines, labelLimit: 260, grid: false, ticks: false,
        domain: false))
    return channel
  }

  private func horizontal(_ axis: ValueAxis, _ field: ChartField) -> ChartChannel {
    var channel = axis.channel(field, unit: unit)
    channel.axis = .some(
      ChartAxis(
        title: .some([axis.title(unit)]), values: axis.ticks, labelExpr: unit.tick,
        labelOverlap: true,
        grid: true))
    return channel
  }

  private var tooltip: [ChartChannel] {
    func figure(_ field: ChartField, _ title: String) -> ChartChannel {
      ChartChannel(field: field, type: .quantitative, title: .some([title]), format: ".3s")
    }
    return [
      ChartChannel(field: .name, type: .nominal, title: .some(["Of"])),
      ChartChannel(field: .regime, type: .nominal, title: .some([words.series])),
      figure(.p50, words.middle), figure(.p05, words.low), figure(.p95, words.high),
    ]
  }
}
