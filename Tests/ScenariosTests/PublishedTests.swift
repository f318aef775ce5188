import Documents
import FoundationEssentials
import PolicyModel
import Quantities
import Testing

@testable import Scenarios

/// The `published` section: what it means, and what is said of one with something wrong.
@Suite struct PublishedTests {
  private static func text(_ published: String) -> String {
    ScenarioFixture.small + "published:\n  citation: A report\n\(published)\n"
  }

  private static let figure =
    "{id: hours, entity: base, metric: chip_hours, published: 2664000, tolerance: 0.02}"

  @Test func whatIsWrittenIsRead() throws {
    let scenario = try ScenarioFixture.scenario(
      Self.text(
        """
          url: https://example.org
          contradictions: [Its sums do not add up]
          figures:
            - \(Self.figure)
            - {id: draws, entity: base, metric: chip_hours_cumulative, month: 2024-12, regime: free,
               over_regime: oct-2022, share_above: 0.9, at_least: 0.5, contradiction: Twice told, judged: false}
          chips: [{id: h20, tpp: 2368, interconnect_gb_s: 900, within: 1}]
          decisions:
            - {id: days, date: 2022-12-30, until: 2023-01-02, government: US, to: HUB, headquarters: CN,
               published: {h800: free}, expected: miss, reason: It was written late}
        """))
    let published = try #require(scenario.published)
    #expect(published.citation == "A report" && published.url == "https://example.org")
    #expect(published.contradictions == ["Its sums do not add up"])
    #expect(published.figures.map(\.statistic) == [.value, .shareAbove(0.9)])
    #expect(published.figures[0].expectation == .about(2_664_000, tolerance: 0.02))
    #expect(published.figures.map(\.regime) == [0, 1])
    #expect(published.figures.map(\.overRegime) == [nil, 0])
    #expect(published.figures.map(\.treatment.isJudged) == [true, false])
    #expect(published.chips[0].figures.map(\.attribute) == [.tpp, .interconnect])
    #expect(published.chips[0].figures[0].expectation == .within(2368, absolute: 1))
    let days = published.decisions[0]
    #expect(days.days.map(\.description).first == "2022-12-30" && days.days.count == 4)
    #expect(days.destination == "HUB" && days.headquarters == "CN")
    #expect(days.treatment.expectedMiss == "It was written late")
  }

  /// A buyer is of the place that the chips go to, unless somebody says otherwise.
  @Test func headquartersFollowTheDestination() throws {
    let scenario = try ScenarioFixture.scenario(
      Self.text("  decisions: [{id: one, date: 2022-12-30, to: HUB, published: {h800: free}}]"))
    #expect(scenario.published?.decisions.map(\.headquarters) == ["HUB"])
  }

