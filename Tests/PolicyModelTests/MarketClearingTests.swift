import Quantities
import Simulation
import Stochastics
import Testing

@testable import PolicyModel
@testable import Simulation

/// The market's month on a world: what is put on offer, and what is booked of what was sold.
@Suite struct MarketClearingTests {
  /// Two markets with more money than there are chips that they may have.
  private static let economy = SmallEconomy(
    families: [.init(id: "silicon", dies: 10_000)],
    chips: [
      .init(id: "chip", family: "silicon", price: 1000),
      .init(id: "other", family: "silicon", teraflops: 50, price: 500),
    ],
    markets: [
      .init(id: "leader", location: 0, headquarters: 0, money: 4e6, wants: [:]),
      .init(id: "follower", location: 1, headquarters: 1, money: 4e6, wants: [:]),
    ])

  /// A share of the TPP that the leader's market has bought before the month, month after month. The other
  /// chip has half the TPP: both count, here and there.
  @Test func `a cap on the share of sales is reached and not passed`() throws {
    var market = try Market(Self.economy, under: .share(0.25))
    var (leader, follower) = (0.0, 0.0)
    for month in 0..<6 {
      let sales = market.trade(month)
      let bought = sales.sold[2] + sales.sold[3] / 2
      let allowed = max(0, 0.25 * leader - follower)
      #expect(
        bought <= allowed + 1e-9 && (bought > 2000 || bought >= allowed - 1e-9), "month \(month)")
      leader += sales.sold[0] + sales.sold[1] / 2
      follower += bought
      #expect(abs(sales.soldUnderCap[0] - follower * 1600) <= 1e-6)
    }
    #expect(leader > 11_000 && follower > 2000)
  }

  /// Units in all, not by month: both chips count.
  @Test func `a cap in units holds over all months and chips together`() throws {
    var market = try Market(Self.economy, under: .units(3500))
    var bought = [0.0, 0]
    for month in 0..<4 {
      let sales = market.trade(month)
      for chip in bought.indices { bought[chip] += sales.sold[2 + chip] }
    }
    #expect(abs(bought[0] + bought[1] - 3500) <= 1e-9 && bought.allSatisfy { $0 > 1000 })
  }

  /// 1,600 TPP and 800 TPP: both chips of the market count.
  @Test func `a cap in TPP holds over all months and chips together`() throws {
    var market = try Market(Self.economy, under: .tpp(4_000_000))
    for month in 0..<4 {
      let used = market.trade(month).soldUnderCap[0]
      #expect(used <= 4_000_000 * (1 + 1e-12))
      #expect(month == 0 || used >= 4_000_000 * (1 - 1e-12), "month \(month): \(used)")
    }
  }

  /// What is licensed comes in equal parts over the months of delivery, and no faster.
  @Test func `deliveries take their months`() throws {
    var market = try Market(Self.economy, under: .delivered(3000, overMonths: 3))
    var bought = 0.0
    for month in 0..<5 {
      let sales = market.trade(month)
      bought += sales.sold[2] + sales.sold[3]
      #expect(abs(bought - min(3000, 1000 * Double(month + 1))) <= 1e-9)
    }
  }

  /// A duty is paid on top as far as it is passed on, and else out of what suppliers get, as is the share
  /// of licensed revenue; who sells gets the rest.
  @Test(arguments: [0, 0.25, 1])
  func `what a market spends is what suppliers and governments get`(passedOn: Double) throws {
    var market = try Market(Self.economy, passingOn: passedOn) {
      $0.open = DaySet(0..<15, of: 30)
      $0.granted = DaySet(15..<30, of: 30)
      $0.duty = 0.2
      $0.revenueShare = 0.15
    }
    let sales = market.trade(0)
    let value = sales.sold[2] * 1000 + sales.sold[3] * 500
    #expect(value > 1e6)
    let (spent, kept) = (value * (1 + 0.2 * passedOn), value * 0.2 * (1 - passedOn))
    let expectations: [(String, Double, Double)] = [
      ("licensed", sales.soldLicensed[2], sales.sold[2] / 2),
      ("duty", sales.duties[1], value * 0.2),
      ("fees", sales.licenseFees[1], value * 0.15 / 2),
      ("revenue", sales.revenue[1], value * (1 - 0.15 / 2) - kept),
      ("spent", market.world.economy.purses.spent[1], spent),
      ("unmet", sales.unmet[1], 4e6 - spent),
    ]
    for (what, amount, expected) in expectations {
      #expect(abs(amount - expected) <= 1e-9 * max(1, expected), "\(what)")
    }
    #expect(sales.duties[0] == 0 && sales.licenseFees[0] == 0)
  }
}

