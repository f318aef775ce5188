/// The rounds in which a month's money meets a month's chips: see ``MarketClearing``.
///
/// Everything it works on is its own, taken from the world before the first round and given back after
/// the last. Laws: no market spends more than it has, no family, supplier or cap gives more than there
/// is, and the order of markets and chips does not matter.
struct Clearing: Sendable {
  /// What is on offer, market by market.
  private(set) var offers: [LiveOffer] = []
  /// By market: its part of `offers`.
  private var rows: [Range<Int>]
  /// The places in `offers` of the follower's own chips.
  private var domesticPlaces: [Int] = []
  /// The markets in which some chip is under a cap.
  private var cappedMarkets: [Int] = []
  /// By chip: what is the same in all markets.
  private let trades: [ChipTrade]

  // By market.

  /// US dollars still to be spent.
  var left: [Double]
  /// Of what was aimed at barred chips, US dollars that buyers would not spend on anything else.
  private(set) var insisting: [Double]
  /// US dollars aimed at barred chips.
  private(set) var barred: [Double]
  /// Chips that were wanted and barred.
  private(set) var denied: [Double]
  /// The same in H100e.
  private(set) var deniedH100e: [Double]
  /// How much renting abroad counts.
  var rentWeight: [Double]
  /// Chips rented abroad.
  private(set) var rented: [Double]
  private var rentAimed: [Double]
  private let isRestricted: [Bool]
  private let isAtHome: [Bool]
  /// Its place.
  private let placeOfMarket: [Int]

  // By place.

  /// TPP that caps still allow all its markets together.
  var tppLeft: [Double]
  private var tppWanted: [Double]

  // By family, supplier and chip.

  /// By family: dies left.
  var dies: [Double]
  /// By supplier: packages left.
  var packages: [Double]
  /// By supplier: memory stacks left.
  var stacks: [Double]
  /// By chip: the follower's own chips left.
  var unsold: [Double]
  /// By chip: how many of these other places may still buy.
  var exportable: [Double]
  private var ration: [Double]
  private var isSoldOut: [Bool]
  private let supplierOfFamily: [Int]

  /// Chips that could be rented abroad, and US dollars for one.
  var rentable = 0.0
  var monthlyRent = 0.0
  /// H100e that others did not get because the follower bought from the same dies.
  private(set) var displacedH100e = 0.0
  /// Whether memory or packages ran short.
  private(set) var arePartsShort = false

  // Sums of one round.
  private var demands: [FamilyDemand]
  private var wantedPackages: [Double]
  private var wantedStacks: [Double]
  private var atHome: [Double]
  private var abroad: [Double]

  /// What is wanted of a family in a round.
  private struct FamilyDemand {
    var dies = 0.0
    var units = 0.0
    var stacks = 0.0
    /// Of these, by markets that no rule holds back.
    var othersDies = 0.0
    var othersH100e = 0.0
  }

  /// US dollars that nobody spends on chips any more: less is what rounding leaves.
  private static let change = 0.01

  /// What is left of an amount of US dollars: nothing, where it is no more than rounding leaves, which a
  /// ratio would take for a number.
  static func withoutChange(_ dollars: Double) -> Double { dollars > change ? dollars : 0 }

  init(_ layout: EconomyLayout) {
    let markets = Array(repeating: 0.0, count: layout.marketCount)
    let families = Array(repeating: 0.0, count: layout.economy.families.count)
    let suppliers = Array(repeating: 0.0, count: layout.economy.suppliers.count)
    let chips = Array(repeating: 0.0, count: layout.chipCount)
    rows = Array(repeating: 0..<0, count: layout.marketCount)
    left = markets
    insisting = markets
    barred = markets
    denied = markets
    deniedH100e = markets
    placeOfMarket = layout.economy.markets.map(\.location)
    tppLeft = Array(repeating: 0, count: layout.economy.jurisdictions.count)
    tppWanted = tppLeft
    rentWeight = markets
    rented = markets
    rentAimed = markets
    dies = families
    ration = families
    isSoldOut = Array(repeating: false, count: families.count)
    demands = Array(repeating: FamilyDemand(), count: families.count)
    packages = suppliers
    stacks = suppliers
    wantedPackages = suppliers
    wantedStacks = suppliers
    unsold = chips
    exportable = chips
    atHome = chips
    abroad = chips
    supplierOfFamily = layout.economy.families.map(\.supplier)
    trades = layout.trades
    isRestricted = layout.isRestricted
    isAtHome = layout.isFollowerHome
  }

