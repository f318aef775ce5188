import Analysis
import Documents
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Testing

@testable import Reporting
@testable import Studies

/// Stories on the reference world: states, two regimes of one world, and the choice of a replicate.
@Suite struct ReplayTests {
  private static let yaml = """
    about: {title: A test, question: What happens?}
    run: {start: 2022-10, end: 2023-08, replicates: 5, seed: 20221007}
    world: {use: world-2022}
    regimes:
      - {id: free}
      - {id: same}
      - id: barred
        rules: [{id: closing, government: US, title: A threshold, announced: 2023-02-10, \
    effective: 2023-02-10, destinations: [CN], requirement: [{when: {tpp: {at_least: 1}}}], \
    review: [{policy: deny}]}]
    metrics: [stock_h100e]

    """

  private static let scenario = Result {
    try Scenario(SourceDocument(text: yaml, file: "story.yaml"), name: "story")
  }

  @Test func `a state is told every half year, and at the end`() throws {
    let scenario = try Self.scenario.get()
    let story = try Retelling(of: scenario, replicate: 2, regime: "barred")
    #expect(story.states.map { "\($0.month)" } == ["2022-12", "2023-06", "2023-08"])
    let result = Engine(model: scenario.model, design: scenario.design)
    let run = result.replay(replicate: 2, regime: 2) { _, _ in }
    let column = try #require(
      result.layout.stepColumns.firstIndex {
        $0.entity == "CN" && $0.metric.name == "stock_h100e"
      })
    let stock = story.states.map { $0.figures[0].value }
    #expect(stock == [2, 8, 10].map { run.values[result.layout.cell(step: $0, column: column)] })
    for state in story.states {
      #expect(state.figures.map(\.column.entity) == ["CN", "CN", "CN", "CN", "world", "US", "US"])
      let denied = try #require(state.figures[3].value)
      #expect((denied > 0) == (state.month > Month(index: 2023 * 12 + 1)))
    }
    let lines = story.text.split(separator: "\n")
    #expect(lines.count { $0.contains(" state: ") } == 3)
    #expect(
      lines.dropFirst().map { $0.prefix(7) } == lines.dropFirst().map { $0.prefix(7) }.sorted())
  }

  @Test func `two regimes part where the rule begins`() throws {
    let comparison = try StoryComparison(
      of: Self.scenario.get(), replicate: 1, regime: nil, against: "barred")
    let figure = try #require(comparison.firstFigure)
    #expect("\(figure.month)" == "2023-02")
    #expect(figure.values[0] != figure.values[1])
    #expect(figure.differing > 0 && figure.differing < figure.recorded)
    #expect(comparison.firstEvent?.event.subject == "closing")
    #expect(comparison.firstEvent?.regime == "barred")
    let text = comparison.text
    for part in [
      "story: replicate 1 of 5 under free and barred", "simulated", "What differs first",
      "event, under barred alone: 2023-02 rule takes effect: closing", "figure: 2023-02 ",
      "At the end of every half year", "Under barred alone",
    ] { #expect(text.contains(part), "\(part)") }
    #expect(comparison.json.contains("\"simulated\" : true"))
  }

  @Test func `regimes that are the same differ in nothing`() throws {
    let comparison = try StoryComparison(
      of: Self.scenario.get(), replicate: 1, regime: "free", against: "same")
    #expect(comparison.firstEvent == nil && comparison.firstFigure == nil)
    #expect(comparison.text.contains("Nothing differs"))
    let error = #expect(throws: CommandLineFault.self) {
      try StoryComparison(of: Self.scenario.get(), replicate: 1, regime: "same", against: "same")
    }
    #expect(error?.description.contains("--against takes another one") == true)
  }

  @Test func `the typical replicate is nearest the median, and the extreme one the largest`()
    async throws
  {
    let scenario = try Self.scenario.get()
    let engine = Engine(model: scenario.model, design: scenario.design)
    let (cell, _) = try #require(
      engine.layout.stepColumns.firstIndex { $0.entity == "CN" }
        .map { (engine.layout.cell(step: 10, column: $0), $0) })
    let values = (0..<5).map { engine.replay(replicate: $0, regime: 2) { _, _ in }.values[cell] }
    let ranked = values.indices.sorted { values[$0] < values[$1] }
    let typical = try await ReplicateChoice(
      .typical, of: "stock_h100e:CN", in: scenario, regime: "barred", threads: 2)
    #expect(typical.replicate == ranked[2] && typical.value == values[ranked[2]])
    #expect(typical.median == values[ranked[2]] && typical.count == 5)
    let extreme = try await ReplicateChoice(
      .extreme, of: "stock_h100e:CN", in: scenario, regime: "barred", threads: 2)
    #expect(extreme.replicate == ranked[4])
    #expect(extreme.words.hasPrefix("replicate \(ranked[4]): stock_h100e of CN comes to "))
  }

  @Test func `a choice that cannot be made is told`() async throws {
    func fault(_ target: String) async throws -> String {
      let scenario = try Self.scenario.get()
      let error = await #expect(throws: CommandLineFault.self) {
        try await ReplicateChoice(.typical, of: target, in: scenario, regime: nil, threads: 1)
      }
      return error?.description ?? ""
    }
    #expect(try await fault("stock_h100").contains("did you mean \"stock_h100e\""))
    #expect(try await fault("stock_h100e").hasPrefix("stock_h100e is recorded of several: write "))
    #expect(try await fault("stock_h100e:CM").contains("did you mean \"CN\""))
  }

  /// States name metrics that there are: a misspelt one would be left out without a word.
  @Test func `the metrics of states are declared`() {
    let known = Set(Catalogue.metrics.map(\.metric.name))
    #expect(!WorldState.metrics.isEmpty && WorldState.metrics.isSubset(of: known))
  }
}
