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

  let parameters: Parameters
  let layout: EconomyLayout
  let agent: AgentID
  /// The markets that chips are diverted from.
  let sources: [Source]
  /// The follower's owners at home.
  let buyers: [Int]
  /// By owner: the share of its money for barred chips for which it would take diverted ones.
  private let willing: [ParameterIndex]
  /// Foreign chips that are not cut down: what a bar makes dear.
  let wares: [ChipIndex]
  let followerName: String

  /// A market that chips are diverted from.
  struct Source {
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
    willing = parameters.willing(economy)
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
    measureEnforcement(in: &world)
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

  /// How easily chips are diverted from each market this month, and how likely they are to be seized: traders
  /// turn away from a place as a consignment from there is less likely to get through than from elsewhere.
  private func measureEnforcement(in world: inout World) {
    let effort = world[parameters.seizureRate] * world[parameters.enforcement]
    let isNew = effort != world.economy.grey.effort
    world.economy.grey.effort = effort
    for source in sources {
      let market = source.market
      let factor = source.enforcement.map { world[$0] } ?? 1
      // Months differ in permits alone.
      if isNew || factor != world.economy.grey.enforcement[market] {
        world.economy.grey.enforcement[market] = factor
        world.economy.grey.unhindered[market] = source.ease * exp(-effort * (factor - 1))
        world.economy.grey.seizure[market] = -expm1(-effort * factor)
      }
      let permit =
        world[parameters.permitEffect] * world.economy.terms.measures.transit[source.place]
      world.economy.grey.ease[market] = world.economy.grey.unhindered[market] * (1 - permit)
    }
  }

  /// What the measures of single places leave of the trade: 1 where there are none.
  private func reach(_ world: borrowing World) -> Double {
    var (left, all) = (0.0, 0.0)
    for chip in wares {
      for source in sources {
        let sold = world.economy.sales.sold[layout.cell(source.market, chip)]
        guard sold > 0 else { continue }
        let value = sold * world.economy.offers.price[chip]
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
    world.economy.sales.claim[owner] * world[willing[owner]]
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
}
