@testable import Documents
import PolicyModel
import Quantities
import Scenarios
import Stochastics
import Testing

/// What the command line changes: `--set path=value` and `--regimes a,b`.
@Suite struct ScenarioOverridesTests {
  private static func scenario(_ settings: (String, String)...) throws(ScenarioFaults) -> Scenario {
    try scenario(ScenarioFixture.small, settings)
  }

  private static func scenario(
    _ text: String, _ settings: [(String, String)]
  ) throws(ScenarioFaults) -> Scenario {
    try ScenarioFixture.scenario(text) { $0.settings = settings.map { ($0.0, $0.1) } }
  }

  private static func message(_ path: String, _ value: String) -> String {
    ScenarioFixture.messages(ScenarioFixture.small) { $0.settings = [(path, value)] }
  }

  private static func law(_ name: String, of scenario: Scenario) throws -> Double {
    let parameters = scenario.blueprint.parameters.parameters
    return try #require(parameters.first { $0.declaration.name == name }).law.median
  }

  @Test func aPathOfTheDocument() throws {
    let scenario = try Self.scenario(
      ("run.replicates", "128"), ("run.design", "lhs"), ("about.title", "Another title"),
      ("run.replicates", "256"))
    #expect(scenario.run.replicates == 256)
    #expect(scenario.run.design == .lhs)
    #expect(scenario.about.title == "Another title")
    #expect(scenario.run.start.description == "2024-10")
  }

  @Test func aRecordByItsId() throws {
    let scenario = try Self.scenario(
      ("world.runs.base.chips", "512"),
      ("world.runs.base.stages.pretraining.chip_hours", "1000"),
      ("world.labs.acme.jurisdiction", "US"),
      ("regimes.free.rules", "[us_2023_10]"))
    let run = scenario.blueprint.world.runs[0]
    #expect(run.stages[0].chips.count.value == 512)
    #expect(try Self.law("runs.base.pretraining.chip_hours", of: scenario) == 1000)
    #expect(scenario.blueprint.world.labs[0].jurisdiction == "US")
    #expect(scenario.blueprint.regimes.map(\.rules.rules.count) == [1, 1])
  }

  @Test func aParameterByItsName() throws {
    let scenario = try Self.scenario(
      ("throughput.mfu", "0.4"), ("chips.h800.rent_usd_per_hour", "{uniform: [2, 4]}"),
      ("uncertainties.ledger.pue", "1.2"), ("regimes.free.set.ledger.pue", "1.1"))
    #expect(try Self.law("throughput.mfu", of: scenario) == 0.4)
    #expect(try Self.law("chips.h800.rent_usd_per_hour", of: scenario) == 3)
    #expect(try Self.law("ledger.pue", of: scenario) == 1.2)
    #expect(scenario.blueprint.parameters.overrides[1].values.map(\.law.median) == [1.1])
    #expect(scenario.design.parameters.contains("chips.h800.rent_usd_per_hour"))
    #expect(!scenario.design.parameters.contains("throughput.mfu"))
  }

  /// A parameter is set where the file gives it: nothing is given twice.
  @Test func aParameterThatTheFileGives() throws {
    let text =
      ScenarioFixture.small
      .replacing("world:\n", with: "world:\n  chips:\n    - {id: h800, purchase_price_usd: 3e4}\n")
      .replacing("      chips: 2048\n", with: "      chips: 2048\n      data_usd: 7\n")
      + "mechanisms:\n  throughput: {mfu: 0.3}\n"
    let scenario = try Self.scenario(
      text,
      [
        ("throughput.mfu", "0.5"), ("runs.base.data_usd", "8"),
        ("runs.base.pretraining.chip_hours", "9"), ("chips.h800.purchase_price_usd", "25000"),
      ])
    #expect(try Self.law("throughput.mfu", of: scenario) == 0.5)
    #expect(try Self.law("runs.base.data_usd", of: scenario) == 8)
    #expect(try Self.law("runs.base.pretraining.chip_hours", of: scenario) == 9)
    #expect(try Self.law("chips.h800.purchase_price_usd", of: scenario) == 25_000)
  }

  /// Setting does not move a parameter: it is the same as editing the file.
  @Test func isTheSameAsEditing() throws {
    let text = try ScenarioFixture.deepSeek()
    let edited = text.replacing("triangular: [1.7, 2.6, 5.0]", with: "uniform: [1.7, 5.0]")
      .replacing("    published: 2.6\n", with: "")
    let set = try Self.scenario(
      edited.replacing("uniform: [1.7, 5.0]", with: "value: 3"),
      [
        (
          "chips.h100_sxm.rent_usd_per_hour",
          "{uniform: [1.7, 5.0], confidence: published, source: "
            + "\"SemiAnalysis contracts 1.70 to 2.35; Mercatus 2026 listings 1.99, 2.60, 5.00\"}"
        )
      ])
    #expect(set.design.parameters == (try ScenarioFixture.scenario(edited)).design.parameters)
    #expect(set.effectiveYAML == (try ScenarioFixture.scenario(edited)).effectiveYAML)
  }

  /// What has become a constant hangs together with nothing.
  @Test(arguments: ["", "uncertainties."]) func aConstantLosesItsCorrelations(
    _ section: String
  ) throws {
    let text = try ScenarioFixture.deepSeek()
    #expect(try Self.scenario(text, []).correlations.count == 1)
    let rent = section + "chips.h800.rent_usd_per_hour"
    #expect(try Self.scenario(text, [(rent, "2")]).correlations.isEmpty)
    #expect(try Self.scenario(text, [(rent, "{uniform: [1, 3]}")]).correlations.count == 1)
  }

