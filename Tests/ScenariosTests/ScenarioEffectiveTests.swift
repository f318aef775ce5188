import FoundationEssentials
import PolicyModel
import Scenarios
import Stochastics
import Testing

/// The effective scenario is a scenario: it says the same, and computes the same.
@Suite struct ScenarioEffectiveTests {
  @Test func thereAreShippedScenarios() {
    #expect(ScenarioFixture.shipped.contains("deepseek-r1"))
    #expect(ScenarioFixture.shipped.count >= 2)
  }

  @Test(arguments: ScenarioFixture.shipped) func itIsAFixedPoint(_ name: String) async throws {
    var overrides = Overrides()
    overrides.settings = [("run.replicates", "64")]
    let path = ScenarioFixture.path(ofShipped: name)
    if try String(contentsOf: URL(filePath: path), encoding: .utf8).contains("world-2022") {
      // Of an economy the text alone is held to itself, since its years take minutes without
      // optimisation, and the parts that suppliers design for them seconds: ScenarioWorldTests runs
      // a small one.
      // Observations may be of any month of it.
      if try Scenario(contentsOf: path, overrides: overrides).observations.isEmpty {
        overrides.settings.append(("run.end", "2024-12"))
      }
      let scenario = try Scenario(contentsOf: path, overrides: overrides)
      try await Self.expectFixedPoint(scenario, named: name, isRun: false)
    } else {
      for design in [Design.Kind.mc, .sobol] {
        var overrides = overrides
        overrides.settings.append(("run.design", design.rawValue))
        let scenario = try Scenario(contentsOf: path, overrides: overrides)
        try await Self.expectFixedPoint(scenario, named: name)
      }
    }
  }

  /// One that uses what the shipped ones leave out.
  @Test func itIsAFixedPointOfEverything() async throws {
    let scenario = try ScenarioFixture.scenario(Self.everything)
    try await Self.expectFixedPoint(scenario, named: "everything")
  }

  /// What stands in one section and belongs to another is written once, and says the same.
  @Test(arguments: [
    ScenarioFixture.small + "uncertainties: {runs.base.data_usd: {uniform: [1, 5]}}\n",
    ScenarioFixture.small + "mechanisms: {throughput: {mfu: 0.4}}\nmetrics: all\n",
    ScenarioFixture.small.replacing(
      "chip_hours: 2664000", with: "chip_hours: 2664000, documented_on: h100_sxm"),
    ScenarioFixture.small.replacing(
      "world:\n", with: "world:\n  chips: [{id: h800, purchase_price_usd: 3e4, power_w: 600}]\n"),
    EconomyFixture.using(
      "",
      more: "uncertainties: {labs.openai.fleet_share_factor: 0.5, owners.meta.spending_factor: 3}"
    ),
  ])
  func itIsAFixedPointWherever(_ text: String) throws {
    let scenario = try ScenarioFixture.scenario(text)
    let again = try ScenarioFixture.scenario(scenario.effectiveYAML)
    #expect(again.effectiveYAML == scenario.effectiveYAML)
    #expect(again.effective == again.effectiveWithoutPoints)
    #expect(again.blueprint.world == scenario.blueprint.world && again.run == scenario.run)
    let (ours, theirs) = (scenario.blueprint.parameters, again.blueprint.parameters)
    #expect(theirs.parameters.map(\.declaration) == ours.parameters.map(\.declaration))
    #expect(theirs.parameters.map(\.pointValue) == ours.parameters.map(\.pointValue))
  }

  private static func expectFixedPoint(
    _ scenario: Scenario, named name: String, isRun: Bool = true
  ) async throws {
    #expect(scenario.name == name)
    #expect(!scenario.about.title.isEmpty && !scenario.about.question.isEmpty)
    #expect(!scenario.blueprint.regimes.isEmpty)
    let text = scenario.effectiveYAML
    let again = try ScenarioFixture.scenario(text)
    #expect(again.effectiveYAML == text)
    #expect(again.name == scenario.name)
    #expect(again.design.parameters == scenario.design.parameters)
    #expect(again.headline == scenario.headline && again.claims == scenario.claims)
    guard isRun else { return }
    let results = try await ScenarioResults(of: scenario)
    #expect(try await ScenarioResults(of: again) == results)
    #expect(results.bits.count > 100)
  }

