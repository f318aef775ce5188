import PolicyModel
import Quantities
import Simulation
import Stochastics
import Testing

/// What must not change a number, to the bit.
@Suite struct InertnessTests {
  @Test func aRuleThatNeverBindsChangesNothing() async throws {
    var world = DeepSeek.world()
    world.laws = try DeepSeek.laws()
    world.regimes = [
      ("reference", [DeepSeek.october]),
      ("idle", [DeepSeek.october, .threshold(tpp: 1e9)]),
      ("elsewhere", [DeepSeek.october, .made("far", to: ["IR"], requires: [.when()])]),
      ("later", [DeepSeek.october, .made("later", from: "2031-01-01", requires: [.when()])]),
    ]
    let readings = try await world.results(replicates: 60)
    for entity in ["v3", "r1", "deepseek"] {
      let reference = readings.everything(of: entity)
      #expect(reference.count > 10)
      for regime in ["idle", "elsewhere", "later"] {
        #expect(readings.everything(of: entity, regime) == reference)
      }
    }
  }

  @Test func anotherLabAndItsRunsChangeNobody() async throws {
    var world = DeepSeek.world()
    world.laws = try DeepSeek.laws()
    let before = try await world.results(replicates: 60)
    world.labs.append(.init(id: "other", jurisdiction: "US", headquarters: "US"))
    world.runs.append(
      .init(
        id: "other_run", lab: 1, documented: "a100", candidates: ["a100"], data: 7,
        stages: [.init(id: "pretraining", hours: 12_345)]))
    world.laws["runs.other_run.pretraining"] = try .ci90(1e4, 1e6)
    let after = try await world.results(replicates: 60)
    for regime in ["october", "free"] {
      for entity in ["v3", "r1", "deepseek"] {
        #expect(after.everything(of: entity, regime) == before.everything(of: entity, regime))
      }
    }
    #expect(Set(after.outcomes("other_run", "chip_hours")).count == 60)
  }

  @Test func regimesMayComeInAnyOrder() async throws {
    var world = DeepSeek.world()
    world.laws = try DeepSeek.laws()
    let forward = try await world.results(replicates: 30)
    world.regimes.reverse()
    let backward = try await world.results(replicates: 30)
    for regime in ["october", "free"] {
      for entity in ["v3", "r1", "deepseek"] {
        #expect(
          forward.everything(of: entity, regime) == backward.everything(of: entity, regime))
      }
    }
  }

  @Test func threadsChangeNothing() async throws {
    var world = DeepSeek.world()
    world.months = 3
    world.regimes.removeLast()
    world.laws = try DeepSeek.laws()
    let alone = try await world.results(replicates: 1030)
    let together = try await world.results(replicates: 1030, threads: 4)
    #expect(alone.everything(of: "deepseek") == together.everything(of: "deepseek"))
  }
}

/// Directions, replicate by replicate, on the same luck.
@Suite struct MonotoneTests {
  private func outcomes(
    regimes: [(id: String, rules: [Rule])], _ entity: String, _ metric: String
  ) async throws -> [[Double]] {
    var world = DeepSeek.world()
    world.months = 40
    world.laws = try DeepSeek.laws()
    world.regimes = regimes
    let readings = try await world.results(replicates: 60)
    return regimes.map { readings.outcomes(entity, metric, $0.id) }
  }

  private func expectRising(_ columns: [[Double]]) {
    for (lower, upper) in zip(columns, columns.dropFirst()) {
      #expect(lower.count == 60 && upper.count == 60)
      #expect(zip(lower, upper).allSatisfy { $0 <= $1 })
    }
  }

  @Test func aStricterTPPThresholdNeverSavesDays() async throws {
    let days = try await outcomes(
      regimes: [20_000, 15_000, 4800, 2400].map { ("\($0)", [.threshold(tpp: Double($0))]) },
      "v3", "days")
    expectRising(days)
    #expect(days[0][0] < days[3][0])
  }

  @Test func aStricterInterconnectThresholdNeverSavesDays() async throws {
    let days = try await outcomes(
      regimes: [1000, 900, 600, 400].map {
        ("\($0)", [.threshold(tpp: 4800, interconnect: Double($0))])
      }, "v3", "days")
    expectRising(days)
    #expect(days[0][0] < days[1][0] && days[1][0] == days[2][0] && days[2][0] < days[3][0])
  }

  /// The regimes share rules and luck, and differ in the rent that they set.
  @Test func aHigherRentNeverCostsLess() async throws {
    var world = DeepSeek.world()
    world.laws = try DeepSeek.laws()
    let rents = [1.5, 2, 2.5, 7]
    world.regimes = rents.map { ("\($0)", [DeepSeek.october]) }
    for rent in rents {
      world.overrides["\(rent)"] = ["chips.h800.rent_usd_per_hour": try .constant(rent)]
    }
    let readings = try await world.results(replicates: 40)
    let hours = readings.outcomes("v3", "chip_hours", "2.0")
    for rent in rents {
      let costs = readings.outcomes("v3", "cost_final_run_usd", "\(rent)")
      #expect(zip(costs, hours).allSatisfy { abs($0 - $1 * rent) <= 1e-9 * $0 })
    }
  }
}

