import Foundation
import Stochastics
import Testing

@Suite("Distributions")
struct DistributionTests {
  /// Uniforms from the smallest that a stream gives to the largest, ascending.
  static let uniforms: [Double] = {
    let lower: [Double] = [0x1p-53, 1e-12, 1e-6, 1e-3]
    let middle = (1..<200).map { Double($0) / 200 }
    let upper: [Double] = [1 - 1e-3, 1 - 1e-6, 1 - 1e-12, 1.0.nextDown]
    return lower + middle + upper
  }()

  @Test("Means are those of the textbook", arguments: try KnownLaw.all.get())
  func means(_ known: KnownLaw) {
    let scale = max(known.mean.magnitude, known.variance.squareRoot())
    #expect((known.law.mean - known.mean).magnitude < 1e-7 * scale)
  }

  @Test("The quantile is the smallest x that reaches u", arguments: try KnownLaw.all.get())
  func generalisedInverse(_ known: KnownLaw) {
    let scale = known.variance.squareRoot()
    for u in Self.uniforms {
      let x = known.law.quantile(u)
      // Rounding, in the probability and in x; jumps are held to the bit below.
      let slack = 1e-9 * min(u, 1 - u) + 4e-15
      let step = 1e-9 * max(x.magnitude, scale)
      #expect(known.law.cdf(x + step) >= u - slack, "u = \(u), x = \(x)")
      #expect(known.law.cdf(x - step) <= u + slack, "u = \(u), x = \(x)")
    }
  }

