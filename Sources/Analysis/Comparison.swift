/// One column under a regime, held to the same column under the reference regime, replicate by
/// replicate: the same luck and the same unknowns on both sides.
public struct Comparison: Hashable, Sendable {
  /// Regime minus reference.
  public let difference: Summary
  /// Regime over reference, over replicates where the reference is not zero; nil if there are none.
  public let ratio: Summary?
  /// Share of replicates in which the regime is higher.
  public let shareHigher: Double
  /// How many times larger the variance of the difference would be with independent streams; nil
  /// when the difference does not vary.
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
    let ratios = zip(values, reference).map { $1 == 0 ? Double.nan : $0 / $1 }
    ratio = Summary(of: ratios, randomisations: randomisations)
    let higher = differences.count { $0 > 0 }
    shareHigher = Double(higher) / Double(difference.count)
    let varianceOfDifference = difference.standardDeviation * difference.standardDeviation
    varianceReduction =
      varianceOfDifference > 0
      ? Self.varianceUnpaired(values, reference) / varianceOfDifference : nil
  }

  /// The variance that the difference would have with independent streams, over replicates that have
  /// both values.
  private static func varianceUnpaired(_ values: [Double], _ reference: [Double]) -> Double {
    let paired = zip(values, reference).filter { !$0.isNaN && !$1.isNaN }
    return Moments(of: paired.map { $0.0 }).variance + Moments(of: paired.map { $0.1 }).variance
  }
}
