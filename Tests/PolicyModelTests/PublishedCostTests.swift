import PolicyModel
import Quantities
import Simulation
import Testing

/// Costs that others printed (arXiv:2412.19437, Nature s41586-025-09422-z, arXiv:2405.21015), and
/// the closed forms of docs/ODD.md 7.20.
@Suite struct PublishedCostTests {
  @Test func deepSeekToTheDollar() async throws {
    let readings = try await DeepSeek.world().results()
    #expect(readings.outcome("v3", "chip_hours") == 2_788_000)
    #expect(readings.cost("v3", "final_run") == 5_576_000)
    #expect(readings.outcome("v3", "pretraining_accelerator_renting") == 5_328_000)
    #expect(readings.outcome("v3", "context_extension_accelerator_renting") == 238_000)
    #expect(readings.outcome("v3", "post_training_accelerator_renting") == 10_000)
    #expect(readings.cost("v3", "last_stage") == 0)
    #expect(readings.outcome("r1", "final_run_chip_hours") == 147_336)
    let finalDays = try #require(readings.outcome("r1", "final_run_days"))
    #expect(abs(finalDays - 147_336.0 / 512 / 24) < 1e-9, "without the trials on A100s")
    #expect(readings.outcome("r1", "chip_hours") == 247_336)
    #expect(readings.cost("r1", "last_stage") == 294_672)
    #expect(readings.cost("r1", "final_run") == 294_672)
    #expect(readings.cost("deepseek", "final_run") == 5_870_672)
    let days = try #require(readings.outcome("v3.pretraining", "days"))
    #expect(abs(days - 54.2) < 0.1)
    let mfu = try #require(readings.outcome("v3.pretraining", "realised_mfu"))
    #expect(abs(mfu - 0.3464) < 5e-5)
    let flop = try #require(readings.outcome("v3.pretraining", "training_flop"))
    #expect(abs(flop / 3.2856e24 - 1) < 1e-12)
  }

  @Test func clusterAndFleet() async throws {
    let readings = try await DeepSeek.world().results()
    #expect(readings.cost("v3", "purchase_chips") == 61_440_000)
    let cluster = try #require(readings.cost("v3", "purchase_cluster"))
    #expect(abs(cluster / 121_362_963 - 1) < 1e-8)
    #expect(readings.cost("deepseek", "fleet_chips") == 922_680_000)
    let fleet = try #require(readings.cost("deepseek", "fleet"))
    #expect(abs(fleet / 1_476_288_000 - 1) < 1e-12)
    #expect(readings.cost("r1", "purchase_cluster") == 0)
    #expect(readings.outcome("v3", "cost_fleet_usd") == nil)
  }

  /// A run on A100s or V100s, and the price of its chips at the start.
  private func amortised(
    hours: Double, chips: Double, price: Double, overhead: Double, watts: Double, power: Double,
    perKWh: Double
  ) async throws -> (chip: Double, server: Double, network: Double, energy: Double, all: Double) {
    var chip = TestChips.a100
    // The printed price has the server in it.
    chip.purchase = price / (1 + overhead)
    chip.power = watts
    let world = SmallWorld(
      months: 36, chips: [TestChips.h100, chip],
      runs: [
        .init(
          id: "run", documented: "a100", candidates: ["a100"], chips: chips,
          stages: [.init(id: "pretraining", hours: hours)])
      ],
      constants: [
        "ledger.server_overhead": overhead, "ledger.server_power_multiplier": power,
        "ledger.energy_price_usd_per_kwh": perKWh,
      ])
    let readings = try await world.results()
    let parts = try ["accelerator", "server", "interconnect", "energy"].map {
      try #require(readings.outcome("run", "pretraining_\($0)_owning")) / 1e6
    }
    let all = try #require(readings.cost("run", "amortised")) / 1e6
    return (parts[0], parts[1], parts[2], parts[3], all)
  }

  @Test func amortisedCostOfGPT4() async throws {
    let cost = try await amortised(
      hours: 57e6, chips: 25_000, price: 14_165.05, overhead: 0.66, watts: 400,
      power: 6.5 / 8 / 0.4, perKWh: 0.0806)
    #expect(abs(cost.chip / 17.89 - 1) < 0.005)
    #expect(abs(cost.server / 11.81 - 1) < 0.005)
    #expect(abs(cost.network / 6.96 - 1) < 0.005)
    #expect(abs(cost.energy / 3.50 - 1) < 0.005)
    #expect(abs(cost.all / 40.16 - 1) < 0.005)
  }

