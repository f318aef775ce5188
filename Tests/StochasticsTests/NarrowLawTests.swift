import Foundation
import Testing

@testable import Stochastics

/// Laws with numbers at which GSL's functions give up, or never end.
@Suite("Narrow and extreme laws")
struct NarrowLawTests {
  /// A beta with quantiles from integrals of its density in forty digits: (x - mean) / sd at 1e-9, 0.001, 0.05,
  /// 0.95 and 1 - 1e-6.
  struct Narrow: Sendable {
    let mean: Double
    let sd: Double
    let scores: [Double]
  }

  static let narrow = [
    Narrow(
      mean: 0.5, sd: 2e-4,
      scores: [
        -5.997799104222, -3.090231496584, -1.644853646325, 1.644853646325, 4.753420583077,
      ]),
    Narrow(
      mean: 0.1, sd: 1e-4,
      scores: [
        -5.987442774637, -3.087698721618, -1.644348139098, 1.645358831644, 4.759821874821,
      ]),
    Narrow(
      mean: 0.02, sd: 1e-5,
      scores: [
        -5.992097931606, -3.088836490343, -1.644575124425, 1.645132036570, 4.756950404927,
      ]),
    Narrow(
      mean: 0.7, sd: 1e-7,
      scores: [
        -5.997809235439, -3.090232848877, -1.644853735121, 1.644853518782, 4.753422937821,
      ]),
  ]

  @Test("Quantiles of a narrow beta are those of its integrals", arguments: narrow)
  func quantiles(_ narrow: Narrow) throws {
    let law = try Distribution.beta(mean: narrow.mean, sd: narrow.sd)
    for (u, score) in zip([1e-9, 0.001, 0.05, 0.95, 1 - 1e-6], narrow.scores) {
      // Doubles at the mean are this far apart, in standard deviations.
      let step = narrow.mean.ulp / narrow.sd
      let found = (law.quantile(u) - narrow.mean) / narrow.sd
      #expect((found - score).magnitude < 1e-8 + 4 * step, "u = \(u): \(found)")
    }
  }

  /// By Simpson's rule over the density.
  private func integral(from low: Double, to high: Double, _ density: (Double) -> Double) -> Double
  {
    let width = (high - low) / 4000
    return (1..<4000).reduce(density(low) + density(high)) {
      $0 + ($1.isMultiple(of: 2) ? 2 : 4) * density(low + Double($1) * width)
    } * width / 3
  }

  @Test(
    "The distribution function of a narrow beta is the integral of its density",
    arguments: [(0.5, 2e-4), (0.5, 3e-4), (0.3, 1e-4), (0.01, 1e-5), (0.999, 1e-5)])
  func integrals(mean: Double, sd: Double) throws {
    let law = try Distribution.beta(mean: mean, sd: sd)
    let total = mean * (1 - mean) / (sd * sd) - 1
    let (a, b) = (mean * total, (1 - mean) * total)
    let density = { (x: Double) in
      exp((a - 1) * log1p((x - mean) / mean) + (b - 1) * log1p((mean - x) / (1 - mean)))
    }
    let whole = integral(from: mean - 12 * sd, to: mean + 12 * sd, density)
    for score in [-5.0, -2, -0.3, 0, 1e-9, 0.4, 1, 3, 6] {
      let x = mean + score * sd
      let below = integral(from: mean - 12 * sd, to: x, density) / whole
      #expect((law.cdf(x) - below).magnitude < 1e-8 * min(below, 1 - below) + 3e-12, "\(score)")
      let u = law.cdf(x)
      #expect((law.quantile(u) - x).magnitude < 3e-8 * sd + x.ulp, "there and back at \(score)")
    }
  }

  @Test("A narrow beta ascends across its middle, in steps of doubles")
  func monotone() throws {
    let law = try Distribution.beta(mean: 0.3, sd: 1e-4)
    var (x, last) = (0.3 - 500 * 0.3.ulp, 0.0)
    for _ in 0..<1000 {
      #expect(law.cdf(x) >= last)
      (x, last) = (x.nextUp, law.cdf(x))
    }
  }

  @Test("On both sides of where the method changes, the distribution function is one")
  func seam() {
    let (below, above) = (99_999.0, 100_000.0)
    let score = { (law: BetaLaw, z: Double) in law.cdf(0.5 + z * 0.5 / (2 * law.a + 1).squareRoot())
    }
    for z in [-4.0, -1, 0, 0.7, 3] {
      let law = { (number: Double) in BetaLaw(a: number, b: number, low: 0, high: 1) }
      let (left, right) = (score(law(below), z), score(law(above), z))
      #expect((left - right).magnitude < 1e-8 * min(left, 1 - left), "\(z)")
    }
  }

