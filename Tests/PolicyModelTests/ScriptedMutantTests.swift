@testable import PolicyModel
import TestSupport
import Testing

/// Levers of scripted runs that work the wrong way round: the suite must reject each. `make mutants` prints them.
@Suite struct ScriptedMutantTests {
  @Test(arguments: all) func `monotone directions`(mutant: Mutant) async throws {
    try await mutant.mustBeRejected()
  }

  private static let all = [
    mutant(
      "a stricter TPP threshold never saves days", "regimes get each other's rules",
      { $0.reverseRules() }, { try await $0.aStricterTPPThresholdNeverSavesDays() }),
    mutant(
      "a stricter interconnect threshold never saves days", "regimes get each other's rules",
      { $0.reverseRules() }, { try await $0.aStricterInterconnectThresholdNeverSavesDays() }),
    mutant(
      "a higher rent never costs less", "it is taken for its reciprocal",
      { $0.misread("chips.h800.rent_usd_per_hour", in: Prices.self) { 1 / $0 } },
      { try await $0.aHigherRentNeverCostsLess() }),
  ]

  private static func mutant(
    _ direction: String, _ words: String,
    _ change: @escaping @Sendable (inout PolicyModel) -> Void,
    _ trial: @escaping @Sendable (MonotoneTests) async throws -> Void
  ) -> Mutant {
    Mutant(.direction, direction, words, rejectedBy: "MonotoneTests, \(direction)") {
      try await UnderTest.$change.withValue(change) { try await trial(MonotoneTests()) }
    }
  }
}
