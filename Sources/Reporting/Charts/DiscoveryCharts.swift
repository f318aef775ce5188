import Analysis
import PolicyModel
import Scenarios
import Simulation
import Stochastics
import Studies
import Wording

/// The charts of scenario discovery, two for each outcome.
extension DiscoveryAnswer {
  /// All charts; none of boxes that chance does as well as.
  package var charts: [Chart] {
    conditions.flatMap { found -> [Chart] in
      guard let first = found.boxes.first, holds(first) else { return [] }
      return [scatter(of: first, found.outcome), tradeOff(of: first, found.outcome)].compactMap(
        \.self)
    }
  }

  /// The numbers of a box, those whose limits chance makes least easily first.
  private func strongest(_ finding: BoxSearch.Finding) -> [Int] {
    let order = finding.limits.sorted {
      ($0.quasiP, $0.limit.number) < ($1.quasiP, $1.limit.number)
    }
    var numbers: [Int] = []
    for limit in order where !numbers.contains(limit.limit.number) {
      numbers.append(limit.limit.number)
    }
    return numbers
  }

  /// Whether one of two numbers is a lab's and the other one of grey flows, which nothing ties to each other
  /// (docs/responsible-use.md).
  private func ties(_ first: Int, _ second: Int) -> Bool {
    let names = [numbers[first].name, numbers[second].name]
    return names.contains { $0.hasPrefix("labs.") }
      && names.contains { $0.hasPrefix("grey_market.") }
  }

  /// Draws over the two numbers that say most, and the box.
  private func scatter(of finding: BoxSearch.Finding, _ outcome: Aim.Outcome) -> Chart? {
    guard let first = strongest(finding).first else { return nil }
    // Of a box of one number, the other axis is the next candidate, which it does not limit.
    let candidates = conditions.first { $0.outcome == outcome }?.candidates ?? []
    let second = (strongest(finding) + candidates).first { $0 != first && !ties(first, $0) }
    let shown = [first] + (second.map { [$0] } ?? [])
    guard shown.count > 1 else { return nil }
    let values = shown.prefix(2).map { number in
      probabilities[number].map { numbers[number].law.quantile($0) }
    }
    let axes = values.map { ValueAxis(covering: $0, ends: []) }
    guard let x = axes[0], let y = axes[1] else { return nil }
    let word = Self.word(outcome)
    let share = NumberWords.percent(finding.heldOut.density)
    let all = NumberWords.percent(finding.heldOut.all.density)
    return Chart(
      "discovery-\(word)", of: "When the aim is \(word)",
      finding: "The aim is \(word) in \(share) of the draws in the box, against \(all) of all",
      notes: [
        "Each dot is a draw. The box is drawn over the two numbers whose limits say most; it may limit others.",
        "Shares are of draws that did not find the box.",
      ], columns: 1,
      panels: [
        ChartPanel(
          width: 460, height: 400, data: dots(values),
          layers: [dotLayer(shown, outcome, x, y), edgeLayer(finding, shown, x, y)])
      ])
  }

  private func dots(_ values: [[Double]]) -> ChartData {
    ChartData(
      [.value, .share, .name],
      draws.enumerated().map { row, draw in
        [.number(values[0][row]), .number(values[1][row]), .text(Self.word(draw.outcome))]
      })
  }

  private func channel(_ axis: ValueAxis, _ field: ChartField, _ number: Int) -> ChartChannel {
    let unit = ChartUnit(numbers[number].unit)
    var channel = axis.channel(field, unit: unit)
    channel.axis = .some(
      ChartAxis(
        title: .some(
          scenario.label(ofNumber: numbers[number].name).split(separator: "\n").map(String.init) + [
            unit.words
          ]), values: axis.ticks,
        labelExpr: unit.tick, labelOverlap: true, grid: true))
    return channel
  }

