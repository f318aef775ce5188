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
    let differences = zip(values, reference).map { $0 - $1 }
    guard let difference = Summary(of: differences, randomisations: randomisations) else {
      return nil
    }
    self.difference = difference
    let ratios = zip(values, reference).map { value, reference in
      let ratio = value / reference
      return abs(ratio) <= Recorder.largest ? ratio : .nan
    }
    ratio = Summary(of: ratios, randomisations: randomisations)
    let higher = differences.count { $0 > 0 }
    shareHigher = Double(higher) / Double(difference.count)
    varianceReduction = Self.varianceReduction(
      from: values, reference, to: difference.standardDeviation * difference.standardDeviation)
  }

  /// How many times the variance of the difference would be larger with independent streams, over
  /// replicates that have both values.
  private static func varianceReduction(
    from values: [Double], _ reference: [Double], to paired: Double
  ) -> Double? {
    guard paired > 0 else { return nil }
    let both = zip(values, reference).filter { !$0.isNaN && !$1.isNaN }
    let unpaired =
      Moments(of: both.map { $0.0 }).variance + Moments(of: both.map { $0.1 }).variance
    // A difference that is constant but for rounding does not vary.
    let reduction = unpaired / paired
    return reduction < 1e24 ? reduction : nil
  }
}