  @Test("Quantiles ascend and stay within the support", arguments: try KnownLaw.all.get())
  func monotone(_ known: KnownLaw) {
    let quantiles = Self.uniforms.map { known.law.quantile($0) }
    for (lower, upper) in zip(quantiles, quantiles.dropFirst()) { #expect(lower <= upper) }
    #expect(quantiles.allSatisfy { $0.isFinite && known.law.support.contains($0) })
    #expect(known.law.median == known.law.quantile(0.5))
  }

  @Test("The distribution function ascends from 0 to 1", arguments: try KnownLaw.all.get())
  func cdf(_ known: KnownLaw) {
    let (low, high) = (known.law.quantile(1e-9), known.law.quantile(1 - 1e-9))
    let grid = (0...100).map { low + (high - low) * Double($0) / 100 }
    let values = grid.map { known.law.cdf($0) }
    for (lower, upper) in zip(values, values.dropFirst()) { #expect(lower <= upper) }
    #expect(known.law.cdf(known.law.support.upperBound) == 1)
    #expect(known.law.cdf(known.law.support.lowerBound - 1) == 0)
  }

  @Test("ci90 has 5% on either side of its points")
  func ci90() throws {
    let law = try Distribution.ci90(5, 20)
    #expect((law.quantile(0.05) - 5).magnitude < 1e-12)
    #expect((law.quantile(0.95) - 20).magnitude < 1e-11)
    #expect((law.median - 10).magnitude < 1e-12)
  }

  @Test("Closed forms")
  func closedForms() throws {
    #expect(try Distribution.triangular(0, 1, 4).quantile(0.25) == 1)
    #expect(try Distribution.triangular(0, 0, 4).cdf(2) == 0.75)
    #expect(try Distribution.uniform(2, 4).quantile(0.25) == 2.5)
    #expect(try (Distribution.pert(1, 2, 9).mean - 3).magnitude < 1e-15)
    #expect(try Distribution.constant(7).quantile(0.3) == 7)
    #expect(try Distribution.constant(7).mean == 7)
    // Phi^-1(0.975), to the digits that tables give.
    let normal = try Distribution.normal(mean: 0, sd: 1)
    #expect((normal.quantile(0.975) - 1.959_963_984_540_054).magnitude < 1e-14)
    // Beta(2, 1) has the distribution function x^2: mean 2/3, sd sqrt(1/18).
    let beta = try Distribution.beta(mean: 2.0 / 3, sd: (1.0 / 18).squareRoot())
    #expect((beta.quantile(0.25) - 0.5).magnitude < 1e-12)
  }

  @Test("A discrete law jumps at the cumulative weights, and belongs to the lower value there")
  func discrete() throws {
    let law = try Distribution.discrete([30, 10, 20, 10], weights: [2, 1, 4, 1])
    #expect(law.quantile(0.25) == 10)
    #expect(law.quantile(0.25.nextUp) == 20)
    #expect(law.quantile(0.75) == 20)
    #expect(law.quantile(0.75.nextUp) == 30)
    #expect(law.cdf(10.0.nextDown) == 0 && law.cdf(10) == 0.25)
    #expect(law.support == 10...30)
  }

  @Test("A mixture's jump is found to the bit")
  func mixtureJump() throws {
    let law = try Distribution.mixture(
      [.discrete([0.1, 1e9], weights: [1, 1]), .uniform(0, 1)], weights: [1, 1])
    // Half of the uniform's 10% below the jump, then 25% at it.
    #expect((law.quantile(0.04) - 0.08).magnitude < 1e-15)
    for u in [0.06, 0.1, 0.2, 0.29] { #expect(law.quantile(u) == 0.1) }
    #expect((law.quantile(0.5) - 0.5).magnitude < 1e-15)
    for u in [0.76, 0.99] { #expect(law.quantile(u) == 1e9) }
  }

  @Test("Beta quantiles hold where GSL's own inverse fails")
  func difficultBetas() throws {
    for (a, b) in [(0.05, 0.3), (0.1, 100), (0.05, 10_000), (0.3, 0.05), (3, 0.1), (2, 100_000)] {
      let mean = a / (a + b)
      let law = try Distribution.beta(
        mean: mean, sd: (mean * (1 - mean) / (a + b + 1)).squareRoot())
      var last = 0.0
      for u in Self.uniforms {
        let x = law.quantile(u)
        #expect(x >= last && x <= 1, "a \(a), b \(b), u \(u)")
        #expect(law.cdf(x) >= u * (1 - 1e-9) - 1e-15, "a \(a), b \(b), u \(u)")
        #expect(
          x == 0 || law.cdf(x * (1 - 1e-9)) <= u * (1 + 1e-9) + 1e-15, "a \(a), b \(b), u \(u)")
        last = x
      }
    }
  }

  @Test("GSL's failures are answered, where its own handler would abort the process")
  func errorHandler() async {
    await #expect(processExitsWith: .success) {
      // Beta(0.01, 0.1): GSL's inverse fails, and reports it, for small probabilities.
      let law = try Distribution.beta(mean: 1 / 11.0, sd: (10 / 121 / 1.11).squareRoot())
      precondition(law.quantile(1e-4) >= 0)
    }
    await #expect(processExitsWith: .success) {
      var stream = RandomStream(seed: 1, at: StreamAddress(replicate: 0, mechanism: .parameters))
      precondition(stream.poisson(mean: 1e6) > 990_000)
    }
  }

  @Test("What counts as degenerate")
  func degenerate() throws {
    #expect(try Distribution.constant(3).isDegenerate)
    #expect(try Distribution.discrete([3, 4], weights: [1, 0]).isDegenerate)
    #expect(try Distribution.empirical([1, 2, 3]).truncated(min: 2.5).isDegenerate)
    #expect(try Distribution.mixture([.constant(3), .constant(3)], weights: [1, 2]).isDegenerate)
    #expect(try !Distribution.uniform(3, 4).isDegenerate)
    #expect(try !Distribution.normal(mean: 0, sd: 1).isDegenerate)
  }

  @Test("A truncation that cuts nothing off leaves the law as it is, to its sampler")
  func idleTruncation() throws {
    let law = try Distribution.beta(mean: 0.3, sd: 0.1)
    #expect(try law.truncated(min: 0, max: 1) == law)
    #expect(try law.truncated() == law)
    #expect(try law.truncated(min: 0.01) != law)
  }

  @Test("A truncated draw takes one uniform and is its quantile")
  func truncatedSample() throws {
    let law = try Distribution.normal(mean: 0, sd: 1).truncated(min: 2)
    let address = StreamAddress(replicate: 4, mechanism: MechanismID(rawValue: 1))
    var sampled = RandomStream(seed: 3, at: address)
    var uniform = RandomStream(seed: 3, at: address)
    for _ in 0..<10 { #expect(law.sample(from: &sampled) == law.quantile(uniform.uniform())) }
  }
}
