/// The rounds in which a month's money meets a month's chips: see ``MarketClearing``.
///
/// Everything it works on is its own, taken from the world before the first round and given back after
/// the last. Laws: no market spends more than it has, no family, supplier or cap gives more than there
/// is, and the order of markets and chips does not matter.
@dynamicMemberLookup
struct Clearing: ~Copyable {
  /// What is on offer, market by market.
  private(set) var offers: Rows<LiveOffer>
  /// By market: its part of `offers`.
  private var rows: Cells<Row>
  let markets: Places<MarketIndex>
  /// The places in `offers` of the follower's own chips.
  private var domesticPlaces: Rows<Int>
  /// By cell: its place in `offers`; -1 for what is not on offer.
  private var placeOfOffer: Cells<Int>
  /// By chip: what is the same in all markets.
  private let trades: Cells<ChipTrade>

  /// A market's part of `offers`.
  private struct Row {
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
  private(set) var insisting: Cells<Double>
  /// US dollars aimed at barred chips.
  private(set) var barred: Cells<Double>
  /// Chips that were wanted and barred.
  private(set) var refused: Cells<Double>
  /// The same in H100e.
  private(set) var refusedH100e: Cells<Double>
  /// How much renting abroad counts.
  var rentWeight: Cells<Double>
  /// Chips rented abroad.
  private(set) var rented: Cells<Double>
  private var rentAimed: Cells<Double>
  /// Orders for each chip that the first round wants: more where money is left for substitutes.
  private var orderFactor: Cells<Double>
  private let isAtHome: Cells<Bool>

  // By cap.

  /// Units or TPP, as it counts, that it still allows.
  var capLeft: Cells<Double>

  // By family, supplier and chip.

  /// By family: dies left.
  var dies: Cells<Double>
  /// By family: dies that buyers order in the first round, with those that they would take for what they
  /// cannot have.
  private(set) var ordered: Cells<Double>
  /// By family: US dollars that these orders would pay.
  private(set) var orderedValue: Cells<Double>
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
  private var atHome: Cells<Double>
  private var abroad: Cells<Double>

  /// What is wanted of a family in a round.
  struct FamilyDemand {
    var dies = 0.0
    var units = 0.0
    var stacks = 0.0
  }

  /// US dollars that nobody spends on chips any more: less is what rounding leaves.
  private static let change = 0.01

  /// Chips of which nobody sells less: it is what rounding leaves of a stock that is sold out.
  private static let crumb = 1e-6

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
    offers.removeAll()
    domesticPlaces.removeAll()
    placeOfOffer.clear(to: -1)
    for market in markets {
      rows[market] = Row()
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

  /// One round: what is left is spread over offers, and served as far as there is supply.
  ///
  /// - Parameters:
  ///   - accepts: share of the money aimed at barred chips that buyers spend on others.
  ///   - caps: those in force.
  ///   - inquiry: takes down what becomes of the chip that somebody asks of.
  mutating func spend(
    isFirst: Bool, accepts: Double, caps: [CapInForce], inquiry: inout SaleInquiry?
  ) {
    guard isFirst || left.indices.contains(where: { left[$0] > Self.change }) else { return }
    for family in demands.indices { demands[family] = FamilyDemand() }
    for place in wants.indices { wants[place] = FamilyDemand() }
    for market in markets { aim(market, isFirst: isFirst, accepts: accepts) }
    inquiry?.noteWanted(self)
    limit(by: caps)
    inquiry?.noteAllowed(self)
    for market in markets { addUpDemand(of: market, isFirst: isFirst) }
    rationFamilies()
    rationParts()
    rationDomestic()
    rationRent()
    for market in markets { serve(market) }
    inquiry?.noteServed(self)
    count(under: caps)
    takeFromStock()
  }
}

extension Clearing {
  /// Spreads a market's money over its offers: units wanted.
  private mutating func aim(_ market: MarketIndex, isFirst: Bool, accepts: Double) {
    rentAimed[market] = 0
    weigh(market, isFirst: isFirst)
    let row = rows[market].places
    var total = isFirst ? rentWeight[market] : 0
    for place in row { total += offers[place].wanted }
    let money = total > 0 && left[market] > Self.change ? left[market] / total : 0
    guard isFirst else {
      for place in row { offers[place].wanted *= money / offers[place].price }
      return
    }
    rentAimed[market] = money * rentWeight[market]
    barred[market] = aimFirst(market, money: money)
    insisting[market] = barred[market] * (1 - accepts * (1 - kept[market]))
    let open = max(0, left[market] - rentAimed[market] - barred[market])
    let substitutes = barred[market] - insisting[market]
    orderFactor[market] = open > Self.change ? 1 + substitutes / open : 1
    left[market] -= insisting[market]
  }

