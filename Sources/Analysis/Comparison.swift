import Simulation

/// One column under a regime, held to the same column under the reference regime, replicate by
/// replicate: the same luck and the same unknowns on both sides.
public struct Comparison: Hashable, Sendable {
  /// Regime minus reference.
  public let difference: Summary
  /// Regime over reference, over replicates where the reference is not zero, nor so small that the
  /// ratio could not be summed; nil if there are none.
  public let ratio: Summary?
  /// Share of replicates in which the regime is higher.
  public let shareHigher: Double
  /// Share of replicates in which the regime is lower; in the rest both are equal.
  public let shareLower: Double
  /// How many times larger the variance of the difference would be with independent streams; nil
  /// when the difference does not vary, or hardly so.
  public let varianceReduction: Double?

  /// Compares two columns; nil when no replicate has both values.
  ///
  /// - Parameters:
  ///   - values: under the regime, one for each replicate; NaN where missing.
  ///   - reference: the same replicates under the reference regime.
  ///   - randomisations: as for ``Summary``.
  public init?(of values: [Double], to reference: [Double], randomisations: [Int] = []) {
    let both = CellStatistics.all(
      of: [reference, values], as: .compared, randomisations: randomisations)
    guard let comparison = both[1].comparison else { return nil }
    self = comparison
  }

  /// States how two columns compare.
  ///
  /// - Parameters:
  ///   - higher: in how many replicates the regime is higher.
  ///   - lower: in how many it is lower.
  ///   - value: the moments under the regime, over replicates that have both values.
  ///   - reference: the same under the reference regime.
  init(
    difference: Summary, ratio: Summary?, higher: Int, lower: Int, value: Moments,
    reference: Moments
  ) {
    self.difference = difference
    self.ratio = ratio
    shareHigher = Double(higher) / Double(difference.count)
    shareLower = Double(lower) / Double(difference.count)
    varianceReduction = Self.varianceReduction(
      from: value.variance + reference.variance,
      to: difference.standardDeviation * difference.standardDeviation)
  }

  /// A difference; none where it is no more than rounding makes of equal values, which would count as
  /// higher or lower.
  static func difference(of value: Double, to reference: Double) -> Double {
    let difference = value - reference
    let size = max(abs(value), abs(reference))
    return abs(difference) <= 1e-12 * size ? 0 : difference
  }

  /// A ratio that can be summed; NaN where there is none.
  static func ratio(of value: Double, to reference: Double) -> Double {
    let ratio = value / reference
    return abs(ratio) <= Recorder.largest ? ratio : .nan
  }

  /// How many times the variance of the difference would be larger with independent streams.
  private static func varianceReduction(from unpaired: Double, to paired: Double) -> Double? {
    guard paired > 0 else { return nil }
    // A difference that is constant but for rounding does not vary.
    let reduction = unpaired / paired
    return reduction < 1e24 ? reduction : nil
  }
}

/// A column under a regime and under its reference, on the way to their ``Comparison``.
struct PairFold: Sendable {
  private(set) var difference: ColumnFold
  private(set) var ratio: ColumnFold
  /// Both sides over replicates that have both values.
  private(set) var value = RunningMoments()
  private(set) var reference = RunningMoments()
  private(set) var higher = 0
  private(set) var lower = 0

  /// Nothing yet.
  init(_ column: () -> ColumnFold) { (difference, ratio) = (column(), column()) }

  /// Adds a stretch of both columns.
  ///
  /// - Parameter moments: of both, each by itself.
  mutating func fold(
    _ values: ArraySlice<Double>, _ references: ArraySlice<Double>,
    moments: (value: Moments, reference: Moments), randomisations: [Int]
  ) {
    let pairs = zip(values, references)
    let differences = pairs.map(Comparison.difference)
    let both = difference.fold(differences[...], randomisations: randomisations).count
    ratio.fold(pairs.map(Comparison.ratio)[...], randomisations: randomisations)
    for difference in differences {
      if difference > 0 { higher += 1 } else if difference < 0 { lower += 1 }
    }
    // Columns without gaps, which most are, have been summed already.
    var moments = moments
    if both < moments.value.count || both < moments.reference.count {
      let complete = pairs.filter { !$0.isNaN && !$1.isNaN }
      moments = (Moments(of: complete.map(\.0)), Moments(of: complete.map(\.1)))
    }
    value.block.combine(moments.value)
    reference.block.combine(moments.reference)
  }

  /// How the regime compares; nil when no replicate has both values.
  mutating func comparison() -> Comparison? {
    difference.summary().map {
      Comparison(
        difference: $0, ratio: ratio.summary(), higher: higher, lower: lower,
        value: value.closed, reference: reference.closed)
    }
  }

  mutating func visit<Visitor: FoldVisitor>(_ visitor: inout Visitor) throws(Visitor.Failure) {
    try difference.visit(&visitor)
    try ratio.visit(&visitor)
    try visitor.moments(&value)
    try visitor.moments(&reference)
    try visitor.count(&higher)
    try visitor.count(&lower)
  }
}
