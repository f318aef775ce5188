import FoundationEssentials
import Scenarios
import Testing

/// What the shipped scenario on amortised costs makes of the built-in facts, part by part, against what
/// arXiv:2405.21015 comes to.
@Suite struct AmortisedCostTests {
  /// One replicate at the point values of the ledger.
  private static let results = Task {
    let path = ScenarioFixture.path(ofShipped: "amortised-costs")
    let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
      .replacing("replicates: 10000", with: "replicates: 1")
      .replacing(
        "uncertainties:\n",
        with: """
          uncertainties:
            ledger.interconnect_share: 0.19
            ledger.server_overhead: 0.6
            ledger.server_power_multiplier: 2.03
            ledger.pue: 1.25
            ledger.energy_price_usd_per_kwh: 0.0806

          """)
    return try await ScenarioResults(of: ScenarioFixture.scenario(text))
  }

  private func cost(_ run: String, _ part: String) async throws -> Double {
    try #require(try await Self.results.value.values("as-it-was", run, part).first)
  }

  @Test(arguments: [
    ("gpt4", "accelerator", 17.89e6), ("gpt4", "server", 11.81e6), ("gpt4", "interconnect", 6.96e6),
    ("gpt4", "energy", 3.50e6), ("gpt3", "accelerator", 0.957e6), ("gpt3", "server", 0.660e6),
    ("gpt3", "interconnect", 0.379e6),
  ])
  func `the parts come out`(run: String, part: String, published: Double) async throws {
    let ours = try await cost(run, "pretraining_\(part)_owning")
    #expect(abs(ours / published - 1) < 0.005, "\(ours)")
  }

  @Test(arguments: [("gpt4", 40.16e6, 0.02), ("gpt3", 2.107e6, 0.02), ("palm", 2.864e6, 0.05)])
  func `and the whole`(run: String, published: Double, tolerance: Double) async throws {
    let ours = try await cost(run, "cost_amortised_usd")
    #expect(abs(ours / published - 1) < tolerance, "\(ours)")
  }
}
