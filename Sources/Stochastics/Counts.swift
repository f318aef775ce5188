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

  /// A Poisson count from one uniform; mean in 0...1e9.
  public mutating func poisson(mean: Double) -> Int {
    precondition(mean >= 0 && mean <= 1e9, "poisson with mean \(mean)")
    return Counts.poisson(uniform(), mean: mean)
  }

  /// Successes among n independent trials of probability p, from one uniform; n in 0...4,294,967,295.
  public mutating func binomial(n: Int, p: Double) -> Int {
    precondition(n >= 0 && n <= UInt32.max, "binomial with n \(n)")
    precondition(p >= 0 && p <= 1, "binomial with p \(p)")
    return Counts.binomial(uniform(), n: n, p: p)
  }
}

/// Quantiles of laws on the counts, which GSL lacks: the smallest k with P(K <= k) >= u.
enum Counts {
  /// Below this mean, adding up probabilities from 0 beats calling the incomplete gamma or beta.
  private static let summedMean = 30.0

  static func poisson(_ u: Double, mean: Double) -> Int {
    if mean < summedMean {
      return summed(u, first: exp(-mean), mean: mean, limit: .max) { mean / Double($0) }
    }
    return searched(u, mean: mean, sd: mean.squareRoot(), limit: Int(UInt32.max)) {
      gsl_cdf_poisson_P(UInt32($0), mean)
    }
  }

  static func binomial(_ u: Double, n: Int, p: Double) -> Int {
    // Counting failures keeps the first probability away from 0; 1 - u is exact for our uniforms.
    if p > 0.5 { return n - binomial(1 - u, n: n, p: 1 - p) }
    let mean = Double(n) * p
    if mean < summedMean {
      let odds = p / (1 - p)
      let first = exp(Double(n) * log1p(-p))
      return summed(u, first: first, mean: mean, limit: n) { count in
        odds * Double(n - count + 1) / Double(count)
      }
    }
    return searched(u, mean: mean, sd: (mean * (1 - p)).squareRoot(), limit: n) {
      gsl_cdf_binomial_P(UInt32($0), p, UInt32(n))
    }
  }

  /// Adds probabilities from count 0 on; `ratio(k)` is P(k) / P(k - 1).
  private static func summed(
    _ u: Double, first: Double, mean: Double, limit: Int, ratio: (Int) -> Double
  ) -> Int {
    var count = 0
    var probability = first
    var sum = first
    while sum < u && count < limit {
      count += 1
      probability *= ratio(count)
      let next = sum + probability
      // Beyond the mean, a probability too small to add means that the rest of the tail is too.
      if next == sum && Double(count) > mean { break }
      sum = next
    }
    return count
  }

  /// Brackets the count from the normal law's guess by doubling steps, then halves the bracket.
  private static func searched(
    _ u: Double, mean: Double, sd: Double, limit: Int, cdf: (Int) -> Double
  ) -> Int {
    let guess = mean + sd * GSL.normalQuantile(u)
    var high = min(max(Int(guess), 0), limit)
    var step = 1
    while high < limit && cdf(high) < u {
      high = min(high + step, limit)
      step *= 2
    }
    var low = high
    step = 1
    repeat {
      low = max(low - step, -1)
      step *= 2
    } while low >= 0 && cdf(low) >= u
    while high - low > 1 {
      let middle = (low + high) / 2
      if cdf(middle) >= u { high = middle } else { low = middle }
    }
    return high
  }
}
