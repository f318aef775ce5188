import Glibc
import Quantities
import TestSupport
import Testing

@testable import PolicyModel

/// Yearly figures over months.
@Suite struct CapacityCurveTests {
  /// Years of dies that rise, fall, begin and end, by a seed.
  private static func figures(_ seed: Int) -> [Double] {
    var generator = SplitMix(state: UInt64(seed))
    var figures = [1e5 * Double.random(in: 0.1...10, using: &generator)]
    for _ in 0..<7 {
      figures.append(
        figures[figures.count - 1] * exp(Double.random(in: -3.5...3.5, using: &generator)))
    }
    return [0, 0] + figures + [0, 0]
  }

  private static func curve(_ figures: [Double]) -> [Double] {
    CapacityCurve(
      figures.enumerated().map {
        YearlyFigure(
          year: 2020 + $0.offset, value: $0.element, low: nil, high: nil, provenance: nil)
      }, start: Month(index: 2020 * 12), months: figures.count * 12
    ).monthly
  }

  @Test(arguments: 0..<200)
  func `the months of a year sum to it, and none is negative`(seed: Int) {
    let figures = Self.figures(seed)
    let months = Self.curve(figures)
    for (year, figure) in figures.enumerated() {
      let sum = months[(year * 12)..<(year * 12 + 12)].reduce(0, +)
      #expect(abs(sum - figure) <= 1e-12 * figure)
    }
    #expect(months.allSatisfy { $0 >= 0 && $0.isFinite })
  }

  /// From December to January the log of the rate goes on as before and after: half the one step and half the
  /// other, since it is straight on both sides.
  @Test(arguments: 0..<200)
  func `nothing jumps where a year ends`(seed: Int) {
    let figures = Self.figures(seed)
    let months = Self.curve(figures).map { log($0) }
    for january in stride(from: 12, to: months.count, by: 12)
    where figures[january / 12] > 0 && figures[january / 12 - 1] > 0 {
      let (before, after) = (
        months[january - 1] - months[january - 2], months[january + 1] - months[january]
      )
      #expect(abs(months[january] - months[january - 1] - (before + after) / 2) < 1e-9)
    }
  }

  @Test func `what does not change is level, and what grows evenly grows all year`() {
    #expect(Self.curve([12, 12, 12, 12])[12..<24].allSatisfy { abs($0 - 1) < 1e-12 })
    let growing = Self.curve([1e4, 3e4, 9e4, 27e4, 81e4])
    #expect(zip(growing[12..<48], growing[13..<49]).allSatisfy { $0 < $1 })
  }

  /// After the last figure, the last year is repeated.
  @Test func `years beyond the figures keep the last`() {
    let curve = CapacityCurve(
      [YearlyFigure(year: 2020, value: 1200, low: 1000, high: 1400, provenance: nil)],
      start: Month(index: 2020 * 12), months: 36)
    #expect(abs(curve.monthly[24..<36].reduce(0, +) - 1200) < 1e-9)
    #expect(
      curve.isHistory == Array(repeating: true, count: 12) + Array(repeating: false, count: 24))
  }
}
