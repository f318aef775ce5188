import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Studies
import Wording

/// When levels are reached.
extension RunResult {
  /// The share of worlds that had reached each threshold by each month, a panel for each threshold.
  var firstPassages: Chart? {
    let thresholds = scenario.blueprint.thresholds
    let shown = thresholds.compactMap { threshold -> (threshold: Threshold, cell: Int)? in
      guard let cell = cell(entity: threshold.entity, metric: "\(threshold.id)_first_month"),
        statistics.passages.contains(where: { ($0[cell]?.reached ?? 0) > 0 })
      else { return nil }
      return (threshold, cell)
    }
    let panels = shown.map { threshold, cell in
      FanPanel(
        heading: shown.count == 1 ? [] : ChartNames.lines(heading(of: threshold), width: 48),
        fans: overlaidRegimes.map { passageLine(ofCell: cell, regime: $0) })
    }
    var chart = FanChart(panels: panels, unit: ChartUnit("1", isShare: true), looks: looks)
    chart.typical = "Share of draws"
    chart.columns = panels.count == 1 ? 1 : 2
    if panels.count == 1 { (chart.width, chart.height) = (520, 320) }
    let drawn = chart.panelsInVegaLite
    // The level that regimes part over most.
    func spread(_ cell: Int) -> Double {
      let shares = statistics.passages.map { $0[cell]?.shareReached ?? 0 }
      return (shares.max() ?? 0) - (shares.min() ?? 0)
    }
    guard let first = shown.max(by: { spread($0.cell) < spread($1.cell) }), !drawn.isEmpty else {
      return nil
    }
    return Chart(
      "first-passages", of: "When levels are reached",
      finding: passageFinding(of: first.threshold, first.cell),
      notes: [
        "Lines: share of \(worlds) that had reached the level by the end of each month."
          + overlaidInWords
      ],
      columns: chart.columns, panels: drawn)
  }

  private func heading(of threshold: Threshold) -> String {
    let metric = statistics.layout.stepColumns.first { $0.metric.name == threshold.metric }?.metric
    let name = metric.map { title(of: $0) } ?? threshold.metric
    let whose = threshold.entity == "world" ? "" : "\(shownName(of: threshold.entity))'s "
    return "\(whose)\(name) at \(ChartNames.figure(threshold.level))"
      + (metric.map { unit(of: $0).suffix } ?? "")
  }

  private func passageLine(ofCell cell: Int, regime: Int) -> Fan {
    let passage = statistics.passages[regime][cell]
    return Fan(
      name: regimeNames[regime],
      points: drawnSteps.map { step in
        Fan.Point(
          day: lastDay(of: step), quantiles: [], typical: passage?.shareReached(by: step) ?? 0)
      })
  }

  private func passageFinding(of threshold: Threshold, _ cell: Int) -> String {
    let shares = statistics.passages.map { $0[cell]?.shareReached ?? 0 }
    let words = zip(regimeNames, shares).map { "\(NumberWords.percent($1)) under \($0)" }
    let least = shares.indices.min { shares[$0] < shares[$1] } ?? 0
    let most = shares.indices.max { shares[$0] < shares[$1] } ?? 0
    let range =
      NumberWords.percent(shares[least]) == NumberWords.percent(shares[most])
      ? "\(NumberWords.percent(shares[most])) of worlds under every regime"
      : "\(words[most]), \(words[least])"
    let level = heading(of: threshold)
    return level.prefix(1).uppercased() + level.dropFirst()
      + ": reached by \(scenario.run.end.words) in \(range)"
  }
}
