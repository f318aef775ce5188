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

/// The columns of some cells under all regimes: what one thread works on.
actor TallyPart {
  private let plan: CellPlan
  private let cells: Range<Int>
  private let bits: Int
  /// By regime, then by cell from the first one on.
  private var columns: [[ColumnTally]]
  private var pairs: [[PairTally]]
  private var passages: [[PassageTally]]
  private var codes: [[[Int]]]
  /// How many numbers a block comes to.
  nonisolated let numbersOfBlock: Int

  init(_ plan: CellPlan, cells: Range<Int>, bits: Int, randomisations: Int) {
    self.plan = plan
    self.cells = cells
    self.bits = bits
    let regimes = plan.regimes.count
    func all<Value>(_ value: Value) -> [[Value]] {
      Array(repeating: Array(repeating: value, count: cells.count), count: regimes)
    }
    let column = ColumnTally(bits: bits, randomisations: randomisations)
    let pair = PairTally(bits: bits, randomisations: randomisations)
    columns = all(column)
    pairs = all(pair)
    passages = all(PassageTally())
    codes = all([])
    let compared = plan.kinds[cells].count { $0 == .compared }
    numbersOfBlock =
      regimes * cells.count * column.numbersOfBlock
      + plan.references.count { $0 != nil } * compared * pair.numbersOfBlock
  }

  /// Adds a stretch of replicates.
  func fold(_ values: [Double], size: Int, randomisations: [Int]) {
    for (place, cell) in cells.enumerated() {
      var moments: [Moments] = []
      for regime in columns.indices {
        let values = { self.column($0, cell, size, of: values) }
        let column = values(regime)
        moments.append(columns[regime][place].fold(column, randomisations: randomisations))
        let reference = plan.references[regime]
        switch plan.kinds[cell] {
        case .alone: break
        case .compared:
          guard let reference else { break }
          pairs[regime][place].fold(
            column, values(reference),
            moments: (moments[regime], moments[reference]), randomisations: randomisations)
        case .time:
          passages[regime][place].fold(column)
          if let reference {
            passages[regime][place].compare(column, with: values(reference))
          }
        case .code:
          addCodes(column.filter { !$0.isNaN }.map { Int($0) }, regime, place)
        }
      }
    }
  }

  private func column(
    _ regime: Int, _ cell: Int, _ size: Int, of values: [Double]
  ) -> ArraySlice<Double> {
    let first = (regime * plan.layout.cellCount + cell) * size
    return values[first..<first + size]
  }

  private func addCodes(_ found: [Int], _ regime: Int, _ place: Int) {
    for code in found where !codes[regime][place].contains(code) {
      codes[regime][place].append(code)
    }
  }

  /// Closes the block under way.
  func endBlock() -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(numbersOfBlock)
    for (place, cell) in cells.enumerated() {
      for regime in columns.indices {
        columns[regime][place].endBlock(&numbers)
        guard plan.references[regime] != nil, plan.kinds[cell] == .compared else { continue }
        pairs[regime][place].endBlock(&numbers)
      }
    }
    return numbers
  }

  /// Takes over a block that was closed elsewhere.
  func fold(block numbers: ArraySlice<Double>) {
    var numbers = numbers
    for (place, cell) in cells.enumerated() {
      for regime in columns.indices {
        columns[regime][place].fold(block: &numbers)
        guard plan.references[regime] != nil, plan.kinds[cell] == .compared else { continue }
        pairs[regime][place].fold(block: &numbers)
      }
    }
  }

  /// By cell and regime: what it amounts to.
  func statistics() -> [[CellStatistics]] {
    cells.enumerated().map { place, cell in
      columns.indices.map { regime in
        var statistics = CellStatistics(summary: columns[regime][place].summary)
        switch plan.kinds[cell] {
        case .alone: break
        case .compared:
          if plan.references[regime] != nil {
            statistics.comparison = pairs[regime][place].comparison
          }
        case .time:
          statistics.passage = FirstPassage(passages[regime][place])
          if plan.references[regime] != nil {
            statistics.order = PassageOrder(passages[regime][place])
          }
        case .code: statistics.codes = codes[regime][place].sorted()
        }
        return statistics
      }
    }
  }

  /// The counts so far of some of its cells.
  func counts(of cells: Range<Int>) -> [UInt8] {
    var writer = TallyWriter()
    for cell in cells {
      let place = cell - self.cells.lowerBound
      for regime in columns.indices {
        writer.write(columns[regime][place].counts)
        switch plan.kinds[cell] {
        case .alone: break
        case .compared:
          guard plan.references[regime] != nil else { break }
          let counts = pairs[regime][place].counts
          writer.write(counts.difference)
          writer.write(counts.ratio)
          writer.write(counts.higher)
        case .time: writer.write(passages[regime][place])
        case .code: writer.write(codes[regime][place])
        }
      }
    }
    return writer.bytes
  }

  /// Adds the counts of other blocks, of some of its cells.
  func merge(counts: [UInt8], of cells: Range<Int>) throws(TallyFault) {
    var reader = TallyReader(counts[...])
    for cell in cells {
      let place = cell - self.cells.lowerBound
      for regime in columns.indices {
        columns[regime][place].merge(try reader.bins(bits: bits))
        switch plan.kinds[cell] {
        case .alone: break
        case .compared:
          guard plan.references[regime] != nil else { break }
          pairs[regime][place].merge(
            (try reader.bins(bits: bits), try reader.bins(bits: bits), try reader.whole()))
        case .time: passages[regime][place].merge(try reader.passages())
        case .code: addCodes(try reader.wholes(), regime, place)
        }
      }
    }
    guard reader.rest.isEmpty else { throw TallyFault() }
  }
}
