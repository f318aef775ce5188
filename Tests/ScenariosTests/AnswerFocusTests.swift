import FoundationEssentials
import Quantities
import Testing

@testable import Documents
@testable import Scenarios

/// What a scenario says that its question is about.
@Suite struct AnswerFocusTests {
  private static func scenario(
    _ answer: String, metrics: String = "[stock_h100e, lag_months]", regimes: [String] = [],
    above change: String? = nil
  ) throws -> Scenario {
    let yaml = """
      about: {title: T, question: Q}
      run: {start: 2022-10, end: 2023-03, replicates: 8}
      world: {use: world-2022}
      regimes:
        - {id: free}
        - {id: law, rules: current-law}
        - {id: strict, like: law, against: law, set: {grey_market.enforcement: 4}}
      metrics: \(metrics)
      answer: \(answer)
      """
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let files = ["focus.yaml": yaml, "change.yaml": "base: focus.yaml\n" + (change ?? "")]
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    var overrides = Overrides()
    overrides.regimes = regimes
    let file = change == nil ? "focus.yaml" : "change.yaml"
    return try Scenario(contentsOf: folder.appending(path: file).path, overrides: overrides)
  }

  private static let good = """
    {figures: [{metric: stock_h100e, entity: CN}, {metric: lag_months, entity: CN, month: 2022-12}],
      comparisons: [{regime: law}, {regime: strict, against: law}]}
    """

  @Test func readsFiguresAndComparisons() throws {
    let focus = try #require(try Self.scenario(Self.good).focus)
    #expect(focus.figures.map(\.metric) == ["stock_h100e", "lag_months"])
    #expect(focus.figures.map(\.month?.description) == [nil, "2022-12"])
    #expect(
      focus.comparisons == [
        AnswerFocus.Comparison(regime: 1, against: 0),
        AnswerFocus.Comparison(regime: 2, against: 1),
      ])
  }

  @Test(arguments: [
    ("{figures: [{metric: stock, entity: CN}]}", "unknown metric \"stock\""),
    (
      "{figures: [{metric: stock_h100e, entity: China}]}",
      "stock_h100e is not recorded of \"China\""
    ),
    ("{figures: [{metric: midway_level_matched, entity: CN, month: 2022-12}]}", "is recorded once"),
    ("{figures: []}", "figures"),
    (
      "{figures: [{metric: stock_h100e, entity: CN}], comparisons: [{regime: lax}]}",
      "unknown regime \"lax\""
    ),
    (
      "{figures: [{metric: stock_h100e, entity: CN}], comparisons: [{regime: free}]}",
      "free cannot be compared with itself"
    ),
    (
      "{figures: [{metric: stock_h100e, entity: CN}], comparisons: [{regime: law, against: strict}]}",
      "law is not compared with strict"
    ),
  ])
  func refuses(_ answer: String, _ fault: String) throws {
    let error = #expect(throws: ScenarioFaults.self) { try Self.scenario(answer) }
    #expect(error?.description.contains(fault) == true, "\(error?.description ?? "")")
  }

  @Test func warnsOfAFigureThatIsNotRecorded() throws {
    let warnings = try Self.scenario(Self.good, metrics: "[stock_h100e]").warnings
    #expect(warnings.count == 1)
    #expect(warnings.first?.description.contains("lag_months is not recorded") == true)
    let later = "{figures: [{metric: stock_h100e, entity: CN, month: 2030-01}]}"
    let outside = try Self.scenario(later).warnings
    #expect(outside.count == 1 && outside.first?.description.contains("2030-01 is outside") == true)
    #expect(try Self.scenario(Self.good).warnings.isEmpty)
    #expect(try Self.scenario(Self.good, metrics: "all").warnings.isEmpty)
  }

  @Test(arguments: [
    (["free", "strict"], [[Int]]()), (["free", "law"], [[1, 0]]),
    (["law", "strict"], [[1, 0]]), (["law", "free"], []),
  ])
  func leavesOutComparisonsOfRegimesThatAreNotRun(_ regimes: [String], _ left: [[Int]]) throws {
    let scenario = try Self.scenario(Self.good, regimes: regimes)
    let pairs = (scenario.focus?.comparisons ?? []).map { [$0.regime, $0.against] }
    #expect(pairs == left)
    // What it comes to is a scenario with the same answer.
    let again = try Scenario(
      SourceDocument(text: scenario.effectiveYAML, file: "again.yaml"), name: "focus")
    #expect(again.focus == scenario.focus)
  }

  @Test func leavesOutComparisonsOfRegimesThatAChangeTakesAway() throws {
    let scenario = try Self.scenario(
      Self.good, above: "regimes: [{id: strict, remove: true}]\n")
    #expect(scenario.focus?.comparisons == [AnswerFocus.Comparison(regime: 1, against: 0)])
    #expect(throws: ScenarioFaults.self) {
      try Self.scenario(
        Self.good,
        above: """
          regimes: [{id: strict, remove: true}]
          answer: {figures: [{metric: stock_h100e, entity: CN}], comparisons: [{regime: strict}]}
          """)
    }
  }

  /// What the file works out itself can be asked about like any metric.
  @Test func isAboutEstimatesAndDerivedMetricsToo() throws {
    let scenario = try Self.scenario(
      "{figures: [{metric: share, entity: world, month: 2022-12}, {metric: twice, entity: world}]}",
      metrics: """
        [stock_h100e]
        derived_metrics: {share: "stock_h100e[CN] / sum(stock_h100e[all])"}
        estimates: {twice: 2}
        """)
    #expect(scenario.focus?.figures.map(\.metric) == ["share", "twice"])
    #expect(scenario.warnings.isEmpty)
  }
}
