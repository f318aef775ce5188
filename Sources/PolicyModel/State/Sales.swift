/// What was sold, to whom, and what was not: this month's flows, and sums so far.
@dynamicMemberLookup
struct Sales: ~Copyable {
  // This month, by cell.

  /// Units sold.
  var sold: Cells<Double>
  /// Of these, units sold under a license.
  var soldLicensed: Cells<Double>

  // This month, by market.

  /// US dollars that buyers meant to spend.
  var intended: Cells<Double>
  /// US dollars that were aimed at barred chips.
  var barred: Cells<Double>
  /// US dollars that could not be spent.
  var unmet: Cells<Double>
  /// Unmet over intended, 0 to 1.
  var scarcity: Cells<Double>
  /// Chips that were wanted and barred.
  var refused: Cells<Double>
  /// The same in H100e.
  var refusedH100e: Cells<Double>
  /// US dollars that suppliers of foreign chips got.
  var revenue: Cells<Double>
  /// US dollars that the exporting government got as its share of licensed sales.
  var licenseFees: Cells<Double>
  /// US dollars of duty, whoever bears it.
  var duties: Cells<Double>
  /// What the chips bought amount to.
  var bought: Cells<FleetVector>
  /// Whether most of what it buys waits longer for its links than the reference chip.
  var waitsForLinks: Cells<Bool>

  /// By family: dies ordered this month, served or not (``Clearing/ordered``).
  var ordered: Cells<Double>
  /// By family: of these, dies that were sold; and dies that nobody bought.
  var served: Cells<Double>
  var leftOver: Cells<Double>
  /// By family: US dollars that these orders would pay.
  var orderedValue: Cells<Double>

  // This month, by owner.

  /// By owner: what it built for itself.
  var ownBuilt: Cells<FleetVector>
  /// By owner: its part of its market's money.
  var claim: Cells<Double>

  // So far.

  /// By market and supplier, market by market: US dollars spent on its chips over the last year, each month
  /// counting less the longer it is past. At first what was held: it had been bought in the year before.
  var boughtBefore: Cells<Double>
  /// By chip: domestic chips made and not sold.
  var unsold: Cells<Double>
  /// By chip: domestic chips made.
  var madeCumulative: Cells<Double>
  /// By cell: units sold.
  var soldCumulative: Cells<Double>
  /// By cell: units sold under a license.
  var soldLicensedCumulative: Cells<Double>
  /// By cap: units or TPP, as it counts, sold under it.
  var soldUnderCap: Cells<Double>
  /// By cap: months in which something under it could be sold, of which deliveries take a number.
  var monthsOfDelivery: Cells<Double>
  /// US dollars of suppliers' revenue, by market.
  var revenueCumulative: Cells<Double>
  /// US dollars of license fees and duties, by market.
  var publicRevenueCumulative: Cells<Double>

  var figures = Figures()

  /// What is no column.
  struct Figures {
    /// Whether memory or packages of a foreign supplier ran short.
    var arePartsShort = false
    /// Research that suppliers have funded for a dollar of revenue.
    var researchPerRevenue = 0.0
    /// Share of a duty that buyers pay on top of the price; sellers bear the rest.
    var dutyPassedOn = 0.0
  }

  /// The figures, as if they were the part's own.
  @inline(__always) subscript<Value>(dynamicMember path: WritableKeyPath<Figures, Value>) -> Value {
    get { figures[keyPath: path] }
    set { figures[keyPath: path] = newValue }
  }

  init(_ layout: EconomyLayout, caps: Int, in arena: inout Arena) {
    let (markets, chips) = (layout.marketCount, layout.chipCount)
    let owners = layout.economy.owners.count
    sold = arena.cells(markets * chips)
    soldLicensed = arena.cells(markets * chips)
    intended = arena.cells(markets)
    barred = arena.cells(markets)
    unmet = arena.cells(markets)
    scarcity = arena.cells(markets)
    refused = arena.cells(markets)
    refusedH100e = arena.cells(markets)
    revenue = arena.cells(markets)
    licenseFees = arena.cells(markets)
    duties = arena.cells(markets)
    bought = arena.cells(markets, of: .zero)
    waitsForLinks = arena.cells(markets, of: false)
    ordered = arena.cells(layout.economy.families.count)
    served = arena.cells(layout.economy.families.count)
    leftOver = arena.cells(layout.economy.families.count)
    orderedValue = arena.cells(layout.economy.families.count)
    ownBuilt = arena.cells(owners, of: .zero)
    claim = arena.cells(owners)
    boughtBefore = arena.cells(layout.openingPurchases)
    unsold = arena.cells(chips)
    madeCumulative = arena.cells(chips)
    soldCumulative = arena.cells(markets * chips)
    soldLicensedCumulative = arena.cells(markets * chips)
    soldUnderCap = arena.cells(caps)
    monthsOfDelivery = arena.cells(caps)
    revenueCumulative = arena.cells(markets)
    publicRevenueCumulative = arena.cells(markets)
  }

  /// Clears the month's flows.
  mutating func beginMonth(researchPerRevenue: Double, dutyPassedOn: Double) {
    figures.researchPerRevenue = researchPerRevenue
    figures.dutyPassedOn = dutyPassedOn
    sold.clear(to: 0)
    soldLicensed.clear(to: 0)
    for market in intended.indices {
      revenue[market] = 0
      licenseFees[market] = 0
      duties[market] = 0
    }
    for owner in ownBuilt.indices { ownBuilt[owner] = .zero }
  }
}
