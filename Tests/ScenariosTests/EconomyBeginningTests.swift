import PolicyModel
import Scenarios
import Simulation
import Testing

/// Regimes of shipped scenarios go together until their rules differ, and to the bit as by themselves.
@Suite struct EconomyBeginningTests {
  private func scenario(_ name: String, end: String) throws -> Scenario {
    var overrides = Overrides()
    overrides.settings = [("run.end", end), ("run.replicates", "2"), ("run.design", "mc")]
    return try Scenario(
      contentsOf: ScenarioFixture.path(ofShipped: name), overrides: overrides)
  }

  @Test(arguments: [
    ("timing", "2024-03"), ("domestic-ramp", "2025-01"), ("h20-and-h200", "2025-09"),
  ])
  func everyRegimeHasTheBitsOfItsReplay(name: String, end: String) async throws {
    let scenario = try scenario(name, end: end)
    let engine = Engine(model: scenario.model, design: scenario.design)
    let whole = try await engine.runKeepingAll(threads: 2)
    for regime in whole.regimes.indices {
      let replay = engine.replay(replicate: 1, regime: regime) { _, _ in }
      let expected = (0..<whole.layout.cellCount).map { whole.values(regime: regime, cell: $0)[1] }
      #expect(
        replay.values.map(\.bitPattern) == expected.map(\.bitPattern), "\(whole.regimes[regime])")
    }
  }

  @Test func regimesGoTogetherUntilTheirRulesDiffer() throws {
    let model = try scenario("h20-and-h200", end: "2025-12").model
    let steps = Dictionary(
      uniqueKeysWithValues: model.regimes.indices.map {
        (model.regimes[$0], model.commonBeginning(ofRegime: $0)?.steps ?? 0)
      })
    #expect(steps["current-law"] == 0, "the reference goes first")
    #expect(steps["no-controls"] == 0, "nothing is as under current law")
    #expect(steps["h200-approved"] == 39, "its rules are others from January 2026 on")
    for regime in ["h20-free", "h20-banned"] { #expect(steps[regime] ?? 0 > 12) }
    let told = model.keepingStory()
    #expect(told.regimes.indices.allSatisfy { told.commonBeginning(ofRegime: $0) == nil })
  }
}
