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
  /// TPP that caps still allow.
  var tppLeft: [Double]
  /// How much renting abroad counts.
  var rentWeight: [Double]
  /// Chips rented abroad.
  private(set) var rented: [Double]
  private var rentAimed: [Double]

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
  private var wantedDies: [Double]
  private var othersDies: [Double]
  private var othersH100e: [Double]
  private var wantedPackages: [Double]
  private var wantedStacks: [Double]
  private var atHome: [Double]
  private var abroad: [Double]

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
    tppLeft = markets
    rentWeight = markets
    rented = markets
    rentAimed = markets
    dies = families
    ration = families
    isSoldOut = Array(repeating: false, count: families.count)
    wantedDies = families
    othersDies = families
    othersH100e = families
    packages = suppliers
    stacks = suppliers
    wantedPackages = suppliers
    wantedStacks = suppliers
    unsold = chips
    exportable = chips
    atHome = chips
    abroad = chips
    supplierOfFamily = layout.economy.families.map(\.supplier)
  }

  /// Begins a month with nothing on offer.
  mutating func begin() {
    offers.removeAll(keepingCapacity: true)
    for market in rows.indices {
      rows[market] = 0..<0
      insisting[market] = 0
      barred[market] = 0
      denied[market] = 0
      deniedH100e[market] = 0
      rented[market] = 0
      tppLeft[market] = .infinity
    }
    for family in isSoldOut.indices { isSoldOut[family] = false }
    displacedH100e = 0
    arePartsShort = false
  }

  /// Adds what a market is offered; markets come one after another.
  mutating func add(_ offer: LiveOffer) {
    let row = rows[offer.market]
    rows[offer.market] = (row.isEmpty ? offers.count : row.lowerBound)..<(offers.count + 1)
    offers.append(offer)
  }

  /// One round: what is left is spread over offers, and served as far as there is supply.
  ///
  /// - Parameter accepts: share of the money aimed at barred chips that buyers spend on others.
  mutating func spend(isFirst: Bool, accepts: Double) {
    for market in rows.indices { aim(market, isFirst: isFirst, accepts: accepts) }
    limitByCaps()
    rationFamilies(isFirst: isFirst)
    rationParts()
    rationDomestic()
    rationRent()
    serve()
  }
}

extension Clearing {
  /// Spreads a market's money over its offers: units wanted.
  private mutating func aim(_ market: Int, isFirst: Bool, accepts: Double) {
    let row = rows[market]
    var total = isFirst ? rentWeight[market] : 0
    for place in row {
      let counts = isThere(offers[place], isFirst: isFirst)
      offers[place].wanted = counts ? offers[place].weight(isFirst: isFirst) : 0
      total += offers[place].wanted
    }
    let money = total > 0 ? max(0, left[market]) / total : 0
    var aimedAtBarred = 0.0
    for place in row {
      let offer = offers[place]
      let aimed = money * offer.wanted
      let buyable = isFirst ? aimed * offer.buyableFirst : aimed
      offers[place].wanted = buyable / offer.price
      guard buyable < aimed else { continue }
      let barred = (aimed - buyable) / offer.price
      aimedAtBarred += aimed - buyable
      denied[market] += barred
      deniedH100e[market] += barred * offer.h100e
    }
    rentAimed[market] = isFirst ? money * rentWeight[market] : 0
    guard isFirst else { return }
    barred[market] = aimedAtBarred
    insisting[market] = aimedAtBarred * (1 - accepts)
    left[market] -= insisting[market]
  }

  /// Whether there is anything left of an offer; barred parts of the catalogue count at first.
  private func isThere(_ offer: LiveOffer, isFirst: Bool) -> Bool {
    guard let family = offer.family else { return unsold[offer.chip] > 0 }
    return isFirst || !isSoldOut[family]
  }

  private mutating func limitByCaps() {
    for market in rows.indices {
      guard !rows[market].isEmpty else { continue }
      var tpp = 0.0
      for place in rows[market] {
        if offers[place].wanted > offers[place].unitsLeft {
          offers[place].wanted = offers[place].unitsLeft
        }
        if offers[place].isUnderTPPCap { tpp += offers[place].wanted * offers[place].tpp }
      }
      guard tpp > tppLeft[market] else { continue }
      let share = tppLeft[market] / tpp
      for place in rows[market] where offers[place].isUnderTPPCap { offers[place].wanted *= share }
    }
  }

