import FoundationEssentials
import Glibc
import Scenarios
import Testing

@testable import Reporting
@testable import Studies

/// Growth of cost from run to run, as text and as JSON.
@Suite struct CostGrowthTests {
  private struct Answer: Decodable {
    struct Growth: Decodable {
      let regime, lab, from, to, view: String
      let years: Double
      let run_cost_growth, run_flop_growth, flop_per_dollar_growth: Double
    }

    let growth: [Growth]
  }

  private func result(_ yaml: String) async throws -> RunResult { try await SmallRun.result(yaml) }

  /// A second run, 41 days later, on as many chips for twice as long.
  private static let twoRuns = SmallRun.yaml(replicates: 2)
    .replacing(
      "start: 2024-10, end: 2024-12", with: "start: 2024-10, end: 2025-12"
    )
    .replacing(
      "uncertainties:\n",
      with: """
            - id: next
              lab: lab
              start: 2024-11-30
              documented_on: h800
              chips: 1000
              uses_cluster_of: run
              parallelism: co_designed
              stages:
                - {id: pretraining, chip_hours: 960000, active_parameters: 37e9, tokens: 3e12}
        uncertainties:

        """)

  @Test func `JSON has the growth that the text has`() async throws {
    let result = try await result(Self.twoRuns)
    let answer = try JSONDecoder().decode(Answer.self, from: Data(result.costJSON.utf8))
    #expect(answer.growth.map(\.regime) == ["rule", "free"])
    for growth in answer.growth {
      #expect([growth.lab, growth.from, growth.to] == ["lab", "run", "next"])
      #expect(growth.view == "amortised" && abs(growth.years - 41 / 365.25) < 1e-12)
      #expect(abs(growth.run_flop_growth / pow(3.0, 365.25 / 41) - 1) < 1e-9)
      let quotient = growth.run_flop_growth / growth.flop_per_dollar_growth
      #expect(abs(growth.run_cost_growth / quotient - 1) < 1e-9)
      #expect(
        result.costText.contains(
          "from run to next, 0.11 years, a year: cost (amortised) x"))
    }
  }

  @Test func `one run has grown from nothing`() async throws {
    let result = try await result(SmallRun.yaml(replicates: 2))
    let answer = try JSONDecoder().decode(Answer.self, from: Data(result.costJSON.utf8))
    #expect(answer.growth.isEmpty)
  }
}
