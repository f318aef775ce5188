import Stochastics
import Testing

@testable import Analysis

@Suite struct LeverReadingTests {
  @Test func aReadingHasTheQuantilesOfASummary() throws {
    var data = TestData(seed: 61)
    let values = data.uniforms(333) + [.nan, .nan]
    let (reading, summary) = (LeverReading(of: values, at: 0.5), try #require(Summary(of: values)))
    #expect(reading.value == summary.p50 && reading.count == 333)
    #expect(reading.draws == summary.p05...summary.p95)
    #expect(LeverReading(of: values, at: 0.25).value == summary.quantiles[1])
  }

  @Test func theIntervalLiesBetweenOrderStatistics() {
    let values = (1...10).map(Double.init)
    #expect(LeverReading(of: values.reversed(), at: 0.5).interval == 2...9)
    #expect(LeverReading(of: [3, 1, 2], at: 0.5).interval == -Double.infinity...Double.infinity)
    #expect(LeverReading(of: Array(repeating: 7, count: 30), at: 0.5).interval == 7...7)
  }

  @Test func nothingIsReadFromNothing() {
    for values in [[], [Double.nan, .nan]] {
      let reading = LeverReading(of: values, at: 0.5)
      #expect(reading.value.isNaN && reading.count == 0)
    }
  }

  /// What has not happened comes later than everything else, not never.
  @Test func timesThatAreMissingAreLate() {
    let early = LeverReading(of: [4, .nan, 2, 3, .nan], at: 0.5, areTimes: true)
    #expect(early.value == 4 && early.count == 3 && early.draws.upperBound == .infinity)
    let late = LeverReading(of: [4, .nan, 2, .nan, .nan], at: 0.5, areTimes: true)
    #expect(late.value == .infinity)
    let steps = (0..<40).map { $0 < 20 ? 5.0 : .nan }
    let passage = FirstPassage(of: steps)
    #expect(passage?.quantiles[2] == 5)
    #expect(LeverReading(of: steps, at: 0.5, areTimes: true).value == 5)
  }

  @Test func randomisationsGiveTheirSpread() {
    let (values, groups) = ([1.0, 2, 3, 4, 5, 6], [0, 1, 0, 1, 0, 1])
    let reading = LeverReading(of: values, at: 0.5, randomisations: groups)
    // Medians of 3 and 4, half a step off their mean: an error of 0.5, and Student's 6.31 of it.
    #expect(reading.value == 3.5)
    #expect(abs(reading.interval.upperBound - 3.5 - 6.3137515147 * 0.5) < 1e-9)
    let single = LeverReading(of: values, at: 0.5, randomisations: [0, 0, 0, 0, 0, 0])
    #expect(single.interval == -Double.infinity...Double.infinity)
  }

  @Test func pairsAreMadeReplicateByReplicate() {
    let (values, reference) = ([6.0, 1, .nan], [3.0, 0, 1])
    #expect(Array(Comparison.differences(values, reference).prefix(2)) == [3, 1])
    let ratios = Comparison.ratios(values, reference)
    #expect(ratios[0] == 2 && ratios[1].isNaN && ratios[2].isNaN)
  }
}
