import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: barred chips reach the follower in consignments, some of which are seized
/// (docs/ODD.md 7.11).
///
/// Reads `sales`, `clearing`, `terms` and `offers`; writes `grey`, `sales.bought`, `sales.unmet`, `purses.resold` and
/// `purses.spent`. It takes what it moves from this month's sales to buyers elsewhere, who get the list
/// price back; what buyers pay comes out of what was unmet. In aggregate only: there are no routes, firms
/// or methods here, and what arrives goes to a pool of the jurisdiction, never to a named lab.
///
///     N    ~ Poisson(min(most, capacity x willing x margin^elasticity)), sizes lognormal
///     P(seized) = 1 - exp(-b x enforcement)
///
/// Every place in which barred chips are sold is a source, as easily as its `transships` says; a month's
/// consignments hold barred chips of all kinds, in proportion to what can be diverted of each and what it
/// is worth to buyers. Only a part of buyers would take them: few of the large clouds, more of the others.
/// The margin is last month's price multiple minus 1; the multiple rises from its low to its high end with
/// unmet demand of those who would, and with seizures. Part of what is seized is attempted again. Success
/// grows capacity, seizure shrinks it. Chips that have to tell where they are stop working at a hazard
/// (``Fleets``). Switched off, nothing is diverted.
struct GreyMarket: Mechanism {
  static let id = MechanismID(rawValue: 16)
  static let name = "grey_market"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let capacity = Handle(
      "capacity_per_month", "consignments_per_month", 0...10_000, "Capacity in the first month.")
    let growth = Handle(
      "capacity_growth_per_year", "per_year", -10...10,
      "Log growth of capacity while it is used and all succeed.")
    let willingClouds = Handle(
      "willing_large_clouds", "1", 0...1,
      "Share of the large clouds' money for barred chips for which they would take diverted ones.")
    let willingOthers = Handle(
      "willing_others", "1", 0...1, "The same of all other buyers.")
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
    let permitEffect = Handle(
      "transit_permit_effect", "1", 0...1,
      "Share of what could be diverted from a place that its own permit on re-export stops.")
    let rerouted = Handle(
      "rerouted_share", "1", 0...1,
      "Share of the trade that a place loses by its own measures and that turns to other places.")
    let divertible = Handle(
      "divertible_share", "1", 0...1,
      "Share of sales that can be diverted in the places where it is easiest.")
    let stopHazard = Handle(
      "stop_hazard_per_year", "per_year", 0...1000, "Hazard at which verified chips stop working.")

    /// What the margin of last month's price multiple makes of capacity.
    func pull(in world: borrowing World) -> Double {
      pow(max(0, world.economy.grey.multiple - 1), world[elasticity])
    }