  /// How much each offer counts in a round, as far as there is anything left of it; barred parts of the
  /// catalogue count at first.
  private mutating func weigh(_ market: MarketIndex, isFirst: Bool) {
    for place in rows[market].places {
      let chip = offers[place].chip
      let isThere =
        if let family = trades[chip].family { isFirst || !isSoldOut[family] } else {
          unsold[chip] > Self.crumb
        }
      let weight = isFirst ? offers[place].firstWeight : offers[place].laterWeight
      offers[place].wanted = isThere ? weight : 0
    }
  }

  /// Spreads money over the offers of the first round; gives what was aimed at barred chips.
  private mutating func aimFirst(_ market: MarketIndex, money: Double) -> Double {
    var aimedAtBarred = 0.0
    for place in rows[market].places {
      let (price, buyable) = (offers[place].price, offers[place].buyableFirst)
      let aimed = money * offers[place].wanted
      offers[place].wanted = aimed * buyable / price
      guard buyable < 1, aimed > 0 else { continue }
      let barred = aimed * (1 - buyable)
      aimedAtBarred += barred
      offers[place].refused = barred / price
      refused[market] += barred / price
      refusedH100e[market] += barred / price * trades[offers[place].chip].h100e
    }
    return aimedAtBarred
  }

  /// A cap serves all that is wanted under it in proportion; what several are on gets what the tightest leaves.
  private mutating func limit(by caps: [CapInForce]) {
    for cap in caps {
      var wanted = 0.0
      for count in cap.counts where placeOfOffer[count.cell] >= 0 {
        wanted += counted(offers[placeOfOffer[count.cell]].wanted, as: count, under: cap)
      }
      guard wanted > capLeft[cap.place] else { continue }
      let part = capLeft[cap.place] / wanted
      for count in cap.counts where placeOfOffer[count.cell] >= 0 {
        let place = placeOfOffer[count.cell]
        // What does not count is not cut.
        let allowed = count.share < 1 ? 1 - count.share * (1 - part) : part
        offers[place].allowed = min(offers[place].allowed, allowed)
      }
    }
    for cap in caps {
      for count in cap.counts where placeOfOffer[count.cell] >= 0 {
        offers[placeOfOffer[count.cell]].wanted *= offers[placeOfOffer[count.cell]].allowed
        offers[placeOfOffer[count.cell]].allowed = 1
      }
    }
  }

  /// Counts what was handed over in a round.
  private mutating func count(under caps: [CapInForce]) {
    for cap in caps {
      var served = 0.0
      for count in cap.counts where placeOfOffer[count.cell] >= 0 {
        served += counted(offers[placeOfOffer[count.cell]].served, as: count, under: cap)
      }
      capLeft[cap.place] = max(0, capLeft[cap.place] - served)
    }
  }

  /// What the month's sales have come to under a cap, in units or TPP as it counts.
  func sold(under cap: CapInForce) -> Double {
    cap.counts.reduce(0) { sum, count in
      guard placeOfOffer[count.cell] >= 0 else { return sum }
      return sum + counted(offers[placeOfOffer[count.cell]].sold, as: count, under: cap)
    }
  }

  private func counted(
    _ units: Double, as count: CapInForce.Count, under cap: CapInForce
  ) -> Double {
    let weight =
      cap.cap.measure == .units ? 1 : trades[count.cell.position % trades.count].tpp
    return units * count.share * weight
  }

  /// Adds what a market wants to what is wanted of each family, and at first to what is ordered.
  private mutating func addUpDemand(of market: MarketIndex, isFirst: Bool) {
    let ordersEach = isFirst ? orderFactor[market] : 0
    for row in rows[market].places where offers[row].wanted > 0 {
      let (units, price) = (offers[row].wanted, offers[row].price)
      let trade = trades[offers[row].chip]
      guard let family = trade.family else { continue }
      let (dies, stacks) = (units * trade.diesPerChip, units * trade.memoryStacks)
      let place = place(market, family)
      wants[place].dies += dies
      wants[place].units += units
      wants[place].stacks += stacks
      demands[family].dies += dies
      demands[family].units += units
      demands[family].stacks += stacks
      ordered[family] += dies * ordersEach
      orderedValue[family] += units * price * ordersEach
    }
  }

