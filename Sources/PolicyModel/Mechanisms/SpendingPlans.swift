import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: owners decide what to spend on accelerators this month (docs/ODD.md 7.7).
///
/// Reads `terms` and last month's `sales`; writes `purses`. Income follows the yearly figures of the
/// world through their last year, then a growth prior that slows:
///
///     d ln B = mu(t) dt + sigma dW,  mu(t) = mu_0 exp(-(t - T) / tau) beyond the last year T
///
/// Years that were planned, and those after them, are off by one deviation for all owners.
/// Of what was not spent a share is carried over, up to some months of income: a dollar is kept for a
/// time, and not for ever. Ahead of a rule that has been announced orders grow by the anticipation: they
/// are brought forward, and what comes after is less by as much. Buyers of the follower may expect a rule
/// without announcement. A subsidy adds to the follower's income with scarcity. Switched off, nobody spends.
struct SpendingPlans: Mechanism {
  static let id = MechanismID(rawValue: 12)
  static let name = "spending_plans"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let growth = Handle(
      "growth_per_year", "per_year", -5...5, "Log growth of spending after the last known year.")
    let decay = Handle(
      "growth_decay_years", "years", 0.1...1000, "How long until that growth has slowed to 1/e.")
    let planDeviation = Handle(
      "plan_deviation", "1", -5...5,
      "Log of what is spent in planned years over what was planned, for all owners.")
    let volatility = Handle(
      "volatility", "per_sqrt_year", 0...3, "Volatility of an owner's spending.")
    let carried = Handle("carried_share", "1", 0...1, "Share of unspent money that is spent later.")
    let carriedMonths = Handle(
      "carried_months", "months", 0...120, "Months of income that can be carried over at most.")
    let ahead = Handle(
      "months_ahead", "months", 0...120, "Months of income that can be brought forward at most.")
    let repayment = Handle(
      "months_to_settle", "months", 1...120,
      "Of what was brought forward, one part in so many is taken off each later plan.")
    let anticipation = Handle(
      "anticipation", "1", 0...100, "What orders grow by when a closing rule is certain.")
    let hazard = Handle(
      "expected_hazard", "1", 0...1,
      """
      How near to certain buyers of the follower take a coming rule to be without \
      announcement.
      """)
    let subsidy = Handle(
      "subsidy_at_scarcity", "1", 0...10, "Share added to the follower's income at scarcity 1.")
  }

  private let parameters: Parameters
  private let factors: [ParameterIndex]
  private let layout: EconomyLayout
  private let agents: [AgentID]
  private let stepCount: Int
  /// By owner, by step: US dollars a month, as the world has it.
  private let base: [[Double]]
  /// By step: years beyond the last known year of each owner.
  private let yearsBeyond: [[Double]]
  /// By owner, by step: how far it is from the last known year to the first planned one, 0 to 1.
  private let planned: [[Double]]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    layout = blueprint.layout
    factors = layout.economy.owners.map(\.spendingFactor)
    agents = layout.economy.owners.map { AgentID(of: $0.id) }
    stepCount = blueprint.monthCount
    base = layout.economy.owners.map { owner in
      (0..<blueprint.monthCount).map { owner.monthlySpending(in: blueprint.start + $0) }
    }
    yearsBeyond = layout.economy.owners.map { owner in
      (0..<blueprint.monthCount).map { owner.yearsBeyondFigures(in: blueprint.start + $0) }
    }
    planned = layout.economy.owners.map { owner in
      (0..<blueprint.monthCount).map { owner.partPlanned(in: blueprint.start + $0) }
    }
  }

  func draw(_ shocks: inout Shocks, of replicate: Replicate) {
    shocks.spending = normals(of: agents, steps: stepCount, in: replicate) { _, _ in true }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let (mu, tau) = (world[parameters.growth], world[parameters.decay])
    var (known, trend) = (0.0, 1.0)
    var (part, deviation) = (0.0, 1.0)
    for owner in agents.indices {
      let market = layout.marketOfOwner[owner]
      let beyond = yearsBeyond[owner][step.step]
      // Most owners' figures end in the same year.
      if beyond != known {
        trend = exp(mu * tau * (1 - exp(-beyond / tau)))
        known = beyond
      }
      if planned[owner][step.step] != part {
        part = planned[owner][step.step]
        deviation = exp(world[parameters.planDeviation] * part)
      }
      let income =
        base[owner][step.step] * trend * deviation * world[factors[owner]]
        * luck(of: owner, in: &world, step) * (1 + support(in: world, market))
      settleLastMonth(of: owner, income: income, in: &world)
      bringForward(owner, income: income, in: &world)
    }
  }

  /// A month's plan: income and what was carried, less what was brought forward before, and what is
  /// brought forward now.
  private func bringForward(_ owner: Int, income: Double, in world: inout World) {
    let market = layout.marketOfOwner[owner]
    let due = min(income, world.economy.purses.ahead[owner] / world[parameters.repayment])
    world.economy.purses.ahead[owner] -= due
    let own = income - due + world.economy.purses.carried[owner]
    let room = max(0, income * world[parameters.ahead] - world.economy.purses.ahead[owner])
    let eagerness = world[parameters.anticipation] * expectation(in: world, market)
    let extra = min(room, own * eagerness)
    world.economy.purses.ahead[owner] += extra
    world.economy.purses.plan[owner] = own + extra
    world.economy.purses.carried[owner] = 0
    tell(extra, income, owner, &world)
  }

  /// What scarcity adds to the follower's income.
  private func support(in world: borrowing World, _ market: MarketIndex) -> Double {
    layout.isRestricted[market]
      ? world[parameters.subsidy] * world.economy.sales.scarcity[market] : 0
  }

  private func luck(of owner: Int, in world: inout World, _ step: StepContext) -> Double {
    let sd = world[parameters.volatility] * yearsPerMonth.squareRoot()
    world.economy.purses.logLuck[owner] +=
      sd * world.shocks.spending[step.step * agents.count + owner]
    return exp(world.economy.purses.logLuck[owner])
  }

  /// How certain a closing rule looks, 0 to 1: certain on days on which it has been announced.
  private func expectation(in world: borrowing World, _ market: MarketIndex) -> Double {
    let notice = world.economy.terms.notice[market]
    return notice + (1 - notice) * (layout.isRestricted[market] ? world[parameters.hazard] : 0)
  }

  /// What is left of last month's plan: some is carried over, and the rest lapses.
  private func settleLastMonth(of owner: Int, income: Double, in world: inout World) {
    let unspent = max(0, world.economy.purses.plan[owner] - world.economy.purses.spent[owner])
    let kept = min(
      unspent * world[parameters.carried], income * world[parameters.carriedMonths])
    world.economy.purses.carried[owner] = kept + world.economy.purses.resold[owner]
    world.economy.purses.plan[owner] = 0
    world.economy.purses.spent[owner] = 0
    world.economy.purses.resold[owner] = 0
  }

  private func tell(_ extra: Double, _ income: Double, _ owner: Int, _ world: inout World) {
    guard world.story != nil, extra > 0.25 * income,
      world.economy.terms.notice[layout.marketOfOwner[owner]] > 0
    else { return }
    world.story?.tell(
      world.month, .stockpiling, of: layout.economy.owners[owner].id,
      "orders \(wholeText(extra / 1e6)) million USD ahead of an announced rule")
  }
}

