import Analysis
import PolicyModel
import Studies
import Wording

/// What the answer rests on, as bars.
extension RunResult {
  /// How many numbers are drawn, and listed.
  static let mostLeading = 10

  /// How strongly the first figure of the answer goes with each uncertain number, the strongest first; nil where that
  /// is not known.
  var leadingChart: Chart? {
    guard let drivers, let first = drivers.numbers.first else { return nil }
    let numbers = drivers.numbers.prefix(Self.mostLeading)
    let bars = LeadingBars(
      rows: numbers.map { number in
        LeadingBars.Row(
          title: NumberTitle(number.parameter.declaration, number.group),
          parameter: number.parameter.declaration.name,
          correlation: number.effect.partialCorrelation, interval: number.effect.interval)
      }, noise: drivers.noise)
    return Chart(
      Self.leadingName, of: "What the answer rests on",
      finding: "\(leadingSubject(drivers)) goes most with "
        + "\(NumberTitle(first.parameter.declaration, first.group).inSentence) (\(first.group.title))",
      notes: [
        LeadingBars.reading(draws: drivers.draws, noise: drivers.noise)
          + " The command drivers looks longer, and has a tornado in the figure's own unit."
      ], columns: 1, panels: [bars.inVegaLite])
  }

  /// Its name, for the page that shows it.
  static let leadingName = "leading-numbers"

  /// What it is of: a difference, or a level.
  func leadingSubject(_ drivers: LeadingDrivers) -> String {
    let figure = drivers.question.figure
    let key = keyMetrics.first { $0.metric == figure.metric && $0.entity == figure.entity }
    let subject = key?.subject ?? figure.metric
    guard let regime = drivers.question.regime.flatMap(shortName),
      let against = drivers.question.against.flatMap(shortName)
    else { return subject.prefix(1).uppercased() + subject.dropFirst() }
    return "What \(regime) changes of \(subject), against \(against),"
  }

  private func shortName(ofRegime id: String) -> String? {
    statistics.regimes.firstIndex(of: id).map { regimeNames[$0] }
  }
}

/// Correlations as bars from zero, with the band that chance fills.
struct LeadingBars {
  struct Row {
    let title: NumberTitle
    /// By name.
    let parameter: String
    let correlation: Double
    let interval: ClosedRange<Double>
  }

  let rows: [Row]
  /// The size of a correlation that is no more than chance.
  let noise: Double

  /// Pixels for each row, whose label may have three lines.
  static let barHeight = 48

  /// How to read them.
  static func reading(draws: Int, noise: Double) -> String {
    "Bars: partial rank correlation with each uncertain number over \(draws) draws, with its 90% interval. Right: "
      + "more of the number, more of the figure. Grey: what chance alone makes "
      + "(\(NumberWords.grouped(noise, decimals: 2)) at most)."
  }

  /// A row for each name, from above, the names broken at their line ends.
  static func row(_ names: [String]) -> ChartChannel {
    var row = ChartChannel.field(.name, .nominal)
    row.sort = .some(names)
    row.scale = .some(ChartScale(domain: .names(names), paddingInner: 0.3, paddingOuter: 0.15))
    row.axis = .some(
      ChartAxis(
        title: .null, labelExpr: ChartUnit.lines, labelLimit: 260, grid: false, ticks: false,
        domain: false))
    return row
  }

  var inVegaLite: ChartPanel {
    let names = ChartNames.distinct(rows.map(\.title.label), by: rows.map(\.parameter))
    let data = ChartData(
      [.name, .label, .value, .p05, .p95],
      zip(names, rows).map { name, row in
        [
          .text(name), .text(row.parameter), .number(row.correlation),
          .number(row.interval.lowerBound), .number(row.interval.upperBound),
        ]
      })
    let row = Self.row(names)
    func figure(_ field: ChartField, _ title: String) -> ChartChannel {
      ChartChannel(field: field, type: .quantitative, title: .some([title]), format: "+.2f")
    }
    let zero = ChartLayer(
      data: ChartData([.value], [[.number(0)]]),
      mark: ChartMark(type: .rule, color: ChartStyle.quiet, strokeWidth: 1),
      encoding: ChartEncoding(x: across(.value)))
    let chance = ChartLayer(
      data: ChartData([.p05, .p95], [[.number(-noise), .number(noise)]]),
      mark: ChartMark(type: .rect, opacity: 0.18, color: ChartStyle.quiet),
      encoding: ChartEncoding(x: across(.p05), x2: ChartChannel(field: .p95)))
    let bars = ChartLayer(
      mark: ChartMark(type: .bar, color: ChartStyle.fill(0)),
      encoding: ChartEncoding(
        x: across(.value), y: row,
        tooltip: [
          ChartChannel(field: .name, type: .nominal, title: .some(["Number"])),
          ChartChannel(field: .label, type: .nominal, title: .some(["In files"])),
          figure(.value, "Correlation"), figure(.p05, "90% interval from"), figure(.p95, "to"),
        ]))
    let intervals = ChartLayer(
      mark: ChartMark(type: .rule, color: ChartStyle.ink, strokeWidth: 1.5),
      encoding: ChartEncoding(x: across(.p05), x2: ChartChannel(field: .p95), y: row))
    return ChartPanel(
      width: 420, height: rows.count * Self.barHeight + 10, data: data,
      layers: [chance, bars, intervals, zero])
  }

  private func across(_ field: ChartField) -> ChartChannel {
    var channel = ChartChannel.field(field, .quantitative)
    channel.scale = .some(ChartScale(domain: .numbers([-1, 1]), nice: false))
    channel.axis = .some(
      ChartAxis(
        title: .some(["partial rank correlation"]), values: [-1, -0.5, 0, 0.5, 1], format: ".1~f",
        labelOverlap: true, grid: true))
    return channel
  }
}
