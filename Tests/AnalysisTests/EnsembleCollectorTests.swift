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

@Suite struct EnsembleCollectorTests {
  private static let replicates = 3088

  private struct Run {
    let engine: Engine<Dice>
    let plan: CellPlan

    init(_ kind: Design.Kind) throws {
      let design = try Design(
        kind, replicates: EnsembleCollectorTests.replicates, seed: 5, parameters: [])
      engine = Engine(model: Dice(), design: design)
      let kinds: [CellPlan.Kind] = [.compared, .compared, .compared, .alone, .compared, .compared]
      plan = CellPlan(
        regimes: engine.model.regimes, layout: engine.layout, kinds: kinds + [.time, .code],
        statements: [.init(regime: 1, cell: 4) { $0 >= 20 }, .init(regime: 0, cell: 5) { $0 > 0 }],
        curves: [1, 3])
    }

    func collector(exactly: Bool = false, threads: Int = 2) -> EnsembleCollector {
      EnsembleCollector(
        plan, engine.design, exactValues: exactly ? .max : 0, threads: threads, cellsOfPiece: 3)
    }

    /// What some blocks come to, or all: the collector and its records.
    func collected(
      _ blocks: [Block]? = nil, exactly: Bool = false, threads: Int = 2
    ) async throws -> (collector: EnsembleCollector, records: [BlockRecord]) {
      var collector = collector(exactly: exactly, threads: threads)
      var records: [BlockRecord] = []
      let blocks = blocks ?? Array(Block.blocks(of: engine.design.replicates))
      try await engine.run(blocks, threads: threads) { slice in
        if let record = await collector.fold(slice) { records.append(record) }
      }
      return (collector, records)
    }

    func statistics(exactly: Bool = false, threads: Int = 2) async throws -> EnsembleStatistics {
      try await collected(exactly: exactly, threads: threads).collector
        .statistics(threads: threads)
    }
  }

