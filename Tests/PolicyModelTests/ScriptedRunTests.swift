import PolicyModel
import Quantities
import Simulation
import Stochastics
import Testing

@Suite struct ScriptedRunTests {
  /// Two stages on a thousand H800s: 900,000 and 100,123 hours, from 29 October 2024.
  private static let run = SmallWorld.RunSketch(
    id: "run", start: "2024-10-29", candidates: ["h800"],
    stages: [
      .init(id: "pretraining", hours: 900_000, active: 37e9, tokens: 1e12),
      .init(id: "tuning", stage: .postTraining, hours: 100_123),
    ])

  private func world(
    _ change: (inout SmallWorld.RunSketch) -> Void = { _ in }, months: Int = 12
  ) -> SmallWorld {
    var run = Self.run
    change(&run)
    return SmallWorld(months: months, runs: [run])
  }

  @Test func documentedHoursComeOutExactly() async throws {
    var world = world()
    world.laws = [
      "throughput.mfu": try .uniform(0.2, 0.6),
      "throughput.exposed_communication_co_designed": try .uniform(0, 0.3),
      "throughput.interruption_loss": try .uniform(0, 0.3),
    ]
    let readings = try await world.results(replicates: 40)
    #expect(Set(readings.outcomes("run", "chip_hours")) == [1_000_123])
    #expect(Set(readings.outcomes("run.pretraining", "chip_hours")) == [900_000])
    #expect(Set(readings.outcomes("run.pretraining", "days")) == [37.5])
    #expect(Set(readings.outcomes("run.pretraining", "chip_place")) == [1])
    #expect(Set(readings.outcomes("run", "finished_share")) == [1])
    #expect(readings.outcome("run.pretraining", "training_flop") == 6 * 37e9 * 1e12)
    let mfu = try #require(readings.outcome("run.pretraining", "realised_mfu"))
    #expect(abs(mfu - 2.22e23 / (989e12 * 3600 * 900_000)) < 1e-12)
    #expect(readings.outcome("run.tuning", "training_flop") == nil)
  }

  @Test func monthsAddUpToTheWholeToTheBit() async throws {
    let readings = try await world().results()
    let hours = readings.monthly("run", "chip_hours_cumulative")
    #expect(hours[0] == 72_000)
    #expect(hours[1] == 72_000 + 720_000)
    #expect(hours[2...].allSatisfy { $0 == 1_000_123 })
    #expect(readings.outcome("run", "pretraining_accelerator") == 900_000)
    #expect(readings.outcome("run", "post_training_accelerator") == 100_123)
    #expect(readings.cost("run", "final_run") == 2_000_246)
    let inUse = readings.monthly("run", "chips_in_use_mean")
    #expect(inUse[0] == 72_000.0 / (31 * 24) && inUse[1] == 1000)
    #expect(inUse[3...].allSatisfy { $0 == 0 })
  }

  /// Odd numbers of chips give ends within an hour; the pieces still add up.
  @Test(arguments: [7.0, 333, 1024, 2047])
  func anyNumberOfChipsAddsUp(chips: Double) async throws {
    let readings = try await world(
      { run in
        run.chips = chips
        run.stages = [.init(id: "pretraining", hours: 123_457)]
      }, months: 36
    ).results()
    #expect(readings.monthly("run", "chip_hours_cumulative").last == 123_457)
    #expect(readings.outcome("run", "pretraining_accelerator") == 123_457)
    let days = try #require(readings.outcome("run", "days"))
    #expect(abs(days - 123_457 / chips / 24) < 1e-9)
  }

  @Test func anotherChipScalesTheHours() async throws {
    let readings = try await world { $0.candidates = ["h100", "h800"] }.results()
    let training = 1 / 1.025
    let hours = try #require(readings.outcome("run", "chip_hours"))
    #expect(abs(hours / (1_000_123 * training) - 1) < 1e-12)
    #expect(readings.outcome("run.pretraining", "chip_place") == 1)
    let dollars = try #require(readings.cost("run", "final_run"))
    #expect(abs(dollars / (hours * 2.6) - 1) < 1e-12)
  }