  @Test(
    "Spreads at which the library never ended, and others as small, come to an end",
    arguments: [2e-4, 1e-4, 3e-4, 1e-5, 1e-7, 1e-8, 1e-9, 1e-12, 1e-15, 1e-200], [0.5, 0.03, 1e-7])
  func ends(sd: Double, mean: Double) throws {
    do throws(DistributionError) {
      let law = try Distribution.beta(mean: mean, sd: sd)
      #expect((law.median - mean).magnitude <= 0.4 * sd + mean.ulp)
    } catch {
      #expect(
        error.description.contains("(write a") || error.description.contains("to compute with"))
    }
  }

  @Test("What cannot be computed with says what to write instead")
  func refusals() throws {
    let tight = #expect(throws: DistributionError.self) {
      try Distribution.beta(mean: 0.5, sd: 1e-12)
    }
    #expect(
      tight?.description.contains("sd of at least") == true
        && tight?.description.contains("write a constant instead") == true)
    let skewed = #expect(throws: DistributionError.self) {
      try Distribution.beta(mean: 1e-9, sd: 1e-10)
    }
    #expect(skewed?.description.contains("write a lognormal or a normal instead") == true)
  }

  @Test("A mixture has so many parts at most, those of mixtures in it included")
  func mixtures() throws {
    let uniform = try Distribution.uniform(0, 1)
    func mixture(of count: Int, _ law: Distribution) throws -> Distribution {
      try .mixture(
        [Distribution](repeating: law, count: count), weights: [Double](repeating: 1, count: count))
    }
    let ten = try mixture(of: 10, uniform)
    #expect((try mixture(of: 10, ten).median - 0.5).magnitude < 1e-12)
    for make in [{ try mixture(of: 101, uniform) }, { try mixture(of: 11, ten) }] {
      let error = #expect(throws: DistributionError.self) { try make() }
      #expect(error?.description.hasPrefix("mixture takes at most 100 parts in all, got 1") == true)
    }
  }

  /// Extremes of every other law: each is a law whose quantiles end and ascend, or is refused.
  static let extremes: [@Sendable () throws -> Distribution] = [
    { try .triangular(0, 0, .leastNonzeroMagnitude) }, { try .triangular(1, 1, 1.0.nextUp) },
    { try .triangular(-1e40, 0, 1e40) }, { try .pert(1, 1, 1.0.nextUp) },
    { try .pert(0, 1e-300, 1e40) },
    { try .uniform(1, 1.0.nextUp) }, { try .normal(mean: 1e40, sd: 1e-40) },
    { try .normal(mean: 0, sd: 1e40).truncated(min: 1e39, max: 1e40) },
    { try .lognormal(median: 1e-40, sigma: 1e40) }, { try .lognormal(median: 1, sigma: 1e-300) },
    { try .ci90(1e-40, 1e40) }, { try .beta(mean: 1e-12, sd: 1e-7) },
    { try .beta(mean: 0.5, sd: 0.499_999_999) },
    { try .beta(mean: 1e-3, sd: 1e-6).truncated(min: 0.9) },
    { try .beta(mean: 0.5, sd: 2e-4).truncated(min: 0.506) },
    { try .beta(mean: 0.5, sd: 2e-4).truncated(max: 0.4936) },
    { try .normal(mean: 0, sd: 1).truncated(min: 33) },
    { try .mixture([.beta(mean: 0.5, sd: 1e-5), .constant(0.5)], weights: [1e-40, 1e40]) },
    { try .discrete([1e40, -1e40], weights: [1e-40, 1e40]) },
  ]

  @Test("An extreme law ends and ascends, or is refused", arguments: extremes.indices)
  func extreme(_ place: Int) throws {
    guard let law = try? Self.extremes[place]() else { return }
    let quantiles = [0x1p-53, 1e-6, 0.2, 0.5, 0.9, 1 - 1e-9, .belowOne].map { law.quantile($0) }
    for (low, high) in zip(quantiles, quantiles.dropFirst()) { #expect(low <= high) }
    #expect(quantiles.allSatisfy { law.support.contains($0) && $0.isFinite })
  }

  @Test(
    "The ranks close around a median are right for very many values",
    arguments: [1 << 25, 1_000_000_000])
  func ranks(of count: Int) throws {
    let ranks = SampleBounds.ranks(around: 0.5, of: count, level: 0.1)
    // The binomial's normal limit: 0.1257 standard deviations of sqrt(count) / 2 on either side.
    let half = 0.125_661_35 * Double(count).squareRoot() / 2
    #expect((Double(try #require(ranks.lower)) - (Double(count) / 2 - half)).magnitude < 3)
    #expect((Double(try #require(ranks.upper)) - (Double(count) / 2 + half)).magnitude < 3)
  }
}
