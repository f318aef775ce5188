import Quantities
import Simulation
import Stochastics

/// Phase: the month's money meets the month's chips (docs/ODD.md 7.10).
///
/// Reads `purses`, `offers`, `terms`, `shelf`, `remote`, `supply` and last month's `grey`; writes `clearing`, `sales`,
/// `purses.spent`, `remote.rented` and `supply.dies`.
///
/// Intended spending of a market is spread over offers in proportion to their weights, those that rules
/// bar included: that is what buyers would want. Of what was aimed at barred chips buyers at home keep some
/// for diverted ones; the rest is given to others only as far as buyers accept substitutes. The dies of a family
/// that sells out go to markets by what they want and by what they bought of its supplier over the last year;
/// caps, memory and packages limit in proportion to what is wanted. What is left is spent again, twice, on
/// what is still there. Of the follower's money at home a share goes to its own chips first. What is
/// left in the end is unmet; over what was intended it is the scarcity.
struct MarketClearing: Mechanism {
  static let id = MechanismID(rawValue: 14)
  static let name = "market_clearing"
  static let canBeSwitchedOff = false

  struct Parameters: ParameterHandles {
    let substitution = Handle(
      "substitution_share", "1", 0...1,
      "Share of the money aimed at barred chips that buyers spend on others instead.")
    let domesticPreference = Handle(
      "domestic_preference", "1", 0...1,
      "Share of the follower's money at home that goes to its own chips first.")
    let domesticExports = Handle(
      "domestic_export_share", "1", 0...1,
      "Share of the follower's own chips that other places may buy in a month.")
    let pastSales = Handle(
      "past_sales_share", "1", 0...1,
      "Share of sold-out dies that goes to markets by what they bought of the supplier in the last year."
    )
    let dutyPassedOn = Handle(
      "duty_passed_on", "1", 0...1, "Share of a duty that sellers add to the price.")
    let research = Handle(
      "rnd_per_revenue", "1", 0...1, "Research that suppliers fund with a dollar of revenue.")
  }

  /// How often money is spread over what there is to buy.
  private static let rounds = 3

  private let parameters: Parameters
  private let grey: GreyMarket.Parameters
  /// Whether anything is diverted. Parameters that may not be there would be copied to be looked at.
  private let hasGreyMarket: Bool
  /// By owner: the share of its money for barred chips for which it would take diverted ones.
  private let willing: [ParameterIndex]
  let layout: EconomyLayout
  /// The follower's own chips, strongest first.
  let domesticChips: [ChipIndex]
  /// Families that owners build for themselves: whose, and which chips, strongest first.
  private let ownBuilt: [(family: Int, owner: Int, chips: [ChipIndex])]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    grey = GreyMarket.parameters(blueprint)
    hasGreyMarket = !blueprint.switchedOff.contains(GreyMarket.name)
    layout = blueprint.layout
    let layout = layout
    willing = grey.willing(layout.economy)
    domesticChips = layout.chipIndices.filter { layout.isDomestic[$0] }
      .sorted { layout.tpp[$0] > layout.tpp[$1] }
    ownBuilt = layout.economy.families.indices.compactMap { family in
      layout.economy.families[family].captiveTo.map { owner in
        (family, owner, layout.chipsOfFamily[family].sorted { layout.tpp[$0] > layout.tpp[$1] })
      }
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    world.economy.sales.beginMonth(
      researchPerRevenue: world[parameters.research], dutyPassedOn: world[parameters.dutyPassedOn])
    deliverToOwnBuilders(&world)
    takeUp(&world)
    let isAsked = world.inquiry?.isAsked(in: step.step) == true
    if isAsked { takeDown(&world) }
    let accepts = world[parameters.substitution]
    world.economy.clearing.buyDomesticFirst(
      domesticChips, share: world[parameters.domesticPreference],
      intended: world.economy.sales.intended)
    let caps = world.economy.terms.caps
    var inquiry = isAsked ? world.inquiry : nil
    for round in 0..<Self.rounds {
      world.economy.clearing.spend(
        isFirst: round == 0, accepts: accepts, caps: caps, inquiry: &inquiry)
    }
    if isAsked { world.inquiry = inquiry }
    giveBack(&world)
    settle(&world)
  }

