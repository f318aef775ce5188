// How much of a month each chip may be sold in each market.

extension Offers {
  /// How much of the month chips may be sold. Most months are like the one before but for some terms and drawn
  /// approvals: then only the sales are looked at that depend on these, a tenth of the engine less.
  func decideSales(in world: inout World, at step: Int) {
    let now = OfferTable.Circumstances(
      termsSince: world.economy.terms.since, shelfChanges: world.economy.shelf.changes,
      pricings: world.economy.offers.pricings,
      closedFromTPP: world.economy.reactions.closedFromTPP,
      isRelieved: world.economy.reactions.isRelieved,
      isRetaliating: world.economy.reactions.isRetaliating)
    let before = world.economy.offers.circumstances
    world.economy.offers.circumstances = now
    guard let before, step > 0, now.isSame(butForTerms: before) else {
      for market in layout.marketIndices {
        for row in world.economy.shelf.inMarkets.indices {
          decideSales(in: &world, of: world.economy.shelf.inMarkets[row], in: market)
        }
      }
      return
    }
    if now.termsSince != before.termsSince {
      for place in world.economy.terms.changed.indices {
        decideSalesAnew(in: &world, of: world.economy.terms.changed[place])
      }
    }
    for place in world.economy.terms.reviewed.indices {
      let cell = world.economy.terms.reviewed[place]
      if world.economy.licenses.lastChange[cell] == step { decideSalesAnew(in: &world, of: cell) }
    }
  }

  /// The same of one sale that has come under other terms or approvals, and of what is not sold on days on which
  /// that is free.
  private func decideSalesAnew(in world: inout World, of cell: Cell) {
    let (chip, market) = (layout.chip(at: cell), layout.market(at: cell))
    for chip in weaker[chip] where world.economy.shelf.isOnSale[chip] {
      if layout.captiveTo[chip] == nil { decideSales(in: &world, of: chip, in: market) }
    }
  }

  /// How much of the month a chip may be sold in a market.
  @inline(__always) private func decideSales(
    in world: inout World, of chip: ChipIndex, in market: MarketIndex
  ) {
    let cell = layout.cell(market, chip)
    guard world.economy.offers.price[chip] > 0,
      layout.isDomestic[chip] || !isClosed(chip, to: market, world)
    else {
      world.economy.offers.sellable[cell] = 0
      world.economy.offers.licensed[cell] = 0
      return
    }
    let days = days(of: chip, in: market, world)
    let licensed = days.licensed
    world.economy.offers.sellable[cell] = days.open + licensed
    world.economy.offers.licensed[cell] = licensed
  }

  /// The days of the month on which a chip may be sold in a market.
  private func days(
    of chip: ChipIndex, in market: MarketIndex, _ world: borrowing World
  ) -> SaleDays {
    let cell = layout.cell(market, chip)
    let isRestricted = layout.isRestricted[market]
    let terms = world.economy.terms.sales[cell]
    return SaleDays(
      terms: terms, better: daysOfBetter(than: chip, in: market, world),
      approved: world.economy.licenses.approvedDays(of: terms, in: cell),
      isShut: isRestricted && world.economy.reactions.isRetaliating,
      isRelieved: isRestricted && world.economy.reactions.isRelieved)
  }

  /// Whether an episode of tightening closes a chip to a market.
  private func isClosed(
    _ chip: ChipIndex, to market: MarketIndex, _ world: borrowing World
  ) -> Bool {
    layout.isRestricted[market] && layout.tpp[chip] >= world.economy.reactions.closedFromTPP
  }

  /// Takes down what has been decided of the chip that somebody asks of.
  func takeDown(in world: inout World) {
    guard var inquiry = world.inquiry else { return }
    let chip = inquiry.chip
    inquiry.isOnSale = world.economy.shelf.isOnSale[chip]
    for place in inquiry.markets.indices {
      let market = inquiry.markets[place].market
      inquiry.markets[place].isClosed =
        isClosed(chip, to: market, world) && !layout.isDomestic[chip]
      inquiry.markets[place].days = days(of: chip, in: market, world)
    }
    world.inquiry = inquiry
  }

  /// The days on which something stronger that is cut from the same parent, or the parent, is free:
  /// nobody sells the cut where the whole may go.
  private func daysOfBetter(
    than chip: ChipIndex, in market: MarketIndex, _ world: borrowing World
  ) -> DaySet {
    let isRestricted = layout.isRestricted[market]
    var free = DaySet.none
    for sibling in siblings[chip] where world.economy.shelf.isOnSale[sibling] {
      guard !isClosed(sibling, to: market, world), world.economy.offers.price[sibling] > 0 else {
        continue
      }
      let terms = world.economy.terms.sales[layout.cell(market, sibling)]
      free = free.union(terms.open)
      if isRestricted, world.economy.reactions.isRelieved {
        free = free.union(terms.licensed(approved: .none, isRelieved: true))
      }
    }
    return free
  }
}
