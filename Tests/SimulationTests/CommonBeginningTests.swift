import Simulation
import Stochastics
import Testing

/// What regimes have in common is computed once, and nobody can tell from the numbers.
@Suite struct CommonBeginningTests {
  private static let alone = Walks(stepCount: 5, pushFrom: 3)

  private static func together(_ beginnings: [Int: CommonBeginning]) -> Walks {
    Walks(stepCount: 5, pushFrom: 3, beginnings: beginnings)
  }

  @Test(arguments: [
    [2: CommonBeginning(as: 0, forSteps: 3)],
    [1: CommonBeginning(as: 0, forSteps: 5), 2: CommonBeginning(as: 1, forSteps: 3)],
    [1: CommonBeginning(as: 0, forSteps: 1), 2: CommonBeginning(as: 0, forSteps: 1)],
  ])
  func noBitChanges(beginnings: [Int: CommonBeginning]) async throws {
    let alone = try await Self.alone.results(.lhs, replicates: 80)
    let together = try await Self.together(beginnings).results(.lhs, replicates: 80, threads: 2)
    #expect(together.bits == alone.bits)
  }

  @Test func aClaimThatIsFalseShows() async throws {
    let alone = try await Self.alone.results(replicates: 20)
    let together = try await Self.together([2: CommonBeginning(as: 0, forSteps: 4)])
      .results(replicates: 20)
    #expect(together.bits != alone.bits)
  }

  @Test(arguments: [1, 4]) func aFailureInTheCommonPartIsOneOfBoth(step: Int) async throws {
    let faults = [0, 2].map { Walks.Fault(replicate: 7, regime: $0, step: step, agent: 1) }
    var (alone, together) = (Self.alone, Self.together([2: CommonBeginning(as: 0, forSteps: 3)]))
    alone.faults = faults
    together.faults = faults
    let expected = try await alone.results(replicates: 20).failures
    #expect(expected.count == 2)
    #expect(try await together.results(replicates: 20).failures == expected)
  }

  @Test func aReplayIsComputedByItself() async throws {
    let walks = Self.together([2: CommonBeginning(as: 0, forSteps: 3)])
    let engine = Engine(model: walks, design: try walks.design(replicates: 10))
    let whole = try await walks.results(replicates: 10)
    let replay = engine.replay(replicate: 4, regime: 2) { _, _ in }
    let expected = (0..<whole.layout.cellCount).map { whole.values(regime: 2, cell: $0)[4] }
    #expect(replay.values.map(\.bitPattern) == expected.map(\.bitPattern))
  }
}
