import Scenarios
import Studies
import Testing

@testable import Reporting

/// A regime that equals the reference is named after a run, with what made it so.
@Suite struct SameRegimeTests {
  private static func answer(_ regime: String, exactValues: Int = 1 << 25) async throws -> String {
    let text = SmallRun.yaml().replacing(
      "design: mc}", with: "design: mc, exact_values: \(exactValues)}"
    )
    .replacing("regimes:\n", with: "regimes:\n  - {id: first}\n  - \(regime)\n")
    return try await SmallRun.result(text).text.replacing("\n", with: " ")
  }

  private static func rule(
    _ rest: String, effective: String = "2024-10-01", places: String = "[CN]"
  )
    -> String
  {
    "{id: twin, rules: [{id: mine, government: US, title: T, effective: \(effective), "
      + "destinations: \(places), \(rest)}]}"
  }

  private static let deny = "review: [{policy: deny}]"

  @Test(arguments: [
    (
      rule("requirement: [{when: {tpp: {at_least: 1e9}}}], " + deny),
      "mine names no chip of this world"
    ),
    (
      rule("requirement: [{when: {tpp: {at_least: 1}}}], " + deny, effective: "2025-02-01"),
      "mine binds from 2025-02-01 only, after the last month"
    ),
    (
      rule("requirement: [{when: {tpp: {at_least: 1}}}], " + deny, places: "[GULF]"),
      "mine reaches no buyer"
    ),
    (
      rule("review: [{policy: deny, when: {chips: [h800]}}]"),
      "mine reviews licenses that no rule requires"
    ),
    (
      rule("requirement: [{when: {chips: [h20]}}], " + deny),
      "its rules differ from 2024-10 on, but no sale or run is affected by it"
    ),
    ("{id: twin}", "its rules are the same, and what it sets has no effect"),
  ])
  func isNamedWithItsReason(_ regime: String, _ reason: String) async throws {
    let sentence = "twin equals first in every recorded value of all 64 replicates: \(reason)."
    #expect(try await Self.answer(regime).contains(sentence))
    // Counted in bins, as in shards.
    #expect(try await Self.answer(regime, exactValues: 0).contains(sentence))
  }

  @Test func isNotNamedWhereAnythingDiffers() async throws {
    let acts = Self.rule("requirement: [{when: {tpp: {at_least: 1}}}], " + Self.deny)
    #expect(try await !Self.answer(acts).contains("twin equals first"))
    let sets = "{id: twin, set: {throughput.exposed_communication_co_designed: 0.01}}"
    #expect(try await !Self.answer(sets).contains("twin equals first"))
  }
}
