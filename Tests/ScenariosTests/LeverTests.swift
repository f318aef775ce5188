import Scenarios
import Testing

@Suite struct LeverTests {
  private static let text = """
    about: {title: A test, question: What can be varied?}
    run: {start: 2024-10, end: 2024-12, replicates: 16, seed: 1}
    world:
      labs: [{id: lab, jurisdiction: CN}]
      runs:
        - id: run
          lab: lab
          start: 2024-10-20
          documented_on: h800
          chips: 1000
          stages: [{id: pretraining, chip_hours: 480000}]
    regimes:
      - {id: rule, rules: [us_2022_10], set: {throughput.mfu: 0.3}}
      - {id: free}
    """

  private func lever(_ key: String) throws -> Lever? {
    try ScenarioFixture.scenario(Self.text).lever(key)
  }

  @Test(arguments: [
    "throughput.mfu", "mechanisms.throughput.mfu", "uncertainties.throughput.mfu",
    "regimes.rule.set.throughput.mfu",
  ])
  func `a parameter has its range wherever it stands`(key: String) throws {
    let lever = try #require(try lever(key))
    #expect(lever.least == 0.01 && lever.most == 1 && lever.unit == "1" && !lever.isWhole)
    #expect(lever.key == key)
  }

  @Test func `other numbers have the range of the language`() throws {
    let chips = try #require(try lever("world.runs.run.chips"))
    // Above 0 has no least number.
    #expect(chips.least == nil && chips.most == 1e10 && chips.unit == "chips" && !chips.isWhole)
    let hours = try #require(try lever("world.runs.run.stages.pretraining.chip_hours"))
    #expect(hours.least != nil)
    let tier = try #require(try lever("world.jurisdictions.CN.tier"))
    #expect(tier.isWhole && tier.least == 1 && tier.most == 3)
  }

  @Test(arguments: [
    "run.seed", "run.replicates", "about.title", "world.runs.run.start", "nosuch", "",
    "throughput.nosuch", "world.nosuch.run",
  ])
  func `what is no number of the world is no lever`(key: String) throws {
    #expect(try lever(key) == nil)
  }
}
