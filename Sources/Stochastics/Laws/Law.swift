/// A probability law on numbers that were validated when it was made; each has a file of its own here,
/// with the factories that make it.
protocol Law: Hashable, Sendable {
  /// The smallest closed interval that holds all the probability; its ends may be infinite.
  var support: ClosedRange<Double> { get }

  /// The mean over the whole support.
  var mean: Double { get }

  /// P(X <= x).
  func cdf(_ x: Double) -> Double

  /// The smallest x with P(X <= x) >= u, for u in (0, 1).
  func quantile(_ u: Double) -> Double

  /// Draws a value.
  func sample(from stream: inout RandomStream) -> Double

  /// The law given that it falls within bounds, with the probability of that; nil if there is none.
  func restricted(to bounds: ClosedRange<Double>) -> (law: Distribution, mass: Double)?
}

extension Law {
  /// Through one uniform; laws for which GSL has a sampler draw through that.
  func sample(from stream: inout RandomStream) -> Double { quantile(stream.uniform()) }

  func equals(_ other: any Law) -> Bool { self == other as? Self }
}

/// A law with a density.
///
/// Each knows both tails: near probability 1 only the upper one keeps its digits, and a truncation far
/// up a tail needs them.
protocol SmoothLaw: Law {
  /// P(X <= x), for x strictly within the support.
  func below(_ x: Double) -> Double

  /// P(X > x), for x strictly within the support, with all its digits where it is small.
  func above(_ x: Double) -> Double

  /// The x with P(X > x) = q, for q in (0, 1), with all its digits where q is small.
  func upperQuantile(_ q: Double) -> Double

  /// The integral of x times the density over a window within the support.
  func partialMean(over window: ClosedRange<Double>) -> Double
}

extension SmoothLaw {
  func cdf(_ x: Double) -> Double {
    if x <= support.lowerBound { return 0 }
    return x >= support.upperBound ? 1 : below(x)
  }

  /// P(X > x).
  func survival(_ x: Double) -> Double {
    if x <= support.lowerBound { return 1 }
    return x >= support.upperBound ? 0 : above(x)
  }

  /// P(X in a window), from the tail that keeps its digits.
  func mass(in window: ClosedRange<Double>) -> Double {
    cdf(window.lowerBound) > 0.5
      ? survival(window.lowerBound) - survival(window.upperBound)
      : cdf(window.upperBound) - cdf(window.lowerBound)
  }

  func restricted(to bounds: ClosedRange<Double>) -> (law: Distribution, mass: Double)? {
    TruncatedLaw(self, to: bounds).map { (Distribution($0), $0.mass) }
  }

  /// The law as a distribution, under the name by which a scenario asks for it.
  ///
  /// It passes if its mean and the quantiles of every uniform we can draw are finite, and if its
  /// distribution function and its quantiles are each other's inverse as far as doubles allow.
  func usable(as name: String) throws(DistributionError) -> Distribution {
    _ = GSL.errorsAreReturned
    let ends = [quantile(0x1p-53), quantile(.belowOne), mean]
    let isInverse = [0.001, 0.5, 0.999].allSatisfy { u in
      let x = quantile(u)
      return cdf(x) > u - 1e-6 && cdf(x.nextDown) < u + 1e-6
    }
    guard isInverse, ends.allSatisfy(\.isFinite) else { throw .tooExtreme(law: name) }
    return Distribution(self)
  }
}

/// A share of the way from low to high, and not beyond it by rounding.
func stretched(_ share: Double, _ low: Double, _ high: Double) -> Double {
  min(low + (high - low) * share, high)
}
