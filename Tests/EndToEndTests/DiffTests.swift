import Foundation
import Testing

/// What differs between two scenarios.
@Suite struct DiffTests {
  @Test func `diff tells inputs first, then results`() async throws {
    try await withFolder { folder in
      let first = try SmallScenario.write(to: folder)
      let second = try SmallScenario.write(
        to: folder, named: "dearer.yaml", replacing: "chips: 2048", with: "chips: 1024")
      let outcome = try await chokepoint("diff", first, second)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.hasPrefix("What differs in the inputs: "))
      #expect(outcome.output.contains(/world\.runs\.training.*chips +2048 +1024/))
      #expect(outcome.output.contains("What differs in the results"))
      let same = try await chokepoint("diff", first, first)
      #expect(same.output == "The inputs are the same.\n")
      let inputs = try await chokepoint("diff", first, second, "--inputs")
      #expect(inputs.status == 0 && !inputs.output.contains("results"))
    }
  }

  /// What follows from something else is left to follow in the effective scenario of a sweep, which is no
  /// difference.
  @Test func `a sweep alone is all that differs`() async throws {
    try await withFolder { folder in
      let (first, swept) = try SmallScenario.writeSweep(to: folder)
      let outcome = try await chokepoint("diff", first, swept, "--inputs")
      #expect(outcome.output.hasPrefix("What differs in the inputs: 4 keys\n"), "\(outcome.output)")
      #expect(
        outcome.output.contains(/sweep\.points\.p512\.set\.world\.runs\.training\.chips +- +512/))
    }
  }
}
