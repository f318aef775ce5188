/// The rounds in which a month's money meets a month's chips: see ``MarketClearing``.
///
/// Everything it works on is its own, taken from the world before the first round and given back after
/// the last. Laws: no market spends more than it has, no family, supplier or cap gives more than there
/// is, and the order of markets and chips does not matter.
@dynamicMemberLookup
struct Clearing: ~Copyable {
  /// The chips of which there is at least a whole one, rising.
  var there: Rows<ChipIndex>
  /// What is on offer, market by market.
  var offers: Rows<LiveOffer>
  /// By market: its part of `offers`.
  var rows: Cells<Row>
  let markets: Places<MarketIndex>
  /// The places in `offers` of the follower's own chips.
  var domesticPlaces: Rows<Int>
  /// By cell: its place in `offers`; -1 for what is not on offer.
  var placeOfOffer: Cells<Int>
  /// By chip: what is the same in all markets.
  let trades: Cells<ChipTrade>

  /// A market's part of `offers`.
  struct Row {
    var first = 0
    var end = 0

    var places: Range<Int> { first..<end }
  }

  // By market.

  /// US dollars still to be spent.
  var left: Cells<Double>
  /// Share of what is aimed at barred chips that buyers keep for diverted ones.
  var kept: Cells<Double>
  /// Of what was aimed at barred chips, US dollars that buyers would not spend on anything else.
  var insisting: Cells<Double>
  /// US dollars aimed at barred chips.
  var barred: Cells<Double>
  /// Chips that were wanted and barred.
  var refused: Cells<Double>
  /// The same in H100e.
  var refusedH100e: Cells<Double>
  /// How much renting abroad counts.
  var rentWeight: Cells<Double>
  /// Chips rented abroad.
  var rented: Cells<Double>
  var rentAimed: Cells<Double>
  /// Orders for each chip that the first round wants: more where money is left for substitutes.
  var orderFactor: Cells<Double>
  let isAtHome: Cells<Bool>
  /// Whether it has nothing to spend any more, and nothing wanted or served in the round.
  var isDone: Cells<Bool>

  // By cap.

  /// Units or TPP, as it counts, that it still allows.
  var capLeft: Cells<Double>

  // By family, supplier and chip.

  /// By family: dies left.
  var dies: Cells<Double>
  /// By family: dies that buyers order in the first round, with those that they would take for what they
  /// cannot have.
  var ordered: Cells<Double>
  /// By family: US dollars that these orders would pay.
  var orderedValue: Cells<Double>
  /// By supplier: packages left.
  var packages: Cells<Double>
  /// By supplier: memory stacks left.
  var stacks: Cells<Double>
  /// By chip: the follower's own chips left.
  var unsold: Cells<Double>
  /// By chip: how many of these other places may still buy.
  var exportable: Cells<Double>
  var isSoldOut: Cells<Bool>
  let supplierOfFamily: Cells<Int>

  // By market and supplier, market by market.

  /// US dollars that the market spent on the supplier's chips over the last year.
  var past: Cells<Double>

  var figures = Figures()

  /// What is no column.
  struct Figures {
    /// Chips that could be rented abroad, and US dollars for one.
    var rentable = 0.0
    var monthlyRent = 0.0
    /// Whether memory or packages ran short.
    var arePartsShort = false
    /// Share of a sold-out family's dies that goes to markets by what they bought of its supplier before.
    var pastSalesShare = 0.0
  }

  // Sums of one round.
  /// By family: what is wanted of it, and what of that its dies allow.
  var demands: Cells<FamilyDemand>
  var served: Cells<FamilyDemand>
  /// By market and family, market by market: what is wanted, and the share of it that its dies allow where
  /// they are short.
  var wants: Cells<FamilyDemand>
  var share: Cells<Double>
  /// By family: whether more is wanted than there are dies.
  var isShort: Cells<Bool>
  /// By supplier: the share of what its dies allow that its memory and packages allow.
  var partShare: Cells<Double>
  var wantedPackages: Cells<Double>
  var wantedStacks: Cells<Double>
  var atHome: Cells<Double>
  var abroad: Cells<Double>

  /// What is wanted of a family in a round.
  struct FamilyDemand {
    var dies = 0.0
    var units = 0.0
    var stacks = 0.0
  }

  /// US dollars that nobody spends on chips any more: less is what rounding leaves.
  static let change = 0.01

