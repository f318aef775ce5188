/// What one cell amounts to under one regime.
///
/// *A new statistic* is a property here, made in ``CellFold`` from something that folds stretches of columns
/// and shows a ``FoldVisitor`` what it holds; shards, threads and kept values then know it.
public struct CellStatistics: Sendable {
  /// Its distribution; nil where nothing was recorded.
  public let summary: Summary?
  /// How it compares with the reference; nil where it is not compared.
  public let comparison: Comparison?
  /// How it compares with the other regime that it is compared with besides; nil where there is none.
  public let otherComparison: Comparison?
  /// Its quantiles at ``Summary/percentages``; nil unless the plan asks for them.
  public let curve: [Double]?
  /// When it happened; nil for what is no time.
  public let passage: FirstPassage?
  /// Whether it happened earlier or later than in the reference.
  public let order: PassageOrder?
  /// The codes that occur, rising; empty for what holds none.
  public let codes: [Int]
  /// By place of a statement of the plan that is about it: the share of replicates in which it is met.
  let shares: [Int: Double]
}

/// One cell under all regimes, on the way to its statistics: the one place where values become statistics,
/// whether they are kept or not, and whoever computed them.
struct CellFold: Sendable {
  /// What is kept under one regime; nil is what the cell's kind or the regime has no use for.
  private struct Regime {
    var column: ColumnFold
    let reference: Int?
    let other: Int?
    var pair: PairFold?
    var otherPair: PairFold?
    var passages: PassageTally?
    var codes: [Int]?
    var shares: [Share]
  }

  private var regimes: [Regime]

  /// Nothing yet.
  ///
  /// - Parameters:
  ///   - references: by regime: the one that it is compared with.
  ///   - others: by regime: one that it is compared with besides.
  ///   - shares: by regime: statements about the cell.
  ///   - column: makes an empty column.
  init(
    _ kind: CellPlan.Kind, references: [Int?], others: [Int?], shares: [[Share]],
    column: () -> ColumnFold
  ) {
    func pair(with regime: Int?) -> PairFold? {
      kind == .compared && regime != nil ? PairFold(column) : nil
    }
    regimes = references.indices.map { place in
      Regime(
        column: column(), reference: references[place], other: others[place],
        pair: pair(with: references[place]), otherPair: pair(with: others[place]),
        passages: kind == .time ? PassageTally() : nil, codes: kind == .code ? [] : nil,
        shares: shares[place])
    }
  }

  /// Adds the values of more replicates.
  ///
  /// - Parameters:
  ///   - randomisations: of each replicate; not looked at under plain Monte Carlo.
  ///   - column: under a regime: one for each replicate; NaN where missing.
  mutating func fold(randomisations: [Int], column: (Int) -> ArraySlice<Double>) {
    var moments: [Moments] = []
    for regime in regimes.indices {
      let values = column(regime)
      moments.append(regimes[regime].column.fold(values, randomisations: randomisations))
      let reference = regimes[regime].reference
      if let reference {
        regimes[regime].pair?.fold(
          values, column(reference), moments: (moments[regime], moments[reference]),
          randomisations: randomisations)
      }
      regimes[regime].passages?.fold(values, reference: reference.map(column))
      regimes[regime].codes?.addCodes(values.filter { !$0.isNaN }.map { Int($0) })
      for place in regimes[regime].shares.indices { regimes[regime].shares[place].fold(values) }
    }
    for regime in regimes.indices {
      guard let other = regimes[regime].other else { continue }
      regimes[regime].otherPair?.fold(
        column(regime), column(other), moments: (moments[regime], moments[other]),
        randomisations: randomisations)
    }
  }

