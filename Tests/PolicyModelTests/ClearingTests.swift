import Glibc
import Quantities
import TestSupport
import Testing

@testable import PolicyModel

/// The laws of the market, on small economies: known ones, and many at random with fixed seeds.
@Suite struct ClearingTests {
  /// Less than a cent is what rounding leaves of billions.
  @Test(arguments: [
    (0, 0), (0.0099, 0), (0.01, 0), (-1e-6, 0), (-5, 0), (0.0101, 0.0101), (1, 1), (2e9, 2e9),
  ])
  func unmetDemandBelowACentIsNone(left: Double, unmet: Double) {
    #expect(Clearing.withoutChange(left) == unmet)
  }

  @Test(arguments: 0..<400)
  func `no market spends more than it has, and what it does not spend it keeps`(seed: Int) {
    let (before, after) = RandomEconomy(seed: seed).clearing()
    for market in before.left.indices {
      let money = before.left[market]
      let spent = after.offers.filter { $0.market.position == market }.reduce(
        after.rented[market] * after.monthlyRent
      ) { $0 + $1.sold * $1.price }
      #expect(isSame(spent + after.left[market] + after.insisting[market], money, of: money))
      #expect(spent <= money * (1 + 1e-12))
      #expect(after.left[market] >= -1e-9 * money && after.insisting[market] >= 0)
    }
  }

  @Test(arguments: 0..<400)
  func `nothing comes from nowhere and nothing is gone`(seed: Int) {
    let random = RandomEconomy(seed: seed)
    let (before, after) = random.clearing()
    func sold(
      _ counts: (ChipIndex) -> Bool, times weight: (ChipIndex) -> Double = { _ in 1 }
    ) -> Double {
      after.offers.filter { counts($0.chip) }.reduce(0) { $0 + $1.sold * weight($1.chip) }
    }
    let (economy, chips) = (random.economy, random.economy.chips)
    for (family, made) in economy.families.enumerated() where !made.isDomestic {
      let isOwn: (ChipIndex) -> Bool = { chips[$0].family == made.id }
      for (what, had, has) in [
        (sold(isOwn) { chips[$0].diesPerChip }, before.dies[family], after.dies[family]),
        (sold(isOwn), before.packages[family], after.packages[family]),
        (sold(isOwn) { chips[$0].memoryStacks }, before.stacks[family], after.stacks[family]),
      ] {
        #expect(isSame(what + has, had, of: had))
        #expect(has >= 0)
      }
    }
    for chip in economy.domesticChips {
      #expect(isSame(sold { $0 == chip } + after.unsold[chip], before.unsold[chip], of: 1))
      let abroad = after.offers.filter {
        $0.chip == chip && economy.markets[$0.market].location != 1
      }
      let left = after.exportable[chip]
      #expect(isSame(abroad.reduce(left) { $0 + $1.sold }, before.exportable[chip], of: 1))
      #expect(left >= 0 && after.unsold[chip] >= 0)
    }
    #expect(isSame(after.rented.reduce(after.rentable, +), before.rentable, of: 1))
  }

  @Test(arguments: 0..<400)
  func `what is sold was on offer, and within every cap`(seed: Int) {
    let random = RandomEconomy(seed: seed)
    let (before, after) = random.clearing()
    for (offer, sold) in zip(before.offers, after.offers) {
      #expect((offer.market, offer.chip) == (sold.market, sold.chip))
      #expect(sold.sold >= 0)
      // What may be bought in no round is not sold in any, but for what goes to the home market first.
      let isOpen = offer.buyableFirst * offer.firstWeight + offer.laterWeight > 0
      #expect(isOpen || sold.sold == 0)
    }
    for cap in after.caps {
      let sold = cap.counts.map(\.cell).reduce(0) { sum, cell in
        let chips = random.economy.chips
        let (market, chip) = (cell.position / chips.count, cell.position % chips.count)
        let units = after.offers.filter {
          ($0.market.position, $0.chip.position) == (market, chip)
        }.reduce(0) { $0 + $1.sold }
        return sum + units * (cap.cap.measure == .units ? 1 : chips[chip].chip.tpp.value)
      }
      #expect(sold <= before.capLeft[cap.place] * (1 + 1e-9))
      let left = before.capLeft[cap.place] - sold
      #expect(isSame(after.capLeft[cap.place], max(0, left), of: before.capLeft[cap.place]))
    }
  }

