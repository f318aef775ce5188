import Stochastics
import Testing

@testable import Analysis

@Suite struct BinTests {
  private static let probabilities = Summary.probabilities

  private func bins(_ values: [Double], bits: Int = 8, inStretchesOf size: Int = 128) -> Bins {
    var bins = Bins(bits: bits)
    for first in stride(from: 0, to: values.count, by: size) {
      bins.add(values[first..<min(first + size, values.count)])
    }
    return bins
  }

  /// Values of very different kinds: lognormal, of both signs, with many zeros, over many magnitudes.
  private static let columns: [[Double]] = {
    var stream = RandomStream(
      seed: 11,
      at: StreamAddress(replicate: 0, mechanism: .parameters, agent: .none, month: 0, draw: 0))
    let count = 6000
    return [
      (0..<count).map { _ in stream.lognormal(mu: 3, sigma: 1) },
      (0..<count).map { _ in stream.normal(sd: 4) },
      (0..<count).map { _ in stream.uniform() < 0.4 ? 0 : stream.lognormal(mu: -20, sigma: 2) },
      (0..<count).map { _ in stream.normal(sd: 1) * stream.lognormal(mu: 0, sigma: 6) },
      (0..<count).map { _ in -stream.lognormal(mu: 50, sigma: 0.1) },
      (0..<count).map { $0 % 7 == 0 ? -1e-30 : Double($0 % 5) },
      // Of one sign but for one, which comes last, and is so small that it has no exponent.
      (0..<count).map {
        $0 == count - 1 ? -Double.leastNonzeroMagnitude : stream.lognormal(mu: 0, sigma: 6)
      },
      (0..<count).map { _ in -stream.lognormal(mu: 0, sigma: 6) },
    ]
  }()

  @Test(arguments: columns.indices, [6, 8])
  func quantilesAreWithinTheStatedBound(column: Int, bits: Int) throws {
    let values = Self.columns[column]
    var sorted = values
    let exact = try #require(Quantiles.select(Self.probabilities, from: &sorted))
    let binned = try #require(bins(values, bits: bits).quantiles(Self.probabilities))
    let rule = QuantileRule.binned(bits: bits)
    let largest = values.map(abs).max() ?? 0
    let isOfOneSign = values.allSatisfy { $0 >= 0 } || values.allSatisfy { $0 <= 0 }
    let nearZero = largest * (isOfOneSign ? 0x1p-23 : rule.errorNearZero)
    for (ours, exact) in zip(binned, exact) {
      let bound = max(rule.relativeError * abs(exact), nearZero)
      #expect(abs(ours - exact) <= bound, "\(ours) for \(exact), off by more than \(bound)")
    }
    #expect(bins(values, bits: bits).count == values.count)
  }

  @Test(arguments: columns.indices)
  func orderAndPartsChangeNothing(column: Int) throws {
    let values = Self.columns[column]
    let whole = bins(values).quantiles(Self.probabilities)
    #expect(bins(values.reversed()).quantiles(Self.probabilities) == whole)
    for size in [1, 7, values.count] { #expect(bins(values, inStretchesOf: size) == bins(values)) }
    let withGaps = values.flatMap { [.nan, $0] }
    #expect(bins(withGaps, inStretchesOf: 5) == bins(values))
    for parts in [2, 7] {
      var merged = Bins(bits: 8)
      for part in (0..<parts).reversed() {
        merged.merge(bins(values.enumerated().filter { $0.offset % parts == part }.map(\.element)))
      }
      #expect(merged.quantiles(Self.probabilities) == whole)
      #expect(merged.count == values.count)
    }
  }

  /// A quarter of the values are more than 24 powers of two below the largest one, and none is zero.
  @Test(arguments: [1.0, -1.0]) func valuesNearZeroAreNotTakenForZero(sign: Double) throws {
    let values = (0..<4000).map { sign * ($0 % 4 == 0 ? 10 + Double($0 % 20) / 5 : 1e9) }
    let tenth = try #require(bins(values).quantiles([sign > 0 ? 0.1 : 0.9])?.first)
    // Zero would be told as the value nearest to it, which is 10.
    #expect(abs(tenth) > 11 && abs(tenth) <= 1e9 * 0x1p-23, "\(tenth)")
  }

  @Test func whatIsConstantIsExact() {
    #expect(bins([0.1, 0.1, 0.1]).quantiles([0, 0.3, 1]) == [0.1, 0.1, 0.1])
    #expect(bins([0, 0]).quantiles([0.5]) == [0])
    #expect(bins([-0.0, 0]).quantiles([0.5]) == [0])
    #expect(bins([]).quantiles([0.5]) == nil)
  }

  @Test func leastAndLargestAreExact() {
    #expect(bins([3.3, 1.1, 2.2]).quantiles([0, 1]) == [1.1, 3.3])
    #expect(bins([-1e150, 1e150, 1e-300]).quantiles([0, 0.5, 1]) == [-1e150, 0, 1e150])
  }

  /// Counts are kept in two bytes with carries on top.
  @Test func aBinHoldsAnyNumberOfValues() throws {
    let values = (0..<200_000).map { place -> Double in
      place % 200 == 0 ? 0.001 : 1 + Double(place % 3) / 1000
    }
    let whole = bins(values)
    #expect(whole.positive.counts.max() == 199_000 && whole.count == values.count)
    var merged = bins(Array(values[..<90_000]))
    merged.merge(bins(Array(values[90_000...])))
    #expect(merged == whole)
    var (writer, read) = (TallyWriter(), Bins(bits: 8))
    writer.bins(&merged)
    var reader = TallyReader(writer.bytes[...], ofAtMost: values.count + 1, steps: 0)
    try reader.bins(&read)
    #expect(read == whole)
    merged.add([5e7])
    #expect(merged.nearZero == values.count && merged.positive.total == 1)
  }

  @Test(arguments: columns.indices) func bytesHoldEveryCount(column: Int) throws {
    var (writer, written, read) = (TallyWriter(), bins(Self.columns[column]), Bins(bits: 8))
    writer.bins(&written)
    var reader = TallyReader(writer.bytes[...], ofAtMost: 6000, steps: 0)
    try reader.bins(&read)
    var merged = Bins(bits: 8)
    merged.merge(written)
    #expect(read == merged && merged.count == written.count)
    #expect(reader.rest.isEmpty)
    for end in stride(from: 0, to: writer.bytes.count, by: 97) {
      var cut = TallyReader(writer.bytes[..<end], ofAtMost: 6000, steps: 0)
      #expect(throws: TallyFault.self) { try cut.bins(&read) }
    }
  }
}
