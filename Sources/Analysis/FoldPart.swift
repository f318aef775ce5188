import Simulation

/// Some cells of an ensemble that is not kept: what one thread works on.
actor FoldPart {
  nonisolated let cells: Range<Int>
  /// How many numbers a block comes to.
  nonisolated let numbersOfBlock: Int
  private let plan: CellPlan
  private var folds: [CellFold]

  init(of cells: Range<Int>, _ plan: CellPlan, _ rule: QuantileRule, groups: Int) {
    var folds = cells.map { cell in
      CellFold(
        plan.kinds[cell], references: plan.references, others: plan.others,
        shares: plan.shares(of: cell)
      ) {
        ColumnFold(rule, groups: groups)
      }
    }
    // A block without values comes to as many as any other, and changes nothing.
    var empty = BlockEnd()
    for place in folds.indices { folds[place].visit(&empty) }
    numbersOfBlock = empty.numbers.count
    self.cells = cells
    self.plan = plan
    self.folds = folds
  }

  /// Adds a slice.
  ///
  /// - Parameters:
  ///   - values: all of it, as ``SliceResult/computed`` has them.
  ///   - count: of how many replicates.
  func fold(_ values: [Double], of count: Int, randomisations: [Int]) {
    let cellCount = plan.layout.cellCount
    for (place, cell) in cells.enumerated() {
      folds[place].fold(randomisations: randomisations) { regime in
        let first = (regime * cellCount + cell) * count
        return values[first..<first + count]
      }
    }
  }

  /// Shows what it holds, of all of its cells or some.
  ///
  /// - Returns: the visitor after that.
  func visit<Visitor: FoldVisitor>(
    _ visitor: Visitor, of some: Range<Int>? = nil
  ) throws(Visitor.Failure) -> Visitor {
    var visitor = visitor
    for cell in some ?? cells { try folds[cell - cells.lowerBound].visit(&visitor) }
    return visitor
  }

  /// Whether what is counted is of as many replicates as what is summed.
  var isInAgreement: Bool { folds.allSatisfy(\.isInAgreement) }

  /// By cell and regime: what it amounts to.
  func statistics() -> [[CellStatistics]] {
    zip(cells, folds.indices).map { cell, place in
      folds[place].statistics(hasCurve: plan.curves.contains(cell))
    }
  }
}
