import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: how many dies, memory stacks and packages foreign suppliers have to sell (docs/ODD.md 7.5).
///
/// Reads `reactions`, `terms` and last month's `sales`; writes `supply`. What is planned of a family follows
/// the yearly figures of the world, spread over months by a curve that sums to each year
/// (``CapacityCurve``). How well a past year is known is drawn once a year; beyond the last known year a
/// deviation of the growth rate and a random walk take over:
///
///     Q_f(t) = base_f(t) x level_f(year) x (1 + d)^(years beyond history) x exp(sigma W_f)
///
/// The packaging and memory that a supplier's plans need are shared among its families by what is ordered
/// of each (``share(among:_:_:)``). What was not sold is carried to the next month. Memory and packaging are
/// limited by a headroom over what the plans and the stock would need as leading chips, so that a mix with
/// more stacks or more packages can run into them. Retaliation and held-back minerals cost output.
/// Switched off, no foreign chip is made.
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
    let response = Handle(
      "order_response", "1", 0...1,
      "How far a supplier's families share its packaging and memory by orders: 0 as planned, 1 by orders."
    )
    let lag = Handle(
      "order_lag_months", "months", 0.1...120,
      "Months over which orders are smoothed before a supplier answers them.")
    let room = Handle(
      "ramp_room", "1", 0...10,
      "How far orders can lift a family over what its lines can make: new ones ramp at their own pace."
    )
    let lines = Handle(
      "line_months", "months", 0.1...1200,
      "How long until lines that are planned for nothing else any more have shrunk to 1/e.")
  }

  let parameters: Parameters
  let layout: EconomyLayout
  let curves: [CapacityCurve]
  /// By family: whether a foreign supplier makes it; others are the concern of ``DomesticProduction``.
  private let isMade: [Bool]
  private let agents: [AgentID]
  /// By step and family: packages and memory stacks that a die of it needs as its leading chip.
  let needs: [[(packages: Double, stacks: Double)]]
  /// By supplier: the families among which it shares its packaging and memory. Those that an owner builds for
  /// itself are not among them: their parts are bought under contracts of their own.
  private let sharing: [[Int]]
  /// By family and step: whether the year is one of which its supplier's output has been observed.
  let isObserved: [[Bool]]
  /// By family: the step in which the first of its chips comes on sale.
  let firstSale: [Int]
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
    let (layout, isMade) = (layout, isMade)
    sharing = economy.suppliers.indices.map { supplier in
      economy.families.indices.filter {
        economy.families[$0].supplier == supplier && isMade[$0]
          && economy.families[$0].captiveTo == nil
          && economy.families[$0].diesPerYear.contains { $0.value > 0 }
      }
    }
    let curves = curves
    isObserved = economy.families.map { family in
      let siblings = economy.families.indices.filter {
        economy.families[$0].supplier == family.supplier
      }
      return (0..<blueprint.monthCount).map { step in
        siblings.contains { curves[$0].isHistory[step] }
      }
    }
    firstSale = layout.chipsOfFamily.map { chips in
      chips.compactMap { layout.chips[$0].available.map { max(0, $0 - blueprint.start) } }.min()
        ?? .max
    }
    needs = (0..<blueprint.monthCount).map { step in
      economy.families.indices.map { layout.leadingNeeds(ofFamily: $0, in: blueprint.start + step) }
    }
  }

  func draw(_ shocks: inout Shocks, of replicate: Replicate) {
    shocks.output = normals(of: agents, steps: needs.count, in: replicate) { step, family in
      isMade[family] && !isObserved[family][step]
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let kept =
      (1 - world.economy.reactions.supplyLoss)
      * (1 - world[parameters.mineralsLoss] * world.economy.terms.measures.minerals)
    let fade = exp(-1 / world[parameters.lines])
    let isNewYear = step.step == 0 || world.month.number == 1
    let isAnswering = world[parameters.response] > 0
    for families in sharing where families.count > 1 && isAnswering && step.step > 0 {
      seeOrders(among: families, &world, before: step.step)
    }
    for family in curves.indices where isMade[family] {
      if isNewYear { drawLevel(of: family, in: &world, step) }
      let dies = produced(family, in: &world, step) * kept
      plan(family, dies, fade: fade, in: &world, step.step)
    }
    for families in sharing where families.count > 1 && isAnswering {
      share(among: families, &world, step.step)
    }
    for supplier in layout.economy.suppliers.indices {
      world.economy.supply.packages[supplier] = 0
      world.economy.supply.stacks[supplier] = 0
    }
    for family in curves.indices { stock(family, in: &world, step) }
  }

  /// Notes what is planned of a family, and that much is made of it unless orders say otherwise; lines that
  /// are not planned for go, and at once where a past year shows that nothing was made.
  private func plan(
    _ family: Int, _ dies: Double, fade: Double, in world: inout World, _ step: Int
  ) {
    world.economy.supply.planned[family] = dies
    world.economy.supply.made[family] = dies
    let isClosed = dies == 0 && isObserved[family][step]
    let left = isClosed ? 0 : world.economy.supply.lines[family] * fade
    world.economy.supply.lines[family] = max(dies, left)
  }

  /// Puts what was made beside what is left of the stock.
  private func stock(_ family: Int, in world: inout World, _ step: StepContext) {
    let unsold = world.economy.supply.dies[family] * world[parameters.carried]
    let made = world.economy.supply.made[family]
    world.economy.supply.lapsed[family] += world.economy.supply.dies[family] - unsold
    world.economy.supply.madeCumulative[family] += made
    world.economy.supply.dies[family] = unsold + made
    guard isMade[family] else { return }
    // The supplier has parts for what it planned to make, not for what it makes instead.
    let dies = world.economy.supply.planned[family] + unsold
    let supplier = layout.economy.families[family].supplier
    let need = needs[step.step][family]
    world.economy.supply.packages[supplier] +=
      dies * need.packages * world[parameters.packagingHeadroom]
    world.economy.supply.stacks[supplier] += dies * need.stacks * world[parameters.memoryHeadroom]
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
    // What is to come strays from what is announced only from the supplier's last observed year on: a family that
    // is not made before then has not strayed all the while.
    guard !isObserved[family][step.step] else {
      return base * exp(world.economy.supply.logLevel[family])
    }
    let drift = log1p(world[parameters.growth]) * yearsPerMonth
    world.economy.supply.logLevel[family] +=
      drift + world[parameters.volatility] * yearsPerMonth.squareRoot()
      * world.shocks.output[step.step * agents.count + family]
    return base * exp(world.economy.supply.logLevel[family])
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
