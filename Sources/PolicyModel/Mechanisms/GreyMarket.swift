import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: barred chips reach the follower in consignments, some of which are seized
/// (docs/ODD.md 7.11).
///
/// Reads `sales` and `offers`; writes `grey`, `sales.bought`, `sales.unmet`, `purses.resold` and
/// `purses.spent`. It takes what it moves from this month's sales to places that transship, who get
/// the list price back; what buyers pay comes out of what was unmet. In aggregate only: there are
/// no routes, firms or methods here, and what arrives goes to a pool of the jurisdiction, never to
/// a named lab.
///
///     N    ~ Poisson(min(most, capacity x unmet fraction x margin^elasticity)), sizes lognormal
///     P(seized) = 1 - exp(-b x enforcement)
///
/// The margin is last month's price multiple minus 1; the multiple rises from its low to its high end
/// with unmet demand and with seizures. Part of what is seized is attempted again. Success grows
/// capacity, seizure shrinks it. Buyers spend no more than what they could not spend elsewhere.
/// Chips that have to tell where they are stop working at a hazard (``Fleets``). Switched off, nothing
/// is diverted.
struct GreyMarket: Mechanism {
  static let id = MechanismID(rawValue: 16)
  static let name = "grey_market"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let capacity = Handle(
      "capacity_per_month", "consignments_per_month", 0...10_000, "Capacity in the first month.")
    let growth = Handle(
      "capacity_growth_per_year", "per_year", -10...10, "Log growth of capacity while all succeed.")
    let shrinkage = Handle(
      "seizure_shrinkage", "1", 0...10,
      "Log of capacity that a month of nothing but seizures costs.")
    let most = Handle(
      "most_consignments", "consignments_per_month", 1...10_000,
      "What neither capacity nor the mean of a month's consignments can exceed.")
    let size = Handle("consignment_size", "chips", 0.001...1e6, "Median size of a consignment.")
    let spread = Handle(
      "consignment_spread", "1", 0...5, "Standard deviation of the log of its size.")
    let elasticity = Handle(
      "margin_elasticity", "1", 0...10, "Elasticity of consignments to the margin.")
    let low = Handle(
      "multiple_low", "1", 1...100, "Price over list price when nothing is unmet or seized.")
    let high = Handle(
      "multiple_high", "1", 1...100, "Price over list price when all is unmet or seized.")
    let enforcement = Handle(
      "enforcement", "1", 0...1000, "Effort of enforcement; 1 is that of 2024.")
    let seizureRate = Handle(
      "seizure_rate", "1", 0...100, "b: seizure grows as 1 - exp(-b x enforcement).")
    let reattempted = Handle(
      "reattempted_share", "1", 0...1, "Share of seized chips that is replaced and sent again.")
    let divertible = Handle(
      "divertible_share", "1", 0...1,
      "Share of sales to places that transship that can be diverted.")
    let stopHazard = Handle(
      "stop_hazard_per_year", "per_year", 0...1000, "Hazard at which verified chips stop working.")
  }

  private let parameters: Parameters
  private let layout: EconomyLayout
  private let agent: AgentID
  private let sources: [MarketIndex]
  private let followerName: String

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    layout = blueprint.layout
    let economy = layout.economy
    followerName = economy.jurisdictions[economy.follower].id
    agent = AgentID(of: followerName)
    let layout = layout
    sources = layout.marketIndices.filter {
      economy.jurisdictions[economy.markets[$0].location].transships && !layout.isRestricted[$0]
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    world.economy.grey.beginMonth()
    if step.step == 0 {
      world.economy.grey.capacity = world[parameters.capacity]
      world.economy.grey.multiple = world[parameters.low]
    }
    let scarcity = world.economy.sales.scarcity(ofFollower: layout)
    let margin = max(0, world.economy.grey.multiple - 1)
    let mean =
      min(
        world[parameters.most],
        world.economy.grey.capacity * scarcity * pow(margin, world[parameters.elasticity]))
    if let chip = mostWanted(world) {
      ship(chip, mean: mean, &world, step)
    }
    world.economy.grey.addUp()
    adapt(scarcity: scarcity, &world)
  }

  /// The barred chip that is worth most to buyers at home: by value for a dollar, and by how many
  /// there are to be had, since a chip that hardly anybody sells makes no trade.
  private func mostWanted(_ world: borrowing World) -> ChipIndex? {
    var best: (chip: ChipIndex, worth: Double)?
    for market in layout.marketIndices where layout.isFollowerHome[market] {
      for chip in layout.chipIndices where !layout.isDomestic[chip] {
        let cell = layout.cell(market, chip)
        let isBarred =
          world.economy.offers.sellable[cell] < 1 && layout.parentOfChip[chip] == nil
        guard isBarred else { continue }
        let worth = world.economy.offers.weight[cell] * diverted(chip, world)
        if worth > best?.worth ?? 0 { best = (chip, worth) }
      }
    }
    return best?.chip
  }

  /// Units of a chip that went to places that transship this month.
  private func diverted(_ chip: ChipIndex, _ world: borrowing World) -> Double {
    sources.reduce(0) { $0 + world.economy.sales.sold[layout.cell($1, chip)] }
  }

  private func ship(_ chip: ChipIndex, mean: Double, _ world: inout World, _ step: StepContext) {
    var arrivals = step.replicate.stream(Self.id, agent: agent, step: step.step)
    let count = arrivals.poisson(mean: mean)
    guard count > 0 else { return }
    let price = world.economy.offers.price[chip]
    let purse = layout.marketIndices.reduce(0) {
      layout.isFollowerHome[$1] ? $0 + world.economy.sales.unmet[$1] : $0
    }
    var available = diverted(chip, world) * world[parameters.divertible]
    var affordable = purse / (price * world.economy.grey.multiple)
    let isSeizedBelow = -expm1(-world[parameters.seizureRate] * world[parameters.enforcement])
    let mu = log(world[parameters.size])
    let (sigma, again) = (world[parameters.spread], world[parameters.reattempted])
    for draw in 1...count {
      var stream = step.replicate.stream(Self.id, agent: agent, step: step.step, draw: draw)
      let (first, second) = (stream.uniform(), stream.uniform())
      let wanted = stream.lognormal(mu: mu, sigma: sigma)
      let sent = min(wanted, available, affordable)
      guard sent > 0 else { break }
      let trip = Consignment(
        sent: sent, isSeized: first < isSeizedBelow, isSeizedAgain: second < isSeizedBelow,
        reattempted: again, available: available)
      world.economy.grey.add(trip)
      available -= trip.taken
      affordable -= trip.delivered
      tell(trip, chip, &world)
    }
    settle(chip, price: price, purse: purse, &world)
  }

  /// Chips leave the places they were sold to, buyers pay, and what arrives is on its way to the pool.
  private func settle(_ chip: ChipIndex, price: Double, purse: Double, _ world: inout World) {
    let taken = world.economy.grey.delivered + world.economy.grey.seized
    guard taken > 0 else { return }
    let all = diverted(chip, world)
    for market in sources {
      let cell = layout.cell(market, chip)
      let units = taken * world.economy.sales.sold[cell] / all
      guard units > 0 else { continue }
      world.economy.grey.takenFrom[cell] += units
      world.economy.sales.bought[market] -= world.economy.offers.unit(chip, cell: cell) * units
      for owner in layout.economy.markets[market].owners {
        world.economy.purses.resold[owner] += units * price * world.economy.sales.claim[owner]
      }
    }
    let paid = world.economy.grey.delivered * price * world.economy.grey.multiple
    world.economy.grey.paid = paid
    world.economy.grey.premium = paid - taken * price
    world.economy.grey.chip = chip
    for market in layout.marketIndices where layout.isFollowerHome[market] {
      let part = purse > 0 ? paid * world.economy.sales.unmet[market] / purse : 0
      world.economy.sales.unmet[market] = Clearing.withoutChange(
        world.economy.sales.unmet[market] - part)
      world.economy.grey.paidByMarket[market] = part
      for owner in layout.economy.markets[market].owners {
        world.economy.purses.spent[owner] += part * world.economy.sales.claim[owner]
      }
    }
  }

  /// Next month's price and capacity follow from this month's luck.
  private func adapt(scarcity: Double, _ world: inout World) {
    let moved = world.economy.grey.delivered + world.economy.grey.seized
    let seizedShare = moved > 0 ? world.economy.grey.seized / moved : 0
    let pressure = 1 - (1 - scarcity) * (1 - seizedShare)
    world.economy.grey.multiple =
      world[parameters.low] + max(0, world[parameters.high] - world[parameters.low]) * pressure
    guard moved > 0 else { return }
    let drift =
      world[parameters.growth] * yearsPerMonth * (1 - seizedShare) - world[parameters.shrinkage]
      * seizedShare
    world.economy.grey.capacity = min(
      world[parameters.most], world.economy.grey.capacity * exp(drift))
  }

  private func tell(_ trip: Consignment, _ chip: ChipIndex, _ world: inout World) {
    guard world.story != nil, trip.seized > 0 else { return }
    world.story?.tell(
      world.month, .seizure, of: followerName,
      "\(wholeText(trip.seized)) chips (\(layout.chips[chip].id)) bound for it are seized")
  }
}

