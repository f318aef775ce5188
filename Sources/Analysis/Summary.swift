import Stochastics

/// What a column of results amounts to.
public struct Summary: Hashable, Sendable {
  /// How many replicates had a value.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// Their standard deviation.
  public let standardDeviation: Double
  /// Monte Carlo standard error of the mean: by how much another seed would move it. Nil where
  /// there is no telling: for one value, or values of one randomisation only.
  public let monteCarloError: Double?
  /// The quantiles at ``probabilities``.
  public let quantiles: [Double]

  /// Whether all values are zero.
  public var isZero: Bool { mean == 0 && standardDeviation == 0 }

  /// The probabilities of the quantiles.
  public static let probabilities = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// The percentages at which the whole of a distribution is drawn, where it is wanted.
  public static let percentages = Array(1...99)

  /// The 5% quantile.
  public var p05: Double { quantiles[0] }
  /// The median.
  public var p50: Double { quantiles[2] }
  /// The 95% quantile.
  public var p95: Double { quantiles[4] }

  /// Summarises a column; nil when every value is missing (NaN).
  ///
  /// - Parameters:
  ///   - values: one for each replicate.
  ///   - randomisations: for each value the randomisation of the design that it belongs to; empty
  ///     for plain Monte Carlo, where values are independent.
  public init?(of values: [Double], randomisations: [Int] = []) {
    let alone = CellStatistics.all(of: [values], as: .alone, randomisations: randomisations)
    guard let summary = alone[0].summary else { return nil }
    self = summary
  }

  /// States what a column amounts to.
  ///
  /// - Parameter groups: the moments of each randomisation of the design; empty for plain Monte Carlo.
  init(moments: Moments, groups: [Moments], quantiles: [Double]) {
    count = moments.count
    mean = moments.mean
    standardDeviation = moments.standardDeviation
    monteCarloError =
      groups.isEmpty
      ? count > 1 ? standardDeviation / Double(count).squareRoot() : nil
      : Self.errorOfMean(groups)
    self.quantiles = quantiles
  }

  /// Points of one randomisation lean on each other; its means do not.
  private static func errorOfMean(_ groups: [Moments]) -> Double? {
    let means = groups.filter { $0.count > 0 }.map(\.mean)
    return means.count > 1 ? Design.standardError(ofRandomisationMeans: means) : nil
  }
}

/// Where the quantiles of a column come from, which is all that differs between an ensemble whose values
/// are kept and one whose values are too many.
struct QuantileSource: Sendable {
  /// Counts, where values are too many.
  private var bins: Bins?
  /// Values that are not missing, where they are kept; in any order.
  private var values: [Double] = []

  /// Nothing yet.
  init(_ rule: QuantileRule) {
    if case .binned(let bits) = rule { bins = Bins(bits: bits) }
  }

  /// How many values were counted; nil where they are kept.
  var count: Int? { bins?.count }

  /// Adds values, NaN where missing.
  mutating func add(_ added: ArraySlice<Double>, haveGaps: Bool) {
    // Asked in this way, since a comparison with nil would retain and release all arrays of the bins.
    if bins?.add(added) != nil { return }
    if haveGaps {
      for value in added where !value.isNaN { values.append(value) }
    } else {
      values += added
    }
  }

  /// The quantiles of what was added; nil without values.
  mutating func quantiles(_ probabilities: [Double]) -> [Double]? {
    if let bins { return bins.quantiles(probabilities) }
    return Quantiles.select(probabilities, from: &values)
  }

  mutating func visit<Visitor: FoldVisitor>(_ visitor: inout Visitor) throws(Visitor.Failure) {
    guard var counts = bins.take() else { return }
    defer { bins = counts }
    try visitor.bins(&counts)
  }
}

/// A column of values on the way to its ``Summary``.
///
/// Laws: stretches are summed up one by one, stretches to blocks, and blocks to the whole, in order; the rest
/// is counted. So the result is the same to the bit whoever computed which blocks.
struct ColumnFold: Sendable {
  private(set) var moments = RunningMoments()
  /// The same by randomisation; empty for plain Monte Carlo.
  private(set) var groups: [RunningMoments]
  private(set) var quantiles: QuantileSource

  /// Nothing yet.
  ///
  /// - Parameter groups: how many randomisations the design has; 0 for plain Monte Carlo.
  init(_ rule: QuantileRule, groups: Int) {
    self.groups = Array(repeating: RunningMoments(), count: groups)
    quantiles = QuantileSource(rule)
  }

  /// Adds a stretch of values, NaN where missing, and says what its moments are.
  ///
  /// - Parameter randomisations: of each value; not looked at under plain Monte Carlo.
  @discardableResult
  mutating func fold(_ values: ArraySlice<Double>, randomisations: [Int]) -> Moments {
    let stretch = Moments(of: values)
    moments.block.combine(stretch)
    if !groups.isEmpty {
      for (value, group) in zip(values, randomisations) where !value.isNaN {
        groups[group].block.add(value)
      }
    }
    quantiles.add(values, haveGaps: stretch.count < values.count)
    return stretch
  }

  /// What the column amounts to; nil without values.
  mutating func summary() -> Summary? {
    quantiles.quantiles(Summary.probabilities).map {
      Summary(moments: moments.closed, groups: groups.map(\.closed), quantiles: $0)
    }
  }

  /// The quantiles at ``Summary/percentages``; nil without values.
  mutating func curve() -> [Double]? {
    quantiles.quantiles(Summary.percentages.map { Double($0) / 100 })
  }

  mutating func visit<Visitor: FoldVisitor>(_ visitor: inout Visitor) throws(Visitor.Failure) {
    try visitor.moments(&moments)
    for group in groups.indices { try visitor.moments(&groups[group]) }
    try quantiles.visit(&visitor)
  }
}
