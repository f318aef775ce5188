@testable import Studies
import Analysis
import Scenarios
import Testing

@testable import PolicyModel
@testable import Reporting
@testable import Simulation

@Suite struct EventTableTests {
  /// A result that some mechanism might have recorded: the small run with one more outcome, which
  /// says when a threshold was reached.
  private func result() async throws -> RunResult {
    let scenario = try SmallRun.scenario(SmallRun.yaml(replicates: 4))
    let model = scenario.model
    let metric = Metric(
      name: "frontier_first_month", unit: "months_since_start", definition: "When.")
    let layout = CellLayout(
      stepColumns: [],
      outcomeColumns: [
        Column(entity: "CN", metric: metric),
        Column(entity: "CN", metric: Metric(name: "sum", unit: "usd", definition: "A sum.")),
      ] + model.ledgerColumns.map(\.column), stepCount: 3)
    var ensemble = EnsembleResult(regimes: model.regimes, layout: layout, replicatesPlanned: 4)
    let ledger = Array(repeating: 0.0, count: model.ledgerColumns.count * 4)
    let slice = SliceResult(
      slice: Slice(block: Block(index: 0, replicates: 0..<4), replicates: 0..<4),
      draws: Array(repeating: ParameterDraw(uniforms: [], values: []), count: 4),
      values: [0, 1, 2, .nan] + [1, 2, 3, 4] + ledger + [1, 1, 1, .nan] + [1, 2, 3, 5] + ledger,
      failures: [])
    ensemble.fold(slice)
    let kinds = (0..<layout.cellCount).map { cell -> CellPlan.Kind in
      layout.isTimeOfEvent(cell) ? .time : cell == 1 ? .compared : .alone
    }
    let plan = CellPlan(regimes: model.regimes, layout: layout, kinds: kinds)
    var collector = EnsembleCollector(
      plan, scenario.design, exactValues: .max, threads: 1)
    _ = await collector.fold(slice)
    return try await RunResult(collector, of: scenario, model: model, threads: 1)
  }

  @Test func timesAreMonthsAndTheUnreachedIsCensored() async throws {
    let table = try #require(try await result().events)
    #expect(table.rows.count == 2)
    let reference = try #require(table.records(where: ["regime": "rule"]).first)
    #expect(reference["event"] == .text("frontier"))
    #expect(reference["entity"] == .text("CN"))
    #expect(reference["n"] == .integer(4))
    #expect(reference["share_reached"] == .number(0.75))
    #expect(reference["p05"] == .text("2024-10-01"))
    #expect(reference["p50"] == .text("2024-11-01"))
    #expect(reference["p75"] == .text("2024-12-01"))
    #expect(reference["p95"] == .missing)
    #expect(reference["observed_until"] == .text("2024-12-01"))
    #expect(reference["share_later"] == .missing)
    let other = try #require(table.records(where: ["regime": "free"]).first)
    #expect(other["share_earlier"] == .number(0.25))
    #expect(other["share_later"] == .number(0.25))
  }

  @Test func timesAreNotComparedAsIfTheyWereSums() async throws {
    let metrics = Set(try await result().comparison.records.compactMap { $0["metric"] })
    #expect(metrics == [.text("sum")])
  }

  @Test func aScenarioWithoutEventsHasNoSuchTable() async throws {
    let result = try await SmallRun.result()
    #expect(result.events == nil && result.outcomes == nil)
    #expect(!result.tables.contains { $0.name == "events" })
  }
}