  static let everything = """
    uncertainties:
      ledger.pue: {mixture: [{weight: 1, of: {uniform: [1.1, 1.3]}}, {weight: 2, of: 1.25}]}
      chips.h20.purchase_price_usd: {lognormal: {median: 12000, sigma: 0.2}, max: 20000}
      chips.h800.purchase_price_usd: {discrete: {values: [25000, 30000], weights: [1, 3]}}
    regimes:
      - id: ours
        title: A rule of our own
        rules:
          - us_2023_10
          - id: ours
            government: JP
            title: "A rule: our own"
            announced: 2024-01-01
            effective: 2024-02-01
            ends: 2025-06-01
            compliance_from: 2024-03-01
            destinations: [CN, "NO", world]
            reaches_headquarters: true
            requirement:
              - {class: ours.a, when: {tpp: {at_least: 4800, below: 1e6}, data_center: true}}
              - when: {vendors: [NVIDIA], designed_in: [US], not_class: [ours.a]}
            review:
              - {policy: license, when: {class: [ours.a]}, revenue_share: 0.15, cap_units: 1000}
              - {policy: notify, duty: 0.25, cap_tpp: 1e9, cap_share_of_sales: 0.5}
            supersedes: [us_2022_10]
            source: "Nobody: made up"
            confidence: judgement
            note: "010 is text, and so is NO"
        set:
          throughput.mfu: {uniform: [0.3, 0.5]}
          runs.second.data_usd: {ci90: [1000, 2000]}
      - id: free
        set: {ledger.pue: 1}
    about:
      name: everything
      title: "Sections in another order, and: all kinds"
      question: "Does it read back?"
      authors: ["A: B", "010"]
      notes: |
        Two lines,
        # no comment.
    correlations:
      - {between: [throughput.mfu, ledger.pue], value: -0.5, source: (J)}
      - {between: [chips.x.rent_usd_per_hour, ledger.pue], value: 0.25}
    mechanisms:
      research_overhead: off
      throughput: {mfu: {normal: {mean: 0.4, sd: 0.02}, min: 0.3}}
    run: {start: 2024-10, end: 2026-12, replicates: 64, seed: 18446744073709551, design: sobol}
    world:
      reference_chip: h20
      chips:
        - id: x
          name: "X: 1"
          vendor: Us
          designed_in: US
          data_center: false
          available: {value: 2024-01, source: "our word", confidence: judgement}
          bf16_tflops: {value: 500.5, source: ours}
          fp8_tflops: 1001
          memory_bandwidth_gb_s: 3000
          interconnect_gb_s: 450.25
          power_w: 600
          stack_efficiency: 0.9
          purchase_price_usd:
            - {from: 2024-06, value: 21000, low: 20000, high: 22000, source: ours}
            - {from: 2023-01, value: 25000.125}
          rent_usd_per_hour: {triangular: [1, 1.5, 2], published: 1.4, source: "NO source"}
        - {id: h800, power_w: 650}
      labs:
        - {id: zeta, jurisdiction: CN, headquarters: "NO", fleet: [{chip: x, count: 10.5}]}
        - {id: alpha, jurisdiction: US}
      runs:
        - id: zulu
          lab: zeta
          start: 2024-10-28
          documented_on: x
          choose_from: [x, h20]
          chips: 512
          format: fp8
          stages:
            - {id: first, stage: pretraining, chip_hours: {pert: [1000, 2000, 9000]}, tokens: 1e12}
            - {id: rl, stage: reinforcement_learning, chip_hours: 2000, already_owned: true}
        - id: second
          lab: alpha
          start: 2024-10-01
          after: zulu
          uses_cluster_of: zulu
          parallelism: tensor_parallel
          data_usd: 5e5
          documented_on: h800
          chips: 64.5
          stages:
            - {id: pretraining, flop: {ci90: [1e20, 1e22]}, active_parameters: 7e9}
    metrics: [chip_hours_cumulative]
    headline:
      regime: free
      figures:
        - {id: days, entity: zulu.rl, metric: days, at_least: 0.1, at_most: 1e4, source: ours}
        - {id: hours, entity: second, metric: chip_hours}
    claims:
      - {id: cheap, says: "It: was cheap", entity: zeta, times_cheaper: 27, than_usd: 8e6}
      - {id: dear, says: It was not, entity: zulu, at_most: 1e9, source: ours}

    """
}
