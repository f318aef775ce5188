import Foundation
import Testing

@testable import Stochastics

@Suite("Counts from one uniform")
struct CountsTests {
  static let uniforms: [Double] = {
    let middle = (1..<50).map { Double($0) / 50 }
    return [0x1p-53, 1e-9] + middle + [1 - 1e-9, 1.0.nextDown]
  }()

  /// P(K <= k) by adding up logarithmic probabilities.
  static func sum(to count: Int, _ logProbability: (Double) -> Double) -> Double {
    count < 0 ? 0 : (0...count).reduce(0.0) { $0 + exp(logProbability(Double($1))) }
  }

  static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  }

  @Test("Poisson: the smallest count that reaches u", arguments: [0.01, 3, 29.9, 30.1, 200])
  func poisson(mean: Double) {
    for u in Self.uniforms {
      let count = Counts.poisson(u, mean: mean)
      let cdf = { k in Self.sum(to: k) { $0 * log(mean) - mean - Self.logGamma($0 + 1) } }
      #expect(cdf(count) >= u - 1e-12, "u = \(u), count = \(count)")
      #expect(cdf(count - 1) < u + 1e-12, "u = \(u), count = \(count)")
    }
  }

  @Test(
    "Binomial: the smallest count that reaches u",
    arguments: [(1, 0.3), (20, 0.01), (20, 0.5), (20, 0.9), (400, 0.3), (400, 0.999), (400, 0.6)])
  func binomial(n: Int, p: Double) {
    let all = Self.logGamma(Double(n) + 1)
    for u in Self.uniforms {
      let count = Counts.binomial(u, n: n, p: p)
      let cdf = { (k: Int) in
        Self.sum(to: k) {
          let choices = all - Self.logGamma($0 + 1) - Self.logGamma(Double(n) - $0 + 1)
          return choices + $0 * log(p) + (Double(n) - $0) * log1p(-p)
        }
      }
      #expect((0...n).contains(count))
      #expect(cdf(count) >= u - 1e-12, "u = \(u), count = \(count)")
      #expect(cdf(count - 1) < u + 1e-12, "u = \(u), count = \(count)")
    }
  }

  @Test("With the same uniform, more is never less: this keeps compared regimes coupled")
  func monotone() {
    let means = stride(from: 0.0, through: 80, by: 0.37) + [1e3, 1e5, 1e6]
    let probabilities = (0...200).map { Double($0) / 200 }
    for u in Self.uniforms {
      let poisson = means.map { Counts.poisson(u, mean: $0) }
      #expect(zip(poisson, poisson.dropFirst()).allSatisfy { $0 <= $1 }, "u = \(u)")
      for n in [1, 50, 1_000, 1_000_000] {
        let binomial = probabilities.map { Counts.binomial(u, n: n, p: $0) }
        #expect(zip(binomial, binomial.dropFirst()).allSatisfy { $0 <= $1 }, "n = \(n), u = \(u)")
      }
    }
  }

  @Test("The edges are exact, and the last uniform still gives a sensible count")
  func edges() {
    for u in Self.uniforms {
      #expect(Counts.poisson(u, mean: 0) == 0)
      #expect(Counts.binomial(u, n: 0, p: 0.4) == 0)
      #expect(Counts.binomial(u, n: 9, p: 0) == 0)
      #expect(Counts.binomial(u, n: 9, p: 1) == 9)
    }
    // At mean 3, P(K > 25) = 3.5e-16 and P(K > 26) = 3.9e-17; 1 - u is 1.1e-16.
    #expect(Counts.poisson(1.0.nextDown, mean: 3) == 26)
  }

  @Test("Each takes one uniform; a Bernoulli is u < p")
  func oneUniform() {
    let address = StreamAddress(replicate: 1, mechanism: MechanismID(rawValue: 2))
    var draws = RandomStream(seed: 11, at: address)
    var twin = RandomStream(seed: 11, at: address)
    for _ in 0..<50 {
      let drawn = (draws.bernoulli(0.3), draws.poisson(mean: 50), draws.binomial(n: 90, p: 0.5))
      let expected = (
        twin.uniform() < 0.3,
        Counts.poisson(twin.uniform(), mean: 50),
        Counts.binomial(twin.uniform(), n: 90, p: 0.5)
      )
      #expect(drawn == expected)
    }
    for _ in 0..<50 {
      let (never, always) = (draws.bernoulli(0), draws.bernoulli(1))
      #expect(!never && always)
    }
  }

  @Test(
    "A parameter that no law has stops the process",
    arguments: ["poisson", "binomial", "bernoulli", "normal", "gamma", "beta", "uniform"])
  func brokenInvariant(sampler: String) async {
    await #expect(processExitsWith: .failure) { [sampler] in
      var stream = RandomStream(seed: 1, at: StreamAddress(replicate: 0, mechanism: .parameters))
      switch sampler {
      case "poisson": _ = stream.poisson(mean: -1)
      case "binomial": _ = stream.binomial(n: 3, p: 1.01)
      case "bernoulli": _ = stream.bernoulli(.nan)
      case "normal": _ = stream.normal(mean: 0, sd: -1)
      case "gamma": _ = stream.gamma(shape: 0, scale: 1)
      case "beta": _ = stream.beta(a: 1, b: .infinity)
      default: _ = stream.uniform(1, 1)
      }
    }
  }
}