  /// Begins a month with nothing on offer.
  mutating func begin() {
    offers.removeAll(keepingCapacity: true)
    domesticPlaces.removeAll(keepingCapacity: true)
    cappedMarkets.removeAll(keepingCapacity: true)
    for market in rows.indices {
      rows[market] = 0..<0
      insisting[market] = 0
      barred[market] = 0
      denied[market] = 0
      deniedH100e[market] = 0
      rented[market] = 0
    }
    for place in tppLeft.indices { tppLeft[place] = .infinity }
    for family in isSoldOut.indices { isSoldOut[family] = false }
    displacedH100e = 0
    arePartsShort = false
  }

  /// Begins what a market is offered; the offers that are added next are its own.
  mutating func open(_ market: Int, isCapped: Bool) {
    rows[market] = offers.count..<offers.count
    if isCapped { cappedMarkets.append(market) }
  }

  /// Adds what the market that was opened last is offered.
  mutating func add(_ offer: LiveOffer) {
    if trades[offer.chip].family == nil { domesticPlaces.append(offers.count) }
    offers.append(offer)
    rows[offer.market] = rows[offer.market].lowerBound..<offers.count
  }

  /// One round: what is left is spread over offers, and served as far as there is supply.
  ///
  /// - Parameter accepts: share of the money aimed at barred chips that buyers spend on others.
  mutating func spend(isFirst: Bool, accepts: Double) {
    guard isFirst || left.contains(where: { $0 > Self.change }) else { return }
    for family in demands.indices { demands[family] = FamilyDemand() }
    for market in rows.indices { aim(market, isFirst: isFirst, accepts: accepts) }
    limitByCaps()
    for market in rows.indices { addUpDemand(of: market) }
    rationFamilies(isFirst: isFirst)
    rationParts()
    rationDomestic()
    rationRent()
    for market in rows.indices { serve(market) }
    takeFromStock()
  }
}

extension Clearing {
  /// Spreads a market's money over its offers: units wanted.
  private mutating func aim(_ market: Int, isFirst: Bool, accepts: Double) {
    rentAimed[market] = 0
    weigh(market, isFirst: isFirst)
    let row = rows[market]
    var total = isFirst ? rentWeight[market] : 0
    for place in row { total += offers[place].wanted }
    let money = total > 0 && left[market] > Self.change ? left[market] / total : 0
    guard isFirst else {
      for place in row { offers[place].wanted *= money / offers[place].price }
      return
    }
    rentAimed[market] = money * rentWeight[market]
    barred[market] = aimFirst(market, money: money)
    insisting[market] = barred[market] * (1 - accepts)
    left[market] -= insisting[market]
  }

  /// How much each offer counts in a round, as far as there is anything left of it; barred parts of the
  /// catalogue count at first.
  private mutating func weigh(_ market: Int, isFirst: Bool) {
    for place in rows[market] {
      let chip = offers[place].chip
      let isThere =
        if let family = trades[chip].family { isFirst || !isSoldOut[family] } else {
          unsold[chip] > 0
        }
      let weight = isFirst ? offers[place].firstWeight : offers[place].laterWeight
      offers[place].wanted = isThere ? weight : 0
    }
  }

  /// Spreads money over the offers of the first round; gives what was aimed at barred chips.
  private mutating func aimFirst(_ market: Int, money: Double) -> Double {
    var aimedAtBarred = 0.0
    for place in rows[market] {
      let (price, buyable) = (offers[place].price, offers[place].buyableFirst)
      let aimed = money * offers[place].wanted
      offers[place].wanted = aimed * buyable / price
      guard buyable < 1, aimed > 0 else { continue }
      let barred = aimed * (1 - buyable)
      aimedAtBarred += barred
      denied[market] += barred / price
      deniedH100e[market] += barred / price * trades[offers[place].chip].h100e
    }
    return aimedAtBarred
  }

  /// Caps in units and shares limit each market, those in TPP all markets of a place alike.
  private mutating func limitByCaps() {
    for market in cappedMarkets { tppWanted[placeOfMarket[market]] = 0 }
    for market in cappedMarkets {
      for place in rows[market] {
        offers[place].wanted = min(offers[place].wanted, offers[place].unitsLeft)
        guard offers[place].isUnderTPPCap else { continue }
        tppWanted[placeOfMarket[market]] +=
          offers[place].wanted * trades[offers[place].chip].tpp
      }
    }
    for market in cappedMarkets {
      let (wanted, left) = (tppWanted[placeOfMarket[market]], tppLeft[placeOfMarket[market]])
      guard wanted > left else { continue }
      for place in rows[market] where offers[place].isUnderTPPCap {
        offers[place].wanted *= left / wanted
      }
    }
  }

