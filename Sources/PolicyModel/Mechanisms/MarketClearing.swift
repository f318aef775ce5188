import Quantities
import Simulation
import Stochastics

/// Phase: the month's money meets the month's chips (docs/ODD.md 7.9).
///
/// Reads `purses`, `offers` and `terms`; draws on `supply` and the domestic stock; writes `sales`,
/// `purses.spent`, and what of `remote` is rented.
///
/// Intended spending of a market is spread over offers in proportion to their weights, those that rules
/// bar included: that is what buyers would want. What was aimed at barred chips is given to others only
/// as far as buyers accept substitutes. A family's dies go to all destinations in proportion to what
/// they want; caps, memory and packages limit in the same way. What is left is spent again, twice, on
/// what is still there. Of the follower's money at home a share goes to its own chips first. What is
/// left in the end is unmet; over what was intended it is the scarcity.
struct MarketClearing: Mechanism {
  static let id = MechanismID(rawValue: 14)
  static let name = "market_clearing"
  static let canBeSwitchedOff = false
  static let metrics: [MetricDeclaration] = []
  static let parameters = [
    ParameterDeclaration(
      name: "market_clearing.substitution_share", unit: "1", range: 0...1,
      definition: "Share of the money aimed at barred chips that buyers spend on others instead."),
    ParameterDeclaration(
      name: "market_clearing.domestic_preference", unit: "1", range: 0...1,
      definition: "Share of the follower's money at home that goes to its own chips first."),
    ParameterDeclaration(
      name: "market_clearing.domestic_export_share", unit: "1", range: 0...1,
      definition: "Share of the follower's own chips that other places may buy in a month."),
    ParameterDeclaration(
      name: "market_clearing.rnd_per_revenue", unit: "1", range: 0...1,
      definition: "Research that suppliers fund with a dollar of revenue."),
  ]

  private let substitution, domesticPreference, domesticExports, research: ParameterIndex
  private let layout: EconomyLayout
  /// Families of foreign suppliers that sell to everybody.
  private let openFamilies: [Int]

