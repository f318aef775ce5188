/// Diverted chips: this month's flows, and what the trade has learnt.
@dynamicMemberLookup
struct GreyTrade: ~Copyable {
  var figures = Figures()
  /// By market: US dollars that its buyers paid this month.
  var paidByMarket: Cells<Double>
  /// By owner: US dollars that it paid this month.
  var paidByOwner: Cells<Double>
  /// By cell: units that left the place they were sold to this month.
  var takenFrom: Cells<Double>
  /// By owner: US dollars that it would spend on diverted chips this month.
  var offered: Cells<Double>
  /// By market: what multiplies the effort of enforcement there, when ``unhindered`` and ``seizure`` were worked
  /// out; not a number before the first month.
  var enforcement: Cells<Double>
  /// By market: how easily chips would be diverted from it without permits on what leaves the place.
  var unhindered: Cells<Double>
  /// By market: how easily chips are diverted from it this month.
  var ease: Cells<Double>
  /// By market: how likely chips from there are to be seized.
  var seizure: Cells<Double>
  /// By chip: of this month's sales, chips that could be diverted if all were barred, and those that can be.
  var divertible: Cells<Double>
  var available: Cells<Double>
  /// By chip: its share of this month's consignments.
  var share: Cells<Double>
  /// By chip: chips that set out this month and arrive.
  var arrived: Cells<Double>
  /// By chip: chips seized so far.
  var seizedOfChip: Cells<Double>

  /// What is no column.
  struct Figures {
    /// Consignments a month that could be moved.
    var capacity = 0.0
    /// Price over list price.
    var multiple = 1.0
    /// Effort of enforcement when it was last worked out what it does; not a number before the first month.
    var effort = Double.nan
    /// Chips that arrive of this month's consignments.
    var delivered = 0.0
    /// Chips seized this month.
    var seized = 0.0
    /// US dollars that buyers paid this month.
    var paid = 0.0
    /// Of these, what was above list price, with what seizures cost taken off.
    var premium = 0.0
    /// Sums so far.
    var deliveredCumulative = 0.0
    var deliveredH100eCumulative = 0.0
    var seizedCumulative = 0.0
    var premiumCumulative = 0.0
  }

  /// The figures, as if they were the part's own.
  @inline(__always) subscript<Value>(dynamicMember path: WritableKeyPath<Figures, Value>) -> Value {
    get { figures[keyPath: path] }
    set { figures[keyPath: path] = newValue }
  }

  init(_ layout: EconomyLayout, in arena: inout Arena) {
    paidByMarket = arena.cells(layout.marketCount)
    paidByOwner = arena.cells(layout.economy.owners.count)
    takenFrom = arena.cells(layout.marketCount * layout.chipCount)
    offered = arena.cells(layout.economy.owners.count)
    enforcement = arena.cells(layout.marketCount, of: .nan)
    unhindered = arena.cells(layout.marketCount)
    ease = arena.cells(layout.marketCount)
    seizure = arena.cells(layout.marketCount)
    divertible = arena.cells(layout.chipCount)
    available = arena.cells(layout.chipCount)
    share = arena.cells(layout.chipCount)
    arrived = arena.cells(layout.chipCount)
    seizedOfChip = arena.cells(layout.chipCount)
  }

  mutating func beginMonth() {
    if figures.delivered + figures.seized > 0 {
      takenFrom.clear(to: 0)
      paidByMarket.clear(to: 0)
      paidByOwner.clear(to: 0)
      arrived.clear(to: 0)
    }
    figures.delivered = 0
    figures.seized = 0
    figures.paid = 0
    figures.premium = 0
  }

  mutating func add(_ trip: Consignment) {
    figures.delivered += trip.delivered
    figures.seized += trip.seized
  }

  /// Adds the month, once it is settled, to the sums.
  mutating func addUp() {
    figures.deliveredCumulative += figures.delivered
    figures.seizedCumulative += figures.seized
    figures.premiumCumulative += figures.premium
  }
}

/// One consignment: what became of it.
struct Consignment {
  /// Chips seized, on the first or the second attempt.
  let seized: Double
  /// Chips that arrived.
  let delivered: Double

  /// Chips taken from places that transship.
  var taken: Double { seized + delivered }

  init(
    sent: Double, isSeized: Bool, isSeizedAgain: Bool, reattempted: Double, available: Double
  ) {
    guard isSeized else {
      (seized, delivered) = (0, sent)
      return
    }
    let again = min(sent * reattempted, max(0, available - sent))
    seized = sent + (isSeizedAgain ? again : 0)
    delivered = isSeizedAgain ? 0 : again
  }
}

/// Computing that the follower's labs rent abroad.
@dynamicMemberLookup
struct RemoteRental: ~Copyable {
  var figures = Figures()
  /// By market: chips rented this month.
  var rented: Cells<Double>
  /// By market: how much the offer counts.
  var weight: Cells<Double>

  /// What is no column.
  struct Figures {
    /// Chips that could be rented this month.
    var capacity = 0.0
    /// What one of them amounts to in use from afar, and costs an hour.
    var unit = FleetVector.zero
    /// US dollars a chip and month.
    var monthlyRent = 0.0
  }

  /// The figures, as if they were the part's own.
  @inline(__always) subscript<Value>(dynamicMember path: WritableKeyPath<Figures, Value>) -> Value {
    get { figures[keyPath: path] }
    set { figures[keyPath: path] = newValue }
  }

  init(markets: Int, in arena: inout Arena) {
    rented = arena.cells(markets)
    weight = arena.cells(markets)
  }

  /// Nothing is on offer.
  mutating func close() {
    figures.capacity = 0
    figures.monthlyRent = 0
    for market in rented.indices {
      rented[market] = 0
      weight[market] = 0
    }
  }
}
