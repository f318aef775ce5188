import Documents
import Testing

@testable import Scenarios

/// What is suggested for a chip is one that there is.
@Suite struct MeantChipTests {
  private static let both = "did you mean \"h100_sxm\" or \"h100_pcie\"?"

  @Test(arguments: ["h100", "H100"]) func aChipThatIsThereIsSuggested(word: String) {
    let small = ScenarioFixture.small
    for text in [
      small.replacing("documented_on: h800", with: "documented_on: \(word)"),
      small.replacing("[h100_sxm, h800]", with: "[\(word), h800]"),
      small.replacing("world:\n", with: "world:\n  reference_chip: \(word)\n"),
      small.replacing(
        "{use: us_2022_10, open_ended: true}",
        with: "{id: ours, government: US, title: T, destinations: [CN], effective: 2024-01-01, "
          + "requirement: [{when: {chips: [\(word)]}}]}"),
    ] {
      let said = ScenarioFixture.messages(text)
      #expect(said.contains("\"\(word)\"; \(Self.both)"), "\(said)")
    }
  }

  /// One chip's id that is near to a built-in one's is perhaps no new chip.
  @Test func aChangeOfNoChipSuggestsOne() {
    let text = ScenarioFixture.small.replacing(
      "world:\n", with: "world:\n  chips: [{id: h100, memory_gb: 64}]\n")
    #expect(ScenarioFixture.messages(text).contains(Self.both))
  }

  @Test func otherReferencesAreLookedUpToo() {
    let said = ScenarioFixture.messages(
      ScenarioFixture.small.replacing("lab: acme", with: "lab: Acme")
        .replacing("use: us_2022_10", with: "use: US_2022_10"))
    #expect(said.contains("unknown lab \"Acme\"; did you mean \"acme\"?"))
    #expect(said.contains("unknown rule \"US_2022_10\"; did you mean \"us_2022_10\"?"))
  }

  @Test func aScenarioMayBeCalledByItsVersion() throws {
    let text = ScenarioFixture.small.replacing("about:\n", with: "about:\n  name: v1.2\n")
    let scenario = try ScenarioFixture.scenario(text)
    #expect(scenario.name == "v1.2")
    #expect(try ScenarioFixture.scenario(scenario.effectiveYAML).name == "v1.2")
  }
}
