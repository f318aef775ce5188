import Stochastics

/// The parts of a figure's variance that each factor makes up, alone and with the others, from the points of a
/// ``SaltelliDesign``.
///
/// The *first-order* index of a factor is the share of variance that would be gone, in the mean, if it were known; the
/// *total* index is the share that would be left if everything else were. Their difference is interaction. First-order
/// indices by the estimator of Saltelli et al. (2010, Computer Physics Communications 181, 259), totals by that of Jansen (1999, Computer
/// Physics Communications 117, 35), both of values taken from their mean; either may lie a little below 0.
public struct SobolIndices: Sendable {
  /// The indices of one factor.
  public struct Indices: Hashable, Sendable {
    /// Its share of the variance alone.
    public let first: BootstrapEstimate
    /// Its share with all its interactions.
    public let total: BootstrapEstimate
  }

  /// One for each factor, in order.
  public let factors: [Indices]
  /// The sum of first-order indices: what factors make up one by one; the rest of 1 is interaction.
  public let sumOfFirst: BootstrapEstimate
  /// The mean of the figure over the points A and B.
  public let mean: Double
  /// Its variance over them.
  public let variance: Double
  /// Base samples that could be used: those of which no value is missing.
  public let count: Int

  /// Estimates indices.
  ///
  /// - Parameters:
  ///   - values: of the figure, base sample by base sample: at A, at AB of each factor, at B; NaN where missing.
  ///   - factors: how many there are, 1 or more.
  ///   - level: the probability that the intervals should hold, within (0, 1).
  ///   - resamples: bootstrap samples of the base samples, 1 or more.
  /// - Returns: nil where fewer than 16 base samples are whole, or the figure does not vary.
  public init?(
    of values: [Double], factors: Int, seed: UInt64, level: Double = 0.9,
    resamples: Int = BootstrapEstimate.resamples
  ) {
    let size = factors + 2
    precondition(factors > 0 && values.count % size == 0, "\(values.count) values of \(size)")
    let whole = stride(from: 0, to: values.count, by: size).map { values[$0..<$0 + size] }
      .filter { !$0.contains(where: \.isNaN) }
    guard whole.count >= 16, let any = whole[0].first,
      whole.contains(where: { $0.contains { $0 != any } })
    else { return nil }
    let centre = whole.reduce(0) { $0 + $1.reduce(0, +) } / Double(whole.count * size)
    let terms = whole.map { Terms(of: $0.map { $0 - centre }) }
    guard let sums = Self.indices(of: terms, at: Array(terms.indices), factors) else { return nil }
    let samples = (0..<resamples).compactMap { number in
      Self.indices(
        of: terms, at: Resample.places(number, of: terms.count, seed: seed), factors)
    }
    self.factors = (0..<factors).map { factor in
      Indices(
        first: BootstrapEstimate(
          sums.first[factor], resampled: samples.map { $0.first[factor] }, level: level),
        total: BootstrapEstimate(
          sums.total[factor], resampled: samples.map { $0.total[factor] }, level: level))
    }
    sumOfFirst = BootstrapEstimate(
      sums.first.reduce(0, +), resampled: samples.map { $0.first.reduce(0, +) }, level: level)
    (mean, variance, count) = (centre + sums.mean, sums.variance, whole.count)
  }

  /// What one base sample adds to the sums.
  private struct Terms {
    let sum: Double
    let square: Double
    /// By factor.
    let first: [Double]
    let total: [Double]

    /// - Parameter values: at A, at AB of each factor, at B, from their mean.
    init(of values: [Double]) {
      let (a, b) = (values[0], values[values.count - 1])
      (sum, square) = (a + b, a * a + b * b)
      let mixed = values.dropFirst().dropLast()
      first = mixed.map { b * ($0 - a) }
      total = mixed.map { (a - $0) * (a - $0) / 2 }
    }
  }

  private static func indices(
    of terms: [Terms], at places: [Int], _ factors: Int
  ) -> (first: [Double], total: [Double], mean: Double, variance: Double)? {
    var (sum, square) = (0.0, 0.0)
    var first = Array(repeating: 0.0, count: factors)
    var total = first
    for place in places {
      sum += terms[place].sum
      square += terms[place].square
      for factor in 0..<factors {
        first[factor] += terms[place].first[factor]
        total[factor] += terms[place].total[factor]
      }
    }
    let count = Double(places.count)
    let mean = sum / (2 * count)
    let variance = square / (2 * count) - mean * mean
    guard variance > 0 else { return nil }
    return (
      first.map { $0 / count / variance }, total.map { $0 / count / variance }, mean, variance
    )
  }
}
