import PolicyModel
import Scenarios
import Testing

/// The scenario that `chokepoint new` writes.
@Suite struct StarterTests {
  @Test func itIsSoundAndNamed() throws {
    let text = try StarterScenario(named: "trial", at: "some/where/mine.yaml").text
    let scenario = try ScenarioFixture.scenario(text)
    #expect(scenario.name == "trial" && scenario.blueprint.regimes.count == 3)
    #expect(!scenario.blueprint.thresholds.isEmpty && scenario.pointCount == 0)
    #expect(text.contains("chokepoint run mine.yaml") && !text.contains("my-scenario"))
  }

  /// What it shows in comments works too.
  @Test func whatItHasInCommentsIsSound() throws {
    let text = try StarterScenario(named: "trial", at: "trial.yaml").text
    var isExample = false
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.contains(/^ *# (sweep|owners|labs):$/) { isExample = true }
      if !line.contains(/^ *#/) { isExample = false }
      return isExample ? line.replacing("# ", with: "", maxReplacements: 1) : line
    }
    let scenario = try ScenarioFixture.scenario(lines.joined(separator: "\n"))
    #expect(scenario.pointCount == 8)
    #expect(!scenario.blueprint.world.labs.contains { $0.id == "deepseek" })
  }

  @Test(arguments: [
    ("My Trial", "my-trial"), ("trial.yaml", "trial"), ("", "scenario"), ("2nd", "nd"),
    ("a/b", "b"), ("new\nline", "new-line"),
  ])
  func aNameThatIsNone(_ name: String, _ better: String) {
    #expect(throws: UnfitName.self) { try StarterScenario(named: name, at: "file.yaml") }
    do { _ = try StarterScenario(named: name, at: "file.yaml") } catch {
      #expect(error.description.hasSuffix("; \"\(better)\" would do"), "\(error)")
      #expect(!error.description.contains("\n"))
    }
  }

  /// A file name cannot break out of the comment that it is shown in.
  @Test func aFileNameStaysInItsComment() throws {
    let text = try StarterScenario(named: "trial", at: "x\nrun: 7.yaml").text
    #expect(try ScenarioFixture.scenario(text).name == "trial")
  }
}
