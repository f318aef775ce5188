import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: the follower's own chip industry makes what dies, memory and packaging allow
/// (docs/ODD.md 7.6).
///
/// Reads `terms`, `shelf` and last month's `sales`; writes `domestic`, and what is made to
/// `sales.unsold` and `sales.madeCumulative`.
///
///     units  = min(dies / dies per chip, stacks / stacks per chip, packages)
///     dies   = wafers x dies per wafer x yield(t) + bank of foreign-made dies
///     d ln wafers = growth x (1 - bite_L)^(leader's tool rules) x (1 - bite_A)^(allied ones) dt
///                   + pull x scarcity dt
///
/// The yield is logistic in time. Foreign-made dies leak in until a foundry rule stops them, and less
/// the more the listing of the supplier is enforced; foreign memory is bought until a memory rule stops
/// it, and faster once that rule is announced. Which of the three limits binds is an output. Switched
/// off, nothing is made at home.
struct DomesticProduction: Mechanism {
  static let id = MechanismID(rawValue: 11)
  static let name = "domestic_production"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let wafers = Handle(
      "wafers_per_month", "wafers_per_month", 0...1e7, "Wafers for AI chips in the first month.")
    let growth = Handle(
      "wafer_growth_per_year", "per_year", -5...5, "Log growth of wafers, without tool rules.")
    let pull = Handle(
      "pull_per_year", "per_year", 0...20, "Added to it at a scarcity of 1 (pull of demand).")
    let leaderBite = Handle(
      "leader_tool_bite", "1", 0...1, "Share of growth that each tool rule of the leader takes.")
    let alliedBite = Handle(
      "allied_tool_bite", "1", 0...1, "Share of growth that each tool rule of an ally takes.")
    let diesPerWafer = Handle("dies_per_wafer", "dies", 1...1000, "Whole dies on a wafer.")
    let yieldStart = Handle("yield_start", "1", 0...1, "Yield long before the middle of its rise.")
    let yieldEnd = Handle("yield_end", "1", 0...1, "Yield long after the middle of its rise.")
    let yieldMiddle = Handle(
      "yield_midpoint_months", "months", -120...1200, "Months from the start to that middle.")
    let yieldRise = Handle(
      "yield_rise_months", "months", 0.1...600, "How long the rise takes (logistic scale).")
    let leak = Handle(
      "leaked_dies_per_month", "dies_per_month", 0...1e8, "Foreign-made dies that leak in.")
    let leakFrom = Handle(
      "leak_from_months", "months", 0...1200, "Months from the start until that begins.")
    let enforcement = Handle(
      "foundry_enforcement", "1", 0...1,
      "Share of the leak that enforcement against a listed supplier stops.")
    let foundryEffect = Handle(
      "foundry_rule_effect", "1", 0...1, "Share of the leak that a foundry rule stops.")
    let stacks = Handle(
      "foreign_stacks_per_month", "stacks_per_month", 0...1e9, "Foreign memory bought a month.")
    let surge = Handle(
      "stacks_surge", "1", 1...1000, "What multiplies those purchases once a rule is announced.")
    let memoryEffect = Handle(
      "memory_rule_effect", "1", 0...1, "Share of foreign memory that a memory rule stops.")
    let homeStacks = Handle(
      "domestic_stacks_per_month", "stacks_per_month", 0...1e9, "Memory made at home at first.")
    let homeFrom = Handle(
      "domestic_stacks_from_months", "months", 0...1200, "Months until the first of it.")
    let homeGrowth = Handle(
      "domestic_stacks_growth_per_year", "per_year", -5...5, "Log growth of it.")
    let packages = Handle(
      "packages_per_month", "chips_per_month", 0...1e9, "Packages in the first month.")
    let packagesGrowth = Handle(
      "packages_growth_per_year", "per_year", -5...5, "Log growth of packages.")
  }

  private let layout: EconomyLayout
  private let parameters: Parameters
  /// The domestic supplier's place; nil in a world without one.
  private let supplier: Int?
  private let chips: [ChipIndex]
  /// By regime and step: whether a memory rule has been announced and is not in force yet.
  private let isMemoryClosing: [[Bool]]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    layout = blueprint.layout
    let layout = layout
    supplier = layout.economy.suppliers.firstIndex(where: \.isDomestic)
    chips = layout.chipIndices.filter { layout.isDomestic[$0] }
    isMemoryClosing = blueprint.regimes.map { regime in
      let rules = regime.rules.rules.filter { $0.subject == .memory && $0.isEnforced }
      return (0..<blueprint.monthCount).map { step in
        let next = (blueprint.start + step + 1).firstDay
        return rules.contains { rule in
          guard let announced = rule.announced, let effective = rule.effective else { return false }
          let begins = max(effective, rule.complianceFrom ?? effective)
          return announced < next && begins > (blueprint.start + step).firstDay
        }
      }
    }
  }

  func firstDifference(between first: Int, and second: Int) -> Int {
    zip(isMemoryClosing[first], isMemoryClosing[second]).enumerated()
      .first { $0.element.0 != $0.element.1 }?.offset ?? .max
  }

  func advance(_ world: inout World, _ step: StepContext) {
    guard let supplier else { return }
    let measures = world.economy.terms.measures
    let years = Double(step.step) * yearsPerMonth
    if step.step == 0 { world.economy.domestic.wafers = world[parameters.wafers] }
    growWafers(in: &world, measures)
    let dies =
      madeDies(in: world, step.step) + leakedDies(in: world, measures, of: supplier, at: step.step)
    world.economy.domestic.dies += dies
    world.economy.domestic.stacks += boughtStacks(in: world, measures, step.step)
    let packages = world[parameters.packages] * exp(world[parameters.packagesGrowth] * years)
    produce(packages: packages, in: &world)
  }

  private func growWafers(in world: inout World, _ measures: MonthlyMeasures) {
    let left =
      pow(1 - world[parameters.leaderBite], measures.leaderTools)
      * pow(1 - world[parameters.alliedBite], measures.alliedTools)
    let pull = world[parameters.pull] * world.economy.sales.scarcity(ofFollower: layout)
    let rate = world[parameters.growth] * left + pull
    world.economy.domestic.wafers *= exp(rate * yearsPerMonth)
  }

  private func madeDies(in world: borrowing World, _ step: Int) -> Double {
    let along = (Double(step) - world[parameters.yieldMiddle]) / world[parameters.yieldRise]
    let rise = 1 / (1 + exp(-along))
    let yield =
      world[parameters.yieldStart] + (world[parameters.yieldEnd] - world[parameters.yieldStart])
      * rise
    return world.economy.domestic.wafers * world[parameters.diesPerWafer] * yield
  }

  private func leakedDies(
    in world: borrowing World, _ measures: MonthlyMeasures, of supplier: Int, at step: Int
  ) -> Double {
    guard Double(step) >= world[parameters.leakFrom] else { return 0 }
    let evading = 1 - world[parameters.enforcement] * measures.listedSuppliers[supplier]
    return world[parameters.leak] * evading
      * (1 - world[parameters.foundryEffect] * measures.foundry)
  }

  private func boughtStacks(in world: borrowing World, _ measures: MonthlyMeasures, _ step: Int)
    -> Double
  {
    let surge = isMemoryClosing[world.regime][step] ? world[parameters.surge] : 1
    let foreign =
      world[parameters.stacks] * surge * (1 - world[parameters.memoryEffect] * measures.memory)
    let since = Double(step) - world[parameters.homeFrom]
    guard since >= 0 else { return foreign }
    return foreign + world[parameters.homeStacks]
      * exp(world[parameters.homeGrowth] * since * yearsPerMonth)
  }

  /// Makes the strongest chip on the shelf, as many as the scarcest of its parts allows.
  private func produce(packages: Double, in world: inout World) {
    let onSale = chips.filter { world.economy.shelf.isOnSale[$0] }
    guard let chip = onSale.max(by: { layout.tpp[$0] < layout.tpp[$1] }) else { return }
    let part = layout.chips[chip]
    let byDies = world.economy.domestic.dies / part.diesPerChip
    let byStacks =
      part.memoryStacks > 0 ? world.economy.domestic.stacks / part.memoryStacks : .infinity
    let units = min(byDies, byStacks, packages)
    world.economy.domestic.dies -= units * part.diesPerChip
    if part.memoryStacks > 0 { world.economy.domestic.stacks -= units * part.memoryStacks }
    world.economy.domestic.made = units
    world.economy.domestic.madeChip = chip
    world.economy.domestic.limit =
      units == byDies ? .dies : units == byStacks ? .memory : .packaging
    world.economy.sales.unsold[chip] += units
    world.economy.sales.madeCumulative[chip] += units
  }
}