  /// Families, chips and markets the other way round: everybody gets what he got, but for rounding. Left
  /// out are economies in which the follower's own chips sell out: what rounding leaves of their stock
  /// counts as a chip that is there, so that money waits for it.
  @Test(arguments: 0..<400)
  func `the order of markets and chips does not matter`(seed: Int) {
    let random = RandomEconomy(seed: seed)
    var turned = random
    turned.economy.families.reverse()
    turned.economy.chips.reverse()
    turned.economy.markets.reverse()
    guard !random.sellsOutAtHome() && !turned.sellsOutAtHome() else { return }
    let (forward, backward) = (random.outcome(), turned.outcome())
    #expect(forward.keys == backward.keys)
    for (what, amount) in forward {
      let other = backward[what] ?? .nan
      #expect(abs(amount - other) <= 1e-9 * max(abs(amount), 1), "\(what): \(amount), \(other)")
    }
  }

  /// Of four hundred economies, some run into everything that can run short: the laws are put to the test.
  @Test func `the random economies run into every limit`() {
    var short = [0, 0, 0, 0, 0, 0]
    for seed in 0..<400 {
      let (before, after) = RandomEconomy(seed: seed).clearing()
      func isReached(_ measure: CapOnSales.Measure) -> Bool {
        after.caps.contains {
          $0.cap.measure == measure && after.capLeft[$0.place] < 1e-9 * before.capLeft[$0.place]
        }
      }
      let met = [
        zip(before.dies, after.dies).contains { $1 < 1e-9 * $0 }, after.arePartsShort,
        isReached(.units), isReached(.tpp),
        zip(before.unsold, after.unsold).contains { $0 > 0 && $1 < 1e-9 * $0 },
        before.rentable > 0 && after.rentable < 1e-9 * before.rentable,
      ]
      for place in met.indices where met[place] { short[place] += 1 }
    }
    #expect(short.allSatisfy { $0 >= 10 }, "\(short)")
  }

  private func isSame(_ first: Double, _ second: Double, of whole: Double) -> Bool {
    abs(first - second) <= 1e-9 * max(abs(whole), 1)
  }
}

/// What is exact in economies of which one can see through.
@Suite struct ExactClearingTests {
  private func economy(_ change: (inout SmallEconomy) -> Void = { _ in }) -> SmallEconomy {
    var economy = SmallEconomy(
      families: [.init(id: "silicon")], chips: [.init(id: "chip", family: "silicon", price: 500)],
      markets: [
        .init(id: "one", location: 0, headquarters: 0, money: 3e6, wants: ["chip": .init()]),
        .init(id: "other", location: 2, headquarters: 2, money: 1e6, wants: ["chip": .init()]),
      ])
    change(&economy)
    return economy
  }

