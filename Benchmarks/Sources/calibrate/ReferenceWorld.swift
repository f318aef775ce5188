import Documents
import Foundation
import PolicyModel
import Quantities
import Scenarios
import Stochastics

/// The reference world as the program reads it.
struct ReferenceWorld {
  let plan: WorldPlan
  private let parameters: [Parameter]
  /// Mean share of output that is lost while the follower holds back minerals.
  private let mineralsLoss: Double
  private let mineralsRules: [Rule]

  init() throws {
    let text = """
      about: {title: Calibration, question: What was fitted?, authors: [Chokepoint maintainers]}
      run: {start: 2022-10, end: 2024-12, replicates: 1, seed: 1}
      world: {use: world-2022}
      regimes: [{id: no-controls}]
      """
    let document = try SourceDocument(text: text, file: "calibration")
    let blueprint = try Scenario(document, name: "calibration").blueprint
    plan = blueprint.world
    parameters = blueprint.parameters.parameters
    let name = "supplier_capacity.minerals_loss"
    guard
      let loss = blueprint.parameters.parameters.first(where: { $0.declaration.name == name })?.law
        .mean
    else { throw TableFault("there is no \(name)") }
    mineralsLoss = loss
    mineralsRules = BuiltInFacts.current.rules.filter { $0.subject == .minerals }
  }

  /// The standard deviation of the log of what multiplies a lab's shares: a lognormal with the median 1, or 1.
  func sigma(ofSharesOfLab id: String) -> Double {
    let name = Developer.fleetFactorParameter(ofLab: id).name
    let mean = parameters.first { $0.declaration.name == name }?.law.mean ?? 1
    return (2 * log(max(1, mean))).squareRoot()
  }

  /// Share of a month's plan that foreign suppliers make under the rules on minerals as they were.
  func shareMade(in month: Month) -> Double {
    let days = (0..<month.dayCount).map { Day(number: month.firstDay.number + $0) }
    let held = days.count { day in mineralsRules.contains { $0.isInForce(on: day) } }
    return 1 - mineralsLoss * Double(held) / Double(days.count)
  }

  /// The number at a name such as `dies_per_year.GH100.2023.value`.
  func value(of name: String) -> Double? {
    let parts = name.split(separator: ".").map(String.init)
    switch (parts.first, parts.count) {
    case ("dies_per_year", 4):
      let figure = dies(of: parts[1]).first { "\($0.year)" == parts[2] }
      return parts[3] == "low" ? figure?.low : parts[3] == "high" ? figure?.high : figure?.value
    case ("spending_usd_per_year", 3):
      return owner(parts[1])?.spending.first { "\($0.year)" == parts[2] }?.value
    case ("opening", 3):
      return owner(parts[1])?.opening.first { plan[$0.chip].id == parts[2] }?.count.value
    default: return nil
    }
  }

  /// The yearly figures of a family.
  func dies(of family: String) -> [YearlyFigure] {
    plan.economy.families.first { $0.id == family }?.diesPerYear ?? []
  }

  private func owner(_ id: String) -> Owner? { plan.economy.owners.first { $0.id == id } }

  private func chip(_ id: String) throws -> Chip {
    guard let chip = plan.chips.first(where: { $0.id == id }) else {
      throw TableFault("world-2022 has no chip \(id)")
    }
    return chip
  }

  /// What a chip cost in a month, US dollars.
  func price(of id: String, in month: Month) throws -> Double {
    guard let price = try chip(id).purchasePrices.price(in: month) else {
      throw TableFault("\(id) has no price")
    }
    return price.value
  }

  /// What a chip cost in the middle of a year.
  func price(of id: String, in year: Int) throws -> Double {
    try price(of: id, in: Month(index: year * 12 + 6))
  }

  /// The strongest chip of a family on sale in a month, as its captive owner takes it.
  func strongest(of family: String, in month: Month) throws -> Chip? {
    plan.chips
      .filter { $0.dieFamily == family && $0.available.map { $0 <= month } ?? false }
      .max { $0.tpp.value < $1.tpp.value }
  }

  /// BF16 peak of a chip over that of the reference chip.
  func h100e(of chip: Chip) -> Double { chip.peak.bf16 / plan[plan.referenceChip].peak.bf16 }
}
