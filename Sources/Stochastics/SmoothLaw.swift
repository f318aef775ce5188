import CGSL
import Glibc

/// The laws with a density, on numbers that were validated at construction.
///
/// Each knows both tails: near probability 1 only the upper one keeps its digits, and a truncation far
/// up a tail needs them.
enum SmoothLaw: Hashable, Sendable {
  case uniform(low: Double, high: Double)
  case normal(mean: Double, sd: Double)
  case lognormal(mu: Double, sigma: Double)
  case triangular(low: Double, mode: Double, high: Double)
  case beta(a: Double, b: Double, low: Double, high: Double)

  /// The smallest closed interval that holds all the probability.
  var support: ClosedRange<Double> {
    switch self {
    case .uniform(let low, let high): low...high
    case .normal: -.infinity ... .infinity
    case .lognormal: 0 ... .infinity
    case .triangular(let low, _, let high): low...high
    case .beta(_, _, let low, let high): low...high
    }
  }

  /// P(X <= x).
  func cdf(_ x: Double) -> Double {
    if x <= support.lowerBound { return 0 }
    if x >= support.upperBound { return 1 }
    switch self {
    case .uniform(let low, let high):
      return (x - low) / (high - low)
    case .normal(let mean, let sd):
      return GSL.normalCDF((x - mean) / sd)
    case .lognormal(let mu, let sigma):
      return GSL.normalCDF((log(x) - mu) / sigma)
    case .triangular(let low, let mode, let high):
      return x < mode
        ? (x - low) / (high - low) * ((x - low) / (mode - low))
        : 1 - (high - x) / (high - low) * ((high - x) / (high - mode))
    case .beta(let a, let b, let low, let high):
      return gsl_cdf_beta_P((x - low) / (high - low), a, b)
    }
  }

  /// P(X > x), with all its digits where it is small.
  func survival(_ x: Double) -> Double {
    if x <= support.lowerBound { return 1 }
    if x >= support.upperBound { return 0 }
    switch self {
    case .uniform(let low, let high):
      return (high - x) / (high - low)
    case .normal(let mean, let sd):
      return GSL.normalCDF((mean - x) / sd)
    case .lognormal(let mu, let sigma):
      return GSL.normalCDF((mu - log(x)) / sigma)
    case .triangular(let low, let mode, let high):
      return SmoothLaw.triangular(low: -high, mode: -mode, high: -low).cdf(-x)
    case .beta(let a, let b, let low, let high):
      return gsl_cdf_beta_Q((x - low) / (high - low), a, b)
    }
  }

  /// The x with P(X <= x) = p, for p in (0, 1).
  func quantile(_ p: Double) -> Double {
    switch self {
    case .uniform(let low, let high):
      return stretched(p, low, high)
    case .normal(let mean, let sd):
      return mean + sd * GSL.normalQuantile(p)
    case .lognormal(let mu, let sigma):
      return exp(mu + sigma * GSL.normalQuantile(p))
    case .triangular(let low, let mode, let high):
      let width = high - low
      return p * width < mode - low
        ? low + (p * width * (mode - low)).squareRoot()
        : high - ((1 - p) * width * (high - mode)).squareRoot()
    case .beta(let a, let b, let low, let high):
      return stretched(Beta.quantile(p, a: a, b: b), low, high)
    }
  }

  /// The x with P(X > x) = q, for q in (0, 1), with all its digits where q is small.
  func upperQuantile(_ q: Double) -> Double {
    switch self {
    case .uniform(let low, let high):
      return -stretched(q, -high, -low)
    case .normal(let mean, let sd):
      return mean - sd * GSL.normalQuantile(q)
    case .lognormal(let mu, let sigma):
      return exp(mu - sigma * GSL.normalQuantile(q))
    case .triangular(let low, let mode, let high):
      return -SmoothLaw.triangular(low: -high, mode: -mode, high: -low).quantile(q)
    case .beta(let a, let b, let low, let high):
      return -stretched(Beta.quantile(q, a: b, b: a), -high, -low)
    }
  }

  /// Draws through GSL's own sampler where it has one.
  func sample(from stream: inout RandomStream) -> Double {
    switch self {
    case .uniform, .triangular: quantile(stream.uniform())
    case .normal(let mean, let sd): stream.normal(mean: mean, sd: sd)
    case .lognormal(let mu, let sigma): stream.lognormal(mu: mu, sigma: sigma)
    case .beta(let a, let b, let low, let high): stretched(stream.beta(a: a, b: b), low, high)
    }
  }

  /// A share of the way from low to high, and not beyond it by rounding.
  private func stretched(_ share: Double, _ low: Double, _ high: Double) -> Double {
    min(low + (high - low) * share, high)
  }
}

/// The beta law on 0...1.
enum Beta {
  /// GSL's inverse, where it holds; a bisection where it doesn't.
  ///
  /// `gsl_cdf_beta_Pinv` (2.7.1) gives NaN or a far-off answer for much of a < 0.1, and for tails of
  /// very unequal a and b, so each answer is checked by the distribution function (2 us).
  static func quantile(_ p: Double, a: Double, b: Double) -> Double {
    let x = gsl_cdf_beta_Pinv(p, a, b)
    let error = (gsl_cdf_beta_P(x, a, b) - p).magnitude
    if x >= 0 && x <= 1 && error <= 1e-10 * min(p, 1 - p) { return x }
    return Bisection.smallest(in: 0...1) { gsl_cdf_beta_P($0, a, b) >= p }
  }
}