extension DomesticProduction {
  private static func stock(
    _ name: String, _ unit: String, _ definition: String,
    _ value: @escaping @Sendable (DomesticIndustry) -> Double
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(
        name: name, unit: unit, definition: "The follower's own industry: " + definition),
      entity: .world, occasion: .everyMonth,
      value: { world, _, _ in value(world.economy.domestic) })
  }

  static let metrics: [MetricDeclaration] =
    [
      MetricDeclaration(
        metric: Metric(
          name: "domestic_chips_made", unit: "chips_per_month",
          definition: "Chips that the follower's own industry made in the month."),
        entity: .world, occasion: .everyMonth, isHeadline: true,
        value: { world, _, _ in world.economy.domestic.made }),
      stock("domestic_wafers", "wafers_per_month", "Wafers that it starts in the month.") {
        $0.wafers
      },
      stock("domestic_dies_unused", "dies", "Dies that it has and has not packaged yet.") {
        $0.dies
      },
      stock("domestic_memory_unused", "stacks", "Memory stacks that it has and has not used yet.") {
        $0.stacks
      },
    ]
    + [
      (DomesticIndustry.Limit.dies, "dies"), (.memory, "memory"), (.packaging, "packaging"),
    ].map { limit, name in
      MetricDeclaration(
        metric: Metric(
          name: "domestic_limit_\(name)_share", unit: "1",
          definition: "1 in months in which \(name) held the follower's own industry back, else 0: "
            + "its mean is the share of replicates."),
        entity: .world, occasion: .everyMonth,
        value: { world, _, _ in world.economy.domestic.limit == limit ? 1 : 0 })
    }
}
