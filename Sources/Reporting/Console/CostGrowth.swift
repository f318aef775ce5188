import Analysis
import PolicyModel
import Quantities
import Studies
import Wording

extension RunResult {
  /// How cost grew from each run of a lab to its next one, at point values: a line for each pair of finished runs with
  /// published FLOP that began on different days.
  func growthNotes(ofLab lab: Int, regime: Int) -> String {
    let runs = model.blueprint.world.runs.filter { $0.lab == lab && $0.publishedFlop != nil }
      .sorted { $0.start < $1.start }
    return zip(runs, runs.dropFirst()).compactMap { growthNote(from: $0, to: $1, regime: regime) }
      .joined()
  }

  /// Growth of cost is growth of compute over growth of compute for a dollar.
  private func growthNote(from first: ScriptedRun, to second: ScriptedRun, regime: Int) -> String? {
    let days = Double(second.start.number - first.start.number)
    guard days > 0, let before = first.publishedFlop, let after = second.publishedFlop,
      let paid = cost(of: first.id, under: .amortised, regime: regime)?.point,
      let pays = cost(of: second.id, under: .amortised, regime: regime)?.point
    else { return nil }
    let years = days / 365.25
    func yearly(_ factor: Double) -> String {
      "x" + NumberWords.significant(yearlyFactor(factor, years: years), digits: 3)
    }
    let (compute, cost) = (after.value / before.value, pays / paid)
    return
      "\n  from \(first.id) to \(second.id), \(NumberWords.significant(years, digits: 2)) years, a year: "
      + "cost (\(CostView.amortised.id)) \(yearly(cost)) = compute \(yearly(compute)) / compute for a dollar "
      + yearly(compute / cost)
  }
}