extension Owner {
  /// US dollars a month by the yearly figures: straight lines between the logs of the years' middles,
  /// level before the first and after the last.
  fileprivate func monthlySpending(in month: Month) -> Double {
    let time = Double(month.index) / 12 + 1.0 / 24
    let known = spending.map { (time: Double($0.year) + 0.5, value: $0.value) }
    guard let first = known.first, let last = known.last else { return 0 }
    if time <= first.time { return first.value / 12 }
    if time >= last.time { return last.value / 12 }
    guard let next = known.firstIndex(where: { $0.time > time }) else { return last.value / 12 }
    let (from, to) = (known[next - 1], known[next])
    guard from.value > 0, to.value > 0 else { return from.value / 12 }
    let share = (time - from.time) / (to.time - from.time)
    return exp(log(from.value) + share * log(to.value / from.value)) / 12
  }

  /// How far it is from the middle of the last known year, 0, to that of the first planned one, 1.
  fileprivate func partPlanned(in month: Month) -> Double {
    guard let plan = spending.first(where: \.isPlanned) else { return 0 }
    guard plan.year > spending[0].year else { return 1 }
    return min(1, max(0, Double(month.index) / 12 + 1.0 / 24 - Double(plan.year) + 0.5))
  }

  /// Years since the middle of the last year that has a figure; 0 before.
  fileprivate func yearsBeyondFigures(in month: Month) -> Double {
    guard let last = spending.last else { return 0 }
    return max(0, Double(month.index) / 12 + 1.0 / 24 - Double(last.year) - 0.5)
  }
}

extension SpendingPlans {
  static let metrics: [MetricDeclaration] = [
    MetricDeclaration(
      metric: Metric(
        name: "planned_spending_usd", unit: "usd_per_month",
        definition:
          "What buyers with headquarters in the jurisdiction mean to spend on accelerators "
          + "in the month."),
      entity: .jurisdiction, occasion: .everyMonth,
      value: { world, plan, place in
        plan.economy.owners.indices.reduce(0) {
          $0
            + (plan.economy.owners[$1].headquarters == place ? world.economy.purses.plan[$1] : 0)
        }
      })
  ]
}
