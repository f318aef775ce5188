import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: how many dies, memory stacks and packages foreign suppliers have to sell (docs/ODD.md 7.5).
///
/// Reads `reactions` and `terms`; writes `supply`. Dies of a family follow the yearly figures of the
/// world, spread over months by a smooth curve that sums to each year. How well a past year is known
/// is drawn once a year; beyond the last known year a deviation of the growth rate and a random walk
/// take over:
///
///     Q_f(t) = base_f(t) x level_f(year) x (1 + d)^(years beyond history) x exp(sigma W_f)
///
/// What was not sold is carried to the next month. Memory and packaging are limited by a headroom over
/// what the leading chips of all families would need, so that a mix with more stacks or more packages
/// can run into them. Retaliation and held-back minerals cost output. Switched off, no foreign chip is
/// made.
struct SupplierCapacity: Mechanism {
  static let id = MechanismID(rawValue: 9)
  static let name = "supplier_capacity"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let growth = Handle(
      "growth_deviation", "1", -0.9...10,
      "Yearly growth beyond the last known year over that of the roadmap, minus 1.")
    let volatility = Handle(
      "volatility", "per_sqrt_year", 0...3,
      "Volatility of a family's output beyond the last known year.")
    let memoryHeadroom = Handle(
      "memory_headroom", "1", 0...100,
      "Memory stacks available over what the leading chips of all families need.")
    let packagingHeadroom = Handle(
      "packaging_headroom", "1", 0...100,
      "Packages available over what the leading chips of all families need.")
    let mineralsLoss = Handle(
      "minerals_loss", "1", 0...1, "Share of output lost while the follower holds back minerals.")
    let carried = Handle(
      "carried_share", "1", 0...1, "Share of unsold dies that can still be sold a month later.")
  }

  private let parameters: Parameters
  private let layout: EconomyLayout
  private let curves: [CapacityCurve]
  /// By family: whether a foreign supplier makes it; others are the concern of ``DomesticProduction``.
  private let isMade: [Bool]
  private let agents: [AgentID]
  /// By step and family: packages and memory stacks that a die of it needs as its leading chip.
  private let needs: [[(packages: Double, stacks: Double)]]
  private let start: Month

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    layout = blueprint.layout
    start = blueprint.start
    let economy = layout.economy
    isMade = economy.families.map { family in
      !economy.suppliers[family.supplier].isDomestic && !family.diesPerYear.isEmpty
    }
    curves = economy.families.map {
      CapacityCurve($0.diesPerYear, start: blueprint.start, months: blueprint.monthCount)
    }
    agents = economy.families.map { AgentID(of: $0.id) }
    let layout = layout
    needs = (0..<blueprint.monthCount).map { step in
      economy.families.indices.map { layout.leadingNeeds(ofFamily: $0, in: blueprint.start + step) }
    }
  }

  func draw(_ shocks: inout Shocks, of replicate: Replicate) {
    shocks.output = normals(of: agents, steps: needs.count, in: replicate) { step, family in
      isMade[family] && !curves[family].isHistory[step]
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let measures = world.economy.terms.measures
    let kept =
      (1 - world.economy.reactions.supplyLoss)
      * (1 - world[parameters.mineralsLoss] * measures.minerals)
    let isNewYear = step.step == 0 || world.month.number == 1
    let carriedShare = world[parameters.carried]
    for supplier in layout.economy.suppliers.indices {
      world.economy.supply.packages[supplier] = 0
      world.economy.supply.stacks[supplier] = 0
    }
    for family in curves.indices {
      let unsold = world.economy.supply.dies[family] * carriedShare
      world.economy.supply.lapsed[family] += world.economy.supply.dies[family] - unsold
      guard isMade[family] else {
        world.economy.supply.dies[family] = unsold
        continue
      }
      if isNewYear { drawLevel(of: family, in: &world, step) }
      let made = produced(family, in: &world, step) * kept
      world.economy.supply.made[family] = made
      world.economy.supply.madeCumulative[family] += made
      world.economy.supply.dies[family] = unsold + made
      addNeeds(of: family, made: made + unsold, in: &world, step)
    }
  }

  private func drawLevel(
    of family: Int, in world: inout World, _ step: StepContext
  ) {
    let sigma = curves[family].sigma[world.month.year - start.year]
    guard sigma > 0 else {
      if !curves[family].isHistory[step.step] { return }
      world.economy.supply.logLevel[family] = 0
      return
    }
    var stream = step.replicate.stream(Self.id, agent: agents[family], step: step.step, draw: 1)
    world.economy.supply.logLevel[family] = stream.normal(sd: sigma)
  }

  private func produced(
    _ family: Int, in world: inout World, _ step: StepContext
  ) -> Double {
    let base = curves[family].monthly[step.step]
    guard !curves[family].isHistory[step.step] else {
      return base * exp(world.economy.supply.logLevel[family])
    }
    let drift = log1p(world[parameters.growth]) * yearsPerMonth
    world.economy.supply.logLevel[family] +=
      drift + world[parameters.volatility] * yearsPerMonth.squareRoot()
      * world.shocks.output[step.step * agents.count + family]
    return base * exp(world.economy.supply.logLevel[family])
  }

  private func addNeeds(
    of family: Int, made: Double, in world: inout World, _ step: StepContext
  ) {
    let supplier = layout.economy.families[family].supplier
    let need = needs[step.step][family]
    world.economy.supply.packages[supplier] +=
      made * need.packages * world[parameters.packagingHeadroom]
    world.economy.supply.stacks[supplier] += made * need.stacks * world[parameters.memoryHeadroom]
  }
}

