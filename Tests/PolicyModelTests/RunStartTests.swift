import PolicyModel
import Quantities
import Simulation
import Testing

/// When runs begin: on their day, after others, and once rules leave them chips.
@Suite struct RunStartTests {
  private static let sketch = SmallWorld.RunSketch(
    id: "run", start: "2024-11-11", candidates: ["h100", "h800"],
    stages: [.init(id: "pretraining", hours: 240_000)])

  private func world(
    rules: [Rule], months: Int = 12, _ change: (inout SmallWorld.RunSketch) -> Void = { _ in }
  ) -> SmallWorld {
    var run = Self.sketch
    change(&run)
    return SmallWorld(months: months, runs: [run], regimes: [("reference", rules)])
  }

  /// The month in which the first chip-hours were used, from 0.
  private func firstMonth(_ readings: Readings, _ run: String = "run") -> Int? {
    readings.monthly(run, "chip_hours_cumulative").firstIndex { $0 > 0 }
  }

  @Test(arguments: [
    ("2024-11-11", 2.0), ("2024-11-12", 1.0), ("2024-11-10", 2.0), ("2024-12-01", 1.0),
    ("2024-10-01", 2.0),
  ])
  func aRuleBindsFromItsDay(effective: String, place: Double) async throws {
    let readings = try await world(rules: [.bar("h100", from: effective)]).results()
    #expect(readings.outcome("run.pretraining", "chip_place") == place)
    #expect(firstMonth(readings) == 1)
  }

  @Test(arguments: [("2024-11-11", 1.0), ("2024-11-12", 2.0), ("2024-11-30", 2.0)])
  func aRuleBindsUntilBeforeItsEnd(ends: String, place: Double) async throws {
    let rule = Rule.bar("h100", from: "2024-01-01", ends: ends)
    let readings = try await world(rules: [rule]).results()
    #expect(readings.outcome("run.pretraining", "chip_place") == place)
  }

  @Test func aRunWithoutChipsWaitsForTheMonthAfterTheRuleEnds() async throws {
    let rules = [
      Rule.bar("h100", from: "2024-01-01"), .bar("h800", from: "2024-01-01", ends: "2025-01-15"),
    ]
    let readings = try await world(rules: rules).results()
    #expect(firstMonth(readings) == 4)
    #expect(readings.monthly("run", "chip_hours_cumulative")[4] == 240_000)
    #expect(readings.outcome("run", "days") == 10)
  }

  @Test func aRunThatIsBarredForGoodNeverStarts() async throws {
    let rules = ["h100", "h800"].map { Rule.bar($0, from: "2024-01-01") }
    let readings = try await world(rules: rules).results()
    #expect(firstMonth(readings) == nil)
    #expect(readings.outcome("run", "finished_share") == 0)
    for view in CostView.all where !view.isOfLabsOnly {
      #expect(readings.outcome("run", view.metricName) == nil)
      #expect(readings.outcome("lab", view.metricName) == 0)
    }
  }

  @Test func oneStageWithoutChipsHoldsUpTheWholeRun() async throws {
    let readings = try await world(rules: [.bar("h800", from: "2024-01-01")]) { run in
      run.stages.append(.init(id: "tuning", stage: .postTraining, hours: 1, candidates: ["h800"]))
    }.results()
    #expect(firstMonth(readings) == nil)
  }

  @Test func whatIsOwnedAlreadyKnowsNoRules() async throws {
    let rules = ["h100", "h800"].map { Rule.bar($0, from: "2024-01-01") }
    var world = world(rules: rules) { $0.stages[0].isOwned = true }
    world.chips[0].available = nil
    let readings = try await world.results()
    #expect(readings.outcome("run.pretraining", "chip_place") == 1)
    #expect(readings.cost("run", "purchase_cluster") == 0)
  }

  @Test func aChipIsTakenFromTheMonthItIsOnSale() async throws {
    for (available, place) in [("2024-11", 1.0), ("2024-12", 2)] {
      var world = world(rules: [])
      world.chips[0].available = Month(iso: available)
      let readings = try await world.results()
      #expect(readings.outcome("run.pretraining", "chip_place") == place)
    }
    var never = world(rules: [])
    never.chips[0].available = nil
    let readings = try await never.results()
    #expect(readings.outcome("run.pretraining", "chip_place") == 2)
  }