  /// Owners that build chips for themselves take them first.
  private func deliverToOwnBuilders(_ world: inout World) {
    for place in ownBuilt.indices {
      let (family, owner) = (ownBuilt[place].family, ownBuilt[place].owner)
      let strongest = ownBuilt[place].chips.first {
        world.economy.shelf.isOnSale[$0] && world.economy.offers.price[$0] > 0
      }
      guard let chip = strongest else { continue }
      let price = world.economy.offers.price[chip]
      let purse = world.economy.purses.plan[owner] - world.economy.purses.spent[owner]
      let supply = world.economy.supply.dies[family] / layout.chips[chip].diesPerChip
      let units = min(supply, purse / price)
      let cell = layout.cell(layout.marketOfOwner[owner], chip)
      world.economy.supply.dies[family] -= units * layout.chips[chip].diesPerChip
      world.economy.purses.spent[owner] += units * price
      world.economy.sales.sold[cell] += units
      world.economy.sales.soldCumulative[cell] += units
      world.economy.sales.ownBuilt[owner] += world.economy.offers.unit(chip, cell: cell) * units
    }
  }

  /// What there is to spend and to buy, before the rounds.
  private func takeUp(_ world: inout World) {
    world.economy.clearing.begin()
    for market in layout.marketIndices { world.economy.sales.intended[market] = 0 }
    for owner in layout.marketOfOwner.indices {
      world.economy.sales.intended[layout.marketOfOwner[owner]] +=
        world.economy.purses.plan[owner] - world.economy.purses.spent[owner]
    }
    keepForDiverted(&world)
    for row in world.economy.shelf.inMarkets.indices {
      let chip = world.economy.shelf.inMarkets[row]
      if isThere(chip, world) { world.economy.clearing.there.append(chip) }
    }
    for market in layout.marketIndices {
      world.economy.clearing.left[market] = world.economy.sales.intended[market]
      world.economy.clearing.rentWeight[market] = world.economy.remote.weight[market]
      world.economy.clearing.open(market)
      for row in world.economy.clearing.there.indices {
        offer(world.economy.clearing.there[row], to: market, &world)
      }
    }
    allowWhatCapsLeave(&world)
    for family in world.economy.supply.dies.indices {
      world.economy.clearing.dies[family] = world.economy.supply.dies[family]
    }
    for supplier in world.economy.supply.packages.indices {
      world.economy.clearing.packages[supplier] = world.economy.supply.packages[supplier]
      world.economy.clearing.stacks[supplier] = world.economy.supply.stacks[supplier]
    }
    let share = world[parameters.domesticExports]
    for chip in domesticChips {
      world.economy.clearing.unsold[chip] = world.economy.sales.unsold[chip]
      world.economy.clearing.exportable[chip] = world.economy.sales.unsold[chip] * share
    }
    for place in world.economy.sales.boughtBefore.indices {
      world.economy.clearing.past[place] = world.economy.sales.boughtBefore[place]
    }
    world.economy.clearing.pastSalesShare = world[parameters.pastSales]
    world.economy.clearing.rentable = world.economy.remote.capacity
    world.economy.clearing.monthlyRent = world.economy.remote.monthlyRent
  }

  /// How much of what buyers at home aim at barred chips is for diverted ones: the part of those who would
  /// take them, and no more than the trade could bring.
  private func keepForDiverted(_ world: inout World) {
    guard hasGreyMarket else { return }
    let reach =
      world.economy.grey.capacity * grey.pull(in: world) * world[grey.size]
      * world.economy.offers.price[layout.referenceChip] * world.economy.grey.multiple
    let home = layout.marketIndices.reduce(0) {
      layout.isFollowerHome[$1] ? $0 + world.economy.sales.intended[$1] : $0
    }
    for market in layout.marketIndices where layout.isFollowerHome[market] {
      let intended = world.economy.sales.intended[market]
      guard intended > 0 else { continue }
      let willing = layout.economy.markets[market].owners.reduce(0) { sum, owner in
        let purse = world.economy.purses.plan[owner] - world.economy.purses.spent[owner]
        return sum + purse * world[self.willing[owner]]
      }
      world.economy.clearing.kept[market] = min(willing / intended, reach / home)
    }
  }

