@testable import Documents
import PolicyModel
import Simulation
import Stochastics
import Testing

@testable import Scenarios

/// Numbers that a scenario works out from distributions and arithmetic alone.
@Suite struct EstimateTests {
  static let file = """
    about: {title: Diverted chips, question: How many?}
    run: {replicates: 64}
    estimates:
      vendors: {uncertain: {ci90: [38, 150]}, unit: vendor}
      each: {uncertain: {ci90: [17, 1000]}, unit: chip/vendor/month}
      months: {value: 12, unit: month/year}
      share: 0.5
      diverted: {formula: vendors * each * months, unit: chip/year, title: diverted chips}
      half: {formula: share * diverted, unit: chip/year}
      many: diverted > 100000 chip/year

    """

  static func results(_ scenario: Scenario) async throws -> ScenarioResults {
    try await ScenarioResults(of: scenario)
  }

  /// A file of estimates needs no world, no regimes and no months; each estimate is an outcome with its unit.
  @Test func aFileOfEstimatesAlone() async throws {
    let scenario = try ScenarioFixture.scenario(Self.file)
    #expect(scenario.isTimeless && scenario.blueprint.regimes.map(\.id) == ["reference"])
    #expect(scenario.design.parameters == ["estimates.each", "estimates.vendors"])
    #expect(
      scenario.sizeInWords
        == "1 regime, 7 estimates, 2 uncertainties, 64 replicates")
    let columns = scenario.model.outcomeColumns
    #expect(
      columns.map(\.metric.name) == [
        "vendors", "each", "months", "share", "diverted", "half", "many",
      ])
    #expect(columns.map(\.metric.unit).suffix(3) == ["chip/year", "chip/year", "1"])
    #expect(columns.map(\.metric.isShownByMean).suffix(2) == [false, true])
    #expect(
      columns[4].metric.title == "diverted chips" && columns.allSatisfy { $0.entity == "world" })
    let results = try await Self.results(scenario)
    func values(_ name: String) -> [Double] { results.values("reference", "world", name) }
    for (place, diverted) in values("diverted").enumerated() {
      #expect(diverted == values("vendors")[place] * values("each")[place] * 12)
      #expect(values("half")[place] == 0.5 * diverted)
      #expect(values("many")[place] == (diverted > 100_000 ? 1 : 0))
    }
    #expect(Set(values("diverted")).count == 64)
  }

  /// At medians a product of lognormals is the product of the medians of its factors.
  @Test func pointValues() async throws {
    let model = try ScenarioFixture.scenario(Self.file).modelAtPointValues
    let design = try Design(.mc, replicates: 1, seed: 1, parameters: [])
    let result = try await Engine(model: model, design: design).runKeepingAll(threads: 1)
    let expected = (38.0 * 150 * 17 * 1000).squareRoot() * 12
    let value = try #require(result.values(regime: 0, cell: 4).first)
    #expect(abs(value / expected - 1) < 1e-9)
  }

  /// What is set keeps unit and title, whatever it was before.
  @Test(arguments: [
    ("estimates.vendors", "100"), ("estimates.vendors.uncertain", "100"),
    ("estimates.vendors", "{uniform: [100, 100.0000001]}"),
    ("estimates.vendors", "10 vendors ^ 1 * 10"),
  ])
  func settings(_ path: String, _ value: String) async throws {
    let scenario = try ScenarioFixture.scenario(Self.file) { $0.settings = [(path, value)] }
    let results = try await Self.results(scenario)
    let (all, each) = (
      results.values("reference", "world", "diverted"), results.values("reference", "world", "each")
    )
    for (diverted, each) in zip(all, each) { #expect(abs(diverted / (1200 * each) - 1) < 1e-8) }
    let again = try ScenarioFixture.scenario(scenario.effectiveYAML)
    #expect(
      try await Self.results(again) == results && again.effectiveYAML == scenario.effectiveYAML)
  }

  /// A formula can be replaced by a number: what rests on it follows.
  @Test func aFormulaIsReplaced() async throws {
    let scenario = try ScenarioFixture.scenario(Self.file) {
      $0.settings = [("estimates.diverted", "3000")]
    }
    #expect(try await Self.results(scenario).values("reference", "world", "half").first == 1500)
  }

  /// A regime sets what is given, and everything else is drawn alike.
  @Test func regimesAreCompared() async throws {
    let text =
      Self.file + """
        regimes:
          - {id: as-published}
          - {id: twice, set: {estimates.vendors: {ci90: [76, 300]}}}
          - {id: fixed, like: twice, set: {estimates.vendors: 100}, against: twice}
        """
    let results = try await Self.results(try ScenarioFixture.scenario(text))
    let (first, twice) = ("as-published", "twice")
    for (one, other) in zip(
      results.values(first, "world", "diverted"), results.values(twice, "world", "diverted"))
    {
      #expect(abs(other / one - 2) < 1e-9)
    }
    #expect(results.values("fixed", "world", "vendors").allSatisfy { $0 == 100 })
    #expect(results.values("fixed", "world", "each") == results.values(first, "world", "each"))
  }

  /// Beside a world, estimates change nothing of it.
  @Test func besideAWorld() async throws {
    let section = Self.file.split(separator: "\n").drop { $0 != "estimates:" }.joined(
      separator: "\n")
    let both = try await Self.results(ScenarioFixture.scenario(ScenarioFixture.small + section))
    let alone = try await Self.results(ScenarioFixture.scenario(ScenarioFixture.small))
    let estimates = try await Self.results(ScenarioFixture.scenario(Self.file))
    #expect(both.bits.count == alone.bits.count + 14)
    for (place, bits) in alone.bits { #expect(both.bits[place] == bits) }
    #expect(
      both.values("free", "world", "diverted") == estimates.values("reference", "world", "diverted")
    )
  }

  /// A file over another changes what a number is and keeps the rest; correlations and sweeps take estimates.
  @Test func layersCorrelationsAndSweeps() async throws {
    let text =
      Self.file + """
        correlations: [{between: [estimates.vendors, estimates.each], value: 0.9}]
        sweep: {grid: {estimates.months: [6, 12]}}
        """
    let points = try Scenario.points(SourceDocument(text: text, file: "test.yaml"), name: "test")
    #expect(points.map(\.point?.id) == ["months=6", "months=12"])
    let results = [try await Self.results(points[0]), try await Self.results(points[1])]
    for (less, more) in zip(
      results[0].values("reference", "world", "diverted"),
      results[1].values("reference", "world", "diverted"))
    {
      #expect(more == 2 * less)
    }
    let constant = try ScenarioFixture.scenario(text) { $0.settings = [("estimates.each", "50")] }
    #expect(constant.correlations.isEmpty && points[0].correlations.count == 1)
  }

  /// What comes to no number fails the replicate, as any value that is none does.
  @Test func whatIsNoNumberFails() async throws {
    let text = Self.file + "  odd: {formula: log(share - 0.5 + 0 * vendors / 1 vendor), unit: 1}\n"
    let scenario = try ScenarioFixture.scenario(text)
    let engine = Engine(model: scenario.model, design: scenario.design)
    let result = engine.run(Block.blocks(of: 64)[0].slices[0])
    #expect(result.failures.count == 64 && result.failures[0].column.metric.name == "odd")
    #expect(result.failures[0].value == "-inf")
  }

  /// Headline figures are about estimates too.
  @Test func headline() throws {
    let text =
      Self.file + """
        headline:
          figures: [{id: all, entity: world, metric: diverted, published: 118126, tolerance: 0.001}]
        """
    #expect(try ScenarioFixture.scenario(text).headline?.figures.count == 1)
    #expect(
      ScenarioFixture.messages(text.replacing("metric: diverted", with: "metric: divertd"))
        .contains("did you mean \"diverted\""))
  }

  @Test(arguments: [
    ("odd: {unit: chip}", "does not say what it is"),
    ("odd: {value: 1, formula: share}", "found both formula and value"),
    ("odd: {value: 1, unit: chip//year}", "\"chip//year\" is no unit; a unit is symbols"),
    (
      "odd: {formula: vendors + each, unit: vendor}",
      "each [chip/month/vendor] cannot be added to vendors [vendor]"
    ),
    (
      "odd: {formula: vendors * each, unit: vendor}",
      "comes to a number in chip/month, and is declared in vendor"
    ),
    (
      "odd: {formula: vendors * each}",
      "comes to a number in chip/month, and declares no unit; give unit: chip/month"
    ),
    (
      "odd: {formula: share * vendor, unit: vendor}",
      "there is no estimate \"vendor\"; did you mean \"vendors\"?"
    ),
    ("odd: 2 * (vendors + each)", "in \"vendors + each\": each [chip/month/vendor] cannot"),
    ("odd: \"share[CN]\"", "one number for the whole run"),
    ("odd: \"at(share, 2024-12)\"", "one number for the whole run"),
    ("log: 1", "\"log\" is a function"), ("stock_h100e: 1", "is a metric of the model"),
    ("one-two: 1", "the key \"one-two\" is not allowed here"),
    ("odd: {formula: odd + 1}", "odd reads odd; nothing can be worked out from itself"),
    ("odd: {value: 1, sourc: me}", "did you mean \"source\"?"),
    ("odd: share +", "the formula ends where a number or a name is wanted"),
    ("odd: {uncertain: {ci90: [5, 1]}}", "ci90 needs 0 < low < high"),
  ])
  func faults(_ line: String, _ message: String) {
    let messages = ScenarioFixture.messages(Self.file + "  \(line)\n")
    #expect(messages.contains(message), "\(messages)")
  }

  /// Formulas over numbers that were refused are left alone: the fault of the number is told, and no other.
  @Test(arguments: [
    ("cap: {value: 1e300, unit: chip}", "cap"), ("cap: {value: 2024-10, unit: chip}", "cap"),
    ("cap: {uncertain: {ci90: [5, 1]}, unit: chip}", "cap"), ("cap: {value: ~, unit: chip}", "cap"),
    ("cap: {value: 5, unit: chip}", "twice.formula"),
  ])
  func refusedNumbers(_ line: String, _ place: String) {
    let formula = place == "cap" ? "2 * cap" : "[]"
    let text = """
      about: {title: Caps, question: How many?}
      run: {replicates: 2}
      estimates:
        \(line)
        twice: {formula: \(formula), unit: chip}

      """
    let messages = ScenarioFixture.messages(text)
    #expect(messages.contains("estimates.\(place)"), "\(messages)")
  }

  /// A circle is named as it runs.
  @Test func circles() {
    let text = Self.file + "  a: b + 1\n  b: c * 2\n  c: a - 1\n"
    #expect(
      ScenarioFixture.messages(text).contains("a reads b, which reads c, which reads a;"),
      "\(ScenarioFixture.messages(text))")
  }

  /// What only a world has, or what only regimes over numbers that are given can set, is refused.
  @Test(arguments: [
    ("mechanisms: {ledger: off}\n", "unknown key \"mechanisms\""),
    ("regimes: [{id: one, rules: current-law}]\n", "unknown key \"rules\""),
    ("regimes: [{id: one, set: {estimates.half: 3}}]\n", "half is a formula"),
    ("regimes: [{id: one, set: {estimates.vendrs: 3}}]\n", "did you mean \"estimates.vendors\"?"),
    ("uncertainties: {estimates.vendors: 3}\n", "is given here and in line"),
    ("uncertainties: {throughput.mfu: 0.3}\n", "does nothing in a world without"),
  ])
  func withoutAWorld(_ line: String, _ message: String) {
    let messages = ScenarioFixture.messages(Self.file + line)
    #expect(messages.contains(message), "\(messages)")
  }

  /// Every file of published estimates is sound, and says nothing that does nothing.
  @Test func publishedFiles() throws {
    let names = ScenarioFixture.published
    #expect(names.contains("cnas-2025-smuggled-chips"))
    for name in names {
      let path = ScenarioFixture.path(ofShipped: "published/\(name)")
      #expect(try Scenario.points(contentsOf: path).warnings.isEmpty, "\(name)")
    }
  }

  /// The published case: its median and the chance of more than 100,000, as its inputs give them.
  @Test func theShippedCase() async throws {
    let path = ScenarioFixture.path(ofShipped: "published/cnas-2025-smuggled-chips")
    var overrides = Overrides()
    overrides.settings = [("run.replicates", "4096"), ("run.design", "sobol")]
    let scenario = try Scenario(contentsOf: path, overrides: overrides)
    #expect(scenario.warnings.isEmpty)
    let results = try await Self.results(scenario)
    let smuggled = results.values("reference", "world", "smuggled").sorted()
    #expect(abs(smuggled[2048] / 140_000 - 1) < 0.05)
    let above = results.values("reference", "world", "above_100k").reduce(0, +) / 4096
    #expect(0.55 < above && above < 0.65)
  }
}