/// A world in which nothing acts but the market.
private struct Market: ~Copyable {
  private(set) var world: World
  private let mechanism: MarketClearing
  private let money: [Double]
  private let dies: Double

  /// - Parameters:
  ///   - passedOn: share of duties that sellers add to the price.
  ///   - cap: what there may be of both chips in the follower's market.
  ///   - terms: what rules make of the follower's purchases.
  init(
    _ economy: SmallEconomy, passingOn passedOn: Double = 0, under cap: LicenseTerms? = nil,
    _ terms: (inout SaleTerms) -> Void = { _ in }
  ) throws {
    let clauses = cap.map { ReviewClause(policy: .free, conditions: nil, terms: $0) }
    let blueprint = try economy.blueprint(
      [
        "market_clearing.substitution_share": 1, "market_clearing.duty_passed_on": passedOn,
      ], rules: [.made("cap", reviews: [clauses].compactMap(\.self))])
    mechanism = MarketClearing(blueprint)
    money = economy.markets.map(\.money)
    dies = economy.families[0].dies
    world = PolicyModel(blueprint).initialState(
      of: Replicate(number: 0, realisation: 0, regime: 0, seed: 1),
      under: ParameterDraw(uniforms: [], values: []))
    var ruled = SaleTerms.free
    terms(&ruled)
    let chips = economy.chips.count
    world.economy.terms = MonthlyTerms(
      sales: Array(repeating: .free, count: chips) + Array(repeating: ruled, count: chips),
      measures: MonthlyMeasures(supplierCount: 1, placeCount: 3), chipCount: chips,
      caps: blueprint.caps.caps.enumerated().map { place, cap in
        CapInForce(
          cap: cap, place: place,
          counts: (chips..<2 * chips).map { .init(cell: Cell(position: $0), share: 1) },
          base: Array(blueprint.layout.chipIndices))
      })
    world.economy.shelf.turn(to: blueprint.start)
    for (chip, part) in economy.chips.enumerated() {
      world.economy.offers.price[chip] = part.price
      world.economy.offers.h100e[chip] = part.teraflops / 100
    }
    for cell in world.economy.offers.weight.indices {
      world.economy.offers.weight[cell] = 1
      world.economy.offers.sellable[cell] = 1
      world.economy.offers.licensed[cell] = world.economy.terms.sales[cell].granted.share
    }
    for supplier in world.economy.supply.packages.indices {
      world.economy.supply.packages[supplier] = 1e9
    }
  }

  /// A month with new money and new dies; what was sold in it.
  mutating func trade(_ month: Int) -> Traded {
    for owner in money.indices {
      world.economy.purses.plan[owner] = money[owner]
      world.economy.purses.spent[owner] = 0
    }
    world.economy.supply.dies[0] = dies
    let replicate = Replicate(number: 0, realisation: 0, regime: 0, seed: 1)
    mechanism.advance(&world, StepContext(step: month, replicate: replicate))
    return Traded(world.economy.sales)
  }
}

/// What was booked in a month, and so far.
private struct Traded {
  let sold, soldLicensed, soldCumulative, soldUnderCap: [Double]
  let duties, licenseFees, revenue, unmet: [Double]

  init(_ sales: borrowing Sales) {
    sold = sales.sold.values
    soldLicensed = sales.soldLicensed.values
    soldCumulative = sales.soldCumulative.values
    soldUnderCap = sales.soldUnderCap.values
    duties = sales.duties.values
    licenseFees = sales.licenseFees.values
    revenue = sales.revenue.values
    unmet = sales.unmet.values
  }
}

extension LicenseTerms {
  fileprivate static func made(_ change: (inout LicenseTerms) -> Void) -> LicenseTerms {
    var terms = LicenseTerms()
    change(&terms)
    return terms
  }

  fileprivate static func units(_ units: Double) -> LicenseTerms { made { $0.capUnits = units } }
  fileprivate static func tpp(_ tpp: Double) -> LicenseTerms { made { $0.capTPP = tpp } }
  fileprivate static func share(_ share: Double) -> LicenseTerms {
    made { $0.capShareOfSales = share }
  }
  fileprivate static func delivered(_ units: Double, overMonths months: Double) -> LicenseTerms {
    made {
      $0.capUnits = units
      $0.deliveryMonths = months
    }
  }
}
