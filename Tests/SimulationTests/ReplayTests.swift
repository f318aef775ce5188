import Simulation
import Stochastics
import Testing

@Suite struct ReplayTests {
  @Test(arguments: [Design.Kind.mc, .lhs, .sobol])
  func aReplayHasTheBitsOfTheWholeRun(kind: Design.Kind) async throws {
    let walks = Walks()
    let whole = try await walks.results(kind, replicates: 2080, threads: 2)
    let engine = Engine(model: walks, design: try walks.design(kind, replicates: 2080))
    for replicate in [0, 31, 32, 1023, 1024, 2079] {
      for regime in walks.regimes.indices {
        let replay = engine.replay(replicate: replicate, regime: regime) { _, _ in }
        let expected = (0..<whole.layout.cellCount).map {
          whole.values(regime: regime, cell: $0)[replicate]
        }
        #expect(replay.values.map(\.bitPattern) == expected.map(\.bitPattern))
        #expect(replay.draw.values == whole.draws[replicate].values)
        #expect(replay.failure == nil)
      }
    }
  }

  @Test func everyStepIsSeenOnceAndTheLastStateIsKept() throws {
    let walks = Walks(stepCount: 5)
    let engine = Engine(model: walks, design: try walks.design(replicates: 10))
    var seen: [(step: Int, luck: Int)] = []
    let replay = engine.replay(replicate: 3, regime: 2) { state, step in
      seen.append((step, state.luck.count))
    }
    #expect(seen.map(\.step) == [0, 1, 2, 3, 4])
    #expect(seen.map(\.luck) == [2, 4, 6, 8, 10])
    #expect(replay.state.luck.count == 10)
    #expect(replay.replicate == 3 && replay.regime == 2)
  }

  @Test func aFailureIsThatOfTheWholeRun() async throws {
    let walks = Walks(faults: [.init(replicate: 7, regime: 1, step: 2, agent: 1)])
    let whole = try await walks.results(replicates: 20)
    let engine = Engine(model: walks, design: try walks.design(replicates: 20))
    let replay = engine.replay(replicate: 7, regime: 1) { _, _ in }
    #expect(replay.failure == whole.failures.first)
    #expect(replay.failure != nil)
    #expect(engine.replay(replicate: 7, regime: 0) { _, _ in }.failure == nil)
  }

  @Test func anErrorOfTheObserverEndsTheReplay() throws {
    struct Enough: Error {}
    let walks = Walks(stepCount: 5)
    let engine = Engine(model: walks, design: try walks.design(replicates: 1))
    var seen = 0
    #expect(throws: Enough.self) {
      _ = try engine.replay(replicate: 0, regime: 0) { (_, step) throws(Enough) in
        seen += 1
        if step == 1 { throw Enough() }
      }
    }
    #expect(seen == 2)
  }

  @Test func aReplicateOrRegimeThatIsNotThereStopsTheProcess() async {
    await #expect(processExitsWith: .failure) {
      let walks = Walks()
      let engine = Engine(model: walks, design: try walks.design(replicates: 5))
      _ = engine.replay(replicate: 5, regime: 0) { _, _ in }
    }
    await #expect(processExitsWith: .failure) {
      let walks = Walks()
      let engine = Engine(model: walks, design: try walks.design(replicates: 5))
      _ = engine.replay(replicate: 0, regime: 3) { _, _ in }
    }
  }
}