  @Test(arguments: [
    (Scenarios.Expectation.within(54.2, absolute: 0.1), [54.1, 54.3], [54.05, 54.31]),
    (.printed(54.2, digits: 3), [54.15, 54.2, 54.25], [54.149, 54.251]),
    (.printed(5.87e6, digits: 3), [5_870_672, 5_875_000], [5_875_001, 5_864_999]),
    (.printed(2e6, digits: 1), [1_500_000, 2_499_000], [1_400_000, 2_600_000]),
    (.printed(-0.25, digits: 2), [-0.254, -0.246], [-0.256, 0.25]),
    (.about(100, tolerance: 0.02), [98, 102], [97.9, 102.1]),
  ])
  func `how near is near enough`(expectation: Scenarios.Expectation, near: [Double], far: [Double])
  {
    for value in near { #expect(expectation.isMet(by: value), "\(value)") }
    for value in far + [.nan] { #expect(!expectation.isMet(by: value), "\(value)") }
  }

  @Test(arguments: [
    ("", "says nothing that was published"),
    ("figures: [{id: a, entity: base, metric: chip_hours}]", "does not say what was published"),
    (
      "figures: [{id: a, entity: bass, metric: chip_hours, published: 1}]", "did you mean \"base\"?"
    ),
    (
      "figures: [{id: a, entity: base, metric: chip_hour, published: 1}]",
      "did you mean \"chip_hours\"?"
    ),
    (
      "figures: [{id: a, entity: base, metric: chip_hours, published: 1, within: 1, digits: 2}]",
      "within and digits are given"
    ),
    (
      "figures: [{id: a, entity: base, metric: chip_hours, published: 1, at_least: 1}]",
      "both published and at_least are given"
    ),
    (
      "figures: [{id: a, entity: base, metric: chip_hours, published: 1, statistic: mean, share_above: 1}]",
      "statistic and share_above are given"
    ),
    (
      "figures: [{id: a, entity: base, metric: chip_hours, published: 1, from: 2024-11}]",
      "from means nothing without a month"
    ),
    (
      "figures: [{id: a, entity: base, metric: [chip_hours, days], published: 1}]",
      "metric is a list, and there is no month"
    ),
    (
      "figures: [{id: a, entity: base, metric: chip_hours, published: 1, regime: oct}]",
      "unknown regime \"oct\""
    ),
    (
      "figures: [{id: a, entity: base, metric: chip_hours, published: 1, expected: miss}]",
      "a miss is expected without a reason"
    ),
    (
      "figures: [{id: a, entity: base, metric: chip_hours, published: 1, expected: miss, reason: So, "
        + "judged: false}]", "a miss is expected of what is not judged"
    ),
    ("chips: [{id: h21, tpp: 1}]", "unknown chip \"h21\""),
    ("chips: [{id: h20}]", "says nothing of the chip"),
    (
      "decisions: [{id: a, date: 2022-12-30, until: 2022-12-01, published: {h800: free}}]",
      "2022-12-01 is not after 2022-12-30"
    ),
    (
      "decisions: [{id: a, date: 2022-12-30, government: XX, published: {h800: free}}]",
      "no rule of oct-2022 is of a government \"XX\""
    ),
    ("decisions: [{id: a, date: 2022-12-30, to: China, published: {h800: free}}]", "\"China\""),
    ("decisions: [{id: a, date: 2022-12-30, published: {h80: free}}]", "unknown chip \"h80\""),
    ("decisions: [{id: a, date: 2022-12-30, published: {h800: allowed}}]", "\"allowed\""),
  ])
  func `what is wrong is said`(section: String, words: String) {
    let messages = ScenarioFixture.messages(Self.text(section.isEmpty ? "" : "  \(section)"))
    #expect(messages.contains(words), "\(messages)")
  }

  /// Without a regime that it is about, what was published means something else.
  @Test func itGoesWithItsRegimes() throws {
    let text = Self.text("  figures: [\(Self.figure.replacing("}", with: ", regime: free}"))]")
    func published(_ regimes: [String]) throws -> Published? {
      try ScenarioFixture.scenario(text) { $0.regimes = regimes }.published
    }
    #expect(try published(["free", "oct-2022"])?.figures.map(\.regime) == [0])
    #expect(try published(["free"])?.figures.count == 1)
    #expect(try published(["oct-2022"]) == nil)
    let ofReference = Self.text("  figures: [\(Self.figure)]")
    #expect(try ScenarioFixture.scenario(ofReference) { $0.regimes = ["free"] }.published == nil)
  }

  /// Every case that comes with the program says whose it is, and nothing in it does nothing.
  @Test(arguments: ScenarioFixture.published) func shippedCases(_ name: String) throws {
    let scenario = try Scenario(contentsOf: ScenarioFixture.path(ofShipped: "published/\(name)"))
    let published = try #require(scenario.published)
    #expect(!published.citation.isEmpty)
    #expect(scenario.warnings.map(\.description) == [])
    #expect(scenario.name == name)
  }

  @Test func casesAreShipped() { #expect(ScenarioFixture.published.count >= 15) }
}
