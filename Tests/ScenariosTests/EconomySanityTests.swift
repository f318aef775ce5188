import Glibc
import PolicyModel
import Scenarios
import Testing

/// Patterns of the field that the reference world must show without being told to.
@Suite struct EconomySanityTests {
  private typealias Regime = EconomySketch.RegimeSketch

  private static let sketch = EconomySketch(
    end: "2024-12", replicates: 60,
    regimes: [Regime(id: "current-law", rules: EconomySketch.rulesAsTheyWere)],
    metrics: "[algorithmic_efficiency, lag_months, largest_run_flop]")

  private static let run = Task { try await sketch.run() }

  /// Whether the world has the labs that the patterns are about.
  private static let isFull =
    (try? sketch.scenario())?.blueprint.world.labs.contains { $0.id == "deepseek" } ?? false

  /// MODEL: near 1.04 a year.
  @Test func `the frontier's efficiency grows as it did`() async throws {
    let months = try await Self.run.value.series("algorithmic_efficiency", "US", "current-law")
    let years = Double(months.count - 1) / 12
    let growth = zip(months[0], months[months.count - 1]).map { log($1 / $0) / years }
    #expect((0.6...1.6).contains(growth.median), "\(growth.median) a year")
  }

  /// Published: about 7 months, 4 to 14.
  @Test(.enabled(if: isFull)) func `the follower's lag`() async throws {
    let lags = try await Self.run.value.last("lag_months", "CN", "current-law")
    let known = lags.filter(\.isFinite)
    #expect(known.count > lags.count / 2)
    #expect((4...14).contains(known.median), "\(known.median) months")
  }

  /// Published: Llama 3.1 3.8e25, Gemini 1.0 Ultra about 5e25.
  @Test(.enabled(if: isFull)) func `the leader's largest run`() async throws {
    let runs = try await Self.run.value.last("largest_run_flop", "US", "current-law")
    #expect((2e25...2e26).contains(runs.filter(\.isFinite).median), "\(runs.median) FLOP")
  }

  /// A follower can lead: in more than one replicate of twenty.
  @Test(.enabled(if: isFull)) func `a follower's efficiency can lead`() async throws {
    let results = try await Self.run.value
    let follower = try results.last("algorithmic_efficiency", "deepseek", "current-law")
    let leader = try results.last("algorithmic_efficiency", "US", "current-law")
    let share =
      Double(zip(follower, leader).count { $0 >= $1 }) / Double(follower.count)
    withKnownIssue("the frontier is never reached: see docs/calibration.md", isIntermittent: true) {
      #expect(share > 0.05, "\(share) of replicates")
    }
    #expect(share < 0.95, "\(share) of replicates")
  }
}