/// Yearly figures as a monthly curve.
///
/// Law: the months of a year that has a figure sum to it. Between years the slope is that of the
/// figures' logarithms; years without a figure, after the last, keep the last year's rate.
struct CapacityCurve: Sendable {
  /// Dies by step.
  let monthly: [Double]
  /// By step: whether the year is one that has been observed, with a range.
  let isHistory: [Bool]
  /// By year from the first one: the standard deviation of the log of the figure.
  let sigma: [Double]

  init(_ figures: [YearlyFigure], start: Month, months: Int) {
    let years = Array(start.year...(start + (months - 1)).year)
    let byYear = Dictionary(uniqueKeysWithValues: figures.map { ($0.year, $0) })
    let last = figures.map(\.year).max() ?? start.year
    func figure(_ year: Int) -> Double { byYear[min(year, last)]?.value ?? 0 }
    let weights = years.map { year in
      Self.weights(before: figure(year - 1), in: figure(year), after: figure(year + 1))
    }
    monthly = (0..<months).map { step in
      let month = start + step
      return figure(month.year) * weights[month.year - start.year][month.number - 1]
    }
    let lastObserved = figures.filter { $0.low != nil }.map(\.year).max() ?? start.year - 1
    isHistory = (0..<months).map { (start + $0).year <= lastObserved }
    sigma = years.map { year in
      guard let figure = byYear[year], let low = figure.low, let high = figure.high, low > 0 else {
        return 0
      }
      // The 5% and 95% points of a normal are 3.29 standard deviations apart.
      return log(high / low) / 3.2897072539
    }
  }

  /// The months' shares of a year, by the slope of its neighbours.
  private static func weights(before: Double, in year: Double, after: Double) -> [Double] {
    // A family that begins or ends within two years still has a finite slope.
    let low = max(before, year * 0.05)
    let high = max(after, year * 0.05)
    let slope = year > 0 ? log(high / low) / 2 : 0
    let raw = (0..<12).map { exp(slope * (Double($0) - 5.5) / 12) }
    let sum = raw.reduce(0, +)
    return raw.map { $0 / sum }
  }
}

extension EconomyLayout {
  /// Packages and memory stacks for each die of a family, used for its strongest uncut chip on sale.
  fileprivate func leadingNeeds(
    ofFamily family: Int, in month: Month
  ) -> (packages: Double, stacks: Double) {
    let onSale = chipsOfFamily[family].filter { chip in
      chips[chip].variantOf == nil && chips[chip].available.map { $0 <= month } ?? false
    }
    let leading = onSale.max { tpp[$0] < tpp[$1] } ?? chipsOfFamily[family].first
    guard let leading else { return (0, 0) }
    return (
      1 / chips[leading].diesPerChip, chips[leading].memoryStacks / chips[leading].diesPerChip
    )
  }
}

extension SupplierCapacity {
  static let metrics: [MetricDeclaration] = [
    MetricDeclaration(
      metric: Metric(
        name: "dies_made", unit: "dies_per_month",
        definition: "Dies that the supplier made in the month."),
      entity: .supplier, occasion: .everyMonth,
      value: { world, plan, supplier in
        plan.economy.families.indices.reduce(world.economy.domestic.diesMade[supplier]) {
          $0 + (plan.economy.families[$1].supplier == supplier ? world.economy.supply.made[$1] : 0)
        }
      })
  ]
}