  @Test func mechanisms() throws {
    #expect(try Self.scenario(("mechanisms.ledger", "off")).blueprint.switchedOff == ["ledger"])
    let off = ScenarioFixture.small + "mechanisms:\n  throughput: off\n"
    let still = try Self.scenario(off, [("throughput.mfu", "0.4")])
    #expect(still.blueprint.switchedOff == ["throughput"])
    let on = try Self.scenario(off, [("mechanisms.throughput.mfu", "0.4")])
    #expect(on.blueprint.switchedOff.isEmpty)
  }

  @Test func unknownPaths() {
    #expect(
      Self.message("run.replicats", "10") == """
        --set run.replicats:1:8: run.replicats: unknown key "replicats"; \
        did you mean "replicates"? allowed here: design, end, exact_values, \
        replicates, seed, start
        """)
    #expect(
      Self.message("rum.replicates", "10").hasPrefix(
        """
        --set rum.replicates:1:1: rum.replicates: neither a section nor a parameter begins with \
        "rum"; did you mean "run"? known here: about, run, world, mechanisms, uncertainties, \
        correlations, rule_sets, regimes, estimates, derived_metrics, metrics, outputs, answer, \
        thresholds, headline, claims, observations, published, chips, runs, owners, labs,
        """))
    #expect(
      Self.message("throughput.muf", "0.4") == """
        --set throughput.muf:1:8: uncertainties.throughput.muf: unknown parameter \
        "throughput.muf"; did you mean "throughput.mfu"? `chokepoint metrics --parameters` lists \
        them
        """)
    #expect(
      Self.message("world.runs.bass.chips", "10") == """
        --set world.runs.bass.chips:1:1: there is nothing called "bass" here; \
        did you mean "base"? known here: base
        """)
    #expect(Self.message("run..seed", "1").contains("is not a path"))
    #expect(Self.message("", "1").contains("is not a path"))
  }

  /// What a file lacks is told of the file, whatever is set in it.
  @Test(
    arguments: [
      (
        "about:\n  title: A small scenario\n  question: What is wrong with it?\n", "run.replicates",
        "20",
        "test.yaml:1:1: the key \"about\" is missing"
      ),
      ("  end: 2025-12\n", "run.seed", "3", "test.yaml:4:1: run: the key \"end\" is missing"),
      (
        "  question: What is wrong with it?\n", "about.name", "mine",
        "test.yaml:1:1: about: the key \"question\" is missing"
      ),
      (
        "      lab: acme\n", "world.runs.base.chips", "10",
        "test.yaml:13:7: world.runs.base: the key \"lab\" is missing"
      ),
    ])
  func whatIsMissingIsToldOfTheFile(
    left: String, key: String, value: String, fault: String
  ) {
    let text = ScenarioFixture.small.replacing(left, with: "")
    let messages = ScenarioFixture.messages(text) { $0.settings = [(key, value)] }
    #expect(messages.contains(fault), "\(messages)")
    #expect(!messages.contains("--set"), "\(messages)")
  }

  @Test func faultyValues() {
    #expect(
      Self.message("run.seed", "010") == """
        --set run.seed:1:8: run.seed: 010 may be read as an octal number; write 10
        """)
    #expect(
      Self.message("throughput.mfu", "{ci90: [0.5, 0.3]}") == """
        --set throughput.mfu:1:8: uncertainties.throughput.mfu: ci90 needs 0 < low < high, \
        got [0.5, 0.3]
        """)
    #expect(Self.message("run.seed", "").contains("there is no value"))
    #expect(Self.message("run.seed", "1\nrun: 2").contains("has no single value"))
    #expect(Self.message("run.seed", "[1").hasPrefix("--set run.seed:"))
    #expect(Self.message("run.seed", "&a 1").contains("anchors"))
  }

  @Test func keepingRegimes() throws {
    let text = try ScenarioFixture.deepSeek()
    let scenario = try ScenarioFixture.scenario(text) { $0.regimes = ["h20-only", "no-controls"] }
    #expect(scenario.blueprint.regimes.map(\.id) == ["h20-only", "no-controls"])
    #expect(
      ScenarioFixture.messages(text) { $0.regimes = ["h20-onyl"] } == """
        test.yaml: no regime is called "h20-onyl"; did you mean "h20-only"? \
        there are h20-only, no-controls, oct-2022-rule
        """)
    #expect(
      ScenarioFixture.messages(text) {
        $0.regimes = ["h20-only", "h20-only"]
        // What is set has no place in the file, and must not be taken for the file.
        $0.settings = [("run.seed", "3")]
      } == "test.yaml: regime \"h20-only\" is asked for more than once")
  }

  /// A regime is compared with another only where that is run; else with the reference.
  @Test(
    arguments: [
      (["october-2023"], [nil]), (["no-controls", "october-2023"], [nil, nil]),
      (["no-controls", "october-2022", "strict"], [nil, nil, nil]),
      (["no-controls", "october-2023", "strict"], [nil, nil, "october-2023"]),
    ] as [([String], [String?])])
  func aRegimeWithoutTheOneThatItIsComparedWith(_ ids: [String], _ others: [String?]) throws {
    var overrides = Overrides()
    overrides.regimes = ids
    let scenario = try Scenario(
      contentsOf: ScenarioFixture.path(ofShipped: "h800-vs-h100"), overrides: overrides)
    #expect(scenario.blueprint.regimes.map(\.against) == others)
  }

  @Test func aRegimeComparedWithWhatIsNoRegime() throws {
    let told = ScenarioFixture.messages(try ScenarioFixture.deepSeek()) {
      $0.settings = [("regimes.h20-only.against", "h20-onyl")]
      $0.regimes = ["h20-only"]
    }
    #expect(told.contains("unknown regime \"h20-onyl\""), "\(told)")
  }
}
