@testable import Studies
import Analysis
import FoundationEssentials
import Quantities
@testable import Scenarios
import Testing

@testable import Reporting

@Suite struct BackcastTests {
  private func observation(
    _ id: String, _ observed: Double, metric: String = "chip_hours_cumulative",
    entity: String = "run", month: String = "2024-10", from: String? = nil,
    over: Observation.Figure? = nil, reduction: Observation.Reduction = .value, low: Double? = nil,
    high: Double? = nil,
    status: Observation.Status = .heldOut, expectedMiss: String? = nil
  ) throws -> Observation {
    Observation(
      id: id, figure: .init(entities: [entity], metrics: [metric]), divisor: over,
      scoreClass: id == "cost" ? "cost" : "other", month: try #require(Month(iso: month)),
      from: from.flatMap { Month(iso: $0) }, reduction: reduction, observed: observed, low: low,
      high: high, status: status, expectedMiss: expectedMiss, source: "Ourselves | others")
  }

  private func backcast(
    _ observations: [Observation], regime: Int = 0, knownUntil: String? = nil
  ) async throws -> Backcast {
    try await Backcast(
      running: SmallRun.scenario(), regime: regime, against: observations,
      knownUntil: knownUntil.flatMap { Month(iso: $0) }, threads: 1)
  }

  /// The documented hours come out in every draw: a band of no width.
  private func observations() throws -> [Observation] {
    [
      try observation("hours", 288_000, status: .fitted),
      try observation("missed", 300_000),
      try observation("known", 1, month: "2024-12", expectedMiss: "hours are hours"),
      try observation("months", 1_296_000, month: "2024-12", from: "2024-10", reduction: .sum),
      try observation(
        "cost", 1.0e6, metric: "cost_final_run_cumulative_usd", entity: "lab", month: "2024-12",
        low: 0.9e6, high: 1.1e6, status: .informedPrior),
    ]
  }