  /// Dies of a family go to all destinations in proportion to what they want.
  private mutating func rationFamilies(isFirst: Bool) {
    for family in ration.indices {
      wantedDies[family] = 0
      othersDies[family] = 0
      othersH100e[family] = 0
    }
    for offer in offers where offer.wanted > 0 {
      guard let family = offer.family else { continue }
      let dies = offer.wanted * offer.diesPerChip
      wantedDies[family] += dies
      guard !offer.isRestricted else { continue }
      othersDies[family] += dies
      othersH100e[family] += offer.wanted * offer.h100e
    }
    for family in ration.indices {
      let (wanted, others, dies) = (wantedDies[family], othersDies[family], dies[family])
      ration[family] = wanted > dies ? dies / wanted : 1
      guard wanted > dies else { continue }
      isSoldOut[family] = true
      guard isFirst else { continue }
      let alone = others > dies ? dies / others : 1
      displacedH100e += othersH100e[family] * (alone - ration[family])
    }
  }

  /// Memory and packages of a supplier limit all its families alike.
  private mutating func rationParts() {
    for supplier in packages.indices {
      wantedPackages[supplier] = 0
      wantedStacks[supplier] = 0
    }
    for offer in offers where offer.wanted > 0 {
      guard let family = offer.family else { continue }
      let units = offer.wanted * ration[family]
      wantedPackages[supplierOfFamily[family]] += units
      wantedStacks[supplierOfFamily[family]] += units * offer.memoryStacks
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
    for offer in offers where offer.family == nil {
      atHome[offer.chip] = 0
      abroad[offer.chip] = 0
    }
    for offer in offers where offer.family == nil {
      if offer.isAtHome {
        atHome[offer.chip] += offer.wanted
      } else {
        abroad[offer.chip] += offer.wanted
      }
    }
    for place in offers.indices where offers[place].family == nil {
      let chip = offers[place].chip
      let atHomeServed = min(atHome[chip], unsold[chip])
      if offers[place].isAtHome {
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

  /// Hands over what was wanted and rationed.
  private mutating func serve() {
    for place in offers.indices where offers[place].wanted > 0 {
      let offer = offers[place]
      var units = offer.wanted
      if let family = offer.family {
        units *= ration[family]
        dies[family] = max(0, dies[family] - units * offer.diesPerChip)
      } else {
        unsold[offer.chip] = max(0, unsold[offer.chip] - units)
        if !offer.isAtHome { exportable[offer.chip] = max(0, exportable[offer.chip] - units) }
      }
      offers[place].sold += units
      offers[place].unitsLeft -= units
      left[offer.market] -= units * offer.price
      if offer.isUnderTPPCap {
        tppLeft[offer.market] = max(0, tppLeft[offer.market] - units * offer.tpp)
      }
    }
  }

  /// Sells the follower's own chips at home before anything else.
  ///
  /// - Parameters:
  ///   - chips: these chips, best first.
  ///   - share: of the money at home that goes to them first.
  ///   - intended: US dollars that each market means to spend.
  mutating func buyDomesticFirst(_ chips: [Int], share: Double, intended: [Double]) {
    let places = offers.indices.filter { offers[$0].family == nil && offers[$0].isAtHome }
    for chip in chips where unsold[chip] > 0 {
      let sellers = places.filter { offers[$0].chip == chip }
      let home = sellers.reduce(0) { $0 + intended[offers[$1].market] }
      let money = sellers.reduce(0) { sum, place in
        let market = offers[place].market
        return sum + max(0, intended[market] * share - (intended[market] - left[market]))
      }
      guard home > 0, let price = sellers.first.map({ offers[$0].price }) else { continue }
      let units = min(unsold[chip], money / price)
      for place in sellers {
        let market = offers[place].market
        let part = units * intended[market] / home
        offers[place].sold += part
        left[market] -= part * price
      }
      unsold[chip] = max(0, unsold[chip] - units)
    }
  }
}