  @Test(arguments: [
    (ReviewPolicy.free, 1.0), (.notify, 1), (.license, 2), (.presumptionOfDenial, 2), (.deny, 2),
  ])
  func onlyWhatIsOpenIsTaken(policy: ReviewPolicy, place: Double) async throws {
    let rule = Rule.bar("h100", from: "2024-01-01", policy: policy)
    let readings = try await world(rules: [rule]).results()
    #expect(readings.outcome("run.pretraining", "chip_place") == place)
  }

  @Test func rulesReachLabsByWhereTheyAre() async throws {
    var world = world(rules: [.bar("h100", from: "2024-01-01")])
    world.labs[0] = .init(id: "lab", jurisdiction: "SG", headquarters: "CN")
    let abroad = try await world.results()
    #expect(abroad.outcome("run.pretraining", "chip_place") == 1)
    world.regimes = [
      ("reference", [.bar("h100", from: "2024-01-01", reachesHeadquarters: true)])
    ]
    let reached = try await world.results()
    #expect(reached.outcome("run.pretraining", "chip_place") == 2)
  }
}

@Suite struct RunOrderTests {
  private func world(secondStart: String, months: Int = 12) -> SmallWorld {
    SmallWorld(
      months: months,
      runs: [
        .init(
          id: "first", start: "2024-10-10", candidates: ["h800"], chips: 100,
          stages: [.init(id: "pretraining", hours: 100 * 24 * 40)]),
        .init(
          id: "second", start: secondStart, after: 0, usesClusterOf: 0, candidates: ["h800"],
          chips: 50, stages: [.init(id: "rl", stage: .reinforcementLearning, hours: 50 * 24)]),
      ])
  }

  /// The first run ends after 40 days, on 19 November.
  @Test func aRunWaitsForItsPredecessor() async throws {
    let readings = try await world(secondStart: "2024-10-01").results()
    let hours = readings.monthly("second", "chip_hours_cumulative")
    #expect(hours[0] == 0 && hours[1] == 1200)
    #expect(readings.outcome("second", "days") == 1)
  }

  @Test func itsOwnDayCountsWhenThatIsLater() async throws {
    let readings = try await world(secondStart: "2025-02-03").results()
    #expect(readings.monthly("second", "chip_hours_cumulative")[3...4] == [0, 1200])
  }

  /// A rule on sales does not take away the cluster that the first run bought before it.
  @Test func aClusterThatIsPaidForStaysInUse() async throws {
    var ruled = world(secondStart: "2024-10-01")
    ruled.regimes = [("reference", [.bar("h800", from: "2024-11-01")])]
    let readings = try await ruled.results()
    #expect(readings.outcome("second", "finished_share") == 1)
    #expect(readings.outcome("second.rl", "chip_place") == 1)
  }

  @Test func itWaitsForAPredecessorThatNeverEnds() async throws {
    let readings = try await world(secondStart: "2024-10-01", months: 1).results()
    #expect(readings.outcome("second", "finished_share") == 0)
    var barred = world(secondStart: "2024-10-01")
    barred.regimes = [("reference", [.bar("h800", from: "2024-10-01", ends: "2024-12-01")])]
    let later = try await barred.results()
    let first = later.monthly("first", "chip_hours_cumulative")
    let second = later.monthly("second", "chip_hours_cumulative")
    #expect(first.firstIndex { $0 > 0 } == 2)
    #expect(second.firstIndex { $0 > 0 } == 3)
  }

  @Test func aClusterIsPaidForOnce() async throws {
    let readings = try await world(secondStart: "2024-10-01").results()
    #expect(readings.cost("first", "purchase_chips") == 3_000_000)
    #expect(readings.cost("second", "purchase_chips") == 0)
    #expect(readings.cost("lab", "purchase_chips") == 3_000_000)
  }

  /// A cluster serves all stages, and the dearest decides: 100 H100s at 26,268, not 100 A100s.
  @Test func theDearestStageDecidesTheCluster() async throws {
    var world = world(secondStart: "2024-10-01")
    world.runs[0].stages = [
      .init(id: "trials", stage: .preparation, hours: 10, candidates: ["a100"]),
      .init(id: "pretraining", hours: 10, candidates: ["h100"]),
      .init(id: "owned", hours: 10, candidates: ["h800"], isOwned: true),
    ]
    let readings = try await world.results()
    #expect(readings.cost("first", "purchase_chips") == 2_626_800)
  }
}