  @Test(arguments: [Design.Kind.mc, .lhs])
  func binsAmountToWhatAllValuesDo(kind: Design.Kind) async throws {
    let run = try Run(kind)
    let tallied = try await run.statistics()
    let exact = try await run.statistics(exactly: true)
    #expect(tallied.failures == exact.failures && exact.replicatesFailed > 5)
    #expect(tallied.codes == exact.codes && exact.codes[0][7] == [1, 2, 3, 4, 5, 6])
    #expect(tallied.passages == exact.passages && exact.passages[0][6] != nil)
    #expect(tallied.orders == exact.orders && exact.orders[1][6] != nil)
    #expect(exact.orders[0][6] == nil, "the reference is held to nothing")
    #expect(tallied.shares == exact.shares && exact.shares.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(tallied.quantileRule == .binned(bits: 8) && exact.quantileRule == .exact)
    let shown = [4, 24, 49, 74, 94]
    for regime in 0..<2 {
      #expect(exact.curves[regime].keys.sorted() == [1, 3], "the whole only where it is asked for")
      for statistics in [exact, tallied] {
        for (cell, curve) in statistics.curves[regime] {
          #expect(curve.count == 99 && curve == curve.sorted())
          #expect(shown.map { curve[$0] } == statistics.summaries[regime][cell]?.quantiles)
        }
      }
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

  /// Columns by replicate, summed up by themselves, come to what the whole run tells of them.
  @Test(arguments: [Design.Kind.mc, .lhs])
  func cellsThatAreKeptComeToTheSame(kind: Design.Kind) async throws {
    let run = try Run(kind)
    let exact = try await run.engine.statistics(run.plan, exactValues: .max, threads: 2)
    let kept = try await run.engine.runKeeping([6, 1], threads: 2)
    let all = try await run.engine.runKeepingAll(threads: 1)
    #expect(kept.replicates == all.replicates && kept.failures == all.failures)
    for (cell, kind) in [(1, CellPlan.Kind.compared), (6, .time)] {
      let columns = run.plan.regimes.indices.map { kept.values(regime: $0, cell: cell) }
      for (regime, column) in columns.enumerated() {
        let bits = all.values(regime: regime, cell: cell).map(\.bitPattern)
        #expect(column.map(\.bitPattern) == bits)
      }
      let statistics = CellStatistics.all(
        of: columns, as: kind,
        randomisations: run.engine.design.randomisations(of: kept.replicates))
      for (regime, cellStatistics) in statistics.enumerated() {
        #expect(cellStatistics.summary == exact.summaries[regime][cell])
        #expect(cellStatistics.comparison == exact.comparisons[regime][cell])
        #expect(cellStatistics.passage == exact.passages[regime][cell])
        #expect(cellStatistics.order == exact.orders[regime][cell])
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

  private func expectSame(_ ours: EnsembleStatistics, _ others: EnsembleStatistics) {
    #expect(ours.failures == others.failures)
    #expect(ours.summaries == others.summaries)
    #expect(ours.comparisons == others.comparisons)
    #expect(ours.passages == others.passages && ours.orders == others.orders)
    #expect(ours.codes == others.codes && ours.shares == others.shares)
  }

  @Test(arguments: [Design.Kind.mc, .lhs], [(1, false), (2, false), (5, false), (3, true)])
  func anyShardingGivesTheSameBits(
    kind: Design.Kind, sharding: (shards: Int, exactly: Bool)
  ) async throws {
    let run = try Run(kind)
    let together = try await run.statistics(exactly: sharding.exactly, threads: 3)
    let blocks = Block.blocks(of: Self.replicates)
    var shards: [(collector: EnsembleCollector, records: [BlockRecord])] = []
    for shard in (0..<sharding.shards).reversed() {
      shards.append(
        try await run.collected(
          blocks.filter { $0.index % sharding.shards == shard }, exactly: sharding.exactly,
          threads: 1))
    }
    var merged = run.collector(exactly: sharding.exactly)
    #expect(merged.countPieces == (sharding.exactly ? 0 : 3))
    for record in shards.flatMap(\.records).sorted(by: { $0.block.index < $1.block.index }) {
      try await merged.restore(
        BlockRecord(block: record.block, numbers: record.numbers, failures: record.failures))
    }
    for shard in shards {
      for piece in 0..<merged.countPieces {
        try await merged.merge(
          counts: await shard.collector.counts(ofPiece: piece), ofPiece: piece)
      }
    }
    expectSame(await merged.statistics(threads: 2), together)
  }

  /// A run that goes on from what was restored.
  @Test(arguments: [true, false]) func whatIsRestoredIsGoneOnWith(exactly: Bool) async throws {
    let run = try Run(.lhs)
    let blocks = Block.blocks(of: Self.replicates)
    let early = try await run.collected([blocks[0]], exactly: exactly)
    var collector = run.collector(exactly: exactly)
    for record in early.records { try await collector.restore(record) }
    for piece in 0..<collector.countPieces {
      try await collector.merge(
        counts: await early.collector.counts(ofPiece: piece), ofPiece: piece)
    }
    var failures = early.records.flatMap(\.failures)
    try await run.engine.run(Array(blocks[1...]), threads: 2) { slice in
      if let record = await collector.fold(slice) { failures += record.failures }
    }
    let whole = try await run.statistics(exactly: exactly)
    #expect(failures == whole.failures, "each block tells its own")
    expectSame(await collector.statistics(threads: 2), whole)
  }

  /// Only where every value of every replicate is there can somebody take a column for what a run would give.
  @Test func handsOutColumnsThatAreWhole() async throws {
    let run = try Run(.mc)
    #expect(try await run.collected(exactly: true).collector.values(regime: 0, cell: 0) == nil)
    let design = try Design(.mc, replicates: 2, seed: 5, parameters: [])
    let engine = Engine(model: Dice(), design: design)
    let kept = try await engine.runKeepingAll(threads: 1)
    #expect(kept.failures.isEmpty, "otherwise another seed is wanted")
    for exactValues in [0, .max] {
      var collector = EnsembleCollector(run.plan, design, exactValues: exactValues, threads: 1)
      #expect(collector.values(regime: 1, cell: 2) == nil)
      try await engine.run(threads: 1) { _ = await collector.fold($0) }
      #expect(
        collector.values(regime: 1, cell: 2)
          == (exactValues == 0 ? nil : kept.values(regime: 1, cell: 2)))
    }
  }

  @Test(arguments: [true, false]) func threadsChangeNothing(exactly: Bool) async throws {
    let run = try Run(.mc)
    expectSame(
      try await run.statistics(exactly: exactly, threads: 1),
      try await run.statistics(exactly: exactly, threads: 5))
  }

  @Test func countsOfAnotherEnsembleAreRefused() async throws {
    let run = try Run(.mc)
    let shard = try await run.collected([Block.blocks(of: Self.replicates)[0]]).collector
    for piece in 0..<shard.countPieces {
      let counts = await shard.counts(ofPiece: piece)
      for wrong in [Array(counts.dropLast()), counts + [0], []] {
        await #expect(throws: TallyFault.self) {
          try await run.collector().merge(counts: wrong, ofPiece: piece)
        }
      }
    }
  }

  @Test(arguments: [true, false])
  func recordsOfAnotherEnsembleAreRefused(exactly: Bool) async throws {
    let run = try Run(.mc)
    let blocks = [Block.blocks(of: Self.replicates)[0]]
    let record = try #require(try await run.collected(blocks, exactly: exactly).records.first)
    for wrong in [Array(record.numbers.dropLast()), record.numbers + [0], []] {
      var collector = run.collector(exactly: exactly)
      await #expect(throws: TallyFault.self) {
        try await collector.restore(BlockRecord(block: record.block, numbers: wrong, failures: []))
      }
    }
  }

  /// What no run can have recorded would end the program further on: as a count beyond all numbers, a code of
  /// nothing, a time that takes all memory.
  @Test(arguments: [true, false]) func numbersThatCannotBeAreRefused(exactly: Bool) async throws {
    let run = try Run(.lhs)
    let blocks = [Block.blocks(of: Self.replicates)[0]]
    let record = try #require(try await run.collected(blocks, exactly: exactly).records.first)
    // Where values are kept: an amount, a time, a code, each in the second regime. Else a count, a mean, squares.
    let hostile: [(place: Int, numbers: [Double])] =
      exactly
      ? [
        (9 * 128, [.infinity, -.infinity, 1.1e150, -1e300]),
        (14 * 128, [4, 1e18, -1e9, .infinity]),
        (15 * 128 + 5, [0.5, -1, 1e9, 1e300, .infinity]),
      ]
      : [
        (3, [.nan, -1, 0.5, 1025, 1e19, .infinity, 0]), (4, [.nan, .infinity, -1e151, 1e300]),
        (5, [-1, .nan, .infinity, 1e306]),
      ]
    for (place, numbers) in hostile {
      for number in numbers {
        var changed = record.numbers
        changed[place] = number
        var collector = run.collector(exactly: exactly)
        await #expect(throws: TallyFault.self, "\(number) at \(place)") {
          try await collector.restore(
            BlockRecord(block: record.block, numbers: changed, failures: record.failures))
        }
      }
    }
  }

  @Test func failuresThatCannotBeAreRefused() async throws {
    let run = try Run(.mc)
    let record = try #require(
      try await run.collected([Block.blocks(of: Self.replicates)[0]]).records.first)
    func failure(_ replicate: Int, _ regime: Int = 0, _ value: String = "inf") -> ReplicateFailure {
      ReplicateFailure(
        replicate: replicate, regime: regime, step: nil, column: run.engine.model.outcomeColumns[0],
        value: value)
    }
    for failures in [
      [failure(-1)], [failure(1024)], [failure(.max)], [failure(1, 2)], [failure(1, -1)],
      [failure(2), failure(1)], [failure(1), failure(1)], [failure(1, 0, "\u{1B}[2J")],
      [failure(1, 0, String(repeating: "9", count: 41))],
    ] {
      var collector = run.collector()
      await #expect(throws: TallyFault.self, "\(failures)") {
        try await collector.restore(
          BlockRecord(block: record.block, numbers: record.numbers, failures: failures))
      }
    }
  }

  /// Whatever bytes counts are, they are refused, or come to figures that are numbers.
  @Test func countsOfAnyBytesEndNothing() async throws {
    let run = try Run(.lhs)
    let block = Block.blocks(of: Self.replicates)[0]
    let shard = try await run.collected([block])
    let record = try #require(shard.records.first)
    var refused = 0
    for piece in 0..<shard.collector.countPieces {
      let counts = await shard.collector.counts(ofPiece: piece)
      for place in stride(from: 0, to: counts.count, by: max(1, counts.count / 60)) {
        for byte: UInt8 in [0, 0x7F, 0xFF] where counts[place] != byte {
          var collector = run.collector()
          try await collector.restore(
            BlockRecord(block: block, numbers: record.numbers, failures: record.failures))
          do throws(TallyFault) {
            for other in 0..<collector.countPieces {
              var bytes = await shard.collector.counts(ofPiece: other)
              if other == piece { bytes[place] = byte }
              try await collector.merge(counts: bytes, ofPiece: other)
            }
            try await collector.requireAgreement()
          } catch {
            refused += 1
            continue
          }
          let statistics = await collector.statistics(threads: 1)
          let summaries = statistics.summaries.joined().compactMap(\.self)
          #expect(summaries.allSatisfy { $0.mean.isFinite && $0.quantiles.allSatisfy(\.isFinite) })
        }
      }
    }
    #expect(refused > 100)
  }

  @Test func countsOfOtherReplicatesThanTheBlocksAreRefused() async throws {
    let run = try Run(.mc)
    let shard = try await run.collected([Block.blocks(of: Self.replicates)[0]])
    try await shard.collector.requireAgreement()
    for piece in 0..<shard.collector.countPieces {
      try await shard.collector.merge(
        counts: await shard.collector.counts(ofPiece: piece), ofPiece: piece)
      await #expect(throws: TallyFault.self) { try await shard.collector.requireAgreement() }
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
