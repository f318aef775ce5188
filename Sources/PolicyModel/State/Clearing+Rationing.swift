// What becomes of dies, memory and packages of which more is wanted than there is.

extension Clearing {
  /// Where a family stands in a market's part of what is kept by market and family.
  @inline(__always) func place(_ market: MarketIndex, _ family: Int) -> Int {
    market.position * demands.count + family
  }

  /// The share that a market gets of what it wants of a family in this round.
  @inline(__always) func served(_ market: MarketIndex, _ family: Int) -> Double {
    (isShort[family] ? share[place(market, family)] : 1) * partShare[supplierOfFamily[family]]
  }

  /// A family of which more is wanted than there is goes to markets by what they want, and by what they bought of
  /// its supplier before.
  mutating func rationFamilies() {
    for family in demands.indices {
      isShort[family] = demands[family].dies > dies[family]
      served[family] = demands[family]
      guard isShort[family] else { continue }
      isSoldOut[family] = true
      split(family)
    }
  }

  /// Shares a family's dies out: no market gets more than it wants, and what one leaves goes to those who still
  /// want some.
  private mutating func split(_ family: Int) {
    let (all, there) = (demands[family].dies, dies[family])
    let (byWants, byPast) = weights(of: supplierOfFamily[family])
    var (left, lacking) = (there, 0.0)
    for market in markets {
      let place = place(market, family)
      let wanted = wants[place].dies
      guard wanted > 0 else { continue }
      let offered = there * (byWants * wanted / all + byPast * past(market, family))
      let got = min(wanted, offered)
      share[place] = got / wanted
      left -= got
      lacking += wanted - got
    }
    let second = lacking > 0 ? min(1, max(0, left) / lacking) : 0
    served[family] = FamilyDemand()
    for market in markets {
      let place = place(market, family)
      let want = wants[place]
      guard want.dies > 0 else { continue }
      share[place] += (1 - share[place]) * second
      served[family].dies += want.dies * share[place]
      served[family].units += want.units * share[place]
      served[family].stacks += want.stacks * share[place]
    }
  }

  /// What goes by wants, and for each dollar spent on a supplier before, what goes by that. All goes by wants
  /// where nobody has bought anything yet.
  private func weights(of supplier: Int) -> (byWants: Double, byPast: Double) {
    var sum = 0.0
    for market in markets { sum += past[market.position * packages.count + supplier] }
    guard sum > 0 else { return (1, 0) }
    return (1 - figures.pastSalesShare, figures.pastSalesShare / sum)
  }

  private func past(_ market: MarketIndex, _ family: Int) -> Double {
    past[market.position * packages.count + supplierOfFamily[family]]
  }

  /// Memory and packages of a supplier limit all its families alike.
  mutating func rationParts() {
    for supplier in packages.indices {
      wantedPackages[supplier] = 0
      wantedStacks[supplier] = 0
    }
    for family in served.indices {
      wantedPackages[supplierOfFamily[family]] += served[family].units
      wantedStacks[supplierOfFamily[family]] += served[family].stacks
    }
    for supplier in packages.indices {
      let (units, wanted) = (wantedPackages[supplier], wantedStacks[supplier])
      let byPackages = units > packages[supplier] ? packages[supplier] / units : 1
      let byStacks = wanted > stacks[supplier] ? stacks[supplier] / wanted : 1
      let share = min(byPackages, byStacks)
      packages[supplier] = max(0, packages[supplier] - units * share)
      stacks[supplier] = max(0, stacks[supplier] - wanted * share)
      partShare[supplier] = share
      if share < 1 { figures.arePartsShort = true }
    }
  }
}
