import Foundation
import Stochastics
import Testing

/// Every law with its moments from a textbook's formula rather than from the code under test.
struct KnownLaw: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let law: Distribution
  let mean: Double
  /// Second and fourth central moments, where a statistical test of the variance needs them.
  let variance: Double
  let fourth: Double

  init(
    _ name: String, _ law: Distribution, mean: Double, variance: Double, fourth: Double
  ) {
    testDescription = name
    self.law = law
    self.mean = mean
    self.variance = variance
    self.fourth = fourth
  }

  /// Whether its distribution function makes it uniform: it has no jumps, at which quantiles would be the same.
  var hasTransform: Bool {
    let quantiles = (1...100).map { law.quantile(Double($0) / 101) }
    return zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// A lognormal's moments, by the raw moments exp(k mu + k^2 sigma^2 / 2).
  static func lognormal(_ name: String, _ law: Distribution, mu: Double, sigma: Double) -> KnownLaw
  {
    let raw = (1...4).map { exp(Double($0) * mu + Double($0 * $0) * sigma * sigma / 2) }
    return KnownLaw(name, law, rawMoments: raw)
  }

  /// A beta's moments, stretched to low...low + width.
  static func beta(
    _ name: String, _ law: Distribution, a: Double, b: Double, low: Double = 0, width: Double = 1
  ) -> KnownLaw {
    var raw: [Double] = []
    for power in 0..<4 {
      raw.append((raw.last ?? 1) * (a + Double(power)) / (a + b + Double(power)))
    }
    let unit = KnownLaw(name, law, rawMoments: raw)
    return KnownLaw(
      name, law, mean: low + width * unit.mean, variance: pow(width, 2) * unit.variance,
      fourth: pow(width, 4) * unit.fourth)
  }

  static func discrete(
    _ name: String, _ law: Distribution, _ values: [Double], _ shares: [Double]
  ) -> KnownLaw {
    let raw = (1...4).map { power in
      zip(values, shares).reduce(0) { $0 + pow($1.0, Double(power)) * $1.1 }
    }
    return KnownLaw(name, law, rawMoments: raw)
  }

  init(_ name: String, _ law: Distribution, rawMoments raw: [Double]) {
    let mean = raw[0]
    let cubic = raw[3] - 4 * mean * raw[2] + 6 * mean * mean * raw[1]
    self.init(
      name, law, mean: mean, variance: raw[1] - mean * mean, fourth: cubic - 3 * pow(mean, 4))
  }

  /// Moments by the midpoint rule over a density given in closed form here.
  static func density(
    _ name: String, _ law: Distribution, on range: ClosedRange<Double>,
    _ density: (Double) -> Double
  ) -> KnownLaw {
    let steps = 30_000
    let width = (range.upperBound - range.lowerBound) / Double(steps)
    var raw = [0.0, 0.0, 0.0, 0.0, 0.0]
    for step in 0..<steps {
      let x = range.lowerBound + (Double(step) + 0.5) * width
      var term = density(x) * width
      for power in 0...4 {
        raw[power] += term
        term *= x
      }
    }
    return KnownLaw(name, law, rawMoments: raw.dropFirst().map { $0 / raw[0] })
  }

  static func bell(_ x: Double) -> Double { exp(-x * x / 2) }

  static func smooth() throws -> [KnownLaw] {
    let z95 = 1.644_853_626_951_472_7
    return [
      KnownLaw("uniform", try .uniform(-2, 6), mean: 2, variance: 64 / 12, fourth: 4096 / 80),
      KnownLaw("normal", try .normal(mean: -3, sd: 2), mean: -3, variance: 4, fourth: 48),
      .lognormal(
        "lognormal", try .lognormal(median: 10, sigma: 0.4), mu: log(10), sigma: 0.4),
      .lognormal(
        "ci90", try .ci90(5, 20), mu: log(100) / 2, sigma: log(4) / (2 * z95)),
      .density("triangular", try .triangular(1, 2, 6), on: 1...6) {
        $0 < 2 ? ($0 - 1) / 1 : (6 - $0) / 4
      },
      .density("triangular, mode at the end", try .triangular(0, 3, 3), on: 0...3) { $0 },
      .beta("pert", try .pert(2, 4, 12), a: 1.8, b: 4.2, low: 2, width: 10),
      .beta("beta", try .beta(mean: 0.2, sd: 0.1), a: 3, b: 12),
      .beta("beta, U-shaped", try .beta(mean: 0.5, sd: 0.4), a: 0.28125, b: 0.28125),
    ]
  }

  static func truncated() throws -> [KnownLaw] {
    [
      .density(
        "normal, both sides", try .normal(mean: 1, sd: 2).truncated(min: 0, max: 4), on: 0...4
      ) { bell(($0 - 1) / 2) },
      .density(
        "normal, far up the tail", try .normal(mean: 0, sd: 1).truncated(min: 9), on: 9...14
      ) { exp((81 - $0 * $0) / 2) },
      .density("lognormal", try .ci90(5, 20).truncated(max: 12), on: 1e-9...12) { x in
        bell((log(x) - log(100) / 2) / (log(4) / 3.289_707_253_902_945)) / x
      },
      .density("beta", try .beta(mean: 0.2, sd: 0.1).truncated(min: 0.3), on: 0.3...1) {
        pow($0, 2) * pow(1 - $0, 11)
      },
      .density(
        "triangular", try .triangular(1, 2, 6).truncated(min: 1.5, max: 5), on: 1.5...5
      ) { $0 < 2 ? $0 - 1 : (6 - $0) / 4 },
      .density("uniform", try .uniform(0, 10).truncated(min: 2, max: 3), on: 2...3) { _ in 1 },
      .density(
        "twice", try .normal(mean: 0, sd: 1).truncated(min: 0).truncated(max: 1), on: 0...1
      ) { bell($0) },
    ]
  }

  static func jumping() throws -> [KnownLaw] {
    let halves = try Distribution.mixture(
      [.constant(0), .uniform(1, 2)], weights: [1, 3])
    return [
      .discrete(
        "discrete", try .discrete([3, 1, 2, 9], weights: [2, 5, 3, 0]), [1, 2, 3], [0.5, 0.3, 0.2]),
      .discrete(
        "empirical", try .empirical([4, 4, 1, 7]), [1, 4, 7], [0.25, 0.5, 0.25]),
      .discrete(
        "discrete, truncated", try .discrete([1, 2, 3], weights: [5, 3, 2]).truncated(min: 1.5),
        [2, 3], [0.6, 0.4]),
      KnownLaw(
        "mixture with a jump", halves,
        rawMoments: (1...4).map { 0.75 * (pow(2, Double($0 + 1)) - 1) / Double($0 + 1) }),
      .density(
        "mixture of normals",
        try .mixture(
          [.normal(mean: 0, sd: 1), .normal(mean: 4, sd: 0.5)], weights: [0.4, 0.6]),
        on: -9...9
      ) { 0.4 * bell($0) + 0.6 / 0.5 * bell(($0 - 4) / 0.5) },
      .density(
        "mixture, truncated",
        try .mixture(
          [.normal(mean: 0, sd: 1), .normal(mean: 4, sd: 0.5)], weights: [0.4, 0.6]
        ).truncated(min: 1, max: 4), on: 1...4
      ) { 0.4 * bell($0) + 0.6 / 0.5 * bell(($0 - 4) / 0.5) },
    ]
  }

  /// Those without jumps, whose distribution function makes them uniform.
  static let continuous = Result { try smooth() + truncated() }
  static let all = Result { try continuous.get() + jumping() }
}
