import CGSL
import Glibc

// Laws that a lever of a regime may change: each takes ONE uniform through a monotone inverse, so that
// with the same stream a larger probability or mean never gives a smaller count.
extension RandomStream {
  /// True with probability p in 0...1: one uniform below p. Never true at 0, always at 1.
  public mutating func bernoulli(_ p: Double) -> Bool {
    precondition(p >= 0 && p <= 1, "bernoulli with p \(p)")
    return uniform() < p
  }

  /// A Poisson count from one uniform; mean in 0...1,000,000.
  public mutating func poisson(mean: Double) -> Int {
    precondition(mean >= 0 && mean <= Counts.limit, "poisson with mean \(mean)")
    return Counts.poisson(uniform(), mean: mean)
  }

  /// Successes among n independent trials of probability p, from one uniform; n in 0...1,000,000.
  public mutating func binomial(n: Int, p: Double) -> Int {
    precondition(n >= 0 && Double(n) <= Counts.limit, "binomial with n \(n)")
    precondition(p >= 0 && p <= 1, "binomial with p \(p)")
    return Counts.binomial(uniform(), n: n, p: p)
  }
}

/// Quantiles of laws on the counts, which GSL lacks: the smallest k with P(K <= k) >= u.
enum Counts {
  /// GSL 2.7.1's Poisson distribution function is silently wrong from a mean of 2e6 on (at 1e9 by a
  /// factor of 4), its binomial one NaN from 2e6 trials on.
  static let limit = 1e6

  /// Below this mean, adding up probabilities from 0 beats calling the incomplete gamma or beta.
  private static let summedMean = 30.0

  /// Above this uniform, the rounding of a sum would show in the probability that is left.
  private static let summedUniform = 1 - 1e-6

  static func poisson(_ u: Double, mean: Double) -> Int {
    if mean == 0 { return 0 }
    if mean < summedMean && u < summedUniform {
      return summed(u, first: exp(-mean), limit: .max) { mean / Double($0) }
    }
    let sd = mean.squareRoot()
    return searched(
      u, mean: mean, sd: sd, skewness: 1 / sd, limit: Int(UInt32.max),
      cdf: { gsl_cdf_poisson_P(UInt32($0), mean) },
      survival: { gsl_cdf_poisson_Q(UInt32($0), mean) })
  }

  static func binomial(_ u: Double, n: Int, p: Double) -> Int {
    // Counting failures keeps the first probability away from 0; 1 - u is exact for our uniforms.
    if p > 0.5 { return n - binomial(1 - u, n: n, p: 1 - p) }
    let mean = Double(n) * p
    if mean == 0 { return 0 }
    if mean < summedMean && u < summedUniform {
      let odds = p / (1 - p)
      return summed(u, first: exp(Double(n) * log1p(-p)), limit: n) { count in
        odds * Double(n - count + 1) / Double(count)
      }
    }
    let sd = (mean * (1 - p)).squareRoot()
    return searched(
      u, mean: mean, sd: sd, skewness: (1 - 2 * p) / sd, limit: n,
      cdf: { nearlyNormal($0, n)?.above(p) ?? gsl_cdf_binomial_P(UInt32($0), p, UInt32(n)) },
      survival: { nearlyNormal($0, n)?.below(p) ?? gsl_cdf_binomial_Q(UInt32($0), p, UInt32(n)) })
  }

  /// The beta that has the tails of a binomial at a count, where there are so many trials that GSL's answer is
  /// NaN.
  private static func nearlyNormal(_ count: Int, _ n: Int) -> NearlyNormalBeta? {
    guard Double(n) > limit else { return nil }
    return NearlyNormalBeta(a: Double(count) + 1, b: Double(n - count))
  }

  /// Adds probabilities from count 0 on; `ratio(k)` is P(k) / P(k - 1).
  private static func summed(
    _ u: Double, first: Double, limit: Int, ratio: (Int) -> Double
  ) -> Int {
    var count = 0
    var probability = first
    var sum = first
    while sum < u && count < limit {
      count += 1
      probability *= ratio(count)
      sum += probability
    }
    return count
  }

  /// Brackets the count by doubling steps, then halves the bracket. Above the median, the upper tail
  /// decides: only it has the digits.
  ///
  /// The first guess is the normal law's, corrected for skewness (Cornish and Fisher 1938): mostly right,
  /// which takes two looks at the distribution function. It decides how long the search takes, and
  /// nothing else.
  private static func searched(
    _ u: Double, mean: Double, sd: Double, skewness: Double, limit: Int, cdf: (Int) -> Double,
    survival: (Int) -> Double
  ) -> Int {
    _ = GSL.errorsAreReturned
    func reaches(_ count: Int) -> Bool {
      u > 0.5 ? survival(count) <= 1 - u : cdf(count) >= u
    }
    let z = GSL.normalQuantile(u)
    let guess = mean + sd * (z + skewness * (z * z - 1) / 6)
    // A count k stands for what lies between k - 1/2 and k + 1/2.
    let nearest = min(max((guess - 0.5).rounded(.up), 0), Double(limit))
    var low = Int(nearest)
    var high = low
    var step = 1
    if reaches(high) {
      repeat {
        high = low
        low = max(low - step, -1)
        step *= 2
      } while low >= 0 && reaches(low)
    } else {
      repeat {
        low = high
        high = min(high + step, limit)
        step *= 2
      } while high < limit && !reaches(high)
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if reaches(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
