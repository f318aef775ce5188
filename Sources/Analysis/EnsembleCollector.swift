public import Simulation
public import Stochastics

/// Takes in what an engine hands over, and sums it up: when it has all values where they are few enough to
/// be kept, else as they come, so that memory does not grow with replicates (``QuantileRule``).
///
/// Law: what it amounts to depends on which blocks it has alone, whether they were computed for it, or
/// restored from what was recorded of them elsewhere.
public struct EnsembleCollector: Sendable {
  /// What the cells are made of.
  public let plan: CellPlan
  /// The replicates.
  public let design: Design
  /// How quantiles will be made.
  public let rule: QuantileRule
  /// Every value, where they are kept.
  private var kept: EnsembleResult?
  /// What is summed up as it comes; empty where every value is kept.
  private let parts: [FoldPart]
  private let cellsOfPiece: Int
  private var failures: [ReplicateFailure] = []
  /// What is told of the block under way: its values, where they are kept, and the place of its first failure.
  private var underWay: (pieces: [[Double]], firstFailure: Int) = ([], 0)

  /// A collector without blocks.
  ///
  /// - Parameters:
  ///   - exactValues: the most values that are kept; see ``QuantileRule``.
  ///   - threads: how many columns are worked on at the same time.
  public init(_ plan: CellPlan, _ design: Design, exactValues: Int, threads: Int) {
    self.init(plan, design, exactValues: exactValues, threads: threads, cellsOfPiece: 32)
  }

  /// - Parameter cellsOfPiece: how many cells a piece of the counts is about: few enough that it is small,
  ///   whatever is recorded.
  init(
    _ plan: CellPlan, _ design: Design, exactValues: Int, threads: Int, cellsOfPiece: Int
  ) {
    self.plan = plan
    self.design = design
    self.cellsOfPiece = cellsOfPiece
    rule = QuantileRule(replicates: design.replicates, of: plan, exactValues: exactValues)
    guard rule != .exact else {
      kept = EnsembleResult(
        regimes: plan.regimes, layout: plan.layout, replicatesPlanned: design.replicates,
        keepsDraws: false)
      parts = []
      return
    }
    let cells = plan.kinds.indices
    let pieces = cells.count.inUnits(of: cellsOfPiece)
    let size = max(1, pieces.inUnits(of: threads)) * cellsOfPiece
    parts = stride(from: 0, to: cells.count, by: size).map { [rule] first in
      FoldPart(
        of: first..<min(first + size, cells.count), plan, rule,
        groups: design.randomisations == 1 ? 0 : design.randomisations)
    }
  }

  /// Adds the next slice.
  ///
  /// - Returns: at the end of a block, what it came to.
  public mutating func fold(_ slice: SliceResult) async -> BlockRecord? {
    failures += slice.failures
    if kept != nil {
      kept?.fold(slice)
      underWay.pieces.append(slice.values)
    } else {
      let computed = slice.computed
      let randomisations = design.randomisations(of: computed.replicates)
      await forEachPart {
        await $0.fold(
          computed.values, of: computed.replicates.count, randomisations: randomisations)
      }
    }
    guard slice.slice.isLastOfBlock else { return nil }
    if kept == nil {
      underWay.pieces = [await forEachPart { await $0.visit(BlockEnd()).numbers }.flatMap(\.self)]
    }
    defer { underWay = ([], failures.count) }
    return BlockRecord(
      block: slice.slice.block, pieces: underWay.pieces,
      failures: Array(failures[underWay.firstFailure...]))
  }

  /// Adds a block that was computed elsewhere; where not every value is kept, its counts come by
  /// ``merge(counts:ofPiece:)``.
  ///
  /// Fails on a record that is not of this ensemble.
  public mutating func restore(_ record: BlockRecord) async throws(TallyFault) {
    var rest = record.numbers[...]
    guard rest.count == numberCount(of: record.block),
      plan.canHave(record.failures, in: record.block)
    else { throw TallyFault() }
    for part in parts {
      rest = try await part.visit(BlockRestore(rest, of: record.block.replicates.count)).rest
    }
    for slice in record.block.slices where kept != nil {
      let size = slice.replicates.count * plan.valueCount
      let failed = record.failures.filter { slice.replicates.contains($0.replicate) }
      let values = Array(rest.prefix(size))
      guard plan.canHave(values, of: slice.replicates.count) else { throw TallyFault() }
      kept?.fold(SliceResult(slice: slice, draws: [], values: values, failures: failed))
      rest.removeFirst(size)
    }
    failures += record.failures
    underWay.firstFailure = failures.count
  }

