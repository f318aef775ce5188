import Analysis
import PolicyModel
import Quantities
import Studies
import Wording

/// How cost grew from a finished run of a lab with published FLOP to its next one that began on another day, at point
/// values. Growth of cost is growth of compute over growth of compute for a dollar.
struct CostGrowth: Encodable {
  /// The regime.
  let regime: String
  /// The lab.
  let lab: String
  /// The earlier run.
  let from: String
  /// The later run.
  let to: String
  /// Under which view.
  let view: String
  /// Years of 365.25 days from the beginning of one to that of the other.
  let years: Double
  /// Factor a year by which cost grew.
  let cost: Double
  /// Factor a year by which FLOP grew.
  let flop: Double
  /// Factor a year by which FLOP for a dollar grew.
  let flopPerDollar: Double

  private enum CodingKeys: String, CodingKey {
    case regime, lab, from, to, view, years
    case cost = "run_cost_growth"
    case flop = "run_flop_growth"
    case flopPerDollar = "flop_per_dollar_growth"
  }

  /// As a line under a table.
  fileprivate var note: String {
    "\n  from \(from) to \(to), \(NumberWords.significant(years, digits: 2)) years, a year: "
      + "cost (\(view)) \(Self.factor(cost)) = compute \(Self.factor(flop)) / compute for a dollar "
      + Self.factor(flopPerDollar)
  }

  private static func factor(_ value: Double) -> String {
    "x" + NumberWords.significant(value, digits: 3)
  }
}

extension RunResult {
  /// How cost grew, regime by regime, lab by lab and from run to run.
  var costGrowth: [CostGrowth] {
    statistics.regimes.indices.flatMap { regime in
      model.blueprint.world.labs.indices.flatMap { growth(ofLab: $0, regime: regime) }
    }
  }

  /// The same for one lab under one regime, in words: a line for each pair of runs.
  func growthNotes(ofLab lab: Int, regime: Int) -> String {
    growth(ofLab: lab, regime: regime).map(\.note).joined()
  }

  private func growth(ofLab lab: Int, regime: Int) -> [CostGrowth] {
    let runs = model.blueprint.world.runs.filter { $0.lab == lab && $0.publishedFlop != nil }
      .sorted { $0.start < $1.start }
    return zip(runs, runs.dropFirst()).compactMap { growth(from: $0, to: $1, regime: regime) }
  }

  private func growth(
    from first: ScriptedRun, to second: ScriptedRun, regime: Int
  ) -> CostGrowth? {
    let days = Double(second.start.number - first.start.number)
    guard days > 0, let before = first.publishedFlop, let after = second.publishedFlop,
      let paid = cost(of: first.id, under: .amortised, regime: regime)?.point,
      let pays = cost(of: second.id, under: .amortised, regime: regime)?.point
    else { return nil }
    let years = days / 365.25
    let (compute, cost) = (after.value / before.value, pays / paid)
    return CostGrowth(
      regime: statistics.regimes[regime], lab: model.blueprint.world.labs[first.lab].id,
      from: first.id, to: second.id, view: CostView.amortised.id, years: years,
      cost: yearlyFactor(cost, years: years), flop: yearlyFactor(compute, years: years),
      flopPerDollar: yearlyFactor(compute / cost, years: years))
  }
}