  @Test func missesComeFirstAndExpectedOnesAfterOthers() async throws {
    let backcast = try await backcast(observations())
    #expect(
      backcast.targets.map(\.observation.id) == ["missed", "known", "hours", "months", "cost"])
    #expect(backcast.unexpectedMisses == 1)
    #expect(
      backcast.coverage.map(\.words) == [
        "all 3 of 5 (60%)", "fitted 1 of 1 (100%)", "informed prior 1 of 1 (100%)",
        "held out 1 of 3 (33%)",
      ])
  }

  @Test func theTextSaysItAll() async throws {
    let text = try await backcast(observations()).text
    #expect(text.hasPrefix("A small run: regime rule, 64 replicates, seed 11, version"))
    #expect(text.contains("simulated, given the stated priors"))
    let row = /missed +other +held out +300,000 +- +288,000 +288,000 +288,000 +1 +MISSED/
    #expect(text.contains(row))
    #expect(text.contains("known is missed, as expected: hours are hours"))
    #expect(text.contains("64 replicates are too few to place the ends of a band"))
    let covered = try await backcast([observation("hours", 288_000)]).text
    #expect(!covered.contains("too few"), "what is not missed needs no more")
    #expect(text.contains("$900K to $1.10M"))
    #expect(
      text.contains("Covered by 90% bands that say something: all 3 of 5 (60%); fitted 1 of 1"))
  }

  @Test func markdownAndJSONHoldTheSameTargets() async throws {
    let backcast = try await backcast(observations())
    let page = BackcastPage([backcast]).markdown
    #expect(page.hasPrefix("# Backcast"))
    #expect(page.contains("| MISSED | Ourselves \\| others |"))
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }
    // Two misses, two classes and all of them, five targets; each table with its header and rule.
    #expect(rows.count == 4 + 5 + 7)
    let widths = rows.suffix(7).map { row in row.replacing("\\|", with: "").count { $0 == "|" } }
    #expect(Set(widths) == [12])
    struct Report: Decodable {
      struct Target: Decodable {
        let id: String
        let covered: Bool
        let p50: Double
      }
      let targets: [Target]
      let simulated: Bool
    }
    let report = try JSONDecoder().decode(Report.self, from: Data(backcast.json.utf8))
    #expect(report.simulated)
    #expect(report.targets.map(\.id) == backcast.targets.map(\.observation.id))
    #expect(report.targets.map(\.covered) == [false, false, true, true, true])
  }

  /// Under the regime without rules the run takes other chips, and fewer hours.
  @Test func theRegimeIsTheOneThatIsAskedFor() async throws {
    let hours = try observation("hours", 504_000, month: "2024-12")
    #expect(try await backcast([hours], regime: 0).unexpectedMisses == 0)
    let other = try await backcast([hours], regime: 1)
    #expect(other.regime == "free" && other.unexpectedMisses == 1)
    #expect(Backcast.defaultRegime(of: try SmallRun.scenario()) == "rule")
    let renamed = SmallRun.yaml().replacing("id: free", with: "id: current-law")
    #expect(Backcast.defaultRegime(of: try SmallRun.scenario(renamed)) == "current-law")
  }

  @Test func whatIsNotSimulatedIsMissed() async throws {
    let observations = [
      try observation("later", 1, month: "2025-01"), try observation("nobody", 1, entity: "x"),
      try observation("earlier", 1, from: "2024-01", reduction: .sum),
    ]
    let backcast = try await backcast(observations)
    #expect(backcast.targets.allSatisfy { $0.check.summary == nil })
    #expect(backcast.unexpectedMisses == 3)
    #expect(backcast.text.contains(/later +other +held out +1 +- +none +none +none +- +MISSED/))
  }

  /// The second of two months is scored beside what the first two would have led to.
  @Test func whatCameLaterIsScoredAsAForecast() async throws {
    let observations = [
      try observation("first", 100_000, month: "2024-10"),
      try observation("second", 200_000, month: "2024-11"),
      try observation("third", 504_000, month: "2024-12"),
    ]
    let backcast = try await backcast(observations, knownUntil: "2024-11")
    let third = try #require(backcast.targets.first { $0.observation.id == "third" })
    #expect(backcast.targets.filter(\.isForecast).map(\.observation.id) == ["third"])
    #expect(abs(try #require(third.naive).lastGrowth - 400_000) < 1e-6)
    #expect(try #require(third.check.score).crps < 1e-12, "the hours are scripted")
    #expect(backcast.text.contains("in 1 of the 1 targets that have them"))
    #expect(BackcastPage([backcast]).markdown.contains("### Forecasts"))
    #expect(try await !self.backcast(observations).text.contains("Scored as forecasts"))
  }

  @Test func aListOfEntitiesStandsForTheirSum() async throws {
    let alone = try await backcast([observation("one", 288_000)])
    let twice = Observation(
      id: "two", figure: .init(entities: ["run", "run"], metrics: ["chip_hours_cumulative"]),
      divisor: nil, scoreClass: "other", month: try #require(Month(iso: "2024-10")), from: nil,
      reduction: .value, observed: 576_000,
      low: nil, high: nil, status: .heldOut, expectedMiss: nil, source: nil)
    let sum = try await backcast([twice])
    #expect(sum.targets[0].check.summary?.p50 == 2 * (alone.targets[0].check.summary?.p50 ?? 0))
    #expect(sum.unexpectedMisses == 0)
  }

  @Test func aQuotientIsTakenMonthByMonthButOfSums() async throws {
    let all = Observation.Figure(entities: ["run"], metrics: ["chip_hours_cumulative"])
    let backcast = try await backcast([
      observation("share", 1, over: all),
      observation("sums", 1, month: "2024-12", from: "2024-10", over: all, reduction: .sum),
      observation(
        "nobody", 1, over: .init(entities: ["x"], metrics: ["chip_hours_cumulative"])),
    ])
    #expect(backcast.targets.map(\.observation.id) == ["nobody", "share", "sums"])
    #expect(backcast.targets.map(\.check.summary?.p50) == [nil, 1, 1])
    #expect(backcast.targets.map(\.unit).suffix(2) == ["1", "1"])
    let cost = try await self.backcast([
      observation(
        "cost", 1, metric: "cost_final_run_cumulative_usd", entity: "lab", month: "2024-12",
        over: all)
    ])
    #expect(cost.targets[0].unit == "usd/chip_hours")
  }

  /// A page of several begins with what all of them miss, and tells each by itself after that.
  @Test func aPageOfTwo() async throws {
    let one = try await backcast(observations())
    let page = BackcastPage([one, one]).markdown
    let parts = page.split(separator: "## A small run")
    #expect(parts.count == 3 && parts[0].contains("## What is missed"))
    // Of each one miss that nobody expected; the other has its reason.
    #expect(parts[0].split(separator: "**not expected**").count == 3)
    #expect(page.contains("| cost | 1 | 1 (100%) |"))
  }
}
