import PolicyModel
import Scenarios
import Testing

/// No lever is inert: whatever a scenario can set moves some number.
///
/// One parameter at a time is changed in a scenario in which everything can bind; nothing else is
/// different, luck included, so that a number that moves at all has moved because of it.
@Suite struct EconomyLeverTests {
  private typealias Regime = EconomySketch.RegimeSketch

  /// Parameters that cannot move anything here, and why.
  private static let exceptions: [String: String] = [:]

  /// Everything that can bind does: rules of all sorts, episodes, scarce power, a saturating curve, a
  /// lab with dense models in a market of its own, a documented run.
  private static let sketch = EconomySketch(
    end: "2025-03", replicates: 4, world: world, mechanisms: mechanisms,
    regimes: [Regime(id: "everything", rules: rules)])

  private static let mechanisms = """
      energy_limit: {leader_megawatts: 250, follower_megawatts: 40}
      model_releases: {saturation: 0.5}
      domestic_production: {foundry_enforcement: 0.3, domestic_stacks_from_months: 12}
      remote_access: {openness: 0.8}
      regulator_reactions:
        tightening_per_year: 0.4
        triggered_tightening_per_year: 0.4
        trigger_stock_share: 0.1
        relief_per_year: 0.4
        retaliation_per_year: 0.4
        episode_months: 5
    """

  private static let world = """
      owners:
        - id: dense-cloud
          jurisdiction: CN
          headquarters: US
          spending_usd_per_year: [{year: 2022, value: 2.0e8}]
          spending_factor: {uniform: [0.5, 2]}
      labs:
        - id: dense-lab
          jurisdiction: CN
          headquarters: US
          fleet_of: [dense-cloud]
          fleet_share: {uniform: [0.2, 0.4]}
          active_from: 2023-03
          openness: 0.2
          parallelism: tensor_parallel
        - {id: scripted, jurisdiction: CN}
      runs:
        - id: documented
          lab: scripted
          start: 2024-10-28
          documented_on: h800
          choose_from: [h800]
          already_owned: true
          chips: 2048
          data_usd: {ci90: [1000000, 20000000]}
          stages:
            - {id: pretraining, flop: {uniform: [3e24, 4e24]}}
            - {id: reinforcement_learning, chip_hours: {uniform: [1e5, 2e5]}}
    """

  private static let rules = [
    EconomySketch.closing(fromTPP: 4700, on: "2023-01-17", announced: "2022-11-10"),
    EconomySketch.license(for: "h20", from: "2024-03-10", id: "case_by_case"),
    EconomySketch.license(
      for: "h20", from: "2024-03-20", government: "CN", id: "import_review"),
    EconomySketch.license(
      for: "h100_sxm", from: "2024-02-10", policy: "presumption-of-denial", id: "presumption"),
    EconomySketch.measure(on: "tools", from: "2023-01-10"),
    EconomySketch.measure(on: "tools", by: "NL", from: "2023-09-01"),
    EconomySketch.measure(on: "foundry", from: "2024-02-01"),
    EconomySketch.measure(on: "minerals", by: "CN", from: "2023-08-01"),
    EconomySketch.measure(on: "memory", from: "2024-04-02", rest: ", announced: 2023-12-01"),
    EconomySketch.measure(
      on: "cloud", from: "2023-05-01", rest: ", review: [{policy: notify}]"),
    EconomySketch.measure(
      on: "cloud", by: "JP", from: "2024-05-01", rest: ", review: [{policy: deny}]"),
    EconomySketch.measure(on: "demand", by: "CN", from: "2024-06-01"),
    EconomySketch.measure(on: "location_verification", from: "2023-09-01"),
    EconomySketch.measure(
      on: "entities", from: "2023-01-01", rest: ", entities: [huawei]"),
  ]

