import CGSL

extension Distribution {
  /// A beta on 0...1; 0 < mean < 1, and 0 < sd < sqrt(mean (1 - mean)), where all the probability
  /// would sit on 0 and 1.
  public static func beta(mean: Double, sd: Double) throws(DistributionError) -> Distribution {
    try requireFinite("beta", ("mean", mean), ("sd", sd))
    guard mean > 0, mean < 1 else {
      throw .unmet(law: "beta", needs: "0 < mean < 1", got: [mean])
    }
    try requirePositive("beta", ("sd", sd))
    let total = mean * (1 - mean) / (sd * sd) - 1
    guard total > 0 else {
      // Rounded down, so that a stated limit is never out of reach.
      let limit = ((mean * (1 - mean)).squareRoot() * 1000).rounded(.down) / 1000
      throw .unmet(
        law: "beta with mean \(mean.plain)", needs: "sd below \(limit.plain)", got: [sd])
    }
    let law = BetaLaw(a: mean * total, b: (1 - mean) * total, low: 0, high: 1)
    if let (least, instead) = law.leastSpread, sd < least {
      throw .unmet(
        law: "beta with mean \(mean.plain)",
        needs: "sd of at least \(least.plain) (write \(instead) instead)", got: [sd])
    }
    return try law.usable(as: "beta")
  }

  /// A beta-PERT law, mean (low + 4 mode + high) / 6; low <= mode <= high and low < high.
  ///
  /// A beta stretched to the bounds, with weight 4 on the mode as in the PERT of 1959.
  public static func pert(
    _ low: Double, _ mode: Double, _ high: Double
  ) throws(DistributionError) -> Distribution {
    try requireMode("pert", low, mode, high)
    let width = high - low
    let a = 1 + 4 * ((mode - low) / width)
    let b = 1 + 4 * ((high - mode) / width)
    return try BetaLaw(a: a, b: b, low: low, high: high).usable(as: "pert")
  }
}

/// A beta, stretched from 0...1 to other bounds.
struct BetaLaw: SmoothLaw {
  let a: Double
  let b: Double
  let low: Double
  let high: Double

  var support: ClosedRange<Double> { low...high }
  var mean: Double { low + (high - low) * (a / (a + b)) }

  func below(_ x: Double) -> Double { Self.below((x - low) / (high - low), a: a, b: b) }

  func above(_ x: Double) -> Double {
    let share = (x - low) / (high - low)
    return NearlyNormalBeta(a: a, b: b)?.above(share) ?? gsl_cdf_beta_Q(share, a, b)
  }

  func quantile(_ u: Double) -> Double { stretched(Self.quantile(u, a: a, b: b), low, high) }

  func upperQuantile(_ q: Double) -> Double {
    -stretched(Self.quantile(q, a: b, b: a), -high, -low)
  }

  /// A beta weighted by its value is another beta.
  func partialMean(over window: ClosedRange<Double>) -> Double {
    let weighted = BetaLaw(a: a + 1, b: b, low: low, high: high)
    let share = (high - low) * (a / (a + b)) * weighted.mass(in: window)
    return low * mass(in: window) + share
  }

  func sample(from stream: inout RandomStream) -> Double {
    stretched(stream.beta(a: a, b: b), low, high)
  }

  private static func below(_ x: Double, a: Double, b: Double) -> Double {
    NearlyNormalBeta(a: a, b: b)?.below(x) ?? gsl_cdf_beta_P(x, a, b)
  }

  /// The quantile on 0...1: GSL's inverse, where it holds; a bisection where it doesn't.
  ///
  /// `gsl_cdf_beta_Pinv` (2.7.1) gives NaN or a far-off answer for much of a < 0.1, and for tails of
  /// very unequal a and b, so each answer is checked by the distribution function (2 us).
  private static func quantile(_ p: Double, a: Double, b: Double) -> Double {
    if let normal = NearlyNormalBeta(a: a, b: b) {
      return normal.quantile(score: GSL.normalQuantile(p))
    }
    // Far from that, the inverse takes milliseconds, and the bisection a tenth of it.
    guard max(a, b) < Self.mostForInverse else { return bisected(p, a: a, b: b) }
    let x = gsl_cdf_beta_Pinv(p, a, b)
    let error = (gsl_cdf_beta_P(x, a, b) - p).magnitude
    if x >= 0 && x <= 1 && error <= 1e-10 * min(p, 1 - p) { return x }
    return bisected(p, a: a, b: b)
  }

  private static func bisected(_ p: Double, a: Double, b: Double) -> Double {
    Bisection.smallest(in: 0...1) { gsl_cdf_beta_P($0, a, b) >= p }
  }

  private static let mostForInverse = 1e6

  /// The least standard deviation at which this mean can be computed with, and what to write for less; nil
  /// where there is none.
  ///
  /// Doubles must be dense enough for a probability of 1e-6 to fall between two of them. GSL's distribution
  /// function loses digits as one number grows and the other doesn't, and is NaN from 1e16 on.
  fileprivate var leastSpread: (sd: Double, instead: String)? {
    let mean = a / (a + b)
    if NearlyNormalBeta(a: a, b: b) != nil { return (1e6 * mean.ulp, "a constant") }
    guard a + b > Self.most else { return nil }
    return ((mean * (b / (a + b)) / Self.most).squareRoot(), "a lognormal or a normal")
  }

  /// The sum of both numbers up to which GSL's distribution function is right to seven digits.
  private static let most = 1e10
}
