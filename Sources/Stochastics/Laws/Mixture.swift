extension Distribution {
  /// Components with weights >= 0, which need not add up to 1.
  public static func mixture(
    _ components: [Distribution], weights: [Double]
  ) throws(DistributionError) -> Distribution {
    guard !components.isEmpty else { throw .empty(law: "mixture") }
    try requireWeights("mixture", weights, count: components.count)
    guard components.partCount <= Mixture.mostParts else {
      throw .tooManyParts(law: "mixture", most: Mixture.mostParts, got: components.partCount)
    }
    return Distribution(Mixture(zip(components, weights).map { ($0, $1) }))
  }
}

extension [Distribution] {
  /// How many laws they come to, mixtures taken apart.
  fileprivate var partCount: Int {
    reduce(0) { $0 + (($1.law as? Mixture)?.components.partCount ?? 1) }
  }
}

/// A weighted mixture of other laws, any of which may itself be discrete, truncated or a mixture.
struct Mixture: Law {
  let components: [Distribution]
  /// Positive, adding up to 1.
  private let shares: [Double]

  /// The most laws that it may come to, those of its components' own parts included: each draw asks all of
  /// them some 60 times.
  static let mostParts = 100

  /// Components with their weights, of which at least one is positive.
  init(_ weighted: [(law: Distribution, weight: Double)]) {
    let kept = weighted.filter { $0.weight > 0 }
    let total = kept.reduce(0) { $0 + $1.weight }
    components = kept.map(\.law)
    shares = kept.map { $0.weight / total }
  }

  var support: ClosedRange<Double> {
    let supports = components.map(\.support)
    let low = supports.reduce(.infinity) { min($0, $1.lowerBound) }
    let high = supports.reduce(-.infinity) { max($0, $1.upperBound) }
    return low...high
  }

  var mean: Double {
    zip(components, shares).reduce(0) { $0 + $1.0.mean * $1.1 }
  }

  func cdf(_ x: Double) -> Double {
    zip(components, shares).reduce(0) { $0 + $1.0.cdf(x) * $1.1 }
  }

  /// The smallest x whose cumulative probability reaches u, between the components' own quantiles:
  /// below the least of them none reaches u, and at the greatest all do.
  func quantile(_ u: Double) -> Double {
    var (low, high) = (Double.infinity, -Double.infinity)
    for component in components {
      let quantile = component.quantile(u)
      low = min(low, quantile)
      high = max(high, quantile)
    }
    return Bisection.smallest(in: low...high) { cdf($0) >= u }
  }

  func sample(from stream: inout RandomStream) -> Double {
    var rest = stream.uniform()
    for (component, share) in zip(components, shares.dropLast()) {
      if rest < share { return component.sample(from: &stream) }
      rest -= share
    }
    return components[components.count - 1].sample(from: &stream)
  }

  /// Truncating a mixture truncates its components, and weighs them by what they keep.
  func restricted(to bounds: ClosedRange<Double>) -> (law: Distribution, mass: Double)? {
    var kept: [(law: Distribution, weight: Double)] = []
    for (component, share) in zip(components, shares) {
      if let (law, mass) = component.law.restricted(to: bounds) {
        kept.append((law, share * mass))
      }
    }
    let mass = kept.reduce(0) { $0 + $1.weight }
    return mass > 0 ? (Distribution(Mixture(kept)), mass) : nil
  }
}
