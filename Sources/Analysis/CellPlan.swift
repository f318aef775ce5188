public import Simulation

/// What the cells of a run are to be made of.
public struct CellPlan: Sendable {
  /// What a cell holds, which decides how it is summed up.
  public enum Kind: Hashable, Sendable {
    /// An amount, to be compared with the reference regime.
    case compared
    /// An amount that is summed up and not compared.
    case alone
    /// The step in which something happened, NaN where it did not.
    case time
    /// A place in a list, of which the different ones that occur are told.
    case code
  }

  /// A statement about one cell, whose share of replicates is wanted.
  public struct Statement: Sendable {
    /// Under which regime.
    public let regime: Int
    /// The cell.
    public let cell: Int
    /// Whether a value makes it true.
    public let isMet: @Sendable (Double) -> Bool

    /// Makes a statement.
    public init(regime: Int, cell: Int, isMet: @escaping @Sendable (Double) -> Bool) {
      self.regime = regime
      self.cell = cell
      self.isMet = isMet
    }
  }

  /// The regimes, the reference first.
  public let regimes: [String]
  /// The cells of a run.
  public let layout: CellLayout
  /// By cell: what it holds.
  public let kinds: [Kind]
  /// Statements to be judged.
  public let statements: [Statement]
  /// By regime: the one that it is compared with; nil for one that is compared with none. It comes before
  /// the regime.
  let references: [Int?]
  /// By regime: one that it is compared with besides; nil for none.
  package let others: [Int?]
  /// The cells of which the whole distribution is wanted, and not some quantiles alone.
  let curves: Set<Int>
  /// By regime and in it by cell: the places of statements about it, where there are any.
  private let statementPlaces: [Int: [Int]]

  /// Plans what cells are made of.
  ///
  /// - Parameter references: by regime, an earlier one that it is compared with; the first one if none are
  ///   named.
  /// - Parameter others: by regime, another one that it is compared with besides; none if none are named.
  /// - Parameter curves: cells of which the whole distribution is wanted.
  public init(
    regimes: [String], layout: CellLayout, kinds: [Kind], statements: [Statement] = [],
    references: [Int?]? = nil, others: [Int?]? = nil, curves: Set<Int> = []
  ) {
    self.curves = curves
    self.references = references ?? Self.allToFirst(of: regimes.count)
    self.others = others ?? regimes.map { _ in nil }
    let areEarlier = zip(regimes.indices, self.references).allSatisfy { regime, reference in
      reference.map { $0 < regime } ?? true
    }
    precondition(areEarlier, "a regime is compared with an earlier one")
    precondition(
      self.others.count == regimes.count
        && self.others.allSatisfy { $0.map(regimes.indices.contains) ?? true },
      "a regime is compared with one that is there")
    precondition(
      kinds.count == layout.cellCount, "\(kinds.count) kinds of \(layout.cellCount) cells")
    self.regimes = regimes
    self.layout = layout
    self.kinds = kinds
    self.statements = statements
    statementPlaces = Dictionary(grouping: statements.indices) {
      statements[$0].regime * layout.cellCount + statements[$0].cell
    }
  }

  /// By regime the one that it is compared with, where all are with the first.
  static func allToFirst(of regimes: Int) -> [Int?] { (0..<regimes).map { $0 == 0 ? nil : 0 } }

  /// By regime: the statements about a cell, of which nothing is counted yet.
  func shares(of cell: Int) -> [[Share]] {
    regimes.indices.map { regime in
      (statementPlaces[regime * layout.cellCount + cell] ?? []).map {
        Share(place: $0, isMet: statements[$0].isMet)
      }
    }
  }

  /// How many values one replicate records, under all regimes.
  public var valueCount: Int { regimes.count * layout.cellCount }

  /// How many differences, and ratios, of one replicate there are.
  public var pairCount: Int {
    (references + others).count { $0 != nil } * kinds.count { $0 == .compared }
  }
}

/// How quantiles were made.
public enum QuantileRule: Hashable, Sendable {
  /// From all values.
  case exact
  /// From counts in bins, so many bits of a fraction wide.
  case binned(bits: Int)

  /// The rule for so many replicates: it depends on what is run alone, so that all shards have the same.
  ///
  /// - Parameter exactValues: the most values, over replicates, cells and regimes, from which exact
  ///   quantiles are made.
  public init(replicates: Int, of plan: CellPlan, exactValues: Int) {
    self =
      Double(replicates) * Double(plan.valueCount) <= Double(exactValues)
      ? .exact : .binned(bits: Bins.bits(forColumns: plan.valueCount + 2 * plan.pairCount))
  }

  /// How many bits of a fraction bins tell apart; nil without bins.
  var bits: Int? {
    switch self {
    case .exact: nil
    case .binned(let bits): bits
    }
  }

  /// The largest error of a quantile, relative to itself; 0 if exact.
  public var relativeError: Double {
    switch self {
    case .exact: 0
    case .binned(let bits): 1 / Double(1 << bits)
    }
  }

  /// The largest error of a quantile near zero, relative to the largest magnitude of its column: that of columns
  /// with values of both signs, which reach half as far down.
  public var errorNearZero: Double {
    switch self {
    case .exact: 0
    case .binned: 1 / Double(1 << (Bins.octaves / 2 - 1))
    }
  }
}