  /// 4,000 dies for 6,000 and 2,000 that are wanted; the second has bought nine tenths of what was sold before.
  @Test func `dies that are short go to past customers as far as they want them`() {
    var economy = economy { $0.families[0].dies = 4000 }
    func sold(_ share: Double) -> [Double] {
      economy.clearing(pastSales: share).after.offers.map(\.sold)
    }
    #expect(sold(1) == [3000, 1000], "nobody has bought anything yet")
    economy.markets[0].past = ["silicon-maker": 1e6]
    economy.markets[1].past = ["silicon-maker": 9e6]
    #expect(sold(0) == [3000, 1000])
    let half = sold(0.5)
    #expect(
      abs(half[1] - 2000) < 1e-9 && abs(half[0] - 2000) < 1e-9, "no more than it wants: \(half)")
    economy.markets[1].past = ["silicon-maker": 1e6]
    let more = sold(0.5)
    #expect(abs(more[0] - 2500) < 1e-9 && abs(more[1] - 1500) < 1e-9)
  }

  /// Bought before, and nothing wanted now: its part is the others'.
  @Test func `who wants nothing gets nothing and takes nothing from others`() {
    let economy = economy {
      $0.families[0].dies = 4000
      $0.markets[0].past = ["silicon-maker": 1e6]
      $0.markets[1].past = ["silicon-maker": 1e6]
      $0.markets[1].money = 0
    }
    let sold = economy.clearing(pastSales: 0.8).after.offers.map(\.sold)
    #expect(abs(sold[0] - 4000) < 1e-9 && sold[1] == 0)
  }

  private func sold(_ economy: SmallEconomy, tppCaps: [Double]? = nil) -> [Double] {
    let cleared = tppCaps.map { economy.clearing(tppCaps: $0) } ?? economy.clearing()
    return cleared.after.offers.map(\.sold)
  }

  @Test func `with enough for all, all money is spent`() {
    #expect(sold(economy()) == [6000, 2000])
  }

  @Test func `dies go to all in proportion to what they want`() {
    #expect(sold(economy { $0.families[0].dies = 4000 }) == [3000, 1000])
    #expect(sold(economy { $0.families[0].packages = 2000 }) == [1500, 500])
    #expect(
      sold(
        economy {
          $0.chips[0].memoryStacks = 4
          $0.families[0].stacks = 16_000
        }) == [3000, 1000])
  }

  /// To the unit, and the other market gets no less for it.
  @Test(arguments: [0, 1, 700, 5999, 6000, 7000])
  func `a cap in units is reached and not passed`(cap: Double) {
    let sold = sold(economy { $0.markets[0].wants["chip"]?.capUnits = cap })
    #expect(sold == [min(cap, 6000), 2000])
  }

  /// 1,600 TPP a chip; two markets of one place share its cap as they want chips, 3 to 1.
  @Test(arguments: [0, 1600, 800_000, 12_800_000, 1e9])
  func `a cap in TPP is reached by all markets of a place together`(cap: Double) {
    let economy = economy {
      $0.markets[1].location = 0
      for market in $0.markets.indices { $0.markets[market].wants["chip"]?.isUnderTPPCap = true }
    }
    let sold = sold(economy, tppCaps: [cap, .infinity, .infinity])
    let most = min(cap / 1600, 8000)
    #expect(abs(sold[0] + sold[1] - most) <= 1e-12 * most)
    #expect(abs(sold[0] - 3 * sold[1]) <= 1e-12 * most)
  }

  /// Half of the month's money is aimed at a chip that is barred; buyers take others for a part of that.
  @Test(arguments: [0.0, 0.25, 1])
  func `of the money aimed at barred chips, so much goes to others`(accepts: Double) {
    let economy = economy {
      $0.chips.append(.init(id: "barred", family: "silicon", price: 1000))
      $0.markets[0].wants["barred"] = .init(sellable: 0)
    }
    let (_, after) = economy.clearing(accepts: accepts)
    #expect(after.offers.map(\.sold) == [3000 + 3000 * accepts, 0, 2000])
    #expect(after.barred == [1.5e6, 0])
    #expect(after.refused == [1500, 0])
    #expect(after.insisting == [1.5e6 * (1 - accepts), 0])
  }

  /// 1,000 chips in stock, of which 300 may leave; 40% of the money at home would buy 1,200.
  @Test func `the follower's own chips go to its own buyers first`() {
    let economy = economy {
      $0.families.append(.init(id: "own", isDomestic: true))
      $0.chips.append(
        .init(id: "own-chip", family: "own", price: 1000, unsold: 1000, exportable: 300))
      $0.markets[0] = .init(
        id: "one", location: 1, headquarters: 1, money: 3e6,
        wants: ["chip": .init(), "own-chip": .init()])
      $0.markets[1].wants["own-chip"] = .init()
    }
    #expect(sold(economy) == [4000, 1000, 2000, 0])
    let more = sold(
      self.economy {
        $0 = economy
        $0.chips[1].unsold = 10_000
      })
    #expect(more[1] > 1200 && more[3] == 300)
  }
}

/// A small economy whose every number is drawn from a seed.
struct RandomEconomy {
  var economy: SmallEconomy
  private var caps: [Double] = []
  private var rentable = 0.0
  private var rent = 0.0
  private var accepts = 0.0
  private var domesticFirst = 0.0
  private var pastSales = 0.0

