import Analysis
import Stochastics
import Testing

@Suite struct SummaryTests {
  @Test func missingValuesAreLeftOut() throws {
    let summary = try #require(Summary(of: [.nan, 3, 1, .nan, 2, .nan]))
    #expect(summary.count == 3 && summary.mean == 2 && summary.standardDeviation == 1)
    let error = try #require(summary.monteCarloError)
    #expect(abs(error - 1 / 3.0.squareRoot()) < 1e-15)
    #expect(summary.p50 == 2)
    #expect(abs(summary.p05 - 1.1) < 1e-12 && abs(summary.p95 - 2.9) < 1e-12)
    #expect(summary == Summary(of: [3, 1, 2]))
    #expect(Summary(of: [.nan, .nan]) == nil && Summary(of: []) == nil)
  }

  @Test func oneValueIsAllItsQuantiles() throws {
    let summary = try #require(Summary(of: [7]))
    #expect(summary.quantiles == [7, 7, 7, 7, 7])
    #expect(summary.standardDeviation == 0 && summary.monteCarloError == nil)
  }

  /// Two values in each of four randomisations, with means 1, 2, 3 and 6.
  @Test func theErrorOfADesignIsThatOfItsRandomisations() throws {
    let values: [Double] = [0, 1, 2, 5, 2, 3, 4, 7]
    let summary = try #require(
      Summary(of: values, randomisations: [0, 1, 2, 3, 0, 1, 2, 3]))
    // Squared differences from 3 are 4, 1, 0 and 9; their sum over 3, over 4, is 14/12.
    let error = try #require(summary.monteCarloError)
    #expect(abs(error - (14.0 / 12).squareRoot()) < 1e-15)
    #expect(summary.mean == 3 && summary.count == 8)
  }

  @Test func missingValuesLeaveTheirRandomisation() throws {
    let values: [Double] = [0, .nan, 2, 4, .nan, 6]
    let summary = try #require(Summary(of: values, randomisations: [0, 1, 2, 0, 1, 2]))
    // Means 2 and 4; nothing of the second randomisation is left.
    #expect(summary.monteCarloError == 1)
    let alone = try #require(Summary(of: [1, 2, .nan], randomisations: [0, 0, 1]))
    #expect(alone.monteCarloError == nil)
  }

  /// The mean of 400 uniforms is off by its error, give or take: 300 seeds give z-scores of mean 0
  /// and variance 1. A bias of five errors planted in them is found by the same test.
  @Test func theErrorCoversAsItSays() throws {
    let seeds = 300
    var scores: [Double] = []
    for seed in 0..<seeds {
      var data = TestData(seed: UInt64(100 + seed))
      let summary = try #require(Summary(of: data.uniforms(400)))
      scores.append((summary.mean - 0.5) / (try #require(summary.monteCarloError)))
    }
    let isHonest = isStandardNormal(scores)
    #expect(isHonest)
    let bias = 5 / Double(seeds).squareRoot()
    let biasIsMissed = isStandardNormal(scores.map { $0 + bias })
    #expect(!biasIsMissed)
    let errorIsMissed = isStandardNormal(scores.map { $0 * 1.25 })
    #expect(!errorIsMissed)
  }

  /// Whether mean and variance of scores are within three standard errors of 0 and 1.
  private func isStandardNormal(_ scores: [Double]) -> Bool {
    let count = Double(scores.count)
    let mean = Reference.mean(scores)
    let variance = Reference.variance(scores)
    return abs(mean) * count.squareRoot() < 3 && abs(variance - 1) / (2 / count).squareRoot() < 3
  }

  /// Latin hypercubes know the mean of a smooth function far better than chance does, and the error
  /// from their randomisations says so, rightly.
  @Test func theErrorOfALatinHypercubeIsSmallAndHonest() throws {
    var scores: [Double] = []
    for seed in 0..<60 {
      let design = try Design(.lhs, replicates: 16 * 64, seed: UInt64(seed), parameters: ["a"])
      let values = (0..<design.replicates).map { design.uniforms(replicate: $0)[0] }
      let groups = (0..<design.replicates).map { design.randomisation(of: $0) }
      let summary = try #require(Summary(of: values, randomisations: groups))
      let plain = try #require(Summary(of: values))
      let error = try #require(summary.monteCarloError)
      #expect(error < (try #require(plain.monteCarloError)) / 20)
      scores.append((summary.mean - 0.5) / error)
    }
    // Student's t with 15 degrees of freedom has variance 15/13.
    #expect(abs(Reference.mean(scores)) * 60.0.squareRoot() < 4)
    #expect(Reference.variance(scores) > 0.4 && Reference.variance(scores) < 2.5)
  }
}