  /// How many numbers the record of a block has.
  public func numberCount(of block: Block) -> Int {
    kept == nil
      ? parts.reduce(0) { $0 + $1.numbersOfBlock } : block.replicates.count * plan.valueCount
  }

  /// Fails where counts and blocks that were taken in are not of the same replicates.
  public func requireAgreement() async throws(TallyFault) {
    for part in parts {
      guard await part.isInAgreement else { throw TallyFault() }
    }
  }

  /// The values of a cell under a regime, replicate by replicate of the design; nil where not all are there, because
  /// they are not kept, not computed, or some replicate failed.
  public func values(regime: Int, cell: Int) -> [Double]? {
    guard let kept, kept.replicates.count == design.replicates else { return nil }
    return kept.values(regime: regime, cell: cell)
  }

  /// What all its blocks amount to.
  public func statistics(threads: Int) async -> EnsembleStatistics {
    let cells =
      if let kept {
        await statistics(of: kept, threads: threads)
      } else {
        await forEachPart { await $0.statistics() }.flatMap(\.self)
      }
    return EnsembleStatistics(
      cells, of: plan, replicatesPlanned: design.replicates, failures: failures,
      quantileRule: rule)
  }

  private func statistics(of kept: EnsembleResult, threads: Int) async -> [[CellStatistics]] {
    let randomisations = design.randomisations(of: kept.replicates)
    return await concurrentMap(plan.kinds.indices, threads: threads) { [plan] cell in
      CellStatistics.all(
        of: plan.regimes.indices.map { kept.values(regime: $0, cell: cell) },
        as: plan.kinds[cell], references: plan.references, others: plan.others,
        shares: plan.shares(of: cell), hasCurve: plan.curves.contains(cell),
        randomisations: randomisations)
    }
  }

  /// Works on all parts at the same time; what it comes to keeps their order.
  @discardableResult
  private func forEachPart<Result: Sendable>(
    _ body: @escaping @Sendable (FoldPart) async -> Result
  ) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
      for (place, part) in parts.enumerated() {
        group.addTask { (place, await body(part)) }
      }
      var results: [(Int, Result)] = []
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}

extension EnsembleCollector {
  /// In how many pieces the counts of all blocks so far are handed over, whatever the threads; none where
  /// every value is kept.
  public var countPieces: Int {
    parts.isEmpty ? 0 : plan.kinds.count.inUnits(of: cellsOfPiece)
  }

  /// A piece of the counts of all blocks so far, for a file.
  ///
  /// - Parameter piece: 0 to ``countPieces`` - 1.
  public func counts(ofPiece piece: Int) async -> [UInt8] {
    let (part, cells) = place(ofPiece: piece)
    return await part.visit(TallyWriter(), of: cells).bytes
  }

  /// Adds a piece of the counts of restored blocks.
  ///
  /// Fails on bytes that are not that piece of counts of this ensemble.
  public func merge(counts: [UInt8], ofPiece piece: Int) async throws(TallyFault) {
    let (part, cells) = place(ofPiece: piece)
    let reader = TallyReader(
      counts[...], ofAtMost: design.replicates, steps: plan.layout.stepCount + 1)
    guard try await part.visit(reader, of: cells).rest.isEmpty else { throw TallyFault() }
  }

  /// How many bytes a piece of the counts has at most: bins of a column, its difference and its ratio, each
  /// number of no more than five bytes, and as much again for all else.
  public var mostBytesOfPiece: Int {
    let bins = 2 * Bins.octaves << (rule.bits ?? 0)
    return cellsOfPiece * plan.regimes.count * 3 * 5 * (bins + plan.layout.stepCount + 1_000)
  }

  private func place(ofPiece piece: Int) -> (part: FoldPart, cells: Range<Int>) {
    precondition((0..<countPieces).contains(piece), "piece \(piece) of \(countPieces)")
    let first = piece * cellsOfPiece
    let part = parts[first / parts[0].cells.count]
    return (part, first..<min(first + cellsOfPiece, part.cells.upperBound))
  }
}

extension Int {
  /// How many units it takes to hold so many.
  fileprivate func inUnits(of size: Int) -> Int { (self + size - 1) / size }
}