  /// Takes down what there is of the chip that somebody asks of before the rounds, and what caps leave.
  private func takeDown(_ world: inout World) {
    guard var inquiry = world.inquiry else { return }
    let (chip, trade) = (inquiry.chip, layout.trades[inquiry.chip])
    inquiry.isThere =
      trade.family == nil ? world.economy.clearing.unsold[chip] > 0 : isThere(chip, world)
    for place in inquiry.markets.indices {
      inquiry.markets[place].intended =
        world.economy.sales.intended[inquiry.markets[place].market]
    }
    for cap in world.economy.terms.caps {
      let left = world.economy.clearing.capLeft[cap.place]
      inquiry.noteCap(cap, left: left / (cap.cap.measure == .units ? 1 : trade.tpp), layout)
    }
    world.inquiry = inquiry
  }

  /// Whether there is a whole chip to be had: families that are made no more have left the market.
  private func isThere(_ chip: ChipIndex, _ world: borrowing World) -> Bool {
    guard let family = layout.trades[chip].family else { return true }
    return world.economy.supply.dies[family] >= layout.trades[chip].diesPerChip
  }

  /// Puts a chip on offer in a market, if it counts there at all.
  private func offer(_ chip: ChipIndex, to market: MarketIndex, _ world: inout World) {
    let cell = layout.cell(market, chip)
    let weight = world.economy.offers.weight[cell]
    guard weight > 0 else { return }
    let sellable = world.economy.offers.sellable[cell]
    // Parts of the catalogue are wanted even where they are barred; cut-down ones are not, and would go through every
    // round for nothing where they may not be sold. The follower's own chips have a claim to its money at home all
    // the same.
    let isWantedBarred = layout.isWantedWhereBarred[chip]
    guard isWantedBarred || sellable > 0 || layout.isDomestic[chip] else { return }
    world.economy.clearing.add(
      LiveOffer(
        market: market, chip: chip,
        price: world.economy.offers.price[chip]
          * (1 + world.economy.terms.sales[cell].duty * world.economy.sales.dutyPassedOn),
        buyableFirst: isWantedBarred ? sellable : 1,
        firstWeight: isWantedBarred ? weight : weight * sellable,
        laterWeight: weight * sellable))
  }

  /// What each cap in force allows this month, of what it has not allowed before.
  private func allowWhatCapsLeave(_ world: inout World) {
    for row in world.economy.terms.caps.indices {
      let cap = world.economy.terms.caps[row]
      let amount =
        switch cap.cap.limit {
        case .amount(let amount): amount * deliveredShare(of: cap, &world)
        case .shareOfSales(let share, _): share * tppSoldToLeader(cap.base, world)
        }
      world.economy.clearing.capLeft[cap.place] = Clearing.withoutCrumbs(
        amount - world.economy.sales.soldUnderCap[cap.place])
    }
  }

  /// How much of an amount may have been delivered by the end of the month: the months count in which
  /// something under the cap may be sold.
  private func deliveredShare(of cap: CapInForce, _ world: inout World) -> Double {
    guard cap.cap.deliveryMonths > 0 else { return 1 }
    var open = 0.0
    for count in cap.counts { open = max(open, world.economy.offers.sellable[count.cell]) }
    world.economy.sales.monthsOfDelivery[cap.place] += min(1, open)
    return min(1, world.economy.sales.monthsOfDelivery[cap.place] / cap.cap.deliveryMonths)
  }

  private func tppSoldToLeader(
    _ chips: [ChipIndex], _ world: borrowing World
  ) -> Double {
    var sum = 0.0
    for market in layout.marketIndices where layout.isLeaderHome[market] {
      for chip in chips {
        sum += world.economy.sales.soldCumulative[layout.cell(market, chip)] * layout.tpp[chip]
      }
    }
    return sum
  }
}