/// Each mechanism switched off does what its file says, and nothing else.
@Suite struct SwitchTests {
  private func results(without mechanism: String?) async throws -> Readings {
    var world = DeepSeek.world()
    world.laws = try DeepSeek.laws()
    world.switchedOff = mechanism.map { [$0] } ?? []
    return try await world.results(replicates: 20)
  }

  private func everything(_ readings: Readings, _ regime: String) -> [String: [UInt64]] {
    ["v3", "r1", "deepseek"].reduce(into: [:]) {
      $0.merge(readings.everything(of: $1, regime)) { first, _ in first }
    }
  }

  @Test func pricesAndPassagesAloneCannotBeSwitchedOff() {
    let acting = Catalogue.mechanisms.filter { $0.scope != .economy }
    #expect(
      acting.filter { !$0.canBeSwitchedOff }.map(\.name) == ["prices", "first_passages"])
    #expect(
      acting.map(\.name) == [
        "rules_in_force", "prices", "throughput", "scripted_runs", "research_overhead", "ledger",
        "first_passages",
      ])
  }

  @Test func withoutRulesEveryRegimeIsTheOneWithoutRules() async throws {
    let on = try await results(without: nil)
    let off = try await results(without: "rules_in_force")
    #expect(everything(off, "free") == everything(on, "free"))
    #expect(everything(off, "october") == everything(on, "free"))
    #expect(everything(on, "october") != everything(on, "free"))
  }

  @Test func withoutThroughputEveryChipIsTheDocumentedOne() async throws {
    let on = try await results(without: nil)
    let off = try await results(without: "throughput")
    #expect(everything(off, "october") == everything(on, "october"))
    #expect(Set(off.outcomes("v3", "chip_hours", "free")) == [2_788_000])
    #expect(Set(off.outcomes("v3.pretraining", "chip_place", "free")) == [1])
    #expect(Set(on.outcomes("v3", "chip_hours", "free")).count > 1)
  }

  @Test func withoutThroughputFLOPAreDoneAtPeak() async throws {
    let world = SmallWorld(
      runs: [
        .init(
          id: "run", documented: "a100", candidates: ["h100"], chips: 100,
          stages: [.init(id: "pretraining", flop: 312e12 * 3600 * 5000)])
      ], switchedOff: ["throughput"])
    let hours = try #require(try await world.results().outcome("run", "chip_hours"))
    #expect(abs(hours - 5000) < 1e-9)
  }

  @Test func withoutRunsThereIsTheFleetAlone() async throws {
    let on = try await results(without: nil)
    let off = try await results(without: "scripted_runs")
    #expect(off.outcomes("v3", "chip_hours").isEmpty)
    for view in CostView.all {
      let costs = off.outcomes("deepseek", view.metricName)
      let expected = view.isOfLabsOnly ? on.outcomes("deepseek", view.metricName) : [0]
      #expect(Set(costs) == Set(expected))
    }
  }

  @Test func withoutOverheadARunFallsFromTheSky() async throws {
    let on = try await results(without: nil)
    let off = try await results(without: "research_overhead")
    let (before, after) = (everything(on, "october"), everything(off, "october"))
    #expect(before.keys == after.keys)
    let changed = before.filter { after[$0.key] != $0.value }.keys
    #expect(!changed.isEmpty)
    for name in changed {
      #expect(
        name.contains("development") || name.contains("experiments") || name.contains("failed"),
        "\(name)")
    }
    #expect(Set(off.outcomes("v3", "experiments_accelerator")) == [0])
    let staff = on.ensemble.draws.map { draw in
      draw.values[on.place(of: "ledger.staff_share")]
    }
    let final = off.outcomes("v3", "cost_final_run_usd")
    for ((cost, rent), share) in zip(zip(off.outcomes("v3", "cost_development_usd"), final), staff)
    {
      #expect(abs(cost * (1 - share) - (rent + 5e6)) < 1e-3)
    }
  }

  @Test func withoutLedgerThereAreNoCosts() async throws {
    let on = try await results(without: nil)
    let off = try await results(without: "ledger")
    #expect(off.model.ledgerColumns.isEmpty)
    let names = (off.model.stepColumns + off.model.outcomeColumns).map(\.metric.name)
    #expect(!names.contains { $0.hasPrefix("cost") })
    let (before, after) = (everything(on, "free"), everything(off, "free"))
    #expect(!after.isEmpty && after.allSatisfy { before[$0.key] == $0.value })
  }
}

extension Readings {
  /// The place of an uncertainty in a draw.
  fileprivate func place(of name: String) -> Int {
    model.parameterSpace.uncertainties.firstIndex { $0.name == name } ?? 0
  }
}