  @Test func `every parameter moves some number`() throws {
    let scenario = try Self.sketch.scenario()
    let chips = scenario.blueprint.world.chips.filter { chip in
      chip.available.map { $0 <= scenario.run.end } ?? false
    }
    let bench = try EconomyBench(scenario, priced: chips.map(\.id))
    let before = (0..<4).map { bench.run(replicate: $0) }
    #expect(before.allSatisfy { $0.failure == nil })
    var inert: [String] = []
    for (place, parameter) in bench.parameters.enumerated() {
      let name = parameter.declaration.name
      let values = Self.others(than: bench.values[place], within: parameter.declaration.range)
      let moves = before.indices.contains { replicate in
        values.contains { value in
          bench.run([name: value], replicate: replicate).values != before[replicate].values
        }
      }
      if !moves { inert.append(name) }
      #expect(
        moves != (Self.exceptions[name] != nil),
        "\(name) \(moves ? "moves something after all" : "moves nothing")")
    }
    #expect(bench.parameters.count > 120)
  }

  /// Other values of a parameter: some more, some less, much more, within what is allowed.
  private static func others(
    than value: Double, within range: ClosedRange<Double>
  ) -> [Double] {
    let steps = value == 0 ? [0.25, 2, -0.25] : [value * 1.25, value * 0.6, value * 4]
    return steps.map { min(max($0, range.lowerBound), range.upperBound) }.filter { $0 != value }
  }

  /// What rules and variants say are levers too: each changed alone in the same scenario.
  @Test func `every rule moves some number`() async throws {
    let all = try EconomyBench(try Self.sketch.scenario())
    let before = (0..<4).map { all.run(replicate: $0).values }
    for place in Self.rules.indices {
      var sketch = Self.sketch
      sketch.regimes[0].rules.remove(at: place)
      let bench = try EconomyBench(try sketch.scenario())
      let moves = before.indices.contains { bench.run(replicate: $0).values != before[$0] }
      #expect(moves, "\(Self.rules[place]) moves nothing")
    }
  }

  /// So do terms of licenses, dates, and caps by tier.
  @Test(arguments: [
    ("revenue_share", ", revenue_share: 0.2"), ("duty", ", duty: 0.3"),
    ("cap_units", ", cap_units: 500"), ("cap_tpp", ", cap_tpp: 2.0e6"),
    ("cap_share_of_sales", ", cap_share_of_sales: 0.001"),
  ])
  func `every term of a license moves some number`(name: String, terms: String) async throws {
    func results(_ terms: String) async throws -> ScenarioResults {
      try await EconomySketch(
        end: "2023-09", replicates: 2,
        regimes: [
          Regime(
            id: "licensed",
            rules: [
              EconomySketch.license(for: "h100_sxm, a100_80", from: "2023-01-01", terms: terms)
            ], set: ["licensing.export_approvals_per_year": "100"])
        ]
      ).bits()
    }
    let (without, with) = (try await results(""), try await results(terms))
    #expect(without != with)
  }

  @Test func `tiers, duties, dates, enforcement and variants move some number`() async throws {
    let closing = EconomySketch.closing(fromTPP: 4700, on: "2023-03-17")
    let tier = "{id: tiers, government: US, title: Tiers, effective: 2023-01-01, acts_on: tiers, "
      + "destinations: [world], review: [{policy: license, cap_tpp: 1.0e6}]}"
    let duty = "{id: duty, government: US, title: Duty, effective: 2023-01-01, acts_on: duty, "
      + "destinations: [CN], review: [{policy: free, duty: 0.25}]}"
    let named = "{id: named, government: US, title: A list, effective: 2023-01-01, "
      + "acts_on: entities, destinations: [CN], entities: [alibaba]}"
    let later = EconomySketch.closing(fromTPP: 4700, on: "2023-03-18")
    let regimes = [
      Regime(id: "base", rules: [closing]), Regime(id: "tiers", rules: [closing, tier]),
      Regime(id: "duty", rules: [closing, duty]), Regime(id: "named", rules: [closing, named]),
      Regime(id: "later", rules: [later]),
      Regime(id: "no-variants", rules: [closing], variants: "none"),
      Regime(id: "responsive", rules: [closing], variants: "responsive"),
    ]
    let results = try await EconomySketch(
      end: "2024-06", replicates: 2, regimes: regimes).bits()
    func numbers(_ regime: String) -> [ScenarioResults.Place: [UInt64]] {
      Dictionary(
        uniqueKeysWithValues: results.bits(of: regime).map { place, bits in
          let key = ScenarioResults.Place(
            regime: "", entity: place.entity, metric: place.metric, step: place.step)
          return (key, bits)
        })
    }
    let base = numbers("base")
    for regime in regimes.dropFirst() {
      #expect(numbers(regime.id) != base, "\(regime.id) moves nothing")
    }
  }
}
