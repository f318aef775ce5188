@testable import PolicyModel
import Scenarios
import Testing

/// What labs' books say of chips that are rented and of chips that were diverted: what is paid (docs/ODD.md 7.20).
@Suite struct EconomyBooksTests {
  /// Hardware loses no value, so that nothing but rent is an owned cost; and no chip fails.
  private static let set = [
    "ledger.price_performance_growth_oom_per_year": "0", "fleets.failures_per_year": "0",
    "fleets.retirement_per_year": "0", "grey_market.stop_hazard_per_year": "0",
    "remote_access.offered_share": "0.5", "remote_access.openness": "1",
    "remote_access.penalty": "0.4",
  ]

  private static func sketch(_ lab: String, _ lines: String = "") -> EconomySketch {
    EconomySketch(
      end: "2024-12", replicates: 1,
      world: "  labs:\n    - {id: \(lab), fleet_share: \(share)\(lines)}\n",
      regimes: [.init(id: "rules", rules: EconomySketch.rulesAsTheyWere, set: set)],
      metrics: "[stock_h100e]")
  }

  private static let share = 0.3

  /// Where a lab and the owner of its chips stand.
  private struct Lab {
    let place, developer, owner: Int
    let market: MarketIndex

    init(_ id: String, _ sketch: EconomySketch) throws {
      let blueprint = try sketch.scenario().blueprint
      place = try #require(blueprint.world.labs.firstIndex { $0.id == id })
      let (lab, layout) = (place, blueprint.layout)
      developer = try #require(layout.developers.firstIndex { $0.lab == lab })
      owner = layout.developers[developer].developer.fleetOwners[0]
      market = layout.marketOfOwner[owner]
    }

    func entry(_ stage: Stage, _ category: CostCategory, _ world: borrowing World) -> Ledger.Entry {
      world.ledger.entry(world.ledger.account(ofLab: place), stage, category)
    }

    /// The owner's part of what all that was paid for diverted chips has brought.
    func part(_ world: borrowing World) -> Double {
      let all = world.economy.fleets.paidForPool.reduce(0, +)
      return all > 0 ? world.economy.fleets.paidForPool[owner] / all : 0
    }

    /// What the lab uses of chips that its owner bought.
    func owned(_ world: borrowing World) -> FleetVector {
      (world.economy.fleets.held[owner] + world.economy.fleets.poolFleet * part(world)) * share
    }
  }

  @Test func `rented chips cost what is paid for them, to rent and to own`() throws {
    let sketch = Self.sketch("alibaba-qwen")
    let lab = try Lab("alibaba-qwen", sketch)
    let stages: [Stage] = [.inference, .experiments, .pretraining, .reinforcementLearning, .failed]
    var (before, months) = ((renting: 0.0, owning: 0.0), 0)
    try EconomyConservationTests.watch(sketch) { world, _ in
      let paid =
        Self.share * world.economy.sales.claim[lab.owner] * world.economy.remote.rented[lab.market]
        * world.economy.remote.monthlyRent
      var booked = (renting: 0.0, owning: 0.0)
      for stage in stages {
        booked.renting += lab.entry(stage, .accelerator, world).renting
        booked.owning += lab.entry(stage, .accelerator, world).owning
        #expect(lab.entry(stage, .server, world).owning == 0, "the server is in the rent")
      }
      let rent = paid + lab.owned(world).rent * hoursPerMonth
      #expect(abs(booked.renting - before.renting - rent) <= 1e-9 * booked.renting)
      #expect(abs(booked.owning - before.owning - paid) <= 1e-9 * booked.renting)
      before = booked
      if paid > 0 { months += 1 }
    }
    #expect(months > 20)
  }

  @Test func `what is rented is not bought`() throws {
    let sketch = Self.sketch("alibaba-qwen")
    let lab = try Lab("alibaba-qwen", sketch)
    var (largest, chips, months) = (0.0, 0.0, 0)
    try EconomyConservationTests.watch(sketch) { world, _ in
      let state = world.economy.labs[lab.developer]
      let cluster = lab.owned(world) * state.runShare
      if state.worked != nil, cluster.price > largest {
        chips += cluster.chips * (cluster.price - largest) / cluster.price
        largest = cluster.price
        if world.economy.remote.rented[lab.market] > 0 { months += 1 }
      }
      let bought = lab.entry(.acquisition, .accelerator, world)
      #expect(abs(bought.owning - largest) <= 1e-9 * largest)
      #expect(abs(bought.quantity - chips) <= 1e-9 * chips)
    }
    #expect(months > 2)
  }

  @Test func `hours lost to interruptions are in the cost of a level`() async throws {
    let sketch = EconomySketch(
      end: "2022-12", replicates: 2,
      regimes: [
        .init(id: "unhurt", set: ["throughput.interruption_loss": "0"]),
        .init(id: "half", set: ["throughput.interruption_loss": "0.5"]),
      ], metrics: "[cost_to_gpt4_level_usd]")
    let results = try await sketch.run()
    let (unhurt, half) = (
      try results.series("cost_to_gpt4_level_usd", "openai", "unhurt")[0],
      try results.series("cost_to_gpt4_level_usd", "openai", "half")[0]
    )
    #expect(unhurt.count == 2 && unhurt.allSatisfy { $0 > 0 })
    #expect(zip(unhurt, half).allSatisfy { abs($1 / $0 - 2) < 1e-12 })
  }
}
