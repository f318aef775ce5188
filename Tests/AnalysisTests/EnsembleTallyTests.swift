import Simulation
import Stochastics
import Testing

@testable import Analysis

/// A model of one draw a step, whose values have gaps, times and codes.
private struct Dice: Model {
  var regimes = ["reference", "loaded"]
  let timeline = Timeline(stepCount: 3, stepYears: 1)
  let parameterSpace = ParameterSpace.certain
  let phases: [Phase<State>]
  let stepColumns = [Dice.column("sum"), Dice.column("gaps")]
  let outcomeColumns = [Dice.column("first_six"), Dice.column("last")]

  struct State {
    let regime: Int
    var sum = 0.0
    var last = 0.0
    var step = 0
    var firstSix: Int?
  }

  private static func column(_ name: String) -> Column {
    Column(entity: "dice", metric: Metric(name: name, unit: "1", definition: "A number."))
  }

  init() {
    phases = [
      Phase("throw") { state, context in
        var stream = context.replicate.stream(.parameters, step: context.step)
        let face = (stream.uniform() * 6).rounded(.down) + 1
        state.last = state.regime == 1 && face == 5 ? 6 : face
        state.sum += state.last * 1.7
        state.step = context.step
        if state.last == 6, state.firstSix == nil { state.firstSix = context.step }
      }
    ]
  }

  func initialState(of replicate: Replicate, under draw: ParameterDraw) -> State {
    State(regime: replicate.regime)
  }

  func recordStep(_ state: State, into recorder: inout Recorder) {
    recorder.record(state.sum == 1.7 * 18 ? .infinity : state.sum)
    if state.last < 3 { recorder.recordMissing() } else { recorder.record(state.last - 4.5) }
  }

  func recordOutcomes(_ state: State, into recorder: inout Recorder) {
    if let first = state.firstSix {
      recorder.record(Double(first))
    } else {
      recorder.recordMissing()
    }
    recorder.record(state.last)
  }
}

@Suite struct EnsembleTallyTests {
  private static let replicates = 3088

  private struct Run {
    let engine: Engine<Dice>
    let plan: CellPlan

    init(_ kind: Design.Kind) throws {
      let design = try Design(
        kind, replicates: EnsembleTallyTests.replicates, seed: 5, parameters: [])
      engine = Engine(model: Dice(), design: design)
      let kinds: [CellPlan.Kind] = [.compared, .compared, .compared, .alone, .compared, .compared]
      plan = CellPlan(
        regimes: engine.model.regimes, layout: engine.layout, kinds: kinds + [.time, .code],
        statements: [.init(regime: 1, cell: 4) { $0 >= 20 }, .init(regime: 0, cell: 5) { $0 > 0 }])
    }

    func tally(threads: Int = 2) -> EnsembleTally {
      EnsembleTally(
        plan, replicatesPlanned: engine.design.replicates,
        randomisations: engine.design.randomisations, bits: 8, threads: threads,
        cellsOfPiece: 3)
    }

    /// What some blocks come to: their numbers, failures, and all counts together.
    func shard(_ blocks: [Block]) async throws -> Shard {
      let tally = tally(threads: 1)
      var shard = Shard()
      var failures: [ReplicateFailure] = []
      try await engine.run(blocks, threads: 1) { slice in
        await tally.fold(slice, randomisation: engine.design.randomisation)
        failures += slice.failures
        guard slice.slice.isLastOfBlock else { return }
        shard.blocks[slice.slice.block.index] = (await tally.endBlock(), failures)
        failures = []
      }
      for piece in 0..<tally.pieceCount { shard.counts.append(await tally.counts(ofPiece: piece)) }
      return shard
    }
  }

  private struct Shard {
    var blocks: [Int: (numbers: [Double], failures: [ReplicateFailure])] = [:]
    var counts: [[UInt8]] = []
  }

  private func whole(_ run: Run, threads: Int) async throws -> EnsembleStatistics {
    let tally = run.tally(threads: threads)
    try await run.engine.run(threads: threads) { slice in
      await tally.fold(slice, randomisation: run.engine.design.randomisation)
      if slice.slice.isLastOfBlock { _ = await tally.endBlock() }
    }
    return await tally.statistics()
  }

