import PolicyModel
import Scenarios
import Testing

/// What a regime sets, it sets for itself alone, and it draws with the luck of all.
@Suite struct ScenarioRegimeLawTests {
  private static let text =
    ScenarioFixture.small.replacing(
      "  - id: free\n",
      with: """
          - id: doubled
            rules: [{use: us_2022_10, open_ended: true}]
            set: {chips.h800.rent_usd_per_hour: {uniform: [2, 6]}}
          - id: skewed
            rules: [{use: us_2022_10, open_ended: true}]
            set: {chips.h800.rent_usd_per_hour: {ci90: [1, 10]}}
          - id: fixed
            rules: [{use: us_2022_10, open_ended: true}]
            set: {chips.h800.rent_usd_per_hour: 2.5}

        """)

  private static func costs(
    rent: String, _ regimes: [String] = []
  ) async throws -> [String: [Double]] {
    let given = text + "uncertainties:\n  chips.h800.rent_usd_per_hour: \(rent)\n"
    let scenario = try ScenarioFixture.scenario(given) { $0.regimes = regimes }
    let results = try await ScenarioResults(of: scenario)
    return Dictionary(
      uniqueKeysWithValues: scenario.blueprint.regimes.map { regime in
        (regime.id, results.values(regime.id, "base", "cost_final_run_usd"))
      })
  }

  @Test func sharesTheDraw() async throws {
    let costs = try await Self.costs(rent: "{uniform: [1, 3]}")
    let reference = try #require(costs["oct-2022"])
    let doubled = try #require(costs["doubled"])
    let skewed = try #require(costs["skewed"])
    #expect(reference.count == 64)
    #expect(Set(reference).count == 64)
    for (one, two) in zip(reference, doubled) { #expect(abs(two / one - 2) < 1e-12) }
    let byCost = reference.indices.sorted { reference[$0] < reference[$1] }
    #expect(byCost == skewed.indices.sorted { skewed[$0] < skewed[$1] })
    #expect(costs["fixed"] == Array(repeating: 2.5 * 2_664_000, count: 64))
  }

  /// The reference stays what it is, to the bit, whatever other regimes set.
  @Test func changesNobodyElse() async throws {
    let all = try await Self.costs(rent: "{uniform: [1, 3]}")
    let alone = try await Self.costs(rent: "{uniform: [1, 3]}", ["oct-2022"])
    #expect(alone["oct-2022"] == all["oct-2022"])
    #expect(alone.count == 1)
  }

  /// A constant that a regime opens becomes an uncertainty, under that regime alone.
  @Test func opensAConstant() async throws {
    let costs = try await Self.costs(rent: "2")
    #expect(costs["oct-2022"] == Array(repeating: 5_328_000, count: 64))
    #expect(costs["fixed"] == Array(repeating: 6_660_000, count: 64))
    let doubled = try #require(costs["doubled"])
    let skewed = try #require(costs["skewed"])
    #expect(Set(doubled).count == 64)
    #expect(doubled.allSatisfy { (2 * 2_664_000...6 * 2_664_000).contains($0) })
    #expect(
      doubled.indices.sorted { doubled[$0] < doubled[$1] }
        == skewed.indices.sorted { skewed[$0] < skewed[$1] })
  }
}
