import Analysis
import PolicyModel
import Quantities
import Simulation
import Studies
import Wording

/// How the follower's chips came to it.
extension RunResult {
  /// Channels that add up to all chips at work, as far as they are recorded.
  private static let channels = [
    ("stock_legal_h100e", "Legal sales"), ("stock_domestic_h100e", "Own make"),
    ("stock_smuggled_h100e", "Diverted"),
  ]

  /// Mean chips at work in the follower's jurisdiction by channel, regime by regime: means add up, medians do
  /// not.
  var chipsByChannel: Chart? {
    let economy = model.blueprint.world.economy
    guard !economy.isEmpty else { return nil }
    let place = economy.jurisdictions[economy.follower]
    let columns = statistics.layout.stepColumns
    func column(_ metric: String) -> Int? {
      columns.firstIndex { $0.entity == place.id && $0.metric.name == metric }
    }
    let parts = Self.channels.compactMap { metric, name in column(metric).map { (name, $0) } }
    guard let total = column("stock_h100e"), !parts.isEmpty else { return nil }
    // What the file does not record of them is what is left.
    let missing = Self.channels.filter { column($0.0) == nil }.map(\.1)
    let rest = missing.enumerated().map { $0 == 0 ? $1 : $1.lowercased() }
    let names = parts.map(\.0) + [rest.isEmpty ? "Other" : rest.joined(separator: " and ")]
    let stacks = statistics.regimes.indices.map { regime in
      drawnSteps.map { step -> [Double] in
        func mean(_ column: Int) -> Double {
          statistics.summaries[regime][statistics.layout.cell(step: step, column: column)]?.mean
            ?? 0
        }
        let values = parts.map { mean($0.1) }
        return values + [max(0, mean(total) - values.reduce(0, +))]
      }
    }
    let tops = stacks.flatMap { $0.map { $0.reduce(0, +) } }
    // What is left of rounding is no channel.
    let shown = names.indices.filter { name in
      stacks.contains { $0.contains { $0[name] > 0.005 * (tops.max() ?? 0) } }
    }
    guard !shown.isEmpty, let axis = ValueAxis(covering: [0], ends: tops, hasZero: true) else {
      return nil
    }
    let panels = statistics.regimes.indices.map { regime in
      panel(regimeNames[regime], stacks[regime], shown.map { ($0, names[$0]) }, axis)
    }
    return Chart(
      "chips-by-channel", of: "\(place.name)'s compute at work, by channel",
      finding: channelFinding(of: place.name, stacks.map { $0.last ?? [] }, shown, names),
      notes: ["Areas: means over \(worlds), which add up to all chips at work."], columns: 3,
      panels: panels)
  }

  /// The channel whose part regimes change most, with the ends.
  ///
  /// - Parameter last: by regime, the channels at the end.
  private func channelFinding(
    of place: String, _ last: [[Double]], _ shown: [Int], _ names: [String]
  ) -> String {
    let parts = last.map { values in
      let total = values.reduce(0, +)
      return values.map { total > 0 ? $0 / total : 0 }
    }
    let ends = shown.map { channel in
      let ranked = parts.indices.sorted { parts[$0][channel] > parts[$1][channel] }
      return (channel: channel, regimes: [ranked[0], ranked[ranked.count - 1]])
    }
    func width(_ end: (channel: Int, regimes: [Int])) -> Double {
      parts[end.regimes[0]][end.channel] - parts[end.regimes[1]][end.channel]
    }
    let subject = "\(place)'s compute at work"
    guard let widest = ends.max(by: { width($0) < width($1) }), width(widest) >= 0.01 else {
      return "\(subject), by how the chips came there"
    }
    let told = widest.regimes.map {
      "\(NumberWords.percent(parts[$0][widest.channel])) under \(regimeNames[$0])"
    }
    return "\(names[widest.channel]), of \(subject) \(atTheEnd): \(told.joined(separator: ", "))"
  }

  private func panel(
    _ heading: String, _ stack: [[Double]], _ channels: [(place: Int, name: String)],
    _ axis: ValueAxis
  ) -> ChartPanel {
    let rows = channels.enumerated().flatMap { order, channel in
      zip(drawnSteps, stack).map { step, values -> [ChartValue] in
        [
          .text(channel.name), .number(Double(order)), .day(lastDay(of: step)),
          .number(values[channel.place]),
        ]
      }
    }
    var y = axis.channel(.value, unit: ChartUnit("h100e"))
    y.stack = .some(true)
    let colour = ChartChannel(
      field: .name, type: .nominal,
      scale: .some(
        ChartScale(
          domain: .names(channels.map(\.name)),
          range: .colours(channels.map { ChartStyle.fill($0.place) }))),
      legend: .some(ChartLegend(title: .null, orient: "top", symbolType: "square")))
    let area = ChartLayer(
      mark: ChartMark(type: .area, opacity: 1),
      encoding: ChartEncoding(
        x: .time(months: statistics.layout.stepCount), y: y, color: colour,
        order: ChartChannel(field: .place, type: .quantitative),
        tooltip: [
          ChartChannel(field: .name, type: .nominal, title: .some(["Channel"])),
          ChartChannel(
            field: .month, type: .temporal, title: .some(["End of"]), timeUnit: "utcyearmonth",
            format: "%B %Y"),
          ChartChannel(field: .value, type: .quantitative, title: .some(["Mean"]), format: ".3s"),
        ]))
    return ChartPanel(
      title: .ofPanel([heading]), width: 200, height: 150,
      data: ChartData([.name, .place, .month, .value], rows), layers: [area])
  }
}
