import Simulation
import Stochastics
import Testing

@testable import Analysis

/// Indices of functions that the engine runs, against what they are known to be.
@Suite struct SobolIndicesTests {
  private static func indices(
    of function: TestFunction, baseSamples: Int, seed: UInt64, level: Double = 0.9,
    resamples: Int = BootstrapEstimate.resamples
  ) async throws -> SobolIndices {
    let count = function.names.count
    let saltelli = try SaltelliDesign(
      SaltelliDesign.bestKind(baseSamples: baseSamples), baseSamples: baseSamples, seed: seed,
      parameters: function.names,
      factors: (0..<count).map { [$0] })
    let values = try await function.values(
      at: Design(
        points: saltelli.points, meeting: saltelli.realisations, seed: seed,
        parameters: function.names))
    return try #require(
      SobolIndices(of: values, factors: count + 1, seed: seed, level: level, resamples: resamples))
  }

  /// How many intervals hold what is known, and how many there are, chance left out where there is none.
  private static func held(
    _ found: SobolIndices, _ known: (first: [Double], total: [Double])
  ) -> (held: Int, of: Int) {
    let pairs =
      zip(found.factors.map(\.first), known.first) + zip(found.factors.map(\.total), known.total)
    let varying = pairs.filter { $0.0.interval.lowerBound < $0.0.interval.upperBound }
    return (varying.count { $0.0.interval.contains($0.1) }, varying.count)
  }

  @Test("The indices of Ishigami's function, with chance beside it, lie within their intervals")
  func ishigami() async throws {
    let found = try await Self.indices(
      of: KnownFunction.ishigami(chance: 5), baseSamples: 512, seed: 1, level: 0.999)
    let known = KnownFunction.indicesOfIshigami(chance: 5)
    #expect(Self.held(found, known) == (8, 8))
    // The intervals are narrow enough to say something.
    for (indices, known) in zip(found.factors, zip(known.first, known.total)) {
      #expect(abs(indices.first.value - known.0) < 0.12)
      #expect(abs(indices.total.value - known.1) < 0.12)
    }
    #expect(found.sumOfFirst.interval.contains(known.first.reduce(0, +)))
    #expect(abs(found.mean - 3.5) < 0.1)
  }

  @Test("The indices of Sobol's g-function lie within their intervals")
  func g() async throws {
    let found = try await Self.indices(
      of: KnownFunction.g(), baseSamples: 512, seed: 2, level: 0.999)
    let known = KnownFunction.indicesOfG
    #expect(Self.held(found, known) == (16, 16))
    for (indices, known) in zip(found.factors, zip(known.first, known.total)) {
      #expect(abs(indices.first.value - known.0) < 0.12)
      #expect(abs(indices.total.value - known.1) < 0.12)
    }
    // Nothing happens by chance.
    #expect(found.factors[8].total.value == 0)
  }

  @Test("Intervals of 90% hold as much, over studies with other seeds")
  func coverage() async throws {
    var shares: [Double] = []
    for seed in 1...12 as ClosedRange<UInt64> {
      for (function, known) in [
        (try KnownFunction.ishigami(chance: 5), KnownFunction.indicesOfIshigami(chance: 5)),
        (try KnownFunction.g(), KnownFunction.indicesOfG),
      ] {
        let found = try await Self.indices(
          of: function, baseSamples: 128, seed: seed, resamples: 200)
        let count = Self.held(found, known)
        shares.append(Double(count.held) / Double(count.of))
      }
    }
    // The indices of one study depend on each other, so that it is studies that are counted.
    let mean = shares.reduce(0, +) / 24
    let squares = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / 23 / 24).squareRoot()
    #expect(error < 0.05 && mean > 0.9 - 3 * error, "\(mean), give or take \(error)")
  }

  @Test("Base samples that lack a value are left out, and what does not vary has no indices")
  func missing() async throws {
    let values = (0..<64).flatMap { sample -> [Double] in
      let (a, b) = (Double(sample % 8), Double((sample * 5) % 7))
      return [a, b, b]
    }
    let whole = try #require(SobolIndices(of: values, factors: 1, seed: 1))
    #expect(whole.count == 64)
    var holed = values
    (holed[4], holed[9]) = (.nan, .nan)
    #expect(SobolIndices(of: holed, factors: 1, seed: 1)?.count == 62)
    #expect(SobolIndices(of: Array(values.prefix(45)), factors: 1, seed: 1) == nil)
    #expect(SobolIndices(of: Array(repeating: 0.1, count: 192), factors: 1, seed: 1) == nil)
  }
}

private func + <A, B>(_ first: Zip2Sequence<[A], [B]>, _ second: Zip2Sequence<[A], [B]>) -> [(A, B)]
{
  Array(first) + Array(second)
}
