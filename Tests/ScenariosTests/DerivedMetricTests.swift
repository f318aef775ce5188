@testable import Documents
import PolicyModel
import Quantities
import Simulation
import Testing

@testable import Scenarios

/// Metrics that a scenario works out from others.
@Suite struct DerivedMetricTests {
  private static let section = """
    derived_metrics:
      share: {formula: "stock_h100e[CN] / sum(stock_h100e[all])", title: China's share of compute}
      both: {formula: "sum(stock_h100e[CN, US])", unit: h100e}
      gain: {formula: "stock_h100e[US] - before(stock_h100e[US], 3)", unit: h100e}
      since: {formula: "both - at(both, 2023-03)", unit: h100e}
      ends: {formula: "at(share, 2023-12) - at(share, 2023-03)"}
      bought: {formula: "sum(flow_chips[all]) * 1 month", unit: chips}
      most: share > 0.5
      scaled: {formula: "double * share"}
    estimates:
      double: 2

    """

  private struct Run {
    let scenario: Scenario
    let result: EnsembleResult

    init(_ text: String, metrics: String = "[stock_h100e, flow_chips]") async throws {
      scenario = try ScenarioFixture.scenario(text + "metrics: \(metrics)\n")
      let engine = Engine(model: scenario.model, design: scenario.design)
      result = try await engine.runKeepingAll(threads: 2)
    }

    /// The values of a monthly metric in a month.
    func values(_ metric: String, _ entity: String = "world", _ month: String) throws -> [Double] {
      let place = try #require(
        result.layout.stepColumns.firstIndex { $0.entity == entity && $0.metric.name == metric })
      let step = try #require(Month(iso: month)) - scenario.run.start
      return result.values(regime: 1, cell: result.layout.cell(step: step, column: place))
    }