  @Test(arguments: [Design.Kind.mc, .lhs])
  func aTallyIsWhatAllValuesAmountTo(kind: Design.Kind) async throws {
    let run = try Run(kind)
    let tallied = try await whole(run, threads: 2)
    let ensemble = try await run.engine.runKeepingAll(threads: 2)
    let exact = await EnsembleStatistics(
      of: ensemble, run.plan, randomisations: ensemble.randomisations(of: run.engine.design),
      threads: 2)
    #expect(tallied.failures == exact.failures && exact.replicatesFailed > 5)
    #expect(tallied.codes == exact.codes && exact.codes[0][7] == [1, 2, 3, 4, 5, 6])
    #expect(tallied.passages == exact.passages && exact.passages[0][6] != nil)
    #expect(tallied.orders == exact.orders && exact.orders[1][6] != nil)
    #expect(tallied.shares == exact.shares && exact.shares.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(tallied.quantileRule == .binned(bits: 8) && exact.quantileRule == .exact)
    for regime in 0..<2 {
      for cell in 0..<run.engine.layout.cellCount {
        expectClose(tallied.summaries[regime][cell], exact.summaries[regime][cell])
        let (ours, exact) = (tallied.comparisons[regime][cell], exact.comparisons[regime][cell])
        #expect((ours == nil) == (exact == nil))
        expectClose(ours?.difference, exact?.difference)
        expectClose(ours?.ratio, exact?.ratio)
        #expect(ours?.shareHigher == exact?.shareHigher)
        #expect(isClose(ours?.varianceReduction, exact?.varianceReduction, 1e-9))
      }
    }
  }

  private func isClose(_ ours: Double?, _ exact: Double?, _ tolerance: Double) -> Bool {
    guard let ours, let exact else { return ours == nil && exact == nil }
    return abs(ours - exact) <= tolerance * max(1, abs(exact))
  }

  private func expectClose(_ ours: Summary?, _ exact: Summary?) {
    #expect(ours?.count == exact?.count)
    #expect(isClose(ours?.mean, exact?.mean, 1e-12))
    #expect(isClose(ours?.standardDeviation, exact?.standardDeviation, 1e-12))
    #expect(isClose(ours?.monteCarloError, exact?.monteCarloError, 1e-10))
    for (ours, exact) in zip(ours?.quantiles ?? [], exact?.quantiles ?? []) {
      #expect(isClose(ours, exact, 1 / 256.0 * 1.000_001))
    }
  }

  @Test(arguments: [Design.Kind.mc, .lhs], [1, 2, 3, 5])
  func anyShardingGivesTheSameBits(kind: Design.Kind, shards: Int) async throws {
    let run = try Run(kind)
    let together = try await whole(run, threads: 3)
    let blocks = Block.blocks(of: Self.replicates)
    var parts: [Shard] = []
    for shard in (0..<shards).reversed() {
      parts.append(try await run.shard(blocks.filter { $0.index % shards == shard }))
    }
    let tally = run.tally(threads: 2)
    for block in blocks {
      let found = try #require(parts.compactMap { $0.blocks[block.index] }.first)
      await tally.fold(block: found.numbers, failures: found.failures)
    }
    for part in parts {
      for (piece, counts) in part.counts.enumerated() {
        try await tally.merge(counts: counts, ofPiece: piece)
      }
    }
    let merged = await tally.statistics()
    #expect(merged.failures == together.failures)
    #expect(merged.summaries == together.summaries)
    #expect(merged.comparisons == together.comparisons)
    #expect(merged.passages == together.passages && merged.orders == together.orders)
    #expect(merged.codes == together.codes && merged.shares == together.shares)
  }

  @Test func threadsChangeNothing() async throws {
    let run = try Run(.mc)
    let alone = try await whole(run, threads: 1)
    let together = try await whole(run, threads: 5)
    #expect(alone.summaries == together.summaries && alone.comparisons == together.comparisons)
  }

  @Test func countsOfAnotherEnsembleAreRefused() async throws {
    let pieces = try await Run(.mc).shard([Block.blocks(of: Self.replicates)[0]]).counts
    #expect(pieces.count == 4)
    for (piece, counts) in pieces.enumerated() {
      for wrong in [Array(counts.dropLast()), counts + [0], []] {
        await #expect(throws: TallyFault.self) {
          try await Run(.mc).tally().merge(counts: wrong, ofPiece: piece)
        }
      }
    }
  }

  @Test func theRuleIsDecidedByWhatIsRunAlone() throws {
    let plan = try Run(.mc).plan
    #expect(plan.valueCount == 16 && plan.pairCount == 5)
    #expect(QuantileRule(replicates: 100, of: plan, exactValues: 1600) == .exact)
    #expect(QuantileRule(replicates: 101, of: plan, exactValues: 1600) == .binned(bits: 8))
    #expect(QuantileRule.exact.relativeError == 0)
  }
}
