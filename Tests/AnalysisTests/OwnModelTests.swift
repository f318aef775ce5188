import Foundation
import Testing

// begin
import Analysis
import Simulation
import Stochastics

/// Firms that would adopt a technology, under two subsidies: a model that has nothing to do with chips.
struct Adoption: Model {
  /// What changes during a run: who has adopted.
  struct State {
    var hasAdopted: [Bool]
    /// The chance of adopting in a year without a subsidy: drawn once, and the same for all regimes.
    let hazard: Double
  }

  /// Part of the address of every random number of the mechanism: never used again for another.
  static let mechanism = MechanismID(rawValue: 1)
  static let share = Metric(
    name: "adopted_share", unit: "1", definition: "Firms that have adopted, over all.")

  let firms = ["ada", "bob", "cyd", "dee", "eve"]
  let timeline = Timeline(stepCount: 10, stepYears: 1)
  let regimes = ["no-subsidy", "subsidy"]
  let parameterSpace: ParameterSpace

  init() throws {
    parameterSpace = ParameterSpace(uncertainties: [
      .init(name: "hazard", unit: "per_year", distribution: try .ci90(0.05, 0.3))
    ])
  }

  var phases: [Phase<State>] {
    [
      Phase("adopt") { state, context in
        let hazard = state.hazard * (context.replicate.regime == 1 ? 2 : 1)
        for (place, firm) in firms.enumerated() {
          // The address names the firm and the step, not the regime: under a subsidy the same firm meets the same
          // number, so that regimes differ by what the subsidy does and by nothing else.
          var stream = context.replicate.stream(
            Self.mechanism, agent: AgentID(of: firm), step: context.step)
          if stream.uniform() < hazard { state.hasAdopted[place] = true }
        }
      }
    ]
  }

  var stepColumns: [Column] { [Column(entity: "world", metric: Self.share)] }
  var outcomeColumns: [Column] { [] }

  func initialState(of replicate: Replicate, under draw: ParameterDraw) -> State {
    State(hasAdopted: firms.map { _ in false }, hazard: draw.values[0])
  }

  func recordStep(_ state: borrowing State, into recorder: inout Recorder) {
    recorder.record(Double(state.hasAdopted.count { $0 }) / Double(firms.count))
  }

  func recordOutcomes(_ state: borrowing State, into recorder: inout Recorder) {}
}

/// What the subsidy changes after ten years.
func subsidyEffect(replicates: Int) async throws -> Comparison? {
  let model = try Adoption()
  let design = try Design(.lhs, replicates: replicates, seed: 1, parameters: ["hazard"])
  let engine = Engine(model: model, design: design)
  let kinds = Array(repeating: CellPlan.Kind.compared, count: engine.layout.cellCount)
  let statistics = try await engine.statistics(
    CellPlan(regimes: model.regimes, layout: engine.layout, kinds: kinds),
    exactValues: 1_000_000, threads: 2)
  return statistics.comparisons[1][engine.layout.cell(step: 9, column: 0)]
}
// end

/// The page that shows how to write a model of one's own.
@Suite struct OwnModelTests {
  private static let top = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test("the example of the page runs, and a subsidy never slows a firm")
  func runs() async throws {
    let effect = try #require(try await subsidyEffect(replicates: 1600))
    #expect(effect.difference.count == 1600)
    #expect(effect.difference.mean > 0.1 && effect.difference.mean < 0.4)
    #expect(effect.difference.p05 >= 0)
  }

  @Test("the page shows this file's example, to the letter")
  func isShown() throws {
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let parts = source.components(separatedBy: "\n// begin\n")
    let example = try #require(
      parts.dropFirst().first?.components(separatedBy: "\n// end\n").first)
    let page = try String(
      contentsOf: Self.top.appending(path: "docs/own-model.md"), encoding: .utf8)
    #expect(page.contains("```swift\n\(example)\n```"))
  }
}
