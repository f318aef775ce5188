import Glibc
import Quantities
import Simulation
import Stochastics
import Testing

@testable import PolicyModel
@testable import Simulation

/// What shortages make of prices.
@Suite struct ScarcityPricesTests {
  private static let economy = SmallEconomy(
    families: [.init(id: "silicon", diesPerYear: figures(low: nil))],
    chips: [.init(id: "chip", family: "silicon")],
    markets: [.init(id: "one", location: 0, headquarters: 0, money: 1e6, wants: [:])])

  private static func figures(low: Double?) -> [YearlyFigure] {
    [YearlyFigure(year: 2023, value: 1200, low: low, high: low, provenance: nil)]
  }

  @Test func `nothing moves at the usual shortage, and without an elasticity`() throws {
    var usual = try Shop(Self.economy)
    var rigid = try Shop(Self.economy, ["price_elasticity": 0, "rent_elasticity": 0])
    for _ in 0..<24 {
      #expect(abs(usual.month(ordered: 1000, served: 750, left: 0).price - 1) < 1e-12)
      #expect(rigid.month(ordered: 1000, served: 100, left: 0) == .init(price: 1, rent: 1))
    }
  }

  /// All is unserved in the end: exp(0.5 x (1 - 0.25)), and rents twice as much in logs.
  @Test func `prices and rents rise with what is not served`() throws {
    var shop = try Shop(Self.economy)
    var before = 1.0
    for _ in 0..<6 {
      let now = shop.month(ordered: 1000, served: 0, left: 0).price
      #expect(now >= before)
      before = now
    }
    var last = Shop.Month(price: 1, rent: 1)
    for _ in 0..<200 { last = shop.month(ordered: 1000, served: 0, left: 0) }
    #expect(abs(last.price - exp(0.375)) < 1e-9 && abs(last.rent - exp(0.75)) < 1e-9)
  }

  @Test func `prices fall with what is left`() throws {
    var shop = try Shop(Self.economy)
    var last = Shop.Month(price: 1, rent: 1)
    for _ in 0..<200 { last = shop.month(ordered: 500, served: 500, left: 500) }
    #expect(abs(last.price - exp(-0.375)) < 1e-9)
  }

  /// A month sees the one before, so that nothing runs in a circle.
  @Test func `the first month knows of none before`() throws {
    var shop = try Shop(Self.economy)
    #expect(shop.month(ordered: 1000, served: 0, left: 0).price == 1)
    #expect(shop.month(ordered: 1000, served: 750, left: 0).price > 1)
  }

  /// What was paid then is known: 2023 has been observed.
  @Test func `in observed years prices are the dated ones`() throws {
    var economy = Self.economy
    economy.families[0].diesPerYear = Self.figures(low: 1200)
    var shop = try Shop(economy)
    for _ in 0..<12 { #expect(shop.month(ordered: 1000, served: 0, left: 0).price == 1) }
    #expect(shop.month(ordered: 1000, served: 0, left: 0).price > 1)
  }
}

/// A world in which nothing acts but prices.
private struct Shop: ~Copyable {
  struct Month: Equatable {
    let price, rent: Double
  }

  private var world: World
  private let mechanism: ScarcityPrices
  private var step = 0

  init(_ economy: SmallEconomy, _ values: [String: Double] = [:]) throws {
    var all = [
      "price_elasticity": 0.5, "rent_elasticity": 1, "usual_shortage": 0.25, "adjustment_months": 3,
    ]
    all.merge(values) { $1 }
    let blueprint = try economy.blueprint(
      Dictionary(uniqueKeysWithValues: all.map { ("scarcity_prices.\($0.key)", $0.value) }),
      months: 300)
    mechanism = ScarcityPrices(blueprint)
    world = PolicyModel(blueprint).initialState(
      of: Self.replicate, under: ParameterDraw(uniforms: [], values: []))
  }

  private static let replicate = Replicate(number: 0, realisation: 0, regime: 0, seed: 1)

  /// The indices of a month, in which so many dies are then ordered, served and left.
  mutating func month(ordered: Double, served: Double, left: Double) -> Month {
    mechanism.advance(&world, StepContext(step: step, replicate: Self.replicate))
    step += 1
    world.economy.sales.ordered[0] = ordered
    world.economy.sales.orderedValue[0] = ordered * 1000
    world.economy.sales.served[0] = served
    world.economy.sales.leftOver[0] = left
    return Month(price: world.economy.indices.prices[0], rent: world.economy.indices.rents)
  }
}
