import Foundation
import Quantities
import Stochastics
import Testing

@testable import PolicyModel
@testable import Simulation

/// The follower's own industry, alone: what it makes of dies, memory, packages and buyers, and what it builds.
@Suite struct DomesticProductionTests {
  /// Two designers, of whom the first alone has a part with memory of its own.
  private static let economy = SmallEconomy(
    families: [.init(id: "large", isDomestic: true), .init(id: "small", isDomestic: true)],
    chips: [
      .init(id: "chip", family: "large", diesPerChip: 2, memoryStacks: 8),
      .init(id: "new", family: "large", memoryStacks: 4, hasOwnMemory: true),
      .init(id: "other", family: "small", memoryStacks: 4),
    ],
    markets: [.init(id: "home", location: 1, headquarters: 1, money: 1e6, wants: [:])])

  /// Nothing is short, and nothing grows.
  private static let ample = [
    "wafers_per_month": 1e7, "packages_per_month": 1e6, "foreign_stacks_per_month": 1e8,
    "dies_per_wafer": 1, "yield_start": 1, "yield_end": 1, "die_cover_months": 1,
    "demand_months": 1e9,
    "memory_cover_months": 1, "stacks_surge": 1, "own_stacks_from_months": 1200,
    "domestic_stacks_from_months": 1200, "leak_from_months": 1200,
  ]

  @Test(arguments: [
    (["wafers_per_month": 100.0], DomesticIndustry.Limit.dies, 100.0 / 2 / 2),
    (["foreign_stacks_per_month": 800], .memory, 800.0 / 2 / 8),
    (["packages_per_month": 100], .packaging, 50),
  ])
  func `the scarcest of what a chip takes limits it`(
    scarce: [String: Double], limit: DomesticIndustry.Limit, units: Double
  ) throws {
    var industry = try Industry(Self.economy, Self.ample.merging(scarce) { $1 })
    industry.advance(0)
    #expect(industry.world.economy.domestic.limit == limit)
    #expect(abs(industry.made("chip") - units) <= 1e-9 * units, "\(industry.made("chip"))")
  }

  @Test func `buyers limit it where nothing else does`() throws {
    var industry = try Industry(Self.economy, Self.ample)
    industry.advance(0)
    industry.world.economy.domestic.demand = 6e5
    industry.advance(1)
    // Two months' sales, less what was made in the first and is not sold.
    #expect(industry.world.economy.domestic.limit == .demand)
    #expect(abs(industry.world.economy.domestic.chipsMade - 2e5) < 0.01)
  }

  /// Dies and stacks that came in were used or are there, and nothing is ever less than nothing.
  @Test func `stocks add up over years`() throws {
    let values: [String: Double] = [
      "wafers_per_month": 300, "wafer_growth_per_year": 0.5, "pull_per_year": 0.5,
      "packages_per_month": 200, "packages_pull_per_year": 3, "foreign_stacks_per_month": 900,
      "domestic_stacks_per_month": 50, "domestic_stacks_from_months": 10, "memory_pull_per_year": 1,
      "own_stacks_per_month": 80, "own_stacks_from_months": 20, "memory_cover_months": 2,
      "die_cover_months": 3, "leaked_dies_per_month": 40, "leak_from_months": 5, "demand_months": 3,
    ]
    var industry = try Industry(
      Self.economy, Self.ample.merging(values) { $1 }, months: 60)
    var (dies, stacks) = (0.0, 0.0)
    for month in 0..<60 {
      industry.advance(month)
      let state = industry.books
      let used = industry.made("chip") * 2 + industry.made("new") + industry.made("other")
      #expect(abs(state.dies - (dies + state.diesMade + (month < 5 ? 0 : 40) - used)) < 1e-6)
      let taken =
        industry.made("chip") * 8 + industry.made("new") * 4 + industry.made("other") * 4
      #expect(abs(state.stacks - (stacks + state.stacksCame - taken)) < 1e-6, "\(month)")
      #expect(state.least >= 0)
      (dies, stacks) = (state.dies, state.stacks)
      industry.sellAll(leaving: 1e5)
    }
    #expect(industry.made("chip") + industry.made("new") > 100)
  }

  /// A rule on new tools takes a share of growth, one on servicing wears out what is there.
  @Test(arguments: [
    ("none", 0.6), ("tools", 0.6 * 0.75), ("servicing", 0.6 - 0.5 * 0.4), ("elsewhere", 0.6),
  ])
  func `rules on tools and on servicing reach wafers apart`(rule: String, rate: Double) throws {
    let subject: RuleSubject = rule == "tools" || rule == "elsewhere" ? .tools : .servicing
    let rules =
      rule == "none"
      ? []
      : [
        Rule.made(
          "r", by: "AA", from: "2022-01-01", subject: subject,
          to: [rule == "elsewhere" ? "CC" : "BB"])
      ]
    let values = [
      "wafer_growth_per_year": 0.6, "leader_tool_bite": 0.25, "wear_per_year": 0.5,
      "leader_servicing_share": 0.4,
    ]
    var industry = try Industry(
      Self.economy, Self.ample.merging(values) { $1 }, rules: rules)
    industry.advance(0)
    let growth = industry.world.economy.domestic.wafers / 1e7
    #expect(abs(growth - exp(rate / 12)) < 1e-12, "\(growth)")
  }