  init(_ blueprint: Blueprint) {
    let table = blueprint.parameters
    func at(_ key: String) -> ParameterIndex { table.index(of: "\(Self.name).\(key)") }
    substitution = at("substitution_share")
    domesticPreference = at("domestic_preference")
    domesticExports = at("domestic_export_share")
    research = at("rnd_per_revenue")
    layout = EconomyLayout(blueprint)
    let economy = layout.economy
    openFamilies = economy.families.indices.filter {
      economy.families[$0].captiveTo == nil
        && !economy.suppliers[economy.families[$0].supplier].isDomestic
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    world.economy.sales.beginMonth(researchPerRevenue: world[research])
    deliverToOwnBuilders(&world)
    for (market, place) in layout.economy.markets.enumerated() {
      world.economy.sales.intended[market] = place.owners.reduce(0) {
        $0 + world.economy.purses.plan[$1] - world.economy.purses.spent[$1]
      }
      world.economy.sales.left[market] = world.economy.sales.intended[market]
    }
    setCaps(&world)
    buyDomesticFirst(&world)
    spend(&world, isFirst: true)
    spend(&world, isFirst: false)
    spend(&world, isFirst: false)
    settle(&world)
  }

  /// Owners that build chips for themselves take them first.
  private func deliverToOwnBuilders(_ world: inout World) {
    for (place, family) in layout.economy.families.enumerated() {
      guard let owner = family.captiveTo else { continue }
      let onSale = layout.chipsOfFamily[place].filter {
        world.economy.shelf.isOnSale[$0] && world.economy.offers.price[$0] > 0
      }
      guard let chip = onSale.max(by: { layout.tpp[$0] < layout.tpp[$1] }) else { continue }
      let price = world.economy.offers.price[chip]
      let purse = world.economy.purses.plan[owner] - world.economy.purses.spent[owner]
      let supply = world.economy.supply.dies[place] / layout.chips[chip].diesPerChip
      let units = min(supply, purse / price)
      let market = layout.marketOfOwner[owner]
      world.economy.supply.dies[place] -= units * layout.chips[chip].diesPerChip
      world.economy.purses.spent[owner] += units * price
      let cell = layout.cell(market, chip)
      world.economy.sales.sold[cell] += units
      world.economy.sales.ownBuilt[owner] += world.economy.offers.unit(chip, cell: cell) * units
    }
  }

  /// How many units of each chip each market may still get under its caps.
  private func setCaps(_ world: inout World) {
    for market in 0..<layout.marketCount where layout.economy.hasCaps(market, world) {
      world.economy.sales.tppLeft[market] = .infinity
      for chip in world.economy.shelf.onSale {
        let cell = layout.cell(market, chip)
        let terms = world.economy.terms.sales[cell]
        var left = Double.infinity
        if terms.capUnits.isFinite {
          left = terms.capUnits - world.economy.sales.soldUnderCap[cell]
        }
        if terms.capShareOfSales.isFinite {
          let elsewhere = soldToLeader(chip, world)
          left = min(
            left, terms.capShareOfSales * elsewhere - world.economy.sales.soldUnderCap[cell])
        }
        if terms.capTPP.isFinite {
          let left = terms.capTPP - world.economy.sales.tppUnderCap[market]
          world.economy.sales.tppLeft[market] = max(
            0, min(world.economy.sales.tppLeft[market], left))
        }
        world.economy.sales.unitsLeft[cell] = max(0, left)
      }
    }
  }

  private func soldToLeader(_ chip: Int, _ world: World) -> Double {
    (0..<layout.marketCount).reduce(0) { sum, market in
      layout.isLeaderHome[market]
        ? sum + world.economy.sales.soldCumulative[layout.cell(market, chip)] : sum
    }
  }

  private func buyDomesticFirst(_ world: inout World) {
    let share = world[domesticPreference]
    let intended = (0..<layout.marketCount).reduce(0) {
      layout.isFollowerHome[$1] ? $0 + world.economy.sales.intended[$1] : $0
    }
    guard intended > 0 else { return }
    for chip in world.economy.shelf.onSale where layout.isDomestic[chip] {
      let price = world.economy.offers.price[chip]
      let unsold = world.economy.sales.unsold[chip]
      guard price > 0, unsold > 0 else { continue }
      let units = min(unsold, intended * share / price)
      for market in 0..<layout.marketCount where layout.isFollowerHome[market] {
        let part = units * world.economy.sales.intended[market] / intended
        world.economy.sales.take(
          part, ofChip: chip, cell: layout.cell(market, chip), market: market, price: price)
      }
      world.economy.sales.unsold[chip] = max(0, unsold - units)
    }
  }
}

extension MarketClearing {
  /// One round: what is left is spread over offers, and served as far as there is supply.
  private func spend(_ world: inout World, isFirst: Bool) {
    let accepts = world[substitution]
    for market in 0..<layout.marketCount {
      aim(market, isFirst: isFirst, accepts: accepts, &world)
    }
    limitByCaps(&world)
    rationFamilies(&world, isFirst: isFirst)
    rationDomestic(&world)
    rationRemote(&world)
    for market in 0..<layout.marketCount { serve(market, &world) }
  }

  /// Spreads a market's money over its offers: units wanted, by cell.
  private func aim(
    _ market: Int, isFirst: Bool, accepts: Double, _ world: inout World
  ) {
    let row = layout.cell(market, 0)
    var total = isFirst ? world.economy.remote.weight[market] : 0
    for chip in world.economy.shelf.onSale {
      let presence = presence(row + chip, chip, isFirst: isFirst, world)
      world.economy.sales.share[row + chip] = presence
      total += presence
    }
    let money = world.economy.sales.left[market]
    guard total > 0, money > 0 else {
      for chip in world.economy.shelf.onSale { world.economy.sales.wanted[row + chip] = 0 }
      world.economy.sales.rentAimed[market] = 0
      return
    }
    var barred = 0.0
    for chip in world.economy.shelf.onSale {
      let aimed = money * world.economy.sales.share[row + chip] / total
      guard aimed > 0 else {
        world.economy.sales.wanted[row + chip] = 0
        continue
      }
      let sellable = world.economy.offers.sellable[row + chip]
      let buyable = isFirst && layout.parentOfChip[chip] == nil ? aimed * sellable : aimed
      let price =
        world.economy.offers.price[chip] * (1 + world.economy.terms.sales[row + chip].duty)
      world.economy.sales.wanted[row + chip] = buyable / price
      barred += aimed - buyable
      if buyable < aimed {
        world.economy.sales.denied[market] += (aimed - buyable) / price
        world.economy.sales.deniedH100e[market] +=
          (aimed - buyable) / price * world.economy.offers.h100e[chip]
      }
    }
    world.economy.sales.rentAimed[market] =
      isFirst ? money * world.economy.remote.weight[market] / total : 0
    guard isFirst else { return }
    world.economy.sales.barred[market] = barred
    world.economy.sales.insisting[market] = barred * (1 - accepts)
    world.economy.sales.left[market] -= barred * (1 - accepts)
  }

