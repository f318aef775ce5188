import PolicyModel
import Quantities
import Simulation
import Stochastics
import Testing

@Suite struct StoryTests {
  private static let run = SmallWorld.RunSketch(
    id: "run", start: "2024-11-11", candidates: ["h800"],
    stages: [.init(id: "pretraining", hours: 600_000)])

  private func events(
    _ rules: [Rule] = [], switchedOff: Set<String> = []
  ) throws -> [Story.Event] {
    let world = SmallWorld(
      runs: [Self.run], regimes: [("reference", rules)], switchedOff: switchedOff)
    let model = try world.model().keepingStory()
    let design = try Design(.mc, replicates: 1, seed: 1, parameters: [])
    let replay = Engine(model: model, design: design).replay(replicate: 0, regime: 0) { _, _ in }
    return model.events(in: replay.state)
  }

  @Test func runsBeginAndEnd() throws {
    let events = try events()
    #expect(events.map(\.kind) == [.runStarted, .runFinished])
    #expect(events.map(\.month.description) == ["2024-11", "2024-12"])
    #expect(events.map(\.subject) == ["run", "run"])
    #expect(events.map(\.detail) == ["by lab, on h800", "by lab, after 25 days"])
  }

  @Test func rulesAreToldWhenTheyBind() throws {
    let rules = [
      Rule.made("old", from: "2023-01-01"),
      .made("ending", from: "2023-02-01", ends: "2025-03-05"),
      .made("over", from: "2023-01-01", ends: "2024-10-01"),
      .made("late", from: "2024-12-05", complianceFrom: "2025-01-20"),
      .made("beyond", from: "2025-10-01"),
      .made("never", from: nil),
      .made("dead", from: "2025-01-01", isEnforced: false),
    ]
    let told = try events(rules).filter { ![.runStarted, .runFinished].contains($0.kind) }
    #expect(told.map(\.subject) == ["old", "ending", "late", "ending"])
    #expect(told.map(\.kind) == [.ruleInForce, .ruleInForce, .ruleTakesEffect, .ruleEnds])
    #expect(told.map(\.month.description) == ["2024-10", "2024-10", "2025-01", "2025-03"])
    #expect(told.map(\.detail)[2] == "of US, on 2025-01-20: late")
    #expect(try events(rules, switchedOff: ["rules_in_force"]).count == 2)
  }

  @Test func aStoryChangesNoNumber() throws {
    let world = SmallWorld(runs: [Self.run])
    let design = try Design(.mc, replicates: 1, seed: 1, parameters: [])
    let silent = try Engine(model: world.model(), design: design)
      .replay(replicate: 0, regime: 0) { _, _ in }
    let telling = try Engine(model: world.model().keepingStory(), design: design)
      .replay(replicate: 0, regime: 0) { _, _ in }
    #expect(silent.values.map(\.bitPattern) == telling.values.map(\.bitPattern))
    let stories = (silent: silent.state.story, telling: telling.state.story)
    #expect(stories.silent == nil && stories.telling != nil)
  }
}