  /// The follower's own chips: at home first, then abroad up to what may be exported.
  private mutating func rationDomestic() {
    for row in domesticPlaces.indices {
      let place = domesticPlaces[row]
      atHome[offers[place].chip] = 0
      abroad[offers[place].chip] = 0
    }
    for row in domesticPlaces.indices {
      let place = domesticPlaces[row]
      if isAtHome[offers[place].market] {
        atHome[offers[place].chip] += offers[place].wanted
      } else {
        abroad[offers[place].chip] += offers[place].wanted
      }
    }
    for row in domesticPlaces.indices {
      let place = domesticPlaces[row]
      let chip = offers[place].chip
      let atHomeServed = min(atHome[chip], unsold[chip])
      if isAtHome[offers[place].market] {
        offers[place].wanted *= atHome[chip] > unsold[chip] ? unsold[chip] / atHome[chip] : 1
      } else {
        let limit = min(max(0, unsold[chip] - atHomeServed), exportable[chip])
        offers[place].wanted *= abroad[chip] > limit ? limit / abroad[chip] : 1
      }
    }
  }

  private mutating func rationRent() {
    guard figures.monthlyRent > 0 else { return }
    let asked = rentAimed.reduce(0, +) / figures.monthlyRent
    let share = asked > figures.rentable ? figures.rentable / asked : 1
    for market in markets where rentAimed[market] > 0 {
      let chips = rentAimed[market] / figures.monthlyRent * share
      rented[market] += chips
      left[market] -= chips * figures.monthlyRent
    }
    figures.rentable = max(0, figures.rentable - asked * share)
  }

  /// Hands over what a market wanted and was rationed to.
  private mutating func serve(_ market: MarketIndex) {
    var spent = 0.0
    for place in rows[market].places {
      let trade = trades[offers[place].chip]
      let units = offers[place].wanted * (trade.family.map { served(market, $0) } ?? 1)
      offers[place].served = units
      offers[place].sold += units
      spent += units * offers[place].price
    }
    left[market] -= spent
  }

  /// Takes what was handed over out of what there was.
  private mutating func takeFromStock() {
    for family in dies.indices {
      let taken = served[family].dies * partShare[supplierOfFamily[family]]
      dies[family] = max(0, dies[family] - taken)
    }
    for row in domesticPlaces.indices {
      let place = domesticPlaces[row]
      let (chip, units) = (offers[place].chip, offers[place].wanted)
      unsold[chip] = max(0, unsold[chip] - units)
      if !isAtHome[offers[place].market] { exportable[chip] = max(0, exportable[chip] - units) }
    }
  }

  /// Sells the follower's own chips at home before anything else.
  ///
  /// - Parameters:
  ///   - chips: these chips, best first.
  ///   - share: of the money at home that goes to them first.
  ///   - intended: US dollars that each market means to spend.
  mutating func buyDomesticFirst(
    _ chips: [ChipIndex], share: Double, intended: borrowing Cells<Double>
  ) {
    for chip in chips where unsold[chip] > Self.crumb {
      var (home, money, price) = (0.0, 0.0, 0.0)
      for row in domesticPlaces.indices where isSoldAtHome(domesticPlaces[row], chip) {
        let place = domesticPlaces[row]
        let all = intended[offers[place].market]
        home += all
        money += max(0, all * share - (all - left[offers[place].market]))
        price = offers[place].price
      }
      guard home > 0 else { continue }
      let units = min(unsold[chip], money / price)
      for row in domesticPlaces.indices where isSoldAtHome(domesticPlaces[row], chip) {
        let place = domesticPlaces[row]
        let market = offers[place].market
        let part = units * intended[market] / home
        offers[place].sold += part
        left[market] -= part * price
      }
      unsold[chip] = max(0, unsold[chip] - units)
    }
  }

  private func isSoldAtHome(_ place: Int, _ chip: ChipIndex) -> Bool {
    offers[place].chip == chip && isAtHome[offers[place].market]
  }
}
