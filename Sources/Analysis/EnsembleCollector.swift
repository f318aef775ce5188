public import Simulation
public import Stochastics

/// What the runs of one block came to: enough to put an ensemble together again, block by block.
public struct BlockRecord: Sendable {
  /// Which block.
  public let block: Block
  /// Its numbers, piece by piece.
  private let pieces: [[Double]]
  /// The runs that failed.
  public let failures: [ReplicateFailure]

  /// States what a block came to.
  public init(block: Block, numbers: [Double], failures: [ReplicateFailure]) {
    self.init(block: block, pieces: [numbers], failures: failures)
  }

  init(block: Block, pieces: [[Double]], failures: [ReplicateFailure]) {
    self.block = block
    self.pieces = pieces
    self.failures = failures
  }

  /// How many numbers it has.
  public var numberCount: Int { pieces.reduce(0) { $0 + $1.count } }

  /// All values, slice by slice as ``SliceResult/values`` has them, where every value is kept; else the
  /// moments of all columns.
  public var numbers: [Double] { pieces.count == 1 ? pieces[0] : pieces.flatMap(\.self) }
}

/// Takes in what an engine hands over, and sums it up: from all values where they are few enough to be
/// kept, else as they come (``QuantileRule``).
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

  private enum Store {
    case all(EnsembleResult)
    case tally(EnsembleTally)
  }
  private var store: Store
  /// The slices of the block under way, where every value is kept.
  private var slices: [SliceResult] = []
  private var failures: [ReplicateFailure] = []

  /// A collector without blocks.
  ///
  /// - Parameters:
  ///   - exactValues: the most values that are kept; see ``QuantileRule``.
  ///   - threads: how many columns are worked on at the same time.
  public init(_ plan: CellPlan, _ design: Design, exactValues: Int, threads: Int) {
    self.plan = plan
    self.design = design
    rule = QuantileRule(replicates: design.replicates, of: plan, exactValues: exactValues)
    switch rule {
    case .exact:
      store = .all(
        EnsembleResult(
          regimes: plan.regimes, layout: plan.layout, replicatesPlanned: design.replicates,
          keepsDraws: false))
    case .binned(let bits):
      store = .tally(
        EnsembleTally(
          plan, replicatesPlanned: design.replicates, randomisations: design.randomisations,
          bits: bits, threads: threads))
    }
  }

  /// Adds the next slice.
  ///
  /// - Returns: at the end of a block, what it came to.
  public mutating func fold(_ slice: SliceResult) async -> BlockRecord? {
    failures += slice.failures
    switch store {
    case .all:
      slices.append(slice)
      guard slice.slice.isLastOfBlock else { return nil }
      return endBlock(slice.slice.block, slices.map(\.values))
    case .tally(let tally):
      await tally.fold(slice, randomisation: design.randomisation)
      guard slice.slice.isLastOfBlock else { return nil }
      return endBlock(slice.slice.block, [await tally.endBlock()])
    }
  }

  private mutating func endBlock(_ block: Block, _ pieces: [[Double]]) -> BlockRecord {
    if case .all(var ensemble) = store {
      // The only reference, so that nothing is copied.
      store = .all(EnsembleResult(regimes: [], layout: plan.layout, replicatesPlanned: 0))
      for slice in slices { ensemble.fold(slice) }
      store = .all(ensemble)
      slices = []
    }
    defer { failures = [] }
    return BlockRecord(block: block, pieces: pieces, failures: failures)
  }

  /// Adds a block that was computed elsewhere; where not every value is kept, its counts come by
  /// ``merge(counts:ofPiece:)``.
  ///
  /// Fails on a record that is not of this ensemble.
  public mutating func restore(_ record: BlockRecord) async throws(TallyFault) {
    switch store {
    case .all(var ensemble):
      store = .all(EnsembleResult(regimes: [], layout: plan.layout, replicatesPlanned: 0))
      let numbers = record.numbers
      var first = 0
      for slice in record.block.slices {
        let end = first + slice.replicates.count * plan.valueCount
        guard end <= numbers.count else { throw TallyFault() }
        let failed = record.failures.filter { slice.replicates.contains($0.replicate) }
        ensemble.fold(
          SliceResult(
            slice: slice, draws: [], values: Array(numbers[first..<end]), failures: failed))
        first = end
      }
      guard first == numbers.count else { throw TallyFault() }
      store = .all(ensemble)
    case .tally(let tally):
      let numbers = record.numbers
      guard numbers.count == tally.numbersOfBlock else { throw TallyFault() }
      await tally.fold(block: numbers, failures: record.failures)
    }
  }

  /// In how many pieces the counts of all blocks so far are handed over; none where every value is kept.
  public var countPieces: Int {
    guard case .tally(let tally) = store else { return 0 }
    return tally.pieceCount
  }

  /// A piece of the counts of all blocks so far, for a file.
  ///
  /// - Parameter piece: 0 to ``countPieces`` - 1.
  public func counts(ofPiece piece: Int) async -> [UInt8] {
    guard case .tally(let tally) = store else { return [] }
    return await tally.counts(ofPiece: piece)
  }

  /// Adds a piece of the counts of restored blocks.
  ///
  /// Fails on bytes that are not that piece of counts of this ensemble.
  public func merge(counts: [UInt8], ofPiece piece: Int) async throws(TallyFault) {
    if case .tally(let tally) = store { try await tally.merge(counts: counts, ofPiece: piece) }
  }

  /// What all its blocks amount to.
  public func statistics(threads: Int) async -> EnsembleStatistics {
    switch store {
    case .all(let ensemble):
      await EnsembleStatistics(
        of: ensemble, plan, randomisations: ensemble.randomisations(of: design), threads: threads)
    case .tally(let tally): await tally.statistics()
    }
  }
}
