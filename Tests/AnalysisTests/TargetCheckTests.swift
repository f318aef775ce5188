import Analysis
import Testing

@Suite struct ReductionTests {
  /// Three replicates over three months; one value is missing.
  private let months = [[1.0, 4, .nan], [3, 2, 5], [2, 8, 6]]

  private func reduced(_ reduction: Reduction, stepYears: Double = 0.5) -> [Double] {
    reduction.apply(to: months, stepYears: stepYears)
  }

  @Test func theValueIsTheLast() { #expect(reduced(.value) == [2, 8, 6]) }

  @Test func aSumIsOfAllMonthsOrIsNotThere() {
    #expect(Array(reduced(.sum).prefix(2)) == [6, 14])
    #expect(reduced(.sum)[2].isNaN)
  }

  @Test func growthIsAFactorAYear() {
    // Two steps of half a year are a year.
    #expect(Array(reduced(.growthPerYear).prefix(2)) == [2, 2])
    #expect(reduced(.growthPerYear)[2].isNaN)
    #expect(reduced(.growthPerYear, stepYears: 0.25)[0] == 4)
    #expect(Reduction.growthPerYear.apply(to: [[0], [5]], stepYears: 1)[0].isNaN)
    #expect(Reduction.growthPerYear.apply(to: [[5]], stepYears: 1)[0].isNaN)
  }

  @Test func theMeanLeavesOutWhatIsMissing() {
    #expect(reduced(.mean) == [2, 14.0 / 3, 5.5])
    #expect(Reduction.mean.apply(to: [[.nan], [.nan]], stepYears: 1)[0].isNaN)
  }

  @Test func theLargestAndTheFirstLeaveOutWhatIsMissing() {
    #expect(reduced(.maximum) == [3, 8, 6])
    #expect(reduced(.first) == [1, 4, 5])
    #expect(Reduction.maximum.apply(to: [[.nan], [.nan]], stepYears: 1)[0].isNaN)
  }

  @Test func noMonthsGiveNothing() { #expect(Reduction.sum.apply(to: [], stepYears: 1) == []) }
}

@Suite struct TargetCheckTests {
  /// p05 is 10 and p95 is 100, to the number.
  private let draws = (0...100).map { 5 + Double($0) }

  @Test(arguments: [(9.99, false), (10, true), (55, true), (100, true), (100.01, false)])
  func whatLiesInTheBandIsCovered(observed: Double, isCovered: Bool) {
    let check = TargetCheck(observed: observed, low: nil, high: nil, draws: draws)
    #expect(check.isCovered == isCovered)
    #expect(check.bandFactor == 10 && !check.isTooWide)
  }

  @Test func nothingSimulatedCoversNothing() {
    for draws in [[], [Double.nan, .nan]] {
      let check = TargetCheck(observed: 1, low: nil, high: nil, draws: draws)
      #expect(!check.isCovered && check.bandFactor == nil && !check.isTooWide)
    }
  }

  @Test func aBandIsTooWideUnlessTheSourcesIsWider() {
    let wide = draws.map { $0 < 55 ? 1 : 31.0 }
    #expect(TargetCheck(observed: 5, low: nil, high: nil, draws: wide).isTooWide)
    #expect(TargetCheck(observed: 5, low: 2, high: 40, draws: wide).isTooWide)
    #expect(!TargetCheck(observed: 5, low: 1, high: 31, draws: wide).isTooWide)
    #expect(!TargetCheck(observed: 5, low: 0, high: 31, draws: wide).isTooWide)
    let narrow = draws.map { $0 < 55 ? 1 : 30.0 }
    #expect(!TargetCheck(observed: 5, low: nil, high: nil, draws: narrow).isTooWide)
  }

  @Test func aBandFromZeroHasNoFactorAndIsTooWide() {
    let fromZero = draws.map { $0 < 55 ? 0 : 7.0 }
    let check = TargetCheck(observed: 5, low: nil, high: nil, draws: fromZero)
    #expect(check.bandFactor == nil && check.isTooWide && check.isCovered)
    let constant = TargetCheck(observed: 0, low: nil, high: nil, draws: [0, 0, 0])
    #expect(constant.isCovered && !constant.isTooWide)
    let negative = TargetCheck(observed: -5, low: nil, high: nil, draws: draws.map { -$0 })
    #expect(negative.bandFactor == 10)
  }

  /// Whatever else they give: neither is a hit, even where the source's own range begins at nothing too.
  @Test func aZeroThatABandBeginsAtIsNoHit() {
    for draws in [draws.map { $0 < 55 ? 0 : 7.0 }, [0, 0, 0]] {
      let check = TargetCheck(observed: 0, low: 0, high: 7, draws: draws)
      #expect(check.isCovered && check.isIdleZero && !check.isTooWide && !check.isHit)
    }
    let within = TargetCheck(observed: 0, low: nil, high: nil, draws: draws.map { $0 - 50 })
    #expect(within.isCovered && !within.isIdleZero)
    let above = TargetCheck(observed: 5, low: 0, high: 7, draws: draws.map { $0 < 55 ? 0 : 7.0 })
    #expect(!above.isIdleZero && above.isHit)
  }

  @Test func aRangeNeedsBothEnds() {
    #expect(TargetCheck(observed: 1, low: 1, high: nil, draws: draws).sourceRange == nil)
    #expect(TargetCheck(observed: 1, low: 1, high: 3, draws: draws).sourceRange == 1...3)
  }
}