  init(seed: Int) {
    var generator = SplitMix(state: UInt64(seed))
    economy = SmallEconomy(families: [], chips: [], markets: [], reference: "chip 0")
    func amount(_ low: Double, _ high: Double) -> Double {
      low * pow(high / low, Double.random(in: 0...1, using: &generator))
    }
    func isSo(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }
    for number in 0..<Int.random(in: 2...4, using: &generator) {
      economy.families.append(
        .init(
          id: "family \(number)", isDomestic: number == 0, dies: amount(1e2, 1e6),
          packages: amount(1e3, 1e7), stacks: amount(1e3, 1e7)))
    }
    for number in 0..<Int.random(in: 2...6, using: &generator) {
      let family = economy.families[number % economy.families.count]
      let unsold = family.isDomestic ? amount(1e2, 1e5) : 0
      economy.chips.append(
        .init(
          id: "chip \(number)", family: family.id, diesPerChip: Double(1 + number % 2),
          memoryStacks: Double(number % 3) * 4, teraflops: amount(50, 2000),
          price: amount(1e3, 5e4), unsold: unsold,
          exportable: unsold * Double.random(in: 0...1, using: &generator)))
    }
    for (location, headquarters) in [(0, 0), (1, 1), (2, 2), (2, 1), (0, 2)] where isSo(0.8) {
      var wants: [String: SmallEconomy.Want] = [:]
      for chip in economy.chips where isSo(0.8) {
        let isForeign = !economy.family(of: chip).isDomestic
        wants[chip.id] = .init(
          weight: amount(0.01, 10),
          sellable: isForeign && isSo(0.4) ? (isSo(0.5) ? 0 : amount(0.1, 1)) : 1,
          capUnits: isForeign && isSo(0.2) ? amount(1, 1e5) : .infinity,
          isUnderTPPCap: isForeign && isSo(0.3))
      }
      economy.markets.append(
        .init(
          id: "market \(location) \(headquarters)", location: location,
          headquarters: headquarters, money: isSo(0.1) ? 0 : amount(1e5, 1e10),
          rentWeight: location == 1 ? amount(0.01, 1) : 0, wants: wants))
    }
    caps = (0..<3).map { _ in isSo(0.5) ? amount(1e4, 1e9) : .infinity }
    if isSo(0.7) { (rentable, rent) = (amount(1e2, 1e6), amount(5e2, 5e3)) }
    (accepts, domesticFirst) = (Double.random(in: 0...1, using: &generator), amount(0.01, 1))
    pastSales = isSo(0.5) ? Double.random(in: 0...1, using: &generator) : 0
    for market in economy.markets.indices where isSo(0.8) {
      for family in economy.families where isSo(0.7) {
        economy.markets[market].past[family.supplier] = amount(1e3, 1e9)
      }
    }
  }

  func clearing() -> (before: Books, after: Books) {
    economy.clearing(
      tppCaps: caps, rentable: rentable, rent: rent, accepts: accepts, domesticFirst: domesticFirst,
      pastSales: pastSales)
  }

  /// Whether some of the follower's own chips sell out.
  func sellsOutAtHome() -> Bool {
    let (before, after) = clearing()
    return before.unsold.indices.contains {
      before.unsold[$0] > 0 && after.unsold[$0] < 1e-9 * before.unsold[$0]
    }
  }

  /// What was sold, is left and was missed, by the names of things.
  func outcome() -> [String: Double] {
    let after = clearing().after
    var outcome = ["rentable": after.rentable]
    for offer in after.offers {
      let names = (economy.markets[offer.market].id, economy.chips[offer.chip].id)
      outcome["sold \(names)"] = offer.sold
    }
    for (place, market) in economy.markets.enumerated() {
      outcome["left in \(market.id)"] = Clearing.withoutChange(after.left[place])
      outcome["insisting in \(market.id)"] = after.insisting[place]
      outcome["refused in \(market.id)"] = after.refused[place]
      outcome["rented in \(market.id)"] = after.rented[place]
    }
    for (place, family) in economy.families.enumerated() {
      outcome["dies of \(family.id)"] = after.dies[place]
      outcome["stacks of \(family.id)"] = after.stacks[place]
    }
    return outcome
  }
}
