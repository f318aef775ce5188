import Glibc
import Quantities
import Simulation
import Stochastics
import Testing

@testable import PolicyModel
@testable import Simulation

/// What orders make of a supplier's packaging and memory.
@Suite struct SupplierCapacityTests {
  /// A maker of two families on sale, a thousand dies a month each: of a die of the new one the chip needs half a
  /// package and twice the memory.
  private static func economy(_ change: (inout SmallEconomy) -> Void = { _ in }) -> SmallEconomy {
    func level(_ dies: Double) -> [YearlyFigure] {
      (2022...2024).map {
        YearlyFigure(year: $0, value: dies, low: nil, high: nil, provenance: nil)
      }
    }
    var economy = SmallEconomy(
      families: [
        .init(id: "new", maker: "maker", diesPerYear: level(12_000)),
        .init(id: "old", maker: "maker", diesPerYear: level(12_000)),
      ],
      chips: [
        .init(id: "chip", family: "old", maker: "maker", memoryStacks: 4),
        .init(id: "next", family: "new", maker: "maker", diesPerChip: 2, memoryStacks: 16),
      ],
      markets: [.init(id: "one", location: 0, headquarters: 0, money: 1e6, wants: [:])])
    change(&economy)
    return economy
  }

  @Test func `without a response what is planned is made, to the bit`() throws {
    var maker = try Maker(Self.economy(), ["order_response": 0])
    for _ in 0..<12 {
      let made = maker.make(ordered: [5000, 0])
      #expect(made == maker.planned)
    }
  }

  @Test func `orders for what is planned change nothing`() throws {
    var maker = try Maker(Self.economy())
    for _ in 0..<12 {
      let made = maker.make(ordered: [1000, 1000])
      #expect(zip(made, maker.planned).allSatisfy { abs($0 - $1) < 1e-9 })
    }
  }

  /// Half of the old family is not ordered any more, and the new one is sold out.
  @Test func `who is not asked for cedes to who is, and parts are conserved`() throws {
    var maker = try Maker(Self.economy())
    var made: [Double] = []
    for _ in 0..<40 { made = maker.make(ordered: [1000, 500]) }
    #expect(made[0] > 1050 && made[1] < 950)
    #expect(abs(maker.use(of: made) - maker.use(of: maker.planned)) < 1e-12)
  }

  /// With a full response and room for it, parts go by orders: the third of them that is ordered of the new family
  /// pays as much for its parts as the rest.
  @Test func `with a full response the mix is that of orders`() throws {
    var maker = try Maker(Self.economy(), ["order_response": 1, "ramp_room": 10])
    var made: [Double] = []
    for _ in 0..<200 { made = maker.make(ordered: [1500, 3000]) }
    #expect(abs(made[1] / made[0] - 2) < 1e-6)
  }

  /// An order that pays half as much for its parts counts half as much beyond the plan.
  @Test func `parts go to who pays for them`() throws {
    var equal = try Maker(Self.economy())
    var cheap = try Maker(Self.economy())
    var made: [[Double]] = [[], []]
    for _ in 0..<40 {
      made = [
        equal.make(ordered: [1000, 2000]), cheap.make(ordered: [1000, 2000], paying: [1, 0.5]),
      ]
    }
    #expect(made[0][1] > made[1][1] + 20 && made[1][1] > 1020)
  }

  @Test func `orders are answered with a lag`() throws {
    var maker = try Maker(Self.economy(), ["order_lag_months": 5])
    _ = maker.make(ordered: [1000, 0])
    _ = maker.make(ordered: [1000, 0])
    let first = maker.world.economy.supply.ordersBeyond.values
    #expect(abs(first[1] + 1000 * -expm1(-1.0 / 5)) < 1e-9)
    for _ in 0..<100 { _ = maker.make(ordered: [1000, 0]) }
    #expect(abs(maker.world.economy.supply.ordersBeyond[1] + 1000) < 1e-4)
  }

  @Test func `no family grows faster than its lines do`() throws {
    var maker = try Maker(Self.economy(), ["order_response": 1, "ramp_room": 0.2])
    var made: [Double] = []
    for _ in 0..<100 { made = maker.make(ordered: [1000, 100_000]) }
    #expect(abs(made[1] - 1200) < 1e-6)
    #expect(abs(maker.use(of: made) - maker.use(of: maker.planned)) < 1e-12)
  }

