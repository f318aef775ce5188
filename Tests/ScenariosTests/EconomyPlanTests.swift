import Glibc
@testable import PolicyModel
import Scenarios
import Testing

@testable import Simulation

/// Plans that are missed, and the largest cluster that stands.
@Suite struct EconomyPlanTests {
  /// By step: what American owners mean to spend, over what they mean to without a deviation.
  private static func spending(deviation: Double) async throws -> [Double] {
    var sketch = EconomySketch(
      end: "2028-06", replicates: 1,
      regimes: [
        .init(id: "as-planned", set: ["spending_plans.plan_deviation": "0"]),
        .init(id: "missed", set: ["spending_plans.plan_deviation": "\(deviation)"]),
      ])
    // What is carried over would bring one month's deviation into the next.
    for place in sketch.regimes.indices {
      sketch.regimes[place].set["spending_plans.carried_share"] = "0"
    }
    sketch.metrics = "[planned_spending_usd]"
    let results = try await sketch.run()
    let planned = try results.series("planned_spending_usd", "US", "as-planned")
    let missed = try results.series("planned_spending_usd", "US", "missed")
    return zip(planned, missed).map { $1[0] / $0[0] }
  }

  @Test func `years that are known are as they were, and plans are all missed alike`() async throws
  {
    let ratios = try await Self.spending(deviation: log(2))
    // To the middle of 2025 all is known; from the middle of 2026 on all is planned.
    #expect(ratios[..<33].allSatisfy { abs($0 - 1) < 1e-9 })
    #expect(ratios[45...].allSatisfy { abs($0 - 2) < 1e-9 })
    #expect(zip(ratios[32..<45], ratios[33...45]).allSatisfy { $0 < $1 })
  }

  /// A run begins on a share of all chips at work at most, and a larger share lets larger runs begin.
  @Test func `no run is larger than the largest cluster`() throws {
    for limit in [0.0005, 0.01] {
      let sketch = EconomySketch(
        end: "2024-06", replicates: 3,
        regimes: [
          .init(
            id: "free",
            set: ["training_runs.largest_cluster_share": "\(limit)"])
        ])
      var most = 0.0
      try EconomyConservationTests.watch(sketch) { world, _ in
        let atWork = world.economy.power.factor.indices.reduce(0) {
          $0 + world.economy.fleets.h100e(in: $1)
        }
        for lab in world.economy.labs.indices {
          let state = world.economy.labs[lab]
          guard let run = state.run, state.fleet.pretraining > 0 else { continue }
          // Of the month in which it begins, in which nothing of it has been done.
          guard run.flop == 0, run.reinforcementFlop == 0 else { continue }
          let cluster = run.cluster / state.fleet.pretraining * state.fleet.h100e
          most = max(most, cluster / atWork)
        }
      }
      #expect(abs(most / limit - 1) < 1e-9)
    }
  }

  /// Published estimates of a run count all of its training; the size of the model goes with pretraining.
  @Test func `the FLOP of a run are those of pretraining and of reinforcement learning`() throws {
    let sketch = EconomySketch(
      end: "2024-06", replicates: 3,
      regimes: [
        .init(
          id: "free",
          set: [
            "training_runs.reinforcement_share_at_first": "0.01",
            "training_runs.reinforcement_growth_per_year": "0",
          ])
      ])
    var ratios: [Double] = []
    try EconomyConservationTests.watch(sketch) { world, _ in
      for lab in world.economy.labs.indices {
        guard let model = world.economy.labs[lab].finished else { continue }
        ratios.append(model.flop / model.pretraining)
        #expect(world.economy.labs[lab].largestFlop >= model.flop)
        #expect(world.economy.labs[lab].largestPretraining >= model.pretraining)
      }
    }
    #expect(!ratios.isEmpty && ratios.allSatisfy { abs($0 - 1.01) < 1e-9 })
  }
}