  /// Memory of designers' own goes to those who have a part that takes it, all of it.
  @Test func `designers' own memory is made for those who use it`() throws {
    let values = [
      "own_stacks_per_month": 400.0, "own_stacks_from_months": 0, "packages_per_month": 10,
    ]
    var industry = try Industry(Self.economy, Self.ample.merging(values) { $1 })
    industry.advance(0)
    let left = industry.world.economy.domestic.ownStacks.reduce(0, +)
    #expect(abs(left + industry.made("new") * 4 - 400) < 1e-9)
  }

  /// Foreign memory is stocked up on for the days on which a rule that will stop it is known, where it reaches
  /// the follower.
  @Test(arguments: [("BB", 1.0 + 14.0 / 31), ("CC", 1)])
  func `memory is stocked up on before a rule`(place: String, months: Double) throws {
    let rule = Rule(
      id: "m", government: "AA", title: "m", kind: "rule", announced: Day(iso: "2023-01-18"),
      effective: Day(iso: "2023-02-01"), ends: nil, complianceFrom: nil, isEnforced: true,
      subject: .memory,
      destinations: [place], reachesHeadquarters: false, requirement: [], review: [],
      supersedes: [], provenance: nil, note: nil)
    let values = [
      "memory_cover_months": 0.0, "memory_stockpile_months": 1, "packages_per_month": 100,
    ]
    var industry = try Industry(
      Self.economy, Self.ample.merging(values) { $1 }, rules: [rule])
    industry.advance(0)
    // A hundred chips a month of eight stacks each.
    #expect(abs(industry.world.economy.domestic.stacksBought / 800 - months) < 1e-8)
  }
}

/// A world in which nothing acts but the industry.
private struct Industry: ~Copyable {
  var world: World
  private let mechanism: DomesticProduction
  private let ids: [String]
  private let start: Month
  private let terms: [MonthlyTerms]
  private var memoryCame = 0.0

  init(
    _ economy: SmallEconomy, _ values: [String: Double], rules: [Rule] = [], months: Int = 12
  ) throws {
    let named = Dictionary(
      uniqueKeysWithValues: values.map { ("domestic_production.\($0)", $1) })
    let blueprint = try economy.blueprint(named, rules: rules, months: months)
    mechanism = DomesticProduction(blueprint)
    ids = economy.chips.map(\.id)
    start = blueprint.start
    terms = MonthlyTerms.all(
      under: RuleBook(rules), layout: blueprint.layout, caps: blueprint.caps, start: start,
      months: months)
    world = PolicyModel(blueprint).initialState(
      of: Replicate(number: 0, realisation: 0, regime: 0, seed: 1),
      under: ParameterDraw(uniforms: [], values: []))
    world.economy.shelf.turn(to: start)
  }

  mutating func advance(_ month: Int) {
    world.economy.terms = terms[month]
    memoryCame = mechanism.homeMemory(in: world, month) + mechanism.ownMemory(in: world, month)
    let replicate = Replicate(number: 0, realisation: 0, regime: 0, seed: 1)
    mechanism.advance(&world, StepContext(step: month, replicate: replicate))
    memoryCame += world.economy.domestic.stacksBought
  }

  /// Buyers take everything, and would spend more.
  mutating func sellAll(leaving money: Double) {
    for chip in ids.indices {
      world.economy.sales.sold[chip] = world.economy.sales.unsold[chip]
      world.economy.sales.unsold[chip] = 0
    }
    world.economy.clearing.left[0] = money
  }

  func made(_ id: String) -> Double {
    ids.firstIndex(of: id).map { world.economy.domestic.made[$0] } ?? .nan
  }

  /// What it has in stock, and what came in this month.
  var books: (dies: Double, stacks: Double, diesMade: Double, stacksCame: Double, least: Double) {
    let state = world.economy.domestic.figures
    let dies = world.economy.domestic.dies.values + world.economy.domestic.foreignDies.values
    let own = world.economy.domestic.ownStacks.values
    return (
      dies.reduce(0, +), state.stacks + own.reduce(0, +),
      world.economy.domestic.diesMade.reduce(0, +), memoryCame,
      min(dies.min() ?? 0, own.min() ?? 0, state.stacks)
    )
  }
}
