import Analysis
import Documents
import Quantities
import Scenarios
import Simulation
import Studies
import Testing

@testable import Reporting

/// How charts tell things apart, and what they leave out.
@Suite struct ChartLooksTests {
  private func fan(_ values: [Double]) -> Fan {
    Fan(
      name: "Rule",
      points: values.enumerated().map { month, value in
        Fan.Point(
          day: Month(index: 2023 * 12 + month).lastDay,
          quantiles: Array(repeating: value, count: 5),
          typical: value)
      })
  }

  private func kinds(
    _ panels: [[Double]], _ unit: ChartUnit = ChartUnit("h100e")
  ) -> [String?] {
    var chart = FanChart(
      panels: panels.map { FanPanel(heading: ["A"], fans: [fan($0)]) }, unit: unit,
      looks: RegimeLooks(names: ["Rule"]))
    chart.sharesAxis = false
    return chart.panelsInVegaLite.map { panel in
      guard case .some(let scale)? = panel.layers[0].encoding.y?.scale else { return nil }
      return scale.type
    }
  }

  @Test func `panels beside each other are all in powers of ten, or none is`() {
    #expect(kinds([[1e3, 1e6], [2e4, 9e5]]) == ["log", "log"])
    #expect(kinds([[1e3, 1e6], [0, 9e5]]) == ["linear", "linear"])
    // One that spans little has no ticks to read on such an axis.
    #expect(kinds([[1e3, 1e6], [8e5, 9e5]]) == ["linear", "linear"])
    #expect(kinds([[3, 4], [8e5, 9e5]]) == ["linear", "linear"])
    // Shares lie between nothing and all.
    #expect(kinds([[1e-4, 0.5]], ChartUnit("1", isShare: true)) == ["linear"])
  }

  @Test func `no two lines of a panel have one colour`() {
    let names = (0..<12).map { "Rule \($0)" }
    let looks = RegimeLooks(names: names, first: [0, 3, 4, 7, 8, 10, 11])
    let own = [0, 3, 4, 7, 8, 10, 11].map { looks.colours[$0] }
    #expect(Set(own).count == own.count && own.count == ChartStyle.mostColours)
    #expect(Set([1, 2, 5, 6, 9].map { looks.colours[$0] }) == [ChartStyle.other])
    #expect(!own.contains(ChartStyle.other))
  }

  @Test func `what is so or is not is known by its variance`() throws {
    // The 95% quantile of these lies between 0 and 1.
    let rare = try #require(Summary(of: Array(repeating: 0, count: 19) + [1]))
    #expect(rare.p95 > 0 && rare.p95 < 1 && rare.isOfSwitch)
    #expect(try #require(Summary(of: [0, 0.5, 1, 1])).isOfSwitch == false)
    #expect(try #require(Summary(of: [1, 1, 1])).isOfSwitch)
  }

  /// Half a year under the reference and under so many thresholds on performance.
  private func result(
    _ thresholds: [Int], _ more: String = "", of entity: String = "CN",
    against: [Int: Int] = [:]
  ) async throws -> RunResult {
    let regimes = thresholds.map { threshold in
      """
      - id: from-\(threshold)
        against: \(against[threshold].map { "from-\($0)" } ?? "no-rule")
        rules:
          - {id: own, government: US, title: A threshold, announced: 2022-11-01, effective: 2022-11-01,
             destinations: [CN], requirement: [{when: {tpp: {at_least: \(threshold)}}}], review: [{policy: deny}]}

      """
    }
    let yaml = """
      about: {title: Thresholds, question: Which?}
      run: {start: 2022-10, end: 2023-04, replicates: 16, seed: 5}
      world: {use: world-2022}
      regimes:
      - {id: no-rule}
      \(regimes.joined())
      metrics: [stock_h100e]
      answer:
        figures: [{metric: stock_h100e, entity: \(entity)}]
      \(more)
      """
    return try await RunResult(
      running: Scenario(SourceDocument(text: yaml, file: "many.yaml"), name: "many"), threads: 2)
  }

  @Test func `what was observed stands in the chart of its figure`() async throws {
    let result = try await result(
      [1600],
      """
      observations:
        - {id: stock, entity: CN, metric: stock_h100e, month: 2023-03, observed: 41234, low: 31234,
           high: 51234, status: held_out, source: A count}
      """)
    let chart = try #require(result.charts.first { $0.name == "stock-h100e" })
    let json = String(decoding: chart.bytes, as: UTF8.self)
    #expect(json.contains("diamond") && json.contains("41230") && json.contains("51230"))
    let other = try #require(result.charts.first { $0.name == "stock-h100e-by-regime" })
    #expect(!String(decoding: other.bytes, as: UTF8.self).contains("diamond"))
  }

