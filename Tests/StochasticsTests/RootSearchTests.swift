import Glibc
import Testing

@testable import Stochastics

@Suite struct RootSearchTests {
  private func search(
    _ function: (Double) -> Double, in bracket: ClosedRange<Double>, to relative: Double = 1e-9
  ) -> (bracket: ClosedRange<Double>, values: Int) {
    var known = [bracket.lowerBound, bracket.upperBound].reduce(into: [:]) { known, x in
      known[x] = function(x)
    }
    let tolerance = RootSearch.Tolerance(absolute: 1e-12, relative: relative)
    while true {
      switch RootSearch.step(in: bracket, to: tolerance, known: known) {
      case .value(let x):
        #expect(known[x] == nil, "asked for twice: \(x)")
        #expect(bracket.contains(x))
        known[x] = function(x)
      case .bracket(let found): return (found, known.count)
      }
    }
  }

  @Test(arguments: [0.5, 2, 3, 7.25])
  func `smooth functions take few values`(power: Double) {
    let (bracket, values) = search({ pow($0, power) - 2 }, in: 0.1...40)
    let root = pow(2, 1 / power)
    #expect(abs(bracket.lowerBound - root) < 1e-8 && abs(bracket.upperBound - root) < 1e-8)
    #expect(values <= 20, "bisection would take 38, and this took \(values)")
  }

  @Test func `a jump is closed in on, however uneven`() {
    for height in [1, 1e6, 1e300] {
      let (bracket, values) = search({ $0 < 2.5 ? -1 : height }, in: 0...10, to: 1e-6)
      #expect(bracket.lowerBound < 2.5 && bracket.upperBound >= 2.5)
      #expect(bracket.upperBound - bracket.lowerBound < 3e-6)
      #expect(values < 70)
    }
  }

  @Test func `a root at an end is found there`() {
    #expect(search({ $0 }, in: 0...1).bracket == 0...0)
    #expect(search({ $0 - 1 }, in: 0...1).bracket == 1...1)
  }
}

@Suite struct SampleBoundsTests {
  /// P(B <= 1) = 0.0107 and P(B <= 2) = 0.0547 of 10 fair coins; two sides of 0.05 each.
  @Test func `ranks of small samples are those of tables`() {
    let ten = SampleBounds.ranks(around: 0.5, of: 10, level: 0.9)
    #expect(ten.lower == 1 && ten.upper == 8)
    let five = SampleBounds.ranks(around: 0.5, of: 5, level: 0.9)
    #expect(five.lower == 0 && five.upper == 4)
    // 2^-4 is more than 0.05: four values have no interval.
    let four = SampleBounds.ranks(around: 0.5, of: 4, level: 0.9)
    #expect(four.lower == nil && four.upper == nil)
    // 0.95^58 is just above 0.05, 0.95^59 just below.
    #expect(SampleBounds.ranks(around: 0.95, of: 58, level: 0.9).upper == nil)
    #expect(SampleBounds.ranks(around: 0.95, of: 59, level: 0.9).upper == 58)
  }

  @Test(arguments: [20, 101, 1000], [0.05, 0.5, 0.8])
  func `ranks hold with the stated probability and hardly more`(count: Int, probability: Double) {
    let ranks = SampleBounds.ranks(around: probability, of: count, level: 0.9)
    let (n, p) = (Double(count), probability)
    let weights = (0...count).map { successes in
      let k = Double(successes)
      let ways: Double = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
      return exp(ways + k * log(p) + (n - k) * log1p(-p))
    }
    // So many values below the quantile leave it above the lower and below the upper order statistic.
    func below(_ rank: Int) -> Double { weights[...rank].reduce(0, +) }
    let tooLow = ranks.lower.map { below($0) } ?? 0
    let tooHigh = ranks.upper.map { 1 - below($0) } ?? 0
    #expect(tooLow <= 0.05 && tooHigh <= 0.05)
    if let lower = ranks.lower { #expect(below(lower + 1) > 0.05) }
    if let upper = ranks.upper { #expect(1 - below(upper - 1) > 0.05) }
  }

  @Test func `Student's quantiles are those of tables`() {
    #expect(abs(SampleBounds.standardErrors(level: 0.9, ofMeansOf: 16) - 1.7530503557) < 1e-9)
    #expect(abs(SampleBounds.standardErrors(level: 0.9, ofMeansOf: 2) - 6.3137515147) < 1e-9)
  }
}
