import FoundationEssentials
import Scenarios
import Studies
import Testing

@testable import Reporting

/// Published figures computed again: every verdict, and what is said of it.
@Suite struct PublishedTests {
  /// The headline of the small run has one figure that is met, and one that is not unless it `isMet`.
  private static func check(
    _ published: String, headlineIsMet isMet: Bool = false
  ) async throws -> PublishedCheck {
    let small = SmallRun.yaml()
    let yaml =
      (isMet ? small.replacing("at_least: 2e6", with: "at_most: 2e6") : small)
      + "\npublished:\n  citation: \"A | report\"\n\(published)\n"
    return try await PublishedCheck(of: SmallRun.scenario(yaml), threads: 1)
  }

  private static let figures = """
      figures:
        - {id: met, entity: run, metric: chip_hours, published: 504000}
        - {id: shown, entity: run, metric: cost_final_run_usd, statistic: median, published: 1e6, judged: false}
        - {id: contradicted, entity: run, metric: chip_hours, published: 1, contradiction: "It says 2 elsewhere"}
        - {id: known, entity: run, metric: chip_hours, published: 1, expected: miss, reason: "Hours are hours"}
        - {id: in-vain, entity: run, metric: chip_hours, published: 504000, expected: miss, reason: "It was so once"}
        - {id: missed, entity: run, metric: chip_hours, published: 504001}
    """

  @Test func everyVerdict() async throws {
    let check = try await Self.check(Self.figures)
    // The headline's figures are among them; the worst come first.
    #expect(
      check.findings.map(\.id) == [
        "dollars", "missed", "known", "contradicted", "in-vain", "hours", "met", "shown",
      ])
    #expect(
      check.findings.map(\.verdict) == [
        .missed, .missed, .missedAsExpected, .contradicted, .metUnexpectedly, .met, .met, .shown,
      ])
    #expect(check.unexplainedMisses == 2)
  }

  @Test func theAnswerComesFirstAndSaysWhy() async throws {
    let report = PublishedReport([try await Self.check(Self.figures)])
    let text = report.text
    #expect(
      text.hasPrefix(
        "3 of 7 published figures in 1 case are met; of 4 misses 2 are not explained. "
          + "1 more is shown beside ours."))
    #expect(text.contains("known is missed, as expected: Hours are hours"))
    #expect(text.contains("contradicted: the source contradicts itself: It says 2 elsewhere"))
    #expect(text.contains("in-vain is met, although a miss was expected: It was so once"))
    #expect(text.contains("MISSED") && text.contains("simulated"))
    let page = report.markdown
    #expect(page.contains("A | report") && page.contains("| small | missed |"))
    let missed = try #require(page.firstRange(of: "## What is missed"))
    let whole = try #require(page.firstRange(of: "## A small run"))
    #expect(missed.lowerBound < whole.lowerBound)
  }

  @Test func whatIsMetAllNeedsNoExplanation() async throws {
    let report = PublishedReport([
      try await Self.check(
        "  figures: [{id: met, entity: run, metric: chip_hours, published: 504000}]",
        headlineIsMet: true)
    ])
    #expect(report.text.hasPrefix("3 of 3 published figures in 1 case are met.\n"))
    #expect(report.unexplainedMisses == 0 && !report.text.contains("Missed:"))
    #expect(report.markdown.contains("Nothing."))
  }

  /// Statistics of the draws, and a regime over another.
  @Test func statisticsOfDraws() async throws {
    let check = try await Self.check(
      """
        figures:
          - {id: low, entity: run, metric: cost_final_run_usd, statistic: p05, at_least: 756000}
          - {id: high, entity: run, metric: cost_final_run_usd, statistic: p95, at_most: 1723680}
          - {id: all, entity: run, metric: cost_final_run_usd, share_above: 756000, published: 1}
          - {id: below, entity: run, metric: cost_final_run_usd, share_below: 756000, published: 0}
          - {id: alike, entity: run, metric: chip_hours_cumulative, month: 2024-12, statistic: mean, regime: rule,
             over_regime: rule, published: 1, within: 1e-12}
          - {id: fewer, entity: run, metric: chip_hours_cumulative, month: 2024-12, statistic: median, regime: free,
             over_regime: rule, at_most: 0.999}
      """, headlineIsMet: true)
    #expect(check.replicates == 64 && check.failedReplicates == 0)
    #expect(check.findings.allSatisfy { $0.verdict == .met }, "\(PublishedReport([check]).text)")
    let value = try await Self.check(
      "  figures: [{id: met, entity: run, metric: chip_hours, published: 504000}]")
    #expect(value.replicates == 0, "nothing is drawn that no figure asks for")
  }

  /// Rules are asked as `chokepoint rules` does it, each day of a stretch.
  @Test func chipsAndRules() async throws {
    let check = try await Self.check(
      """
        chips:
          - {id: h20, tpp: 2368, memory_bandwidth_gb_s: 4000.4, within: 0.5}
          - {id: h100_sxm, tpp: 1}
        decisions:
          - {id: right, date: 2022-12-01, published: {h100_sxm: controlled, h800: free}}
          - {id: kinds, date: 2022-12-01, published: {h100_sxm: denial}}
          - {id: begins, date: 2022-10-10, until: 2022-10-25, published: {h100_sxm: controlled}}
          - {id: free, regime: free, date: 2022-12-01, published: {h100_sxm: free}}
      """)
    let verdicts = Dictionary(uniqueKeysWithValues: check.findings.map { ($0.id, $0.verdict) })
    #expect(verdicts["h20.tpp"] == .met && verdicts["h20.memory_bandwidth_gb_s"] == .met)
    #expect(verdicts["h100_sxm.tpp"] == .missed)
    #expect(verdicts["right.h100_sxm"] == .met && verdicts["right.h800"] == .met)
    #expect(verdicts["kinds.h100_sxm"] == .met && verdicts["free.h100_sxm"] == .met)
    #expect(verdicts["begins.h100_sxm"] == .missed)
    let text = PublishedReport([check]).text
    #expect(text.contains("begins.h100_sxm is missed: on 2022-10-10"))
    #expect(text.contains("free, presumption of denial"))
  }

  @Test func casesWithMissesComeFirst() async throws {
    let met = try await Self.check(
      "  figures: [{id: met, entity: run, metric: chip_hours, published: 504000}]",
      headlineIsMet: true)
    let missed = try await Self.check(
      "  figures: [{id: missed, entity: run, metric: chip_hours, published: 1}]",
      headlineIsMet: true)
    let report = PublishedReport([met, missed])
    #expect(report.checks.map(\.unexplainedMisses) == [1, 0])
  }

  @Test func numbersArePlainInJSON() async throws {
    let json = PublishedReport([try await Self.check(Self.figures)]).json
    #expect(
      json.contains("\"missed_as_expected\" : 1") || json.contains("\"missed_as_expected\":1"))
    #expect(json.contains("504001") && json.contains("Hours are hours"))
  }
}
