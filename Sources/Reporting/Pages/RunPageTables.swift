import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Studies
import Wording

/// Rules and series of a result, as its page has them.
extension RunResult {
  /// Rules by date with what each stops and by which clause: a table for each set of rules that a regime has.
  var ruleTables: [PageTable] {
    ruleSets.map { set in
      PageTable(
        "Rules on chips under \(inWords(set.regimes))",
        header: ["From", "Until", "By", "Rule", "Chips that it decides on", "For instance"],
        numbers: [0, 1],
        rows: zip(set.bars, Self.examples(of: set.bars)).map { bar, example in
          [
            bar.effective.description, bar.ends?.description ?? "", bar.government, bar.rule,
            bar.allChipsInWords, example,
          ]
        })
    } + otherRules
  }

  /// Of each rule a chip that it catches, by which clause: one that no earlier rule of the set caught, which shows what
  /// the rule is there for.
  private static func examples(of bars: [RuleBar]) -> [String] {
    var known: Set<String> = []
    return bars.map { bar in
      let example = bar.caught.first { !known.contains($0.name) } ?? bar.caught.first
      known.formUnion(bar.caught.map(\.name))
      return example.map { "\($0.name): \($0.clause)" } ?? ""
    }
  }

  /// Rules on anything but chips.
  private var otherRules: [PageTable] {
    guard PolicyModel.followsRules(model.blueprint) else { return [] }
    var rows: [(cells: [String], regimes: [String])] = []
    for (regime, name) in zip(model.blueprint.regimes, regimeNames) {
      for rule in regime.rules.rules where rule.subject != .chips && rule.isEnforced {
        guard let effective = rule.effective else { continue }
        let row = [
          effective.description, rule.ends?.description ?? "", rule.government, rule.title,
          rule.subject.rawValue.replacing("_", with: " "),
        ]
        if let same = rows.firstIndex(where: { $0.cells == row }) {
          rows[same].regimes.append(name)
        } else {
          rows.append((row, [name]))
        }
      }
    }
    return rows.isEmpty
      ? []
      : [
        PageTable(
          "Other rules", header: ["From", "Until", "By", "Rule", "Acts on", "Under"],
          numbers: [0, 1],
          rows: rows.sorted { $0.cells[0] < $1.cells[0] }.map { $0.cells + [inWords($0.regimes)] })
      ]
  }

  /// Names of regimes; of many, those that are left out.
  func inWords(_ names: [String]) -> String {
    let missing = regimeNames.filter { !names.contains($0) }
    guard names.count > 3, missing.count < names.count else { return names.joined(separator: ", ") }
    return missing.isEmpty ? "all regimes" : "all but \(missing.joined(separator: ", "))"
  }

  /// Series to choose from: of the world and its places first, as many as a page can carry.
  var explorer: Explorer? {
    let steps = drawnSteps
    guard !steps.isEmpty else { return nil }
    let perSeries = steps.count * (2 * statistics.regimes.count - 1) * 3
    // In the order of the answer.
    let layout = statistics.layout
    let places = Dictionary(
      uniqueKeysWithValues: layout.stepColumns.indices.map {
        (layout.cell(step: layout.stepCount - 1, column: $0), $0)
      })
    let columns = keyMetrics.compactMap { places[$0.cell] }
      .prefix(max(1, Self.mostNumbers / perSeries))
    guard !columns.isEmpty else { return nil }
    return Explorer(
      regimes: regimeNames, colours: looks.colours, dashes: looks.dashes,
      away: overlaidRegimes.count == regimeNames.count
        ? [] : regimeNames.indices.filter { !overlaidRegimes.contains($0) },
      days: steps.map { lastDay(of: $0).description },
      series: columns.map { series(ofColumn: $0, steps) })
  }

  /// How many numbers an explorer may have: about 6 bytes each.
  private static let mostNumbers = 110_000

  private func series(ofColumn column: Int, _ steps: [Int]) -> Explorer.Series {
    let metric = statistics.layout.stepColumns[column].metric
    let isSwitch = isSwitch(column)
    let usesMean = isSwitch || MetricWords(of: metric).typical == .mean
    func three(_ summary: Summary?) -> [Double?] {
      guard let summary else { return [nil, nil, nil] }
      let typical = usesMean ? summary.mean : summary.p50
      // What is so or is not has a share of worlds, and no band.
      if isSwitch { return [ChartData.rounded(typical), nil, nil] }
      return [typical, summary.p05, summary.p95].map { ChartData.rounded($0) }
    }
    func cells(_ regime: Int, _ summary: (Int) -> Summary?) -> [[Double?]] {
      steps.map { three(summary(statistics.layout.cell(step: $0, column: column))) }
    }
    let title = title(of: metric)
    return Explorer.Series(
      metric: title.prefix(1).uppercased() + title.dropFirst(),
      of: shownName(of: statistics.layout.stepColumns[column].entity),
      unit: unit(of: metric).words,
      typical: isSwitch ? "Share of worlds" : usesMean ? "Mean" : "Median",
      values: statistics.regimes.indices.map { regime in
        cells(regime) { statistics.summaries[regime][$0] }
      },
      differences: statistics.regimes.indices.dropFirst().map { regime in
        cells(regime) { statistics.comparisons[regime][$0]?.difference }
      })
  }
}
