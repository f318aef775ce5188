import Simulation

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
