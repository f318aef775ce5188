@testable import Storage
@testable import Documents
@testable import Studies
import Wording
import Scenarios
import Simulation
import Testing

@testable import Reporting

@Suite struct RetellingTests {
  private func story(_ regime: String?) throws -> Retelling {
    try Retelling(of: SmallRun.scenario(), replicate: 3, regime: regime)
  }

  /// The lines below the first, which is about the whole.
  private func lines(_ regime: String?) throws -> [Substring] {
    Array(try story(regime).text.split(separator: "\n").dropFirst())
  }

  @Test func everyLineBeginsWithAMonthAndTheFirstSaysThatItIsSimulated() throws {
    for (regime, name) in [(nil, "rule"), ("rule", "rule"), ("free", "free")] {
      let story = try story(regime)
      #expect(
        story.text.hasPrefix(
          "small: replicate 3 of 64 under \(name), seed 11; simulated, given the stated priors\n"))
      #expect(!story.text.contains("(simulated)"))
      let lines = try lines(regime)
      #expect(!lines.isEmpty)
      for line in lines { #expect(line.wholeMatch(of: /\d{4}-\d\d .*/) != nil) }
      #expect(lines.map { $0.prefix(7) } == lines.map { $0.prefix(7) }.sorted())
    }
  }

  @Test func linesThatAreCopiedOutEachSayIt() throws {
    let marked = try story("rule").markedText.split(separator: "\n")
    #expect(try marked == lines("rule").map { $0 + " (simulated)" })
  }

  @Test func theStoryIsTheRegimes() throws {
    let rule = try lines("rule")
    #expect(rule.first?.hasPrefix("2024-10 rule in force: us_2022_10, of US, since") == true)
    #expect(rule.contains("2024-10 run started: run, by lab, on h800"))
    let free = try lines("free")
    #expect(!free.contains { $0.contains("rule in force") })
    #expect(free.contains("2024-10 run started: run, by lab, on h100_sxm"))
    #expect(free.last?.hasPrefix("2024-11 run finished: run, by lab, after ") == true)
    #expect(try lines(nil) == rule)
  }

  @Test func whatIsNotThereIsNamed() throws {
    let scenario = try SmallRun.scenario()
    let replicate = #expect(throws: CommandLineFault.self) {
      try Retelling(of: scenario, replicate: 64, regime: nil)
    }
    #expect(
      replicate?.description == "there is no replicate 64: small has 64, from 0 to 63")
    let regime = #expect(throws: CommandLineFault.self) {
      try Retelling(of: scenario, replicate: 0, regime: "rules")
    }
    #expect(
      regime?.description
        == "no regime is called \"rules\"; did you mean \"rule\"? there are rule, free")
  }

  @Test func theDrawsAreThoseOfTheRun() async throws {
    let result = try await SmallRun.result()
    let json = try Retelling(of: SmallRun.scenario(), replicate: 3, regime: "free").json
    for value in Engine(model: result.model, design: result.scenario.design)
      .draws(of: [3])[0].draw.values
    { #expect(json.contains("\(value)")) }
    #expect(json.ranges(of: "\"simulated\" : true").count == 1)
  }
}

@Suite struct ReplayCommandTests {
  @Test func wordsAreQuotedForAShell() {
    let plain = ReplayCommand(file: "scenarios/a.yaml", options: ["--seed", "3"])
    #expect(
      plain.text(replicate: 5, regime: "free")
        == "chokepoint replay scenarios/a.yaml --replicate 5 --regime free --seed 3")
    let odd = ReplayCommand(file: "my own.yaml", options: ["--set", "a={normal: {mean: 1}}"])
    #expect(
      odd.text(replicate: 0, regime: "r")
        == "chokepoint replay 'my own.yaml' --replicate 0 --regime r --set 'a={normal: {mean: 1}}'"
    )
    #expect(
      ReplayCommand(file: "it's.yaml").text(replicate: 0, regime: "r")
        == "chokepoint replay 'it'\\''s.yaml' --replicate 0 --regime r")
  }
}

@Suite struct FootprintTests {
  @Test func whatARunTakesIsSaid() throws {
    let small = try RunFootprint(of: SmallRun.scenario(), threads: 2)
    let many = try RunFootprint(
      of: SmallRun.scenario(SmallRun.yaml(replicates: 4_000_000)), threads: 2)
    #expect(small.cells == many.cells && small.cells > 100)
    #expect(!small.isLarge && small.refusal(machineBytes: 4e9) == nil)
    #expect(many.isLarge)
    #expect(many.words.hasPrefix("records \(many.cells) cells in 4,000,000 replicates, about"))
    #expect(many.words.contains("quantiles from bins, off by at most 0.39% of themselves"))
    #expect(!small.words.contains("bins"))
  }

  @Test func memoryDoesNotGrowWithReplicatesForever() throws {
    func bytes(_ replicates: Int) throws -> Double {
      try RunFootprint(of: SmallRun.scenario(SmallRun.yaml(replicates: replicates)), threads: 1)
        .bytes
    }
    #expect(try bytes(1000) < bytes(10_000))
    #expect(try bytes(1_000_000) == bytes(4_000_000))
  }

  @Test func whatGoesToTheDiskIsSaidToo() throws {
    func words(_ replicates: Int) throws -> String {
      try RunFootprint(of: SmallRun.scenario(SmallRun.yaml(replicates: replicates)), threads: 1)
        .words
    }
    #expect(try !words(1_000_000).contains("of disk"))
    #expect(try words(1_000_000_000).contains(" GB of disk"))
  }

  @Test func aRunThatDoesNotFitIsRefused() throws {
    let footprint = try RunFootprint(of: SmallRun.scenario(), threads: 1)
    let refusal = try #require(footprint.refusal(machineBytes: footprint.bytes))
    #expect(refusal.contains("this machine has 0.0 GB"))
    #expect(refusal.contains("Record fewer metrics"))
  }

  @Test func theMachineHasMemory() { #expect(Machine.memoryBytes > 100e6) }
}
