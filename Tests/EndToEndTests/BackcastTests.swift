import Foundation
import Testing

/// What a scenario gives, held to what was observed.
@Suite struct BackcastTests {
  private static func observations(_ hours: Double, expected: String = "") -> String {
    """
    observations:
      - {id: hours, entity: training, metric: chip_hours_cumulative, month: 2024-12, \
    observed: \(hours), low: 2e6, high: 3e6, status: held_out\(expected), source: "A report"}
      - {id: growth, entity: training, metric: chips_in_use_mean, from: 2024-11, month: 2024-12, \
    reduce: growth_per_year, observed: 0.5, status: fitted, expected: miss, reason: "It ends"}
    headline:
    """
  }

  private func backcast(
    _ observations: String, _ arguments: String...
  ) async throws -> Outcome {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder, replacing: "headline:", with: observations)
      return try await call(builtCommand, ["backcast", file] + arguments)
    }
  }

  @Test func `what is covered exits 0`() async throws {
    let outcome = try await backcast(Self.observations(2_664_000))
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("regime rule, 32 replicates, seed 7"))
    #expect(outcome.output.contains("simulated"))
    #expect(outcome.output.contains("growth is missed, as expected: It ends"))
    #expect(outcome.output.contains("all 1 of 2 (50%); fitted 0 of 1 (0%)"))
  }

  @Test func `an unexpected miss exits 1, an expected one does not`() async throws {
    let missed = try await backcast(Self.observations(2_500_000))
    #expect(missed.status == 1)
    #expect(missed.output.contains("MISSED"))
    #expect(missed.errors.contains("1 of the observations"))
    let expected = try await backcast(
      Self.observations(2_500_000, expected: ", expected: miss, reason: \"Known\""))
    #expect(expected.status == 0)
    // Other chips do the same work in fewer hours.
    let other = try await backcast(Self.observations(2_664_000), "--regime", "free")
    #expect(other.status == 1)
    #expect(other.output.contains("regime free"))
  }

  @Test func `a page and JSON`() async throws {
    let page = try await backcast(Self.observations(2_664_000), "--markdown")
    #expect(page.status == 0)
    #expect(page.output.contains("| hours | held out | 2,664,000 | 2,000,000 to 3,000,000 |"))
    let json = try await backcast(Self.observations(2_664_000), "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["targets"] as? [Any])?.count == 2)
    let both = try await backcast(Self.observations(1), "--json", "--markdown")
    #expect(both.status == 64)
    let unknown = try await backcast(Self.observations(2_664_000), "--regime", "nosuch")
    #expect(unknown.status == 64)
  }
}
