@testable import Documents
import FoundationEssentials
import PolicyModel
import Quantities
import Stochastics
import Testing

@testable import Scenarios

/// A file laid over its base: what it says, and where what is said of it stands.
@Suite struct BaseFileTests {
  /// The scenario of `main.yaml` in a folder of these files.
  private static func scenario(
    _ files: [String: String], _ overrides: Overrides = Overrides()
  ) throws -> Scenario {
    try inFolder(files) { try Scenario(contentsOf: $0 + "/main.yaml", overrides: overrides) }
  }

  private static func inFolder<R>(
    _ files: [String: String], _ body: (String) throws -> R
  ) throws -> R {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return try body(folder.path)
  }

  private static func law(_ name: String, of scenario: Scenario) throws -> Double {
    let parameters = scenario.blueprint.parameters.parameters
    return try #require(parameters.first { $0.declaration.name == name }).law.median
  }

  @Test func mappingsJoinAndTheRestReplaces() throws {
    let base = ScenarioFixture.small.replacing(
      "about:\n", with: "about:\n  name: old\n  authors: [One, Two]\n")
    let scenario = try Self.scenario([
      "base.yaml": base,
      "main.yaml": "base: base.yaml\nabout: {title: Mine, authors: [Me]}\nrun: {seed: 5}\n",
    ])
    #expect(scenario.about.title == "Mine" && scenario.about.authors == ["Me"])
    #expect(scenario.about.question == "What is wrong with it?")
    #expect(scenario.run.seed == 5 && scenario.run.replicates == 64)
    #expect(scenario.name == "main", "a name is the overriding file's")
  }

  @Test func aNameOfTheOverridingFileIsKept() throws {
    let scenario = try Self.scenario([
      "base.yaml": ScenarioFixture.small, "main.yaml": "base: base.yaml\nabout: {name: ours}\n",
    ])
    #expect(scenario.name == "ours")
  }

  @Test func whatHasAnIDGoesByIt() throws {
    let scenario = try Self.scenario([
      "base.yaml": ScenarioFixture.small,
      "main.yaml": """
      base: base.yaml
      world:
        runs:
          - {id: base, chips: 512, stages: [{id: pretraining, chip_hours: 1000}]}
      regimes:
        - {id: free, remove: true}
        - {id: oct-2022, title: As before}
        - {id: ours, rules: [us_2023_10]}

      """,
    ])
    let regimes = scenario.blueprint.regimes
    #expect(regimes.map(\.id) == ["oct-2022", "ours"])
    #expect(regimes.map(\.rules.rules.count) == [1, 1] && regimes[0].title == "As before")
    let run = scenario.blueprint.world.runs[0]
    #expect(run.stages[0].chips.count.value == 512 && run.stages[0].chips.candidates.count == 2)
    #expect(try Self.law("runs.base.pretraining.chip_hours", of: scenario) == 1000)
  }

  /// Each file names its own from where it stands, a file of numbers too.
  @Test func pathsAreRelativeToTheFileThatNamesThem() throws {
    let numbers = ScenarioFixture.small + "uncertainties: {ledger.pue: {empirical: pue.csv}}\n"
    let scenario = try Self.scenario([
      "old/parts/pue.csv": "1.25\n1.25\n", "old/parts/first.yaml": numbers,
      "old/second.yaml": "base: parts/first.yaml\nrun: {seed: 2, replicates: 32}\n",
      "new/main.yaml": "", "main.yaml": "base: old/second.yaml\nrun: {seed: 3}\n",
    ])
    #expect(try Self.law("ledger.pue", of: scenario) == 1.25)
    #expect(scenario.run.seed == 3 && scenario.run.replicates == 32)
  }

