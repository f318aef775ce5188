import Simulation

/// Sums up an ensemble whose values are too many to be kept: memory does not grow with replicates.
///
/// Slices come in order, whole blocks at a time. A block comes to a list of numbers (its moments) and is
/// then part of the counts; ``BlockNumbers`` of all blocks in block order and the sum of all counts give
/// the same result, to the bit, whoever computed which blocks.
actor EnsembleTally {
  private let plan: CellPlan
  private let replicatesPlanned: Int
  private let rule: QuantileRule
  private let randomisations: Int
  private let parts: [TallyPart]
  private let cellsOfPiece: Int
  private let cellsOfPart: Int
  /// How many numbers a block comes to.
  nonisolated let numbersOfBlock: Int
  /// In how many pieces its counts are handed over, whatever the threads.
  nonisolated let pieceCount: Int
  private var shares: [Share]
  private var failures: [ReplicateFailure] = []

  /// An empty tally.
  ///
  /// - Parameters:
  ///   - randomisations: how many the design has; 1 for plain Monte Carlo.
  ///   - bits: how fine its bins are; see ``QuantileRule``.
  ///   - threads: into how many parts it falls, at most, so that they can be worked on side by side.
  ///   - cellsOfPiece: how many cells a piece of the counts is about: few enough that it is small,
  ///     whatever is recorded.
  init(
    _ plan: CellPlan, replicatesPlanned: Int, randomisations: Int, bits: Int, threads: Int,
    cellsOfPiece: Int = 32
  ) {
    self.plan = plan
    self.replicatesPlanned = replicatesPlanned
    self.randomisations = randomisations
    rule = .binned(bits: bits)
    let cells = plan.kinds.indices
    let pieces = cells.count.inUnits(of: cellsOfPiece)
    pieceCount = 1 + pieces
    let size = max(1, pieces.inUnits(of: threads)) * cellsOfPiece
    self.cellsOfPiece = cellsOfPiece
    cellsOfPart = size
    parts = stride(from: 0, to: cells.count, by: size).map { first in
      TallyPart(
        plan, cells: first..<min(first + size, cells.count), bits: bits,
        randomisations: randomisations)
    }
    numbersOfBlock = parts.reduce(0) { $0 + $1.numbersOfBlock }
    shares = Array(repeating: Share(), count: plan.statements.count)
  }

  /// Adds the next slice.
  ///
  /// - Parameter randomisation: of each replicate.
  func fold(_ slice: SliceResult, randomisation: (Int) -> Int) async {
    failures += slice.failures
    let computed = slice.computed
    let size = computed.replicates.count
    let groups = randomisations == 1 ? [] : computed.replicates.map(randomisation)
    for (place, statement) in plan.statements.enumerated() {
      let first = (statement.regime * plan.layout.cellCount + statement.cell) * size
      shares[place].fold(computed.values[first..<first + size], statement)
    }
    await forEachPart { await $0.fold(computed.values, size: size, randomisations: groups) }
  }

  /// Closes the block that the last slice belonged to.
  func endBlock() async -> [Double] {
    await mapParts { await $0.endBlock() }.flatMap(\.self)
  }

  /// Takes over a block that was closed elsewhere; its counts come by ``merge(counts:ofPiece:)``.
  func fold(block numbers: [Double], failures: [ReplicateFailure]) async {
    precondition(numbers.count == numbersOfBlock, "a block of \(numbers.count) numbers")
    self.failures += failures
    var first = 0
    for part in parts {
      let end = first + part.numbersOfBlock
      await part.fold(block: numbers[first..<end])
      first = end
    }
  }

  /// What the ensemble amounts to.
  func statistics() async -> EnsembleStatistics {
    EnsembleStatistics(
      await mapParts { await $0.statistics() }.flatMap(\.self), of: plan,
      replicatesPlanned: replicatesPlanned, failures: failures, quantileRule: rule,
      shares: shares.map(\.value))
  }

  private func forEachPart(_ body: @escaping @Sendable (TallyPart) async -> Void) async {
    _ = await mapParts(body)
  }

  private func mapParts<Result: Sendable>(
    _ body: @escaping @Sendable (TallyPart) async -> Result
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

extension EnsembleTally {
  /// A piece of the counts so far, as bytes for a file; see ``TallyWriter``.
  func counts(ofPiece piece: Int) async -> [UInt8] {
    if let cells = cells(ofPiece: piece) { return await part(of: cells).counts(of: cells) }
    var writer = TallyWriter()
    for share in shares {
      writer.write(share.present)
      writer.write(share.met)
    }
    return writer.bytes
  }

  /// Adds a piece of the counts of other blocks.
  ///
  /// Fails on bytes that are not this piece of the counts of such an ensemble.
  func merge(counts: [UInt8], ofPiece piece: Int) async throws(TallyFault) {
    if let cells = cells(ofPiece: piece) {
      try await part(of: cells).merge(counts: counts, of: cells)
      return
    }
    var reader = TallyReader(counts[...])
    for place in shares.indices {
      shares[place].merge(Share(present: try reader.whole(), met: try reader.whole()))
    }
    guard reader.rest.isEmpty else { throw TallyFault() }
  }

  /// What a piece is about; nil for the first one, which is about statements.
  private func cells(ofPiece piece: Int) -> Range<Int>? {
    guard piece > 0 else { return nil }
    let first = (piece - 1) * cellsOfPiece
    return first..<min(first + cellsOfPiece, plan.kinds.count)
  }

  private func part(of cells: Range<Int>) -> TallyPart { parts[cells.lowerBound / cellsOfPart] }
}

extension Int {
  /// How many units it takes to hold so many.
  fileprivate func inUnits(of size: Int) -> Int { (self + size - 1) / size }
}
