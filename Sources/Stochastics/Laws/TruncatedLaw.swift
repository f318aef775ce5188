/// A window with less than this is 33 standard deviations up a normal's tail, and its quantiles run
/// out of doubles.
private let leastMass = 1e-250

/// A smooth law given that it falls in a window: by its distribution function, not by clipping (which
/// piles probability on the bounds) nor by rejection (which need not end).
struct TruncatedLaw<Whole: SmoothLaw>: Law {
  private let law: Whole
  /// The window within the law's support; one side may be infinite.
  let support: ClosedRange<Double>
  /// P(X below the window), or above it for an upper window.
  private let before: Double
  /// The probability in the window.
  let mass: Double
  /// Whether the window lies above the median, where the upper tail has the digits.
  private let isUpper: Bool

  /// Fails when the window has no probability.
  init?(_ law: Whole, to bounds: ClosedRange<Double>) {
    guard bounds.overlaps(law.support) else { return nil }
    self.law = law
    let window = bounds.clamped(to: law.support)
    support = window
    isUpper = law.cdf(window.lowerBound) > 0.5
    if isUpper {
      before = law.survival(window.upperBound)
      mass = law.survival(window.lowerBound) - before
    } else {
      before = law.cdf(window.lowerBound)
      mass = law.cdf(window.upperBound) - before
    }
    guard mass > leastMass else { return nil }
  }

  func cdf(_ x: Double) -> Double {
    if x < support.lowerBound { return 0 }
    if x >= support.upperBound { return 1 }
    return isUpper
      ? 1 - (law.survival(x) - before) / mass
      : (law.cdf(x) - before) / mass
  }

  func quantile(_ u: Double) -> Double {
    let x =
      isUpper
      ? law.upperQuantile(before + (1 - u) * mass)
      : law.quantile(min(before + u * mass, .belowOne))
    return min(max(x, support.lowerBound), support.upperBound)
  }

  var mean: Double {
    let mean = law.partialMean(over: support) / mass
    return min(max(mean, support.lowerBound), support.upperBound)
  }

  func restricted(to bounds: ClosedRange<Double>) -> (law: Distribution, mass: Double)? {
    guard bounds.overlaps(support) else { return nil }
    return TruncatedLaw(law, to: bounds.clamped(to: support)).map {
      (Distribution($0), $0.mass / mass)
    }
  }
}
