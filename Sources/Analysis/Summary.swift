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
    self.init(of: values, Moments(of: values), randomisations: randomisations)
  }

  /// Summarises a column whose moments are known.
  init?(of values: [Double], _ moments: Moments, randomisations: [Int]) {
    // Most columns have no gaps: those need not be gone through for them.
    var present = moments.count == values.count ? values : values.filter { !$0.isNaN }
    guard let quantiles = Quantiles.select(Self.probabilities, from: &present) else { return nil }
    self.init(
      moments: moments, groups: Self.groups(of: values, randomisations), quantiles: quantiles)
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

  private static func groups(of values: [Double], _ randomisations: [Int]) -> [Moments] {
    guard !randomisations.isEmpty else { return [] }
    var groups = Array(repeating: Moments(), count: (randomisations.max() ?? 0) + 1)
    for (value, group) in zip(values, randomisations) where !value.isNaN {
      groups[group].add(value)
    }
    return groups
  }

  /// Points of one randomisation lean on each other; its means do not.
  private static func errorOfMean(_ groups: [Moments]) -> Double? {
    let means = groups.filter { $0.count > 0 }.map(\.mean)
    return means.count > 1 ? Design.standardError(ofRandomisationMeans: means) : nil
  }
}