extension GreyMarket {
  private static func flow(
    _ name: String, _ unit: String, _ definition: String, isHeadline: Bool = false,
    _ value: @escaping @Sendable (borrowing GreyTrade) -> Double
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(name: name, unit: unit, definition: definition), entity: .world,
      occasion: .everyMonth, isHeadline: isHeadline,
      value: { world, _, _ in value(world.economy.grey) })
  }

  static let metrics: [MetricDeclaration] = [
    flow(
      "smuggled_chips", "chips_per_month", "Diverted chips that set out in the month and arrive.",
      isHeadline: true
    ) { $0.delivered },
    flow("seized_chips", "chips_per_month", "Diverted chips that were seized in the month.") {
      $0.seized
    },
    flow("smuggled_chips_cumulative", "chips", "Diverted chips that have arrived so far.") {
      $0.deliveredCumulative
    },
    flow("seized_chips_cumulative", "chips", "Diverted chips that were seized so far.") {
      $0.seizedCumulative
    },
    flow("grey_price_multiple", "1", "Price of a diverted chip over list price, next month.") {
      $0.multiple
    },
    flow(
      "grey_premium_cumulative_usd", "usd",
      "What buyers have paid above list price for diverted chips, seizures taken off, so far."
    ) { $0.premiumCumulative },
  ]
}
