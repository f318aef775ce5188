import Glibc
import Quantities

// What a month's rounds have moved, in everybody's books.

extension MarketClearing {
  /// Of what is remembered of the past, what is left a month later: a year on average.
  private static let keptOfPast = exp(-yearsPerMonth)

  /// What the rounds have left and moved.
  func giveBack(_ world: inout World) {
    for family in world.economy.clearing.dies.indices
    where layout.economy.families[family].captiveTo == nil {
      let after = world.economy.clearing.dies[family]
      noteOrders(of: family, sold: world.economy.supply.dies[family] - after, in: &world)
      world.economy.supply.dies[family] = after
    }
    for chip in domesticChips {
      world.economy.sales.unsold[chip] = world.economy.clearing.unsold[chip]
    }
    for market in layout.marketIndices {
      world.economy.sales.barred[market] = world.economy.clearing.barred[market]
      world.economy.sales.refused[market] = world.economy.clearing.refused[market]
      world.economy.sales.refusedH100e[market] = world.economy.clearing.refusedH100e[market]
      world.economy.remote.rented[market] = world.economy.clearing.rented[market]
      let unmet = Clearing.withoutChange(
        world.economy.clearing.left[market] + world.economy.clearing.insisting[market])
      let intended = world.economy.sales.intended[market]
      world.economy.sales.unmet[market] = unmet
      world.economy.sales.scarcity[market] = intended > 0 ? min(1, unmet / intended) : 0
    }
    for place in world.economy.sales.boughtBefore.indices {
      world.economy.sales.boughtBefore[place] *= Self.keptOfPast
    }
    world.economy.sales.arePartsShort = world.economy.clearing.arePartsShort
    for row in world.economy.clearing.offers.indices
    where world.economy.clearing.offers[row].sold > 0 {
      book(world.economy.clearing.offers[row], &world)
    }
    for row in world.economy.terms.caps.indices {
      let cap = world.economy.terms.caps[row]
      world.economy.sales.soldUnderCap[cap.place] += world.economy.clearing.sold(under: cap)
    }
  }

  /// What was ordered of a family this month: who takes it in a later round, instead of something that was sold
  /// out, has ordered it too.
  private func noteOrders(of family: Int, sold: Double, in world: inout World) {
    let ordered = world.economy.clearing.ordered[family]
    let all = max(ordered, sold)
    world.economy.sales.served[family] = sold
    world.economy.sales.leftOver[family] = world.economy.clearing.dies[family]
    world.economy.sales.ordered[family] = all
    world.economy.sales.orderedValue[family] =
      ordered > 0 ? world.economy.clearing.orderedValue[family] * all / ordered : 0
  }

  /// Books a sale: who gets the money.
  private func book(_ offer: LiveOffer, _ world: inout World) {
    let cell = layout.cell(offer.market, offer.chip)
    let terms = world.economy.terms.sales[cell]
    let sellable = world.economy.offers.sellable[cell]
    let licensed = sellable > 0 ? world.economy.offers.licensed[cell] / sellable : 0
    world.economy.sales.sold[cell] += offer.sold
    world.economy.sales.soldLicensed[cell] += offer.sold * licensed
    world.economy.sales.soldLicensedCumulative[cell] += offer.sold * licensed
    guard !layout.isDomestic[offer.chip] else { return }
    let value = offer.sold * world.economy.offers.price[offer.chip]
    remember(value, offer, &world)
    let fees = value * terms.revenueShare * licensed
    let duty = value * terms.duty
    world.economy.sales.licenseFees[offer.market] += fees
    world.economy.sales.duties[offer.market] += duty
    world.economy.sales.publicRevenueCumulative[offer.market] += fees + duty
    let kept = value - fees - duty * (1 - world.economy.sales.dutyPassedOn)
    world.economy.sales.revenue[offer.market] += kept
    world.economy.sales.revenueCumulative[offer.market] += kept
  }

  /// Adds a sale to what the market has bought of the supplier over the last year.
  private func remember(_ value: Double, _ offer: LiveOffer, _ world: inout World) {
    guard let supplier = layout.supplierOfChip[offer.chip] else { return }
    let place = offer.market.position * layout.economy.suppliers.count + supplier
    world.economy.sales.boughtBefore[place] += value
  }

  /// Adds the month up: what owners have spent, and what markets have bought.
  func settle(_ world: inout World) {
    for owner in layout.marketOfOwner.indices {
      let market = layout.marketOfOwner[owner]
      let intended = world.economy.sales.intended[market]
      let unmet = world.economy.sales.unmet[market]
      let share = intended > 0 ? (intended - unmet) / intended : 0
      let purse = world.economy.purses.plan[owner] - world.economy.purses.spent[owner]
      world.economy.sales.claim[owner] = intended > 0 ? purse / intended : 0
      world.economy.purses.spent[owner] += purse * share
    }
    for market in layout.marketIndices { addUp(market, &world) }
  }

  private func addUp(_ market: MarketIndex, _ world: inout World) {
    var (bought, waiting, all) = (FleetVector.zero, 0.0, 0.0)
    for place in world.economy.shelf.inMarkets.indices {
      let chip = world.economy.shelf.inMarkets[place]
      let cell = layout.cell(market, chip)
      let units = world.economy.sales.sold[cell]
      guard units > 0 else { continue }
      world.economy.sales.soldCumulative[cell] += units
      bought += world.economy.offers.unit(chip, cell: cell) * units
      let h100e = units * world.economy.offers.h100e[chip]
      all += h100e
      if layout.waitsForLinks[chip] { waiting += h100e }
    }
    world.economy.sales.bought[market] = bought
    world.economy.sales.waitsForLinks[market] = waiting > all / 2
  }
}