  /// By regime: what the cell amounts to.
  ///
  /// - Parameter hasCurve: whether the whole of its distribution is wanted.
  mutating func statistics(hasCurve: Bool) -> [CellStatistics] {
    regimes.indices.map { place in
      let comparison = regimes[place].pair?.comparison()
      let otherComparison = regimes[place].otherPair?.comparison()
      let summary = regimes[place].column.summary()
      let curve = hasCurve ? regimes[place].column.curve() : nil
      let regime = regimes[place]
      return CellStatistics(
        summary: summary, comparison: comparison, otherComparison: otherComparison,
        curve: curve, passage: regime.passages.flatMap(FirstPassage.init),
        order: regime.reference == nil ? nil : regime.passages.flatMap(PassageOrder.init),
        codes: regime.codes?.sorted() ?? [],
        shares: Dictionary(uniqueKeysWithValues: regime.shares.map { ($0.place, $0.value) }))
    }
  }

  /// Whether what is counted is of as many replicates as what is summed.
  var isInAgreement: Bool {
    regimes.allSatisfy { regime in
      regime.column.agreedCount != nil && regime.pair?.isInAgreement != false
        && regime.otherPair?.isInAgreement != false
        && regime.passages?.isInAgreement != false
        && regime.shares.allSatisfy { $0.met <= $0.present }
    }
  }

  /// Shows everything that it holds, always in the same order.
  mutating func visit<Visitor: FoldVisitor>(_ visitor: inout Visitor) throws(Visitor.Failure) {
    for regime in regimes.indices {
      try regimes[regime].column.visit(&visitor)
      try regimes[regime].pair?.visit(&visitor)
      try regimes[regime].otherPair?.visit(&visitor)
      try regimes[regime].passages?.visit(&visitor)
      if var codes = regimes[regime].codes {
        try visitor.codes(&codes)
        regimes[regime].codes = codes
      }
      for place in regimes[regime].shares.indices {
        try visitor.count(&regimes[regime].shares[place].present)
        try visitor.count(&regimes[regime].shares[place].met)
      }
    }
  }
}

extension CellStatistics {
  /// Sums up columns whose values are kept: as one stretch, which is one block.
  ///
  /// - Parameters:
  ///   - columns: by regime: one value for each replicate; NaN where missing.
  ///   - kind: what they hold.
  ///   - references: by regime, an earlier one that it is compared with; the first one if none are named.
  ///   - randomisations: of each replicate; empty for plain Monte Carlo.
  /// - Returns: by regime, what they amount to.
  public static func all(
    of columns: [[Double]], as kind: CellPlan.Kind, references: [Int?]? = nil,
    randomisations: [Int] = []
  ) -> [CellStatistics] {
    all(
      of: columns, as: kind, references: references ?? CellPlan.allToFirst(of: columns.count),
      others: columns.map { _ in nil }, shares: columns.map { _ in [] },
      randomisations: randomisations)
  }

  static func all(
    of columns: [[Double]], as kind: CellPlan.Kind, references: [Int?], others: [Int?],
    shares: [[Share]], hasCurve: Bool = false, randomisations: [Int]
  ) -> [CellStatistics] {
    let groups = randomisations.max().map { $0 + 1 } ?? 0
    var fold = CellFold(kind, references: references, others: others, shares: shares) {
      ColumnFold(.exact, groups: groups)
    }
    fold.fold(randomisations: randomisations) { columns[$0][...] }
    var end = BlockEnd()
    fold.visit(&end)
    return fold.statistics(hasCurve: hasCurve)
  }
}

/// In how many replicates a statement is met.
struct Share: Sendable {
  /// The statement's place in the plan.
  let place: Int
  let isMet: @Sendable (Double) -> Bool
  /// Replicates with a value.
  var present = 0
  /// Those in which it is met.
  var met = 0

  /// The share of the former; 0 without any.
  var value: Double { present == 0 ? 0 : Double(met) / Double(present) }

  mutating func fold(_ values: ArraySlice<Double>) {
    for value in values where !value.isNaN {
      present += 1
      if isMet(value) { met += 1 }
    }
  }
}