  /// Past years are what was made of the orders that there were.
  @Test func `in an observed year more orders bring nothing and fewer cede`() throws {
    let observed = (2022...2024).map {
      YearlyFigure(year: $0, value: 12_000, low: 12_000, high: 12_000, provenance: nil)
    }
    let economy = Self.economy {
      $0.families[0].diesPerYear = observed
      $0.families[1].diesPerYear = observed
    }
    var more = try Maker(economy)
    var fewer = try Maker(economy)
    for _ in 0..<20 {
      let made = more.make(ordered: [1000, 9000])
      #expect(zip(made, more.planned).allSatisfy { abs($0 - $1) < 1e-9 })
    }
    var made: [Double] = []
    for _ in 0..<20 { made = fewer.make(ordered: [1500, 200]) }
    #expect(made[0] > 1050 && made[1] < 900)
  }

  @Test func `a family that an owner builds for itself shares with nobody`() throws {
    var maker = try Maker(Self.economy { $0.families[0].captiveTo = 0 })
    for _ in 0..<20 {
      let made = maker.make(ordered: [0, 5000])
      #expect(made == maker.planned)
    }
  }

  /// Its year ends the old family; what is still ordered of it keeps its lines busy for a time.
  @Test func `a family whose years have ended goes on while it is ordered`() throws {
    var maker = try Maker(
      Self.economy {
        $0.families[1].diesPerYear = [12_000, 0, 0].enumerated().map {
          YearlyFigure(
            year: 2022 + $0.offset, value: $0.element, low: nil, high: nil, provenance: nil)
        }
      }, ["line_months": 6], months: 36, start: 2022)
    var made: [[Double]] = []
    for _ in 0..<36 { made.append(maker.make(ordered: [1000, 1000])) }
    #expect(made[17][1] > 100 && made[35][1] < 0.8 * made[17][1] && made[35][1] > 0)
    #expect(made[17][0] < 1000)
  }
}

/// A world in which nothing acts but the supplier.
private struct Maker: ~Copyable {
  private(set) var world: World
  private let mechanism: SupplierCapacity
  private var step = 0

  init(
    _ economy: SmallEconomy, _ values: [String: Double] = [:], months: Int = 240, start: Int = 2023
  ) throws {
    var all = [
      "order_response": 0.5, "order_lag_months": 3, "ramp_room": 0.5, "line_months": 12,
      "carried_share": 0, "memory_headroom": 1, "packaging_headroom": 1,
    ]
    all.merge(values) { $1 }
    let blueprint = try economy.blueprint(
      Dictionary(uniqueKeysWithValues: all.map { ("supplier_capacity.\($0.key)", $0.value) }),
      months: months, start: Month(index: start * 12))
    mechanism = SupplierCapacity(blueprint)
    world = PolicyModel(blueprint).initialState(
      of: Self.replicate, under: ParameterDraw(uniforms: [], values: []))
    world.economy.terms = MonthlyTerms(
      sales: Array(repeating: .free, count: economy.chips.count * economy.markets.count),
      measures: MonthlyMeasures(
        supplierCount: 1, placeCount: blueprint.layout.economy.jurisdictions.count),
      chipCount: economy.chips.count)
  }

  private static let replicate = Replicate(number: 0, realisation: 0, regime: 0, seed: 1)

  var planned: [Double] { world.economy.supply.planned.values }

  /// What dies take of the packaging and memory that the plans take.
  func use(of dies: [Double]) -> Double {
    zip(dies, world.economy.supply.need.values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// A month: dies made, after which so many are ordered, paying so much for the parts of each.
  mutating func make(ordered: [Double], paying: [Double] = [1, 1]) -> [Double] {
    world.month = Month(index: world.month.index + (step == 0 ? 0 : 1))
    mechanism.advance(&world, StepContext(step: step, replicate: Self.replicate))
    step += 1
    for family in ordered.indices {
      world.economy.sales.ordered[family] = ordered[family]
      world.economy.sales.orderedValue[family] =
        ordered[family] * world.economy.supply.need[family] * paying[family]
    }
    return world.economy.supply.made.values
  }
}