  /// Chips of which nobody sells less: it is what rounding leaves of a stock that is sold out.
  static let crumb = 1e-6

  /// What is left of an amount of US dollars: nothing, where it is no more than rounding leaves, which a
  /// ratio would take for a number.
  static func withoutChange(_ dollars: Double) -> Double { dollars > change ? dollars : 0 }

  /// What is left of a number of chips: none, where it is no more than rounding leaves.
  static func withoutCrumbs(_ chips: Double) -> Double { chips > crumb ? chips : 0 }

  /// The figures, as if they were the part's own.
  @inline(__always) subscript<Value>(dynamicMember path: WritableKeyPath<Figures, Value>) -> Value {
    get { figures[keyPath: path] }
    set { figures[keyPath: path] = newValue }
  }

  init(_ layout: EconomyLayout, caps: Int, in arena: inout Arena) {
    self.markets = layout.marketIndices
    let (markets, chips) = (layout.marketCount, layout.chipCount)
    let (families, suppliers) = (layout.economy.families.count, layout.economy.suppliers.count)
    there = arena.rows(upTo: chips)
    offers = arena.rows(upTo: markets * chips)
    rows = arena.cells(markets, of: Row())
    domesticPlaces = arena.rows(upTo: markets * chips)
    placeOfOffer = arena.cells(markets * chips, of: -1)
    trades = arena.cells(layout.trades)
    left = arena.cells(markets)
    kept = arena.cells(markets)
    insisting = arena.cells(markets)
    barred = arena.cells(markets)
    refused = arena.cells(markets)
    refusedH100e = arena.cells(markets)
    rentWeight = arena.cells(markets)
    rented = arena.cells(markets)
    rentAimed = arena.cells(markets)
    orderFactor = arena.cells(markets)
    isAtHome = arena.cells(layout.isFollowerHome)
    isDone = arena.cells(markets, of: false)
    capLeft = arena.cells(caps)
    dies = arena.cells(families)
    ordered = arena.cells(families)
    orderedValue = arena.cells(families)
    packages = arena.cells(suppliers)
    stacks = arena.cells(suppliers)
    unsold = arena.cells(chips)
    exportable = arena.cells(chips)
    isSoldOut = arena.cells(families, of: false)
    supplierOfFamily = arena.cells(families) { layout.economy.families[$0].supplier }
    past = arena.cells(markets * suppliers)
    demands = arena.cells(families, of: FamilyDemand())
    served = arena.cells(families, of: FamilyDemand())
    wants = arena.cells(markets * families, of: FamilyDemand())
    share = arena.cells(markets * families)
    isShort = arena.cells(families, of: false)
    partShare = arena.cells(suppliers)
    wantedPackages = arena.cells(suppliers)
    wantedStacks = arena.cells(suppliers)
    atHome = arena.cells(chips)
    abroad = arena.cells(chips)
  }

  /// What is on offer of a chip in a market this month; nil where it is not.
  func offer(of chip: ChipIndex, in market: MarketIndex) -> LiveOffer? {
    let place = placeOfOffer[market.position * trades.count + chip.position]
    return place < 0 ? nil : offers[place]
  }

  /// Whether the chip of a cell is one of the follower's own.
  func isDomestic(at cell: Int) -> Bool { trades[cell % trades.count].family == nil }

  /// Begins a month with nothing on offer.
  mutating func begin() {
    there.removeAll()
    offers.removeAll()
    domesticPlaces.removeAll()
    placeOfOffer.clear(to: -1)
    for market in markets {
      rows[market] = Row()
      isDone[market] = false
      kept[market] = 0
      insisting[market] = 0
      barred[market] = 0
      refused[market] = 0
      refusedH100e[market] = 0
      rented[market] = 0
    }
    for family in isSoldOut.indices {
      isSoldOut[family] = false
      ordered[family] = 0
      orderedValue[family] = 0
    }
    figures.arePartsShort = false
  }

  /// Begins what a market is offered; the offers that are added next are its own.
  mutating func open(_ market: MarketIndex) {
    rows[market] = Row(first: offers.count, end: offers.count)
  }

  /// Adds what the market that was opened last is offered.
  mutating func add(_ offer: LiveOffer) {
    if trades[offer.chip].family == nil { domesticPlaces.append(offers.count) }
    placeOfOffer[offer.market.position * trades.count + offer.chip.position] = offers.count
    offers.append(offer)
    rows[offer.market].end = offers.count
  }
}
