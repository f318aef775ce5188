import Glibc

/// A smooth law given that it falls in a window: by its distribution function, not by clipping (which
/// piles probability on the bounds) nor by rejection (which need not end).
struct TruncatedLaw: Hashable, Sendable {
  let law: SmoothLaw
  /// The window within the law's support; one side may be infinite.
  let window: ClosedRange<Double>
  /// P(X below the window), or above it for an upper window.
  private let before: Double
  /// The probability in the window.
  let mass: Double
  /// Whether the window lies above the median, where the upper tail has the digits.
  private let isUpper: Bool

  /// A window with less than this is 33 standard deviations up a normal's tail, and its quantiles run
  /// out of doubles.
  private static let leastMass = 1e-250

  /// Fails when the window has no probability.
  init?(_ law: SmoothLaw, to bounds: ClosedRange<Double>) {
    guard bounds.overlaps(law.support) else { return nil }
    self.law = law
    window = bounds.clamped(to: law.support)
    isUpper = law.cdf(window.lowerBound) > 0.5
    if isUpper {
      before = law.survival(window.upperBound)
      mass = law.survival(window.lowerBound) - before
    } else {
      before = law.cdf(window.lowerBound)
      mass = law.cdf(window.upperBound) - before
    }
    guard mass > TruncatedLaw.leastMass else { return nil }
  }

  func cdf(_ x: Double) -> Double {
    if x < window.lowerBound { return 0 }
    if x >= window.upperBound { return 1 }
    return isUpper
      ? 1 - (law.survival(x) - before) / mass
      : (law.cdf(x) - before) / mass
  }

  func quantile(_ u: Double) -> Double {
    let x =
      isUpper
      ? law.upperQuantile(before + (1 - u) * mass)
      : law.quantile(min(before + u * mass, .belowOne))
    return min(max(x, window.lowerBound), window.upperBound)
  }

  var mean: Double {
    let mean = law.partialMean(over: window) / mass
    return min(max(mean, window.lowerBound), window.upperBound)
  }
}

extension SmoothLaw {
  /// The mean over the whole support.
  var mean: Double {
    switch self {
    case .uniform(let low, let high): low + (high - low) / 2
    case .normal(let mean, _): mean
    case .lognormal(let mu, let sigma): exp(mu + sigma * sigma / 2)
    case .triangular(let low, let mode, let high): low / 3 + mode / 3 + high / 3
    case .beta(let a, let b, let low, let high): low + (high - low) * (a / (a + b))
    }
  }

  /// The integral of x times the density over a window within the support.
  func partialMean(over window: ClosedRange<Double>) -> Double {
    let (start, end) = (window.lowerBound, window.upperBound)
    switch self {
    case .uniform(let low, let high):
      return (start + (end - start) / 2) * ((end - start) / (high - low))
    case .normal(let mean, let sd):
      let (a, b) = ((start - mean) / sd, (end - mean) / sd)
      return mean * mass(in: window) + sd * (normalDensity(a) - normalDensity(b))
    case .lognormal(let mu, let sigma):
      // A lognormal weighted by its value is another lognormal.
      return mean * SmoothLaw.lognormal(mu: mu + sigma * sigma, sigma: sigma).mass(in: window)
    case .triangular(let low, let mode, let high):
      let turn = min(max(mode, start), end)
      let rising = simpson(start, turn) { $0 * ($0 - low) / (mode - low) }
      let falling = simpson(turn, end) { $0 * (high - $0) / (high - mode) }
      return 2 * (rising + falling) / (high - low)
    case .beta(let a, let b, let low, let high):
      // A beta weighted by its value is another beta.
      let weighted = SmoothLaw.beta(a: a + 1, b: b, low: low, high: high)
      let share = (high - low) * (a / (a + b)) * weighted.mass(in: window)
      return low * mass(in: window) + share
    }
  }

  /// P(X in a window), from the tail that keeps its digits.
  private func mass(in window: ClosedRange<Double>) -> Double {
    cdf(window.lowerBound) > 0.5
      ? survival(window.lowerBound) - survival(window.upperBound)
      : cdf(window.upperBound) - cdf(window.lowerBound)
  }

  /// Simpson's rule, exact for the parabolas that it is given here.
  private func simpson(_ a: Double, _ b: Double, _ value: (Double) -> Double) -> Double {
    a < b ? (b - a) / 6 * (value(a) + 4 * value((a + b) / 2) + value(b)) : 0
  }

  private func normalDensity(_ z: Double) -> Double {
    exp(-z * z / 2) / (2 * Double.pi).squareRoot()
  }
}