  @Test func amortisedCostOfGPT3() async throws {
    let cost = try await amortised(
      hours: 3_552_000, chips: 10_000, price: 12_377.38, overhead: 0.69, watts: 300,
      power: 5.0 / 3, perKWh: 0.0667)
    #expect(abs(cost.chip / 0.957 - 1) < 0.005)
    #expect(abs(cost.server / 0.660 - 1) < 0.005)
    #expect(abs(cost.network / 0.379 - 1) < 0.005)
    #expect(abs(cost.energy / 0.111 - 1) < 0.005)
    #expect(abs(cost.all / 2.107 - 1) < 0.005)
  }

  /// Staff is s of the whole of development, and so s / (1 - s) of the rest.
  @Test(arguments: [0.0, 0.29, 0.39, 0.49])
  func staffIsItsShareOfDevelopment(share: Double) async throws {
    var world = DeepSeek.world()
    world.constants = ["ledger.staff_share": share]
    let readings = try await world.results()
    for run in ["v3", "r1"] {
      let development = try #require(readings.cost(run, "development"))
      let staff = readings.model.ledgerColumns
        .filter { $0.entity == run && $0.category == .staff && $0.side == .dollars(.renting) }
        .reduce(0) { $0 + (readings.outcome(run, "\($1.stage.rawValue)_staff_renting") ?? .nan) }
      #expect(abs(staff - share * development) <= 1e-9 * development)
    }
  }

  /// (hours x (1 + 4 + 0.1) x $2 + data) / (1 - 0.39) for V3; R1 has its trials on A100s besides.
  @Test func developmentByHand() async throws {
    let readings = try await DeepSeek.world().results()
    let v3 = try #require(readings.cost("v3", "development"))
    #expect(abs(v3 / ((5_576_000 * 5.1 + 5e6) / 0.61) - 1) < 1e-12)
    let r1 = try #require(readings.cost("r1", "development"))
    #expect(abs(r1 / ((294_672 * 5.1 + 100_000 * 2.73 + 1e6) / 0.61) - 1) < 1e-12)
    let lab = try #require(readings.cost("deepseek", "development"))
    #expect(abs(lab / (v3 + r1) - 1) < 1e-12)
  }

  /// 40% of 30,000: an H20-hour is reckoned at 40% of an H800-hour.
  @Test func aRentThatNobodyPublishedFollowsPrices() async throws {
    var world = DeepSeek.world()
    world.months = 24
    world.regimes = [("h20-only", [.threshold(tpp: 4800)])]
    let readings = try await world.results()
    #expect(readings.outcome("v3.pretraining", "chip_place") == 3)
    let hours = try #require(readings.outcome("v3", "chip_hours"))
    let cost = try #require(readings.cost("v3", "final_run"))
    #expect(abs(cost / (hours * 0.8) - 1) < 1e-12)
  }

  @Test func aChipWithoutPriceFailsTheReplicateRatherThanCostNothing() async throws {
    let changes: [(inout TestChips.Figures) -> Void] = [
      { $0.purchase = nil }, { $0.power = nil },
    ]
    for change in changes {
      var world = DeepSeek.world()
      change(&world.chips[1])
      let readings = try await world.results()
      #expect(readings.ensemble.replicates.isEmpty)
      #expect(!readings.ensemble.failures.isEmpty)
    }
  }

  @Test func aPriceThatIsSetReplacesThePublishedOne() async throws {
    var world = DeepSeek.world()
    world.constants["chips.h800.rent_usd_per_hour"] = 3
    let dearer = try await world.results()
    #expect(dearer.cost("v3", "final_run") == 8_364_000)
    #expect(dearer.cost("v3", "purchase_chips") == 61_440_000)
    let plain = try await DeepSeek.world().results()
    #expect(dearer.cost("v3", "amortised") == plain.cost("v3", "amortised"))
  }

  @Test func cumulativeViewsEndAtTheOutcome() async throws {
    let readings = try await DeepSeek.world().results()
    for view in CostView.all {
      let name = view.metricName.replacing("_usd", with: "_cumulative_usd")
      let months = readings.monthly("deepseek", name)
      #expect(months.count == 8)
      #expect(months.last == readings.outcome("deepseek", view.metricName))
      #expect(zip(months, months.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }
}