  /// A parameter is given once, wherever the two files say it, and a constant hangs together with
  /// nothing.
  @Test(arguments: [
    "mechanisms: {throughput: {mfu: 0.5}}", "uncertainties: {throughput.mfu: 0.5}",
  ])
  func aParameterGivesWay(_ main: String) throws {
    for given in [
      "uncertainties: {throughput.mfu: {uniform: [0.3, 0.4]}, ledger.pue: {uniform: [1.1, 1.3]}}",
      "mechanisms: {throughput: {mfu: {uniform: [0.3, 0.4]}}, ledger: {pue: {ci90: [1.1, 1.3]}}}",
    ] {
      let base =
        ScenarioFixture.small + given
        + "\ncorrelations: [{between: [throughput.mfu, ledger.pue], value: 0.5}]\n"
      let scenario = try Self.scenario([
        "base.yaml": base, "main.yaml": "base: base.yaml\n\(main)\n",
      ])
      #expect(try Self.law("throughput.mfu", of: scenario) == 0.5)
      #expect(scenario.correlations.isEmpty)
    }
  }

  /// What two files change in a built-in world is changed one after the other, whichever says `use`.
  @Test(arguments: [("use: world-2022, ", ""), ("", "use: world-2022, ")])
  func changesOfABuiltInWorldFollowEachOther(_ first: String, _ second: String) throws {
    let about = "about: {title: A world, question: What is different?}\n"
    let scenario = try Self.scenario([
      "base.yaml": about + "run: {start: 2022-10, end: 2023-12, replicates: 8}\n"
        + "world: {\(first)labs: [{id: openai, openness: 0.25}, {id: xai-lab, remove: true}]}\n"
        + "regimes: [{id: free}]\n",
      "main.yaml": "base: base.yaml\n"
        + "world: {\(second)labs: [{id: openai, open_weights: true}, {id: deepseek, remove: true}]}",
    ])
    let labs = scenario.blueprint.world.labs
    #expect(!labs.contains { ["deepseek", "xai-lab"].contains($0.id) } && labs.count > 5)
    #expect(labs.first { $0.id == "openai" }?.developer?.openness == 0.25)
  }

  @Test func theCommandLineHasTheLastWord() throws {
    var overrides = Overrides()
    overrides.settings = [("run.seed", "9"), ("regimes.free.title", "Nothing")]
    overrides.regimes = ["free"]
    let scenario = try Self.scenario(
      ["base.yaml": ScenarioFixture.small, "main.yaml": "base: base.yaml\nrun: {seed: 5}\n"],
      overrides)
    #expect(scenario.run.seed == 9)
    #expect(scenario.blueprint.regimes.map(\.title) == ["Nothing"])
  }

  /// What is described has no base any more.
  @Test func theEffectiveScenarioIsWhole() throws {
    let scenario = try Self.scenario([
      "base.yaml": ScenarioFixture.small, "main.yaml": "base: base.yaml\nrun: {seed: 5}\n",
    ])
    let text = scenario.effectiveYAML
    #expect(!text.contains("base:\n") && !text.contains("base.yaml"))
    #expect(try ScenarioFixture.scenario(text).effectiveYAML == text)
    let edited = ScenarioFixture.small.replacing("64\n", with: "64\n  seed: 5\n")
      .replacing("about:\n", with: "about:\n  name: main\n")
    #expect(try ScenarioFixture.scenario(edited).effectiveYAML == text)
  }

  @Test func basesStandOnBasesUpToALimit() throws {
    func files(_ count: Int) -> [String: String] {
      var files = ["main.yaml": "base: b1.yaml\n", "b\(count).yaml": ScenarioFixture.small]
      for place in 1..<count { files["b\(place).yaml"] = "base: b\(place + 1).yaml\n" }
      return files
    }
    #expect(try Self.scenario(files(8)).run.replicates == 64)
    let said = try Self.inFolder(files(9)) { folder in
      ScenarioFixture.messages { () throws(ScenarioFaults) in
        try Scenario(contentsOf: folder + "/main.yaml")
      }.replacing(folder + "/", with: "")
    }
    #expect(
      said == "b8.yaml:1:7: base: more than 8 bases stand under one another; join some of them")
  }
}
