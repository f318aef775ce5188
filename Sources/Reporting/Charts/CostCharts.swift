import Analysis
import PolicyModel
import Simulation
import Studies
import Wording

/// Charts of documented training runs.
extension RunResult {
  /// What training cost under every reading of the word: a panel for each lab, of its costs that are not zero.
  var costByView: Chart? {
    let labs = model.blueprint.world.labs
    let all = labs.map { lab in (id: lab.id, dots: costDots(of: lab.id)) }.filter {
      !$0.dots.isEmpty
    }
    let axis = ValueAxis(
      covering: all.flatMap { $0.dots.map { $0.quantiles[2] } },
      ends: all.flatMap { $0.dots.flatMap { [$0.quantiles[0], $0.quantiles[4]] } },
      powersFrom: 5)
    let panels = all.compactMap { lab in
      DotChart(
        heading: all.count > 1 ? [shownName(of: lab.id)] : [],
        rows: CostView.all.map(\.id).filter { id in lab.dots.contains { $0.row == id } },
        dots: lab.dots, unit: ChartUnit("usd"), looks: looks
      ).inVegaLite(axis)
    }
    guard let first = all.first, !panels.isEmpty else { return nil }
    return Chart(
      "cost-by-view", of: "Cost by definition", finding: costFinding(of: first.id),
      notes: [
        "Dots: median of \(worlds). Thick lines: the middle half of them; thin lines: 90%. "
          + "From the narrowest definition of cost to the widest."
      ], columns: 1, panels: panels)
  }

  private func costDots(of lab: String) -> [DotChart.Dot] {
    CostView.all.flatMap { view in
      statistics.regimes.indices.compactMap { regime in
        guard let cell = cell(entity: lab, metric: view.metricName),
          let summary = statistics.summaries[regime][cell], summary.p50 > 0
        else { return nil }
        return DotChart.Dot(
          row: view.id, regime: regimeNames[regime], quantiles: summary.quantiles)
      }
    }
  }

  private func costFinding(of lab: String) -> String {
    let medians = CostView.all.compactMap { view in
      cell(entity: lab, metric: view.metricName).flatMap { statistics.summaries[0][$0]?.p50 }
    }.filter { $0 > 0 }
    guard let least = medians.min(), let most = medians.max(), most > 2 * least else {
      return "Cost to \(shownName(of: lab)), by definition of cost"
    }
    return
      "Cost to \(shownName(of: lab)): \(NumberWords.dollars(least)) to \(NumberWords.dollars(most)), by what is counted"
  }

  /// How long each training run took under each regime.
  var runDays: Chart? {
    let runs = model.blueprint.world.runs
    let dots = runs.flatMap { run in
      statistics.regimes.indices.compactMap { regime -> DotChart.Dot? in
        guard let cell = cell(entity: run.id, metric: MetricName.finalRunDays),
          let summary = statistics.summaries[regime][cell]
        else { return nil }
        return DotChart.Dot(
          row: shownName(of: run.id), regime: regimeNames[regime], quantiles: summary.quantiles)
      }
    }
    guard statistics.regimes.count > 1,
      let panel = DotChart(
        heading: [],
        rows: runs.map { shownName(of: $0.id) }.filter { name in dots.contains { $0.row == name } },
        dots: dots, unit: ChartUnit("days"), looks: looks
      ).inVegaLite()
    else { return nil }
    return Chart(
      "run-days", of: "Days that each final run took", finding: daysFinding,
      notes: [
        "Dots: median of \(worlds) in which the run finished. Thick lines: the middle half of them; "
          + "thin lines: 90%."
      ], columns: 1, panels: [panel])
  }

  /// The run that some regime makes longer or shorter by most.
  private var daysFinding: String {
    let all = model.blueprint.world.runs.flatMap { run in
      statistics.regimes.indices.dropFirst().compactMap { regime in
        cell(entity: run.id, metric: MetricName.finalRunDays)
          .flatMap { statistics.comparisons[regime][$0]?.ratio?.p50 }
          .map { (run: run.id, regime: regime, ratio: $0) }
      }
    }
    func factor(_ ratio: Double) -> Double { max(ratio, 1 / max(ratio, .leastNormalMagnitude)) }
    guard let most = all.max(by: { factor($0.ratio) < factor($1.ratio) }),
      factor(most.ratio) > 1.005
    else { return "The runs take as long under every regime" }
    return
      "\(shownName(of: most.run)) takes \(NumberWords.significant(most.ratio, digits: 3)) times as long under "
      + "\(regimeNames[most.regime]) as under \(regimeNames[0])"
  }
}