  @Test func `charts are of whom the question asks, first`() async throws {
    let result = try await result([1600], of: "GULF")
    let chart = try #require(result.charts.first)
    #expect(chart.name == "stock-h100e" && chart.finding.contains("Gulf"), "\(chart.finding)")
    let difference = try #require(result.charts.first { $0.name == "stock-h100e-by-regime" })
    #expect(difference.subject.contains("Gulf"), "\(difference.subject)")
  }

  @Test func `of many regimes a panel has some, and the answer a line for each`() async throws {
    let result = try await result([300, 600, 1200, 1600, 2000, 2400, 3000, 4000])
    let chart = try #require(result.charts.first { $0.name == "stock-h100e" })
    #expect(chart.notes.joined().contains("7 of 9 regimes"))
    let answer = result.answer
    let told = AnswerText(answer).sentences() ?? ""
    let all = AnswerText(answer, isFull: true).sentences() ?? ""
    #expect(told.count < all.count && told.contains("--full"))
    let table = try #require(AnswerTable(answer, width: 100).text)
    let lines = table.split(separator: "\n")
    #expect(lines.count <= 12 && lines[1].hasPrefix("  no-rule "), "\(table)")
    #expect(lines[2].hasPrefix("  from-300 ") && lines[2].hasSuffix("%)"), "\(table)")
    #expect(lines.allSatisfy { $0.count <= 100 })
  }

  @Test func `differences are those that the answer asks for`() async throws {
    let result = try await result(
      [4000, 6000], "  comparisons: [{regime: from-4000, against: from-6000}]",
      against: [4000: 6000])
    let chart = try #require(result.charts.first { $0.name == "stock-h100e-difference" })
    let json = String(decoding: chart.bytes, as: UTF8.self)
    #expect(json.contains("less From 6000"))
    let page = PageAnswer(result.answer, names: result.regimeNames).keyFigures
    let rows = page.flatMap(\.rows).map { $0[0] }
    #expect(rows.contains("difference from another regime"), "\(rows)")
    #expect(page.flatMap(\.rows).joined().contains { $0.hasPrefix("from From 6000: ") })
    let table = try #require(AnswerTable(result.answer, width: 100).text)
    #expect(table.contains("(from-4000: from from-6000)"), "\(table)")
  }

  @Test func `a file that lists no metrics gets compute first`() async throws {
    let yaml = """
      about: {title: Any, question: Which?}
      run: {start: 2022-10, end: 2022-12, replicates: 8, seed: 5}
      world: {use: world-2022}
      regimes: [{id: no-rule}, {id: current-law, rules: current-law}]
      """
    let result = try await RunResult(
      running: Scenario(SourceDocument(text: yaml, file: "any.yaml"), name: "any"), threads: 2)
    #expect(result.answer.figures.first?.metric == "stock_h100e")
    #expect(result.metricSeries.first?.metric.name == "stock_h100e")
    // What the file says comes before what is usual.
    let listed = yaml + "\nmetrics: [smuggled_chips, stock_h100e]"
    let other = try await RunResult(
      running: Scenario(SourceDocument(text: listed, file: "any.yaml"), name: "any"), threads: 2)
    #expect(other.answer.figures.first?.metric == "smuggled_chips")
  }

  /// A second rule that catches more than the first is there for what it adds.
  @Test func `the example of a rule is a chip that no earlier one caught`() async throws {
    func rule(_ id: String, _ threshold: Int, from day: String) -> String {
      "{id: \(id), government: US, title: \(id), effective: \(day), destinations: [CN], "
        + "requirement: [{when: {tpp: {at_least: \(threshold)}}}], review: [{policy: deny}]}"
    }
    let yaml = """
      about: {title: Two rules, question: Which?}
      run: {start: 2022-10, end: 2023-06, replicates: 8, seed: 5}
      world: {use: world-2022}
      regimes:
        - id: two
          rules: [\(rule("first", 4000, from: "2022-11-01")), \(rule("second", 2000, from: "2023-02-01"))]
      metrics: [stock_h100e]
      """
    let result = try await RunResult(
      running: Scenario(SourceDocument(text: yaml, file: "two.yaml"), name: "two"), threads: 2)
    let rows = try #require(result.ruleTables.first).rows
    let examples = rows.map { $0.last ?? "" }
    #expect(examples.count == 2 && examples[0].contains("A100"), "\(rows)")
    // It stands first in the list of what the second rule stops, too.
    #expect(
      rows[1].contains { $0.hasPrefix("stops A100") } && !examples[1].contains("A100"), "\(rows)")
  }
}