  /// How much an offer counts: barred parts of the catalogue count in the first round.
  private func presence(
    _ cell: Int, _ chip: Int, isFirst: Bool, _ world: World
  ) -> Double {
    let weight = world.economy.offers.weight[cell]
    guard weight > 0 else { return 0 }
    if layout.isDomestic[chip] {
      return world.economy.sales.unsold[chip] > 0 ? weight * world.economy.offers.sellable[cell] : 0
    }
    if !isFirst, let family = layout.familyOfChip[chip], world.economy.sales.isSoldOut[family] {
      return 0
    }
    let offered = weight * world.economy.offers.offered[cell]
    let counts = isFirst && layout.parentOfChip[chip] == nil
    return counts ? offered : offered * world.economy.offers.sellable[cell]
  }

  private func limitByCaps(_ world: inout World) {
    for market in 0..<layout.marketCount where layout.economy.hasCaps(market, world) {
      var tpp = 0.0
      for chip in world.economy.shelf.onSale {
        let cell = layout.cell(market, chip)
        let wanted = min(world.economy.sales.wanted[cell], world.economy.sales.unitsLeft[cell])
        world.economy.sales.wanted[cell] = wanted
        if world.economy.terms.sales[cell].capTPP.isFinite { tpp += wanted * layout.tpp[chip] }
      }
      guard tpp > world.economy.sales.tppLeft[market] else { continue }
      let share = world.economy.sales.tppLeft[market] / tpp
      for chip in world.economy.shelf.onSale {
        let cell = layout.cell(market, chip)
        if world.economy.terms.sales[cell].capTPP.isFinite {
          world.economy.sales.wanted[cell] *= share
        }
      }
    }
  }

  /// Dies of a family in proportion to what is wanted, then memory and packages of its supplier.
  private func rationFamilies(_ world: inout World, isFirst: Bool) {
    for family in openFamilies {
      var (all, others, elsewhere) = (0.0, 0.0, 0.0)
      for chip in layout.chipsOfFamily[family] where world.economy.shelf.isOnSale[chip] {
        for market in 0..<layout.marketCount {
          let cell = layout.cell(market, chip)
          let wanted = world.economy.sales.wanted[cell]
          guard wanted > 0 else { continue }
          let dies = wanted * layout.chips[chip].diesPerChip
          all += dies
          guard !layout.isRestricted[market] else { continue }
          others += dies
          elsewhere += wanted * world.economy.offers.h100e[chip]
        }
      }
      let dies = world.economy.supply.dies[family]
      let share = all > dies ? dies / all : 1
      if all > dies { world.economy.sales.isSoldOut[family] = true }
      world.economy.sales.ration[family] = share
      if isFirst, all > dies {
        let alone = others > dies ? dies / others : 1
        world.economy.sales.displacedH100e += elsewhere * (alone - share)
      }
    }
    for supplier in layout.economy.suppliers.indices { rationParts(of: supplier, &world) }
  }

  private func rationParts(of supplier: Int, _ world: inout World) {
    var (packages, stacks) = (0.0, 0.0)
    for family in openFamilies where layout.economy.families[family].supplier == supplier {
      for chip in layout.chipsOfFamily[family] where world.economy.shelf.isOnSale[chip] {
        var units = 0.0
        for market in 0..<layout.marketCount {
          units += world.economy.sales.wanted[layout.cell(market, chip)]
        }
        units *= world.economy.sales.ration[family]
        packages += units
        stacks += units * layout.chips[chip].memoryStacks
      }
    }
    let byPackages =
      packages > world.economy.supply.packages[supplier]
      ? world.economy.supply.packages[supplier] / packages : 1
    let byStacks =
      stacks > world.economy.supply.stacks[supplier]
      ? world.economy.supply.stacks[supplier] / stacks : 1
    let share = min(byPackages, byStacks)
    world.economy.supply.packages[supplier] -= packages * share
    world.economy.supply.stacks[supplier] -= stacks * share
    guard share < 1 else { return }
    world.economy.sales.arePartsShort = true
    for family in openFamilies where layout.economy.families[family].supplier == supplier {
      world.economy.sales.ration[family] *= share
    }
  }

