import Stochastics
import Testing

@testable import Analysis

/// What is not known, told apart from what merely happens.
@Suite struct VariancePartsTests {
  /// Draws under realisations of their own: a draw's part and chance's, both uniform, weighted.
  private func values(chance: Double, draws: Int, realisations: Int) throws -> [Double] {
    let known = try Design(.mc, replicates: draws, seed: 3, parameters: ["known"])
    let luck = try Design(.mc, replicates: draws * realisations, seed: 4, parameters: ["luck"])
    return (0..<draws * realisations).map { replicate in
      let part = known.uniforms(replicate: replicate / realisations)[0]
      return 1e15 + part + chance * luck.uniforms(replicate: replicate)[0]
    }
  }

  @Test("the share of chance is found", arguments: [(0.0, 0.0), (1, 0.5), (2, 0.8)])
  func share(chance: Double, expected: Double) throws {
    for realisations in [2, 5] {
      let values = try values(chance: chance, draws: 2000, realisations: realisations)
      let parts = try #require(VarianceParts(of: values, realisations: realisations))
      #expect(abs(parts.chanceShare - expected) < 0.05)
      #expect(parts.interval.lowerBound - 0.02 <= expected)
      #expect(expected <= parts.interval.upperBound + 0.02)
      #expect(parts.interval.upperBound - parts.interval.lowerBound < 0.1)
    }
  }

  @Test("all of it is chance where draws do nothing")
  func chanceAlone() throws {
    let luck = try Design(.mc, replicates: 4000, seed: 4, parameters: ["luck"])
    let values = (0..<4000).map { luck.uniforms(replicate: $0)[0] }
    let parts = try #require(VarianceParts(of: values, realisations: 2))
    #expect(parts.chanceShare > 0.93)
  }

  @Test("an incomplete draw is left out, and what does not vary has no parts")
  func incomplete() throws {
    var values = try values(chance: 1, draws: 100, realisations: 2)
    let whole = try #require(VarianceParts(of: values, realisations: 2))
    values[1] = .nan
    let rest = try #require(VarianceParts(of: values, realisations: 2))
    let others = try #require(VarianceParts(of: Array(values.dropFirst(2)), realisations: 2))
    #expect(abs(rest.chanceShare - others.chanceShare) < 1e-9)
    #expect(abs(rest.chanceShare - whole.chanceShare) > 1e-6)
    #expect(VarianceParts(of: Array(repeating: 1, count: 20), realisations: 2) == nil)
  }
}