    /// The share that is an owner's.
    func willing(_ owner: Owner) -> Handle { owner.isLargeCloud ? willingClouds : willingOthers }
  }

  private let parameters: Parameters
  private let layout: EconomyLayout
  private let agent: AgentID
  /// The markets that chips are diverted from.
  private let sources: [Source]
  /// The follower's owners at home.
  private let buyers: [Int]
  /// Foreign chips that are not cut down: what a bar makes dear.
  private let wares: [ChipIndex]
  private let followerName: String

  /// A market that chips are diverted from.
  private struct Source {
    let market: MarketIndex
    /// Where it is.
    let place: Int
    /// How easily, but for what is done about it there.
    let ease: Double
    /// What multiplies the effort of enforcement there; nil for 1.
    let enforcement: ParameterIndex?
  }

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    layout = blueprint.layout
    let layout = layout
    let economy = layout.economy
    followerName = economy.jurisdictions[economy.follower].id
    agent = AgentID(of: followerName)
    sources = layout.marketIndices.compactMap { market in
      let place = economy.markets[market].location
      let jurisdiction = economy.jurisdictions[place]
      guard jurisdiction.transshipment > 0, !layout.isRestricted[market] else { return nil }
      return Source(
        market: market, place: place, ease: jurisdiction.transshipment,
        enforcement: jurisdiction.enforcement)
    }
    buyers = economy.owners.indices.filter { layout.isFollowerHome[layout.marketOfOwner[$0]] }
    wares = layout.chipIndices.filter {
      !layout.isDomestic[$0] && layout.parentOfChip[$0] == nil && layout.captiveTo[$0] == nil
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    world.economy.grey.beginMonth()
    if step.step == 0 {
      world.economy.grey.capacity = world[parameters.capacity]
      world.economy.grey.multiple = world[parameters.low]
    }
    for source in sources { measure(source, &world) }
    let money = offerMoney(&world)
    let intended = buyers.reduce(0) { sum, buyer in
      sum
        + world.economy.sales.intended[layout.marketOfOwner[buyer]]
        * world.economy.sales.claim[buyer]
    }
    let willing = intended > 0 ? min(1, money / intended) : 0
    let mean = min(
      world[parameters.most],
      world.economy.grey.capacity * willing * parameters.pull(in: world) * reach(world))
    if money > 0, mean > 0 { ship(mean: mean, money: money, &world, step) }
    world.economy.grey.addUp()
    adapt(willing: willing, &world)
  }

  /// How easily chips are diverted from a market this month, and how likely they are to be seized: traders
  /// turn away from a place as a consignment from there is less likely to get through than from elsewhere.
  private func measure(_ source: Source, _ world: inout World) {
    let factor = source.enforcement.map { world[$0] } ?? 1
    let effort = world[parameters.seizureRate] * world[parameters.enforcement]
    let permit = world[parameters.permitEffect] * world.economy.terms.measures.transit[source.place]
    world.economy.grey.ease[source.market] =
      source.ease * exp(-effort * (factor - 1)) * (1 - permit)
    world.economy.grey.seizure[source.market] = -expm1(-effort * factor)
  }

  /// What the measures of single places leave of the trade: 1 where there are none.
  private func reach(_ world: borrowing World) -> Double {
    var (left, all) = (0.0, 0.0)
    for chip in wares {
      for source in sources {
        let value =
          world.economy.sales.sold[layout.cell(source.market, chip)]
          * world.economy.offers.price[chip]
        left += value * world.economy.grey.ease[source.market]
        all += value * source.ease
      }
    }
    return all > 0 ? 1 - (1 - left / all) * (1 - world[parameters.rerouted]) : 1
  }

  /// What buyers at home would spend on diverted chips, US dollars: what they kept for them, and their part of
  /// what could not be spent otherwise.
  private func offerMoney(_ world: inout World) -> Double {
    for market in layout.marketIndices where layout.isFollowerHome[market] {
      let owners = layout.economy.markets[market].owners
      let willing = owners.reduce(0) { $0 + willingClaim(of: $1, world) }
      let unmet = world.economy.sales.unmet[market]
      let kept = min(
        unmet, world.economy.sales.barred[market] * world.economy.clearing.kept[market])
      for owner in owners {
        let claim = willingClaim(of: owner, world)
        let offered = claim > 0 ? claim * (unmet - kept) + claim / willing * kept : 0
        // What could not be spent is left with all owners of a market alike: nobody offers more than that.
        world.economy.grey.offered[owner] = min(offered, world.economy.sales.claim[owner] * unmet)
      }
    }
    return world.economy.grey.offered.reduce(0, +)
  }

  /// An owner's part of its market's money, as far as it would take diverted chips.
  private func willingClaim(of owner: Int, _ world: borrowing World) -> Double {
    world.economy.sales.claim[owner]
      * world[parameters.willing(layout.economy.owners[owner])]
  }

  /// How much of a chip is barred at home, by the month's days and the money of each market there.
  private func barredShare(_ chip: ChipIndex, _ world: borrowing World) -> Double {
    var (barred, all) = (0.0, 0.0)
    for owner in buyers {
      let cell = layout.cell(layout.marketOfOwner[owner], chip)
      let money = world.economy.grey.offered[owner]
      barred += money * (1 - world.economy.offers.sellable[cell])
      all += money
    }
    return all > 0 ? barred / all : 0
  }

  /// Units of a chip that can be diverted of the month's sales.
  private func divertible(_ chip: ChipIndex, _ world: borrowing World) -> Double {
    let share = world[parameters.divertible] * barredShare(chip, world)
    return share * divertible(chip, from: sources, world)
  }

  /// The month's sales of a chip, each market's as easily as they are diverted.
  // Inlined: a call would copy the world.
  @inline(__always) private func divertible(
    _ chip: ChipIndex, from sources: [Source], _ world: borrowing World
  ) -> Double {
    var sum = 0.0
    for source in sources {
      sum +=
        world.economy.sales.sold[layout.cell(source.market, chip)]
        * world.economy.grey.ease[source.market]
    }
    return sum
  }

  /// How likely a consignment is to be seized: the mean over where its chips come from.
  private func seizure(_ world: borrowing World) -> Double {
    var (sum, all) = (0.0, 0.0)
    for chip in wares where world.economy.grey.share[chip] > 0 {
      let total = divertible(chip, from: sources, world)
      for source in sources {
        let part =
          world.economy.grey.share[chip]
          * world.economy.sales.sold[layout.cell(source.market, chip)]
          * world.economy.grey.ease[source.market] / total
        sum += part * world.economy.grey.seizure[source.market]
        all += part
      }
    }
    return all > 0 ? sum / all : 0
  }

  private func ship(mean: Double, money: Double, _ world: inout World, _ step: StepContext) {
    let mix = mix(&world)
    guard mix.available > 0 else { return }
    var arrivals = step.replicate.stream(Self.id, agent: agent, step: step.step)
    let count = arrivals.poisson(mean: mean)
    guard count > 0 else { return }
    var available = mix.available
    var affordable = money / (mix.price * world.economy.grey.multiple)
    let isSeizedBelow = seizure(world)
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
      tell(trip, &world)
    }
    settle(money: money, &world)
  }

  /// What a month's consignments are made of: notes each chip's share; gives how many chips there are at
  /// most, and the price of their mean. A chip counts by what can be diverted of it, and by what it is worth
  /// to buyers at home for a dollar.
  private func mix(_ world: inout World) -> (available: Double, price: Double) {
    var (sum, price, most) = (0.0, 0.0, Double.infinity)
    for chip in wares {
      let weight =
        divertible(chip, world) * world.economy.offers.weight[layout.cell(layout.homeMarket, chip)]
      world.economy.grey.share[chip] = weight
      sum += weight
    }
    guard sum > 0 else { return (0, 0) }
    for chip in wares where world.economy.grey.share[chip] > 0 {
      world.economy.grey.share[chip] /= sum
      price += world.economy.grey.share[chip] * world.economy.offers.price[chip]
      most = min(most, divertible(chip, world) / world.economy.grey.share[chip])
    }
    return (most, price)
  }

  /// Chips leave the places they were sold to, buyers pay, and what arrives is on its way to the pool.
  private func settle(money: Double, _ world: inout World) {
    let taken = world.economy.grey.delivered + world.economy.grey.seized
    guard taken > 0 else { return }
    var (value, delivered) = (0.0, 0.0)
    for chip in wares where world.economy.grey.share[chip] > 0 {
      let price = world.economy.offers.price[chip]
      let units = taken * world.economy.grey.share[chip]
      take(units, of: chip, price: price, &world)
      value += units * price
      let arrived = world.economy.grey.delivered * world.economy.grey.share[chip]
      world.economy.grey.arrived[chip] = arrived
      world.economy.grey.seizedOfChip[chip] += units - arrived
      delivered += arrived * price
      world.economy.grey.deliveredH100eCumulative += arrived * world.economy.offers.h100e[chip]
    }
    let paid = delivered * world.economy.grey.multiple
    world.economy.grey.paid = paid
    world.economy.grey.premium = paid - value
    for buyer in buyers {
      let market = layout.marketOfOwner[buyer]
      let part = paid * world.economy.grey.offered[buyer] / money
      world.economy.sales.unmet[market] = Clearing.withoutChange(
        world.economy.sales.unmet[market] - part)
      world.economy.grey.paidByMarket[market] += part
      world.economy.grey.paidByOwner[buyer] = part
      world.economy.purses.spent[buyer] += part
    }
  }

  /// Takes chips from those who bought them this month, in proportion to what can be diverted from each.
  private func take(_ units: Double, of chip: ChipIndex, price: Double, _ world: inout World) {
    let all = divertible(chip, from: sources, world)
    for source in sources {
      let market = source.market
      let cell = layout.cell(market, chip)
      let part = units * world.economy.sales.sold[cell] * world.economy.grey.ease[market] / all
      guard part > 0 else { continue }
      world.economy.grey.takenFrom[cell] += part
      world.economy.sales.bought[market] -= world.economy.offers.unit(chip, cell: cell) * part
      for owner in layout.economy.markets[market].owners {
        world.economy.purses.resold[owner] += part * price * world.economy.sales.claim[owner]
      }
    }
  }

  /// Next month's price and capacity follow from this month's luck.
  private func adapt(willing: Double, _ world: inout World) {
    let moved = world.economy.grey.delivered + world.economy.grey.seized
    let seizedShare = moved > 0 ? world.economy.grey.seized / moved : 0
    let pressure = 1 - (1 - willing) * (1 - seizedShare)
    world.economy.grey.multiple =
      world[parameters.low] + max(0, world[parameters.high] - world[parameters.low]) * pressure
    guard moved > 0 else { return }
    let drift =
      world[parameters.growth] * yearsPerMonth * (1 - seizedShare) - world[parameters.shrinkage]
      * seizedShare
    world.economy.grey.capacity = min(
      world[parameters.most], world.economy.grey.capacity * exp(drift))
  }

  private func tell(_ trip: Consignment, _ world: inout World) {
    guard world.story != nil, trip.seized > 0 else { return }
    world.story?.tell(
      world.month, .seizure, of: followerName,
      "\(wholeText(trip.seized)) chips bound for it are seized")
  }
}
