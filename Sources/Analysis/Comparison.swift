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
    self.init(
      of: values, to: reference, (Moments(of: values), Moments(of: reference)),
      randomisations: randomisations)
  }

  /// Compares two columns whose moments, each by itself, are known.
  init?(
    of values: [Double], to reference: [Double], _ moments: (value: Moments, reference: Moments),
    randomisations: [Int]
  ) {
    let pairs = zip(values, reference)
    let differences = pairs.map(Self.difference)
    guard let difference = Summary(of: differences, randomisations: randomisations) else {
      return nil
    }
    var (value, reference) = moments
    if difference.count != value.count || difference.count != reference.count {
      let both = pairs.filter { !$0.isNaN && !$1.isNaN }
      (value, reference) = (Moments(of: both.map { $0.0 }), Moments(of: both.map { $0.1 }))
    }
    self.init(
      difference: difference,
      ratio: Summary(of: pairs.map(Self.ratio), randomisations: randomisations),
      higher: differences.count { $0 > 0 }, value: value, reference: reference)
  }

  /// States how two columns compare.
  ///
  /// - Parameters:
  ///   - higher: in how many replicates the regime is higher.
  ///   - value: the moments under the regime, over replicates that have both values.
  ///   - reference: the same under the reference regime.
  init(
    difference: Summary, ratio: Summary?, higher: Int, value: Moments, reference: Moments
  ) {
    self.difference = difference
    self.ratio = ratio
    shareHigher = Double(higher) / Double(difference.count)
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