  private func dotLayer(
    _ shown: [Int], _ outcome: Aim.Outcome, _ x: ValueAxis, _ y: ValueAxis
  ) -> ChartLayer {
    let others = question.aim.outcomes.filter { $0 != outcome }
    var colour = ChartChannel.field(.name, .nominal)
    colour.scale = .some(
      ChartScale(
        domain: .names(([outcome] + others).map(Self.word)),
        range: .colours(["#D55E00", "#0072B2", "#BBBBBB"])))
    colour.legend = .some(
      ChartLegend(title: .null, orient: "top", symbolType: "circle", symbolOpacity: 1))
    return ChartLayer(
      mark: ChartMark(type: .point, opacity: 0.7, filled: true, size: 22, clip: true),
      encoding: ChartEncoding(
        x: channel(x, .value, shown[0]), y: channel(y, .share, shown[1]), color: colour))
  }

  /// The four edges of the box.
  private func edgeLayer(
    _ finding: BoxSearch.Finding, _ shown: [Int], _ x: ValueAxis, _ y: ValueAxis
  ) -> ChartLayer {
    func ends(_ number: Int, _ axis: ValueAxis) -> (Double, Double) {
      func end(_ end: DrawBox.End) -> Double? {
        finding.limits.first { $0.limit.number == number && $0.limit.end == end }
          .map { value(of: $0.limit) }
      }
      return (end(.lower) ?? axis.low, end(.upper) ?? axis.high)
    }
    let ((left, right), (low, high)) = (ends(shown[0], x), ends(shown[1], y))
    let edges = [
      (left, left, low, high), (right, right, low, high), (left, right, low, low),
      (left, right, high, high),
    ]
    return ChartLayer(
      data: ChartData(
        [.p05, .p95, .p25, .p75],
        edges.map { [.number($0.0), .number($0.1), .number($0.2), .number($0.3)] }),
      mark: ChartMark(type: .rule, color: "#000000", strokeWidth: 1.5),
      encoding: ChartEncoding(
        x: channel(x, .p05, shown[0]), x2: ChartChannel(field: .p95),
        y: channel(y, .p25, shown[1]), y2: ChartChannel(field: .p75)))
  }

  /// Coverage against density along the way, and the step that was chosen.
  private func tradeOff(of finding: BoxSearch.Finding, _ outcome: Aim.Outcome) -> Chart {
    let word = Self.word(outcome)
    let all = finding.found.all
    let rows = finding.trajectory.enumerated().map { place, step -> [ChartValue] in
      [
        .number(Double(step.tally.cases) / Double(all.cases)), .number(step.tally.density),
        .text("\(place)"), .text(place == finding.step ? "chosen" : "on the way"),
      ]
    }
    func channel(_ field: ChartField, _ title: String) -> ChartChannel {
      var channel = ChartChannel.field(field, .quantitative)
      channel.scale = .some(ChartScale(domain: .numbers([0, 1])))
      channel.axis = .some(ChartAxis(title: .some([title]), format: ".0%"))
      return channel
    }
    var colour = ChartChannel.field(.name, .nominal)
    colour.scale = .some(
      ChartScale(
        domain: .names(["on the way", "chosen"]), range: .colours(["#999999", "#D55E00"])))
    colour.legend = .some(ChartLegend(title: .null, orient: "top", symbolOpacity: 1))
    let step = ChartChannel(field: .label, type: .nominal, title: .some(["Box"]))
    let layer = ChartLayer(
      mark: ChartMark(type: .point, opacity: 1, filled: true, size: 50),
      encoding: ChartEncoding(
        x: channel(.share, "coverage: share of the draws in which it is \(word)"),
        y: channel(.value, "density: share of the box's draws in which it is \(word)"),
        color: colour, tooltip: [step]))
    return Chart(
      "discovery-\(word)-trade-off", of: "When the aim is \(word)",
      finding: "Fewer draws, more of them \(word): the way to the box",
      notes: ["Each dot is a box on the way from all draws, counted on the draws that found it."],
      columns: 1,
      panels: [
        ChartPanel(
          width: 420, height: 320, data: ChartData([.share, .value, .label, .name], rows),
          layers: [layer])
      ])
  }
}