  @Test func workInFLOPFollowsTheLaw() async throws {
    let readings = try await world { run in
      run.documented = "a100"
      run.candidates = ["a100"]
      run.chips = 1024
      run.parallelism = .tensorParallel
      run.stages = [.init(id: "pretraining", flop: 3.14e23)]
    }.results()
    // x of the A100 is (312 / 989) (900 / 600).
    let slowdown = 1 + 0.15 * (312.0 / 989 * 1.5 - 1)
    let rate = 312e12 * 0.375 / slowdown
    let expected = 3.14e23 / (rate * 3600) / (1 - 0.08)
    let hours = try #require(readings.outcome("run", "chip_hours"))
    #expect(abs(hours / expected - 1) < 1e-12)
    let last = try #require(readings.monthly("run", "chip_hours_cumulative").last)
    #expect(abs(last / expected - 1) < 1e-12)
  }

  @Test func workInFLOPScalesFromTheDocumentedChip() async throws {
    func hours(_ candidates: [String]) async throws -> Double {
      let readings = try await world(
        { run in
          run.documented = "a100"
          run.candidates = candidates
          run.stages = [.init(id: "pretraining", flop: 1e23)]
        }, months: 36
      ).results()
      return try #require(readings.outcome("run", "chip_hours"))
    }
    let ratio = try await hours(["h100"]) / hours(["a100"])
    let expected = 312.0 / 989 / (1 + 0.02 * (312.0 / 989 * 1.5 - 1))
    #expect(abs(ratio - expected) < 1e-12)
  }

  @Test func aRunThatIsNotDoneHasNoHoursYet() async throws {
    let readings = try await world(months: 2).results()
    #expect(readings.outcome("run", "finished_share") == 0)
    #expect(readings.outcome("run", "chip_hours") == nil)
    #expect(readings.outcome("run", "final_run_chip_hours") == nil)
    #expect(readings.outcome("run", "days") == nil)
    #expect(readings.outcome("run.pretraining", "chip_hours") == nil)
    #expect(readings.outcome("run.pretraining", "chip_place") == 1)
    #expect(readings.monthly("run", "chip_hours_cumulative") == [72_000, 792_000])
  }

  @Test func aFinishedStageOfAnUnfinishedRunCounts() async throws {
    let readings = try await world({ $0.start = "2024-10-24" }, months: 2).results()
    #expect(readings.outcome("run.pretraining", "chip_hours") == 900_000)
    #expect(readings.outcome("run.tuning", "chip_hours") == nil)
    #expect(readings.outcome("run", "finished_share") == 0)
  }

  @Test func aRunBeforeTheFirstMonthStartsWithIt() async throws {
    let readings = try await world { $0.start = "2019-05-05" }.results()
    #expect(readings.monthly("run", "chip_hours_cumulative")[0] == 744_000)
  }

  @Test func fortyYearsAreNoTrouble() async throws {
    let world = world(
      { run in
        run.start = "2060-02-10"
        run.chips = 10
        run.stages = [.init(id: "pretraining", hours: 123_456.5)]
      }, months: 480)
    let readings = try await world.results()
    #expect(readings.ensemble.failures.isEmpty)
    #expect(readings.outcome("run", "chip_hours") == 123_456.5)
    let hours = readings.monthly("run", "chip_hours_cumulative")
    #expect(hours.count == 480)
    #expect(hours[..<424].allSatisfy { $0 == 0 } && hours[424] == 20.0 * 24 * 10)
    #expect(zip(hours, hours.dropFirst()).allSatisfy { $0 <= $1 })
  }

  /// Reading files refuses such a chip; a world that is built directly gets no silent answer.
  @Test func aChipWithoutPublishedLinksFailsTheReplicate() async throws {
    var world = world { $0.candidates = ["dark"] }
    var dark = TestChips.h800
    dark.id = "dark"
    dark.interconnect = nil
    world.chips.append(dark)
    let readings = try await world.results()
    #expect(readings.ensemble.failures.map(\.column.metric.name) == ["chip_hours_cumulative"])
    #expect(readings.ensemble.replicates.isEmpty)
  }
}
