/// What was sold, to whom, and what was not: this month's flows, and sums so far.
struct Sales: Sendable {
  // This month, by cell.

  /// Units sold.
  var sold: [Double]
  /// Of these, units sold under a license.
  var soldLicensed: [Double]

  // This month, by market.

  /// US dollars that buyers meant to spend.
  var intended: [Double]
  /// US dollars that were aimed at barred chips.
  var barred: [Double]
  /// US dollars that could not be spent.
  var unmet: [Double]
  /// Unmet over intended, 0 to 1.
  var scarcity: [Double]
  /// Chips that were wanted and barred.
  var denied: [Double]
  /// The same in H100e.
  var deniedH100e: [Double]
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

  /// By owner: what it built for itself.
  var ownBuilt: [FleetVector]
  /// By owner: its part of its market's money.
  var claim: [Double]
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
    let cells = Array(repeating: 0.0, count: layout.marketCount * layout.chipCount)
    let markets = Array(repeating: 0.0, count: layout.marketCount)
    let owners = layout.economy.owners.count
    sold = cells
    soldLicensed = cells
    intended = markets
    barred = markets
    unmet = markets
    scarcity = markets
    denied = markets
    deniedH100e = markets
    revenue = markets
    licenseFees = markets
    duties = markets
    bought = Array(repeating: .zero, count: layout.marketCount)
    isOnCutDownChips = Array(repeating: false, count: layout.marketCount)
    ownBuilt = Array(repeating: .zero, count: owners)
    claim = Array(repeating: 0, count: owners)
    unsold = Array(repeating: 0, count: layout.chipCount)
    madeCumulative = unsold
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
      revenue[market] = 0
      licenseFees[market] = 0
      duties[market] = 0
    }
    for owner in ownBuilt.indices { ownBuilt[owner] = .zero }
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
