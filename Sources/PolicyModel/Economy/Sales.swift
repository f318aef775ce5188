/// What was sold, to whom, and what was not: this month's flows, and sums so far.
struct Sales: Sendable {
  private let chipCount: Int

  // This month, by cell.

  /// Units sold.
  var sold: [Double]
  /// Of these, units sold under a license.
  var soldLicensed: [Double]
  /// Units wanted in the round that is being served.
  var wanted: [Double]
  /// How much each offer counts in that round.
  var share: [Double]
  /// Units that caps still allow.
  var unitsLeft: [Double]

  // This month, by market.

  /// US dollars that buyers meant to spend.
  var intended: [Double]
  /// US dollars still to be spent.
  var left: [Double]
  /// US dollars that were aimed at barred chips.
  var barred: [Double]
  /// Of these, what buyers would not spend on anything else.
  var insisting: [Double]
  /// US dollars that could not be spent.
  var unmet: [Double]
  /// Unmet over intended, 0 to 1.
  var scarcity: [Double]
  /// Chips that were wanted and barred.
  var denied: [Double]
  /// The same in H100e.
  var deniedH100e: [Double]
  /// TPP that caps still allow.
  var tppLeft: [Double]
  /// US dollars meant for renting abroad.
  var rentAimed: [Double]
  /// US dollars that suppliers of foreign chips got.
  var revenue: [Double]
  /// US dollars that the exporting government got as its share of licensed sales.
  var licenseFees: [Double]
  /// US dollars of duty that buyers paid.
  var duties: [Double]
  /// What the chips bought amount to.
  var bought: [FleetVector]
  /// Whether most of what it buys is cut down.
  var isOnCutDownChips: [Bool]

  // This month, by family, owner and chip.

  /// By family: what share of what was wanted it could serve.
  var ration: [Double]
  /// By family: whether it is sold out.
  var isSoldOut: [Bool]
  /// By owner: what it built for itself.
  var ownBuilt: [FleetVector]
  /// By owner: its part of its market's money.
  var claim: [Double]
  /// By chip: domestic chips sold abroad.
  var exported: [Double]
  /// H100e that other buyers did not get because the follower bought from the same dies.
  var displacedH100e = 0.0
  /// Whether memory or packages of a foreign supplier ran short.
  var arePartsShort = false

  // So far.

  /// By chip: domestic chips made and not sold.
  var unsold: [Double]
  /// By chip: domestic chips made.
  var madeCumulative: [Double]
  /// By cell: units sold.
  var soldCumulative: [Double]
  /// By cell: units sold while a cap was in force.
  var soldUnderCap: [Double]
  /// By market: TPP sold while a cap was in force.
  var tppUnderCap: [Double]
  /// US dollars of suppliers' revenue, by market.
  var revenueCumulative: [Double]
  /// US dollars of license fees and duties, by market.
  var publicRevenueCumulative: [Double]
  /// Research that suppliers have funded for a dollar of revenue.
  private(set) var researchPerRevenue = 0.0

  init(_ layout: EconomyLayout) {
    chipCount = layout.chipCount
    let cells = Array(repeating: 0.0, count: layout.marketCount * layout.chipCount)
    let markets = Array(repeating: 0.0, count: layout.marketCount)
    let owners = layout.economy.owners.count
    sold = cells
    soldLicensed = cells
    wanted = cells
    share = cells
    unitsLeft = Array(repeating: .infinity, count: cells.count)
    intended = markets
    left = markets
    barred = markets
    insisting = markets
    unmet = markets
    scarcity = markets
    denied = markets
    deniedH100e = markets
    tppLeft = Array(repeating: .infinity, count: markets.count)
    rentAimed = markets
    revenue = markets
    licenseFees = markets
    duties = markets
    bought = Array(repeating: .zero, count: layout.marketCount)
    isOnCutDownChips = Array(repeating: false, count: layout.marketCount)
    ration = Array(repeating: 1, count: layout.economy.families.count)
    isSoldOut = Array(repeating: false, count: ration.count)
    ownBuilt = Array(repeating: .zero, count: owners)
    claim = Array(repeating: 0, count: owners)
    exported = Array(repeating: 0, count: layout.chipCount)
    unsold = exported
    madeCumulative = exported
    soldCumulative = cells
    soldUnderCap = cells
    tppUnderCap = markets
    revenueCumulative = markets
    publicRevenueCumulative = markets
  }

  /// Clears the month's flows.
  mutating func beginMonth(researchPerRevenue: Double) {
    self.researchPerRevenue = researchPerRevenue
    for cell in sold.indices {
      sold[cell] = 0
      soldLicensed[cell] = 0
    }
    for market in intended.indices {
      denied[market] = 0
      deniedH100e[market] = 0
      barred[market] = 0
      insisting[market] = 0
      revenue[market] = 0
      licenseFees[market] = 0
      duties[market] = 0
    }
    for family in isSoldOut.indices { isSoldOut[family] = false }
    for owner in ownBuilt.indices { ownBuilt[owner] = .zero }
    for chip in exported.indices { exported[chip] = 0 }
    displacedH100e = 0
    arePartsShort = false
  }

  /// Hands chips over for money.
  mutating func take(_ units: Double, ofChip chip: Int, cell: Int, market: Int, price: Double) {
    sold[cell] += units
    left[market] -= units * price
  }

  /// Spends money on rent.
  mutating func spendOnRent(_ money: Double, market: Int) { left[market] -= money }

  /// Books who gets the money, and what counts against caps.
  mutating func book(
    units: Double, list: Double, terms: SaleTerms, licensed: Double, cell: Int, market: Int,
    tpp: Double, isForeign: Bool
  ) {
    guard isForeign else { return }
    let value = units * list
    let fees = value * (terms.revenueShare * licensed)
    revenue[market] += value - fees
    revenueCumulative[market] += value - fees
    licenseFees[market] += fees
    duties[market] += value * terms.duty
    publicRevenueCumulative[market] += fees + value * terms.duty
    if terms.capUnits.isFinite || terms.capShareOfSales.isFinite { soldUnderCap[cell] += units }
    if terms.capTPP.isFinite { tppUnderCap[market] += units * tpp }
  }

  /// Domestic chips that may still be exported this month.
  func exportsLeft(_ chip: Int, _ share: Double) -> Double {
    max(0, (unsold[chip] + exported[chip]) * share - exported[chip])
  }

  /// Unmet over intended spending of the follower's buyers at home.
  func scarcity(ofFollower layout: EconomyLayout) -> Double {
    var (open, all) = (0.0, 0.0)
    for market in intended.indices where layout.isFollowerHome[market] {
      open += unmet[market]
      all += intended[market]
    }
    return all > 0 ? min(1, open / all) : 0
  }
}

extension Economy {
  /// Whether a cap is in force for a market this month.
  func hasCaps(_ market: Int, _ world: World) -> Bool { world.economy.terms.hasCaps[market] }
}

extension OfferTable {
  /// The part of a sale that needs a license.
  func licensedShare(of terms: SaleTerms, cell: Int) -> Double {
    let share = sellable[cell]
    return share > 0 ? max(0, share - terms.open) / share : 0
  }
}