  /// The follower's own chips: at home first, then abroad up to the share for exports.
  private func rationDomestic(_ world: inout World) {
    for chip in world.economy.shelf.onSale where layout.isDomestic[chip] {
      var (home, abroad) = (0.0, 0.0)
      for market in 0..<layout.marketCount {
        let wanted = world.economy.sales.wanted[layout.cell(market, chip)]
        if layout.isFollowerHome[market] { home += wanted } else { abroad += wanted }
      }
      let unsold = world.economy.sales.unsold[chip]
      let homeShare = home > unsold ? unsold / home : 1
      let forExport = min(
        max(0, unsold - home * homeShare), world.economy.sales.exportsLeft(chip, world[domesticExports]))
      let abroadShare = abroad > forExport ? forExport / abroad : 1
      for market in 0..<layout.marketCount {
        let isHome = layout.isFollowerHome[market]
        world.economy.sales.wanted[layout.cell(market, chip)] *= isHome ? homeShare : abroadShare
      }
      world.economy.sales.exported[chip] += abroad * abroadShare
      // A rounding below zero would turn into shares of nothing.
      world.economy.sales.unsold[chip] = max(0, unsold - home * homeShare - abroad * abroadShare)
    }
  }

  private func rationRemote(_ world: inout World) {
    let price = world.economy.remote.monthlyRent
    guard price > 0 else { return }
    let asked = world.economy.sales.rentAimed.reduce(0, +) / price
    let share = asked > world.economy.remote.capacity ? world.economy.remote.capacity / asked : 1
    for market in 0..<layout.marketCount {
      let chips = world.economy.sales.rentAimed[market] / price * share
      world.economy.remote.rented[market] += chips
      world.economy.sales.spendOnRent(chips * price, market: market)
    }
  }

  /// Hands over what was wanted and rationed.
  private func serve(_ market: Int, _ world: inout World) {
    let row = layout.cell(market, 0)
    for chip in world.economy.shelf.onSale {
      let cell = row + chip
      guard world.economy.sales.wanted[cell] > 0 else { continue }
      var units = world.economy.sales.wanted[cell]
      let list = world.economy.offers.price[chip]
      if !layout.isDomestic[chip], let family = layout.familyOfChip[chip] {
        units *= world.economy.sales.ration[family]
        let dies = units * layout.chips[chip].diesPerChip
        world.economy.supply.dies[family] = max(0, world.economy.supply.dies[family] - dies)
      }
      let terms = world.economy.terms.sales[cell]
      world.economy.sales.take(
        units, ofChip: chip, cell: cell, market: market, price: list * (1 + terms.duty))
      let licensed = world.economy.offers.licensedShare(of: terms, cell: cell)
      world.economy.sales.soldLicensed[cell] += units * licensed
      world.economy.sales.book(
        units: units, list: list, terms: terms, licensed: licensed, cell: cell, market: market,
        tpp: layout.tpp[chip], isForeign: !layout.isDomestic[chip])
      if world.economy.sales.unitsLeft[cell].isFinite {
        world.economy.sales.unitsLeft[cell] -= units
      }
      if terms.capTPP.isFinite {
        world.economy.sales.tppLeft[market] = max(
          0, world.economy.sales.tppLeft[market] - units * layout.tpp[chip])
      }
    }
  }

  /// Adds the month up: unmet demand, what owners have spent, and what markets have bought.
  private func settle(_ world: inout World) {
    for (market, place) in layout.economy.markets.enumerated() {
      let intended = world.economy.sales.intended[market]
      let unmet = max(
        0, world.economy.sales.left[market] + world.economy.sales.insisting[market])
      world.economy.sales.unmet[market] = unmet
      world.economy.sales.scarcity[market] = intended > 0 ? min(1, unmet / intended) : 0
      let share = intended > 0 ? (intended - unmet) / intended : 0
      for owner in place.owners {
        let purse = world.economy.purses.plan[owner] - world.economy.purses.spent[owner]
        world.economy.sales.claim[owner] = intended > 0 ? purse / intended : 0
        world.economy.purses.spent[owner] += purse * share
      }
      addUp(market, &world)
    }
  }

  private func addUp(_ market: Int, _ world: inout World) {
    let row = layout.cell(market, 0)
    var (bought, cutDown, all) = (FleetVector.zero, 0.0, 0.0)
    for chip in world.economy.shelf.onSale {
      let units = world.economy.sales.sold[row + chip]
      guard units > 0 else { continue }
      world.economy.sales.soldCumulative[row + chip] += units
      guard layout.captiveTo[chip] == nil else { continue }
      bought += world.economy.offers.unit(chip, cell: row + chip) * units
      let h100e = units * world.economy.offers.h100e[chip]
      all += h100e
      if layout.parentOfChip[chip] != nil { cutDown += h100e }
    }
    world.economy.sales.bought[market] = bought
    world.economy.sales.isOnCutDownChips[market] = all > 0 && cutDown > all / 2
  }
}