    func outcome(_ metric: String) throws -> [Double] {
      let place = try #require(
        result.layout.outcomeColumns.firstIndex { $0.metric.name == metric })
      return result.values(regime: 1, cell: result.layout.cell(outcome: place))
    }
  }

  /// Sums, shares, differences between months, and months of their own, to the bit.
  @Test func theyAreWorkedOutFromTheParts() async throws {
    let run = try await Run(EconomyFixture.small + Self.section)
    let (us, cn) = (
      try run.values("stock_h100e", "US", "2023-12"), try run.values("stock_h100e", "CN", "2023-12")
    )
    let (us9, us3, cn3) = (
      try run.values("stock_h100e", "US", "2023-09"),
      try run.values("stock_h100e", "US", "2023-03"),
      try run.values("stock_h100e", "CN", "2023-03")
    )
    #expect(us.count == 8 && Set(us).count > 1)
    for draw in us.indices {
      #expect(try run.values("share", "world", "2023-12")[draw] == cn[draw] / (us[draw] + cn[draw]))
      #expect(try run.values("both", "world", "2023-12")[draw] == cn[draw] + us[draw])
      #expect(try run.values("gain", "world", "2023-12")[draw] == us[draw] - us9[draw])
      let since = (cn[draw] + us[draw]) - (cn3[draw] + us3[draw])
      #expect(try run.values("since", "world", "2023-12")[draw] == since)
      let ends = cn[draw] / (us[draw] + cn[draw]) - cn3[draw] / (us3[draw] + cn3[draw])
      #expect(try run.outcome("ends")[draw] == ends)
      #expect(try run.values("most", "world", "2023-12")[draw] == 0)
      let scaled = 2 * (cn[draw] / (us[draw] + cn[draw]))
      #expect(try run.values("scaled", "world", "2023-12")[draw] == scaled)
    }
    let early = try run.values("gain", "world", "2022-12")
    let before = try run.values("since", "world", "2023-02")
    let missing = (early + before).filter { !$0.isNaN }
    #expect(missing.isEmpty)
    #expect(run.result.failures.isEmpty)
  }

  /// What is recorded besides changes nothing of them, and they change nothing of it: regimes that begin alike
  /// included.
  @Test func partsNeedNotBeRecorded() async throws {
    let whole = try await Run(EconomyFixture.small + Self.section)
    let alone = try await Run(EconomyFixture.small + Self.section, metrics: "[share]")
    let without = try await Run(EconomyFixture.small)
    #expect(Set(alone.result.layout.stepColumns.map(\.entity)) == ["world"])
    for month in ["2022-12", "2023-12"] {
      let shares = try whole.values("share", "world", month)
      #expect(try alone.values("share", "world", month) == shares)
      let (less, more) = (
        try without.values("stock_h100e", "CN", month), try whole.values("stock_h100e", "CN", month)
      )
      #expect(less == more)
    }
    let reread = try ScenarioFixture.scenario(alone.scenario.effectiveYAML)
    #expect(reread.effectiveYAML == alone.scenario.effectiveYAML)
    #expect(reread.model.stepColumns == alone.scenario.model.stepColumns)
  }

  /// Units, words and the mean follow into the columns; a threshold and an observation can be about one.
  @Test func theyAreMetricsLikeAnyOther() throws {
    let text =
      EconomyFixture.small + Self.section + """
        thresholds: [{id: tenth, entity: world, metric: share, at_least: 0.1}]
        observations:
          - {id: seen, entity: world, metric: share, month: 2023-06, observed: 0.1, status: held_out}
          - {id: grown, entity: world, metric: ends, observed: 0.0, status: held_out}
          - {id: twice, entity: world, metric: double, observed: 2.0, status: fitted}
        headline: {figures: [{id: ends, entity: world, metric: ends}]}
        """
    let scenario = try ScenarioFixture.scenario(text)
    #expect(
      scenario.metrics?.contains("share") == true
        && scenario.metrics?.contains("lag_months") == true)
    let columns = scenario.model.stepColumns.filter { $0.entity == "world" }
    let share = try #require(columns.first { $0.metric.name == "share" }?.metric)
    #expect(share.title == "China's share of compute" && share.unit == "1")
    #expect(columns.first { $0.metric.name == "most" }?.metric.isShownByMean == true)
    #expect(columns.first { $0.metric.name == "both" }?.metric.unit == "h100e")
    #expect(scenario.observations.map(\.id) == ["seen", "grown", "twice"])
    #expect(scenario.observations[1].month == scenario.run.end)
    #expect(scenario.blueprint.thresholds.count == 1 && scenario.headline?.figures.count == 1)
  }

  @Test(arguments: [
    (
      "odd: stock_h100",
      "there is no monthly metric, estimate or derived metric \"stock_h100\"; did you mean \"stock_h100e\"?"
    ),
    ("odd: \"stock_h100e[FR]\"", "stock_h100e is not recorded of \"FR\""),
    ("odd: \"stock_h100e[FR]\"", "recorded of: CN, US"),
    ("odd: stock_h100e", "stock_h100e is recorded of 2 things; say whose"),
    ("odd: \"stock_h100e[CN, US]\"", "this stands for 2 values"),
    ("odd: \"sum(stock_h100e[CN, CN])\"", "is there twice"),
    ("odd: \"stock_h100e[CN] + flow_chips[CN]\"", "cannot be added to stock_h100e[CN] [h100e]"),
    (
      "odd: \"stock_h100e[CN]\"",
      "comes to a number in h100e, and declares no unit; give unit: h100e"
    ),
    ("odd: \"at(share, 2030-01)\"", "2030-01 is outside the scenario's months 2022-10 to 2023-12"),
    ("odd: \"before(share, 15)\"", "15 months before is never within"),
    ("odd: \"share[CN]\"", "a derived metric is of the world alone"),
    ("odd: \"double[CN]\"", "an estimate is one number"),
    ("odd: odd + 1", "odd reads odd"), ("double: share", "\"double\" is an estimate"),
    ("lag_months: share", "is a metric of the model"), ("max: share", "\"max\" is a function"),
    ("odd: \"sum(largest_run_flop[all])\"", "recorded of things of several kinds"),
    ("odd: {unit: chip}", "the key \"formula\" is missing"),
  ])
  func faults(_ line: String, _ message: String) {
    let section = Self.section.replacing("estimates:\n", with: "  \(line)\nestimates:\n")
    let messages = ScenarioFixture.messages(EconomyFixture.small + section)
    #expect(messages.contains(message), "\(messages)")
  }

  /// Formulas that are put into each other are bounded.
  @Test func bounds() {
    var section = "derived_metrics:\n  a0: \"stock_h100e[CN] / 1 h100e\"\n"
    for place in 1...18 { section += "  a\(place): a\(place - 1) + a\(place - 1)\n" }
    #expect(ScenarioFixture.messages(EconomyFixture.small + section).contains("takes more than"))
    section = "derived_metrics:\n  a0: \"stock_h100e[CN] / 1 h100e\"\n"
    for place in 1...800 { section += "  a\(place): a\(place - 1) + 1\n" }
    #expect(
      ScenarioFixture.messages(EconomyFixture.small + section).contains(
        "parts deep within each other"))
  }
}
