@testable import Batches
@testable import Storage
@testable import Studies
import Scenarios
import Simulation
import Testing

@testable import Reporting

@Suite struct BatchPlanTests {
  private func plan(replicates: [Int], shards: Int) throws -> BatchPlan {
    let experiments = try replicates.map { replicates in
      let scenario = try SmallRun.scenario(SmallRun.yaml(replicates: replicates))
      return PlannedExperiment(Experiment(scenario), folder: "")
    }
    return BatchPlan(experiments, shards: shards)
  }

  @Test(arguments: [1, 2, 3, 7, 40]) func everyBlockIsDealtToOneShard(shards: Int) throws {
    let plan = try plan(replicates: [10, 5000, 1024, 12_000], shards: shards)
    var dealt = 0
    for shard in 0..<shards {
      for entry in plan.entries.indices {
        let blocks = plan.blocks(of: entry, in: shard)
        #expect(blocks.allSatisfy { plan.shard(of: $0, of: entry) == shard })
        #expect(blocks.allSatisfy { plan.entries[entry].blocks.contains($0) })
        #expect(Array(blocks) == blocks.sorted { $0.index < $1.index })
        dealt += blocks.count
      }
    }
    #expect(dealt == 1 + 5 + 1 + 12)
    #expect((0..<shards).reduce(0) { $0 + plan.replicates(in: $1) } == 18_034)
    let counts = (0..<shards).map { plan.blockCount(in: $0) }
    let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
    #expect(most - least <= plan.entries.count, "\(counts)")
  }

  @Test func whatIsToBeTypedNextCanBePasted() throws {
    let text = try plan(replicates: [10], shards: 2).text(in: BatchFolder("my results"))
    #expect(text.contains("chokepoint run --shard 0/2 --output 'my results', and so on"))
    #expect(text.contains("then chokepoint merge 'my results'\n"))
  }

  /// The longest of the points keeps counts alone, the other one every value.
  @Test func theFootprintIsThatOfThePointThatTakesMost() throws {
    func point(replicates: Int, exactValues: Int) throws -> Scenario {
      try SmallRun.scenario(
        SmallRun.yaml(replicates: replicates).replacing(
          "replicates: \(replicates)",
          with: "replicates: \(replicates), exact_values: \(exactValues)"))
    }
    let long = try point(replicates: 300_000, exactValues: 1)
    let large = try point(replicates: 200_000, exactValues: 1_000_000_000)
    for points in [[long, large], [large, long]] {
      let experiment = Experiment(long, points: points)
      let footprint = experiment.footprint(threads: 1)
      #expect(footprint.replicates == 200_000)
      #expect(footprint.bytes == RunFootprint(of: large, threads: 1).bytes)
    }
  }
}