  /// Adds what a market wants to what is wanted of each family.
  private mutating func addUpDemand(of market: Int) {
    let isOther = !isRestricted[market]
    for place in rows[market] where offers[place].wanted > 0 {
      let units = offers[place].wanted
      let trade = trades[offers[place].chip]
      guard let family = trade.family else { continue }
      demands[family].dies += units * trade.diesPerChip
      demands[family].units += units
      demands[family].stacks += units * trade.memoryStacks
      guard isOther else { continue }
      demands[family].othersDies += units * trade.diesPerChip
      demands[family].othersH100e += units * trade.h100e
    }
  }

  /// Dies of a family go to all destinations in proportion to what they want.
  private mutating func rationFamilies(isFirst: Bool) {
    for family in ration.indices {
      let (demand, dies) = (demands[family], dies[family])
      ration[family] = demand.dies > dies ? dies / demand.dies : 1
      guard demand.dies > dies else { continue }
      isSoldOut[family] = true
      guard isFirst else { continue }
      let alone = demand.othersDies > dies ? dies / demand.othersDies : 1
      displacedH100e += demand.othersH100e * (alone - ration[family])
    }
  }

  /// Memory and packages of a supplier limit all its families alike.
  private mutating func rationParts() {
    for supplier in packages.indices {
      wantedPackages[supplier] = 0
      wantedStacks[supplier] = 0
    }
    for family in ration.indices {
      wantedPackages[supplierOfFamily[family]] += demands[family].units * ration[family]
      wantedStacks[supplierOfFamily[family]] += demands[family].stacks * ration[family]
    }
    for supplier in packages.indices {
      let (units, wanted) = (wantedPackages[supplier], wantedStacks[supplier])
      let byPackages = units > packages[supplier] ? packages[supplier] / units : 1
      let byStacks = wanted > stacks[supplier] ? stacks[supplier] / wanted : 1
      let share = min(byPackages, byStacks)
      packages[supplier] = max(0, packages[supplier] - units * share)
      stacks[supplier] = max(0, stacks[supplier] - wanted * share)
      guard share < 1 else { continue }
      arePartsShort = true
      for family in ration.indices where supplierOfFamily[family] == supplier {
        ration[family] *= share
      }
    }
  }

  /// The follower's own chips: at home first, then abroad up to what may be exported.
  private mutating func rationDomestic() {
    for place in domesticPlaces {
      atHome[offers[place].chip] = 0
      abroad[offers[place].chip] = 0
    }
    for place in domesticPlaces {
      if isAtHome[offers[place].market] {
        atHome[offers[place].chip] += offers[place].wanted
      } else {
        abroad[offers[place].chip] += offers[place].wanted
      }
    }
    for place in domesticPlaces {
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
    guard monthlyRent > 0 else { return }
    let asked = rentAimed.reduce(0, +) / monthlyRent
    let share = asked > rentable ? rentable / asked : 1
    for market in rows.indices where rentAimed[market] > 0 {
      let chips = rentAimed[market] / monthlyRent * share
      rented[market] += chips
      left[market] -= chips * monthlyRent
    }
    rentable = max(0, rentable - asked * share)
  }

  /// Hands over what a market wanted and was rationed to.
  private mutating func serve(_ market: Int) {
    var (spent, tpp) = (0.0, 0.0)
    for place in rows[market] where offers[place].wanted > 0 {
      let trade = trades[offers[place].chip]
      let units = offers[place].wanted * (trade.family.map { ration[$0] } ?? 1)
      offers[place].sold += units
      offers[place].unitsLeft -= units
      spent += units * offers[place].price
      if offers[place].isUnderTPPCap { tpp += units * trade.tpp }
    }
    left[market] -= spent
    tppLeft[placeOfMarket[market]] = max(0, tppLeft[placeOfMarket[market]] - tpp)
  }

  /// Takes what was handed over out of what there was.
  private mutating func takeFromStock() {
    for family in dies.indices {
      dies[family] = max(0, dies[family] - demands[family].dies * ration[family])
    }
    for place in domesticPlaces {
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
  mutating func buyDomesticFirst(_ chips: [Int], share: Double, intended: [Double]) {
    for chip in chips where unsold[chip] > 0 {
      var (home, money, price) = (0.0, 0.0, 0.0)
      for place in domesticPlaces where isSoldAtHome(place, chip) {
        let all = intended[offers[place].market]
        home += all
        money += max(0, all * share - (all - left[offers[place].market]))
        price = offers[place].price
      }
      guard home > 0 else { continue }
      let units = min(unsold[chip], money / price)
      for place in domesticPlaces where isSoldAtHome(place, chip) {
        let market = offers[place].market
        let part = units * intended[market] / home
        offers[place].sold += part
        left[market] -= part * price
      }
      unsold[chip] = max(0, unsold[chip] - units)
    }
  }

  private func isSoldAtHome(_ place: Int, _ chip: Int) -> Bool {
    offers[place].chip == chip && isAtHome[offers[place].market]
  }
}
