import Foundation
import Stochastics
import TestSupport
import Testing

/// Samplers and streams that are a little wrong: for each law, sampler and statistic of ``StatisticalFamily`` one
/// variant. `make mutants` prints them.
@Suite struct SamplerMutantTests {
  @Test(arguments: try SamplerMutants.all()) func `statistical tests`(mutant: Mutant) async throws {
    try await mutant.mustBeRejected()
  }
}

enum SamplerMutants {
  static func all() throws -> [Mutant] {
    let samples = try StatisticalFamily.samples.get()
    return samples.flatMap { moments(of: $0.known, $0.values) }
      + samples.filter { $0.known.hasTransform }.map { shape(of: $0.known, $0.values) }
      + [sameMoments] + streams
  }

  /// A mean and a spread that are off by nine standard errors of what is measured: more than twice what a sound
  /// sample may be off, so that luck cannot make up for it.
  private static func moments(of known: KnownLaw, _ values: [Double]) -> [Mutant] {
    let count = Double(values.count)
    let shift = 9 * (known.variance / count).squareRoot()
    let spread = 9 * ((known.fourth - pow(known.variance, 2)) / count).squareRoot()
    let stretch = (1 + spread / known.variance).squareRoot()
    return [
      mutant(known.testDescription, "its mean is 9 standard errors too high", "mean") {
        StatisticalFamily.moments(known, values.map { $0 + shift }, bias: 0)
      },
      mutant(known.testDescription, "its variance is 9 standard errors too large", "variance") {
        StatisticalFamily.moments(
          known, values.map { known.mean + ($0 - known.mean) * stretch }, bias: 0)
      },
    ]
  }

  /// Uniforms that are not quite, through the law's inverse.
  private static func shape(of known: KnownLaw, _ values: [Double]) -> Mutant {
    mutant(known.testDescription, "its uniforms are raised to the power 1.06", "transform") {
      [StatisticalFamily.uniformity("", values.map { pow(known.law.cdf($0), 1.06) })]
    }
  }

  /// What mean and variance cannot tell.
  private static let sameMoments = mutant(
    "normal", "a uniform of the same mean and variance", "transform"
  ) {
    let law = try Distribution.normal(mean: 2, sd: 3)
    let drawn = StatisticalFamily.sample(mechanism: 301) {
      2 + 3 * ($0.uniform() - 0.5) * 12.0.squareRoot()
    }
    return [StatisticalFamily.uniformity("", drawn.map(law.cdf))]
  }

  /// Uniforms that know of earlier ones: one in ten is that of some draws before, or lies as far from 1/2 on
  /// either side.
  private static let streams = (1...4).flatMap { lag in
    [
      mutant("streams", "one in ten repeats that of \(lag) before", "correlations, values") {
        StatisticalFamily.correlations("", echoing(lag) { uniform, _ in uniform })
      },
      mutant("streams", "one in ten mirrors that of \(lag) before", "correlations, squares") {
        StatisticalFamily.correlations(
          "", echoing(lag) { uniform, isMirrored in isMirrored ? 1 - uniform : uniform })
      },
    ]
  }

  private static func echoing(_ lag: Int, _ echo: (Double, Bool) -> Double) -> [Double] {
    var stream = RandomStream(
      seed: StatisticalFamily.seed, at: StreamAddress(replicate: 0, mechanism: .parameters))
    var uniforms = (0..<StatisticalFamily.draws).map { _ in stream.uniform() }
    for place in uniforms.indices.dropFirst(lag) where stream.bernoulli(0.1) {
      uniforms[place] = echo(uniforms[place - lag], stream.bernoulli(0.5))
    }
    return uniforms
  }

  private static func mutant(
    _ broken: String, _ words: String, _ statistic: String,
    _ checks: @escaping @Sendable () throws -> [Check]
  ) -> Mutant {
    Mutant(.statistic, broken, words, rejectedBy: "StatisticalTests, \(statistic)") {
      let threshold = try StatisticalFamily.threshold.get()
      for check in try checks() { #expect(check.pValue >= threshold) }
    }
  }
}
