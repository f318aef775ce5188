/// Why one chip is or is not sold in one place in one month: taken down where it is decided, by ``Offers`` and by
/// the rounds of ``MarketClearing``. A world has one only where somebody asks, and it changes nothing.
struct SaleInquiry: Sendable {
  /// The chip.
  let chip: ChipIndex
  /// The month, as a step.
  let step: Int
  /// The markets of the place, in the order of the plan.
  var markets: [Market]
  /// Whether the chip is on the shelf.
  var isOnSale = false
  /// Whether there is a whole chip to be had.
  var isThere = false
  /// Units that caps on the chip in the place leave before the month's sales, of the tightest; nil without one.
  var capLeft: Double?

  /// What one market of the place makes of the chip.
  struct Market: Sendable {
    let market: MarketIndex
    /// Whether an episode of tightening closes the chip to it.
    var isClosed = false
    /// The days on which it may be sold there.
    var days: SaleDays?
    /// US dollars that its buyers mean to spend.
    var intended = 0.0
    /// Units that its buyers would take and may have, all rounds together.
    var wanted = 0.0
    /// Of these, units that caps cut.
    var cutByCaps = 0.0
    /// Of the rest, units that were sold out.
    var short = 0.0
    /// Units wanted and allowed in the round that is being served.
    fileprivate var asked = 0.0
  }

  /// Asks of a chip in some markets.
  init(chip: ChipIndex, markets: [MarketIndex], step: Int) {
    (self.chip, self.step) = (chip, step)
    self.markets = markets.map { Market(market: $0) }
  }

  /// Whether it is of a step.
  func isAsked(in step: Int) -> Bool { step == self.step }

  /// Takes down what a cap leaves, in units of the chip, if it is on the chip in the place.
  mutating func noteCap(_ cap: CapInForce, left: Double, _ layout: EconomyLayout) {
    let cells = markets.map { layout.cell($0.market, chip) }
    guard cap.counts.contains(where: { cells.contains($0.cell) }) else { return }
    capLeft = min(capLeft ?? .infinity, left)
  }

  /// Takes down what buyers would take in a round.
  mutating func noteWanted(_ clearing: borrowing Clearing) {
    for place in markets.indices {
      let wanted = clearing.offer(of: chip, in: markets[place].market)?.wanted ?? 0
      markets[place].asked = wanted
      markets[place].wanted += wanted
    }
  }

  /// Takes down what caps have left of it.
  mutating func noteAllowed(_ clearing: borrowing Clearing) {
    for place in markets.indices {
      let allowed = clearing.offer(of: chip, in: markets[place].market)?.wanted ?? 0
      markets[place].cutByCaps += markets[place].asked - allowed
      markets[place].asked = allowed
    }
  }

  /// Takes down what was handed over of that.
  mutating func noteServed(_ clearing: borrowing Clearing) {
    for place in markets.indices {
      let served = clearing.offer(of: chip, in: markets[place].market)?.served ?? 0
      markets[place].short += markets[place].asked - served
    }
  }
}
