import PolicyModel
import Scenarios
import Testing

/// No lever of rules is inert: each sort of rule, and each of its terms, moves some number.
@Suite struct EconomyRuleLeverTests {
  private typealias Regime = EconomySketch.RegimeSketch

  /// Everything that can bind does: rules of all sorts, episodes, scarce power, a saturating curve, a
  /// lab with dense models in a market of its own.
  private static let sketch = EconomySketch(
    end: "2024-12", replicates: 4, world: world, mechanisms: mechanisms,
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
    EconomySketch.measure(on: "models", from: "2023-04-10"),
    EconomySketch.measure(on: "models", by: "JP", from: "2023-05-20"),
    EconomySketch.measure(on: "demand", by: "CN", from: "2024-06-01"),
    EconomySketch.measure(on: "location_verification", from: "2023-09-01"),
    EconomySketch.measure(
      on: "entities", from: "2023-01-01", rest: ", entities: [huawei]"),
  ]

  /// Each is taken away alone; nothing else is different, luck included.
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

  /// A part that is cut down from another stays on the market beside it where neither may go without asking,
  /// so that what is asked for it counts; nobody sells the cut where the whole is free.
  @Test(arguments: [(true, "licensed"), (false, "free")])
  func `a share on a cut-down part counts while its parent is under license`(
    counts: Bool, parent: String
  ) async throws {
    let whole =
      parent == "free"
      ? [] : [EconomySketch.license(for: "a100_80", from: "2023-01-01", id: "whole")]
    func regime(_ id: String, terms: String) -> Regime {
      let cut = EconomySketch.license(for: "a800", from: "2023-01-01", terms: terms, id: "cut")
      return Regime(
        id: id, rules: whole + [cut], set: ["licensing.export_approvals_per_year": "100"])
    }
    let sketch = EconomySketch(
      end: "2023-09", replicates: 2,
      regimes: [regime("without", terms: ""), regime("with", terms: ", revenue_share: 0.25")])
    let results = try await sketch.bits()
    #expect((numbers("without", of: results) != numbers("with", of: results)) == counts)
  }

  private func numbers(
    _ regime: String, of results: ScenarioResults
  ) -> [ScenarioResults.Place: [UInt64]] {
    Dictionary(
      uniqueKeysWithValues: results.bits(of: regime).map { place, bits in
        let key = ScenarioResults.Place(
          regime: "", entity: place.entity, metric: place.metric, step: place.step)
        return (key, bits)
      })
  }

  @Test func `tiers, duties, dates, enforcement and variants move some number`() async throws {
    let closing = EconomySketch.closing(fromTPP: 4700, on: "2023-03-17")
    let tier =
      "{id: tiers, government: US, title: Tiers, effective: 2023-01-01, acts_on: tiers, "
      + "destinations: [world], review: [{policy: license, cap_tpp: 1.0e6}]}"
    let duty =
      "{id: duty, government: US, title: Duty, effective: 2023-01-01, acts_on: duty, "
      + "destinations: [CN], review: [{policy: free, duty: 0.25}]}"
    let named =
      "{id: named, government: US, title: A list, effective: 2023-01-01, "
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
      end: "2024-06", replicates: 2, regimes: regimes
    ).bits()
    let base = numbers("base", of: results)
    for regime in regimes.dropFirst() {
      #expect(numbers(regime.id, of: results) != base, "\(regime.id) moves nothing")
    }
  }
}
