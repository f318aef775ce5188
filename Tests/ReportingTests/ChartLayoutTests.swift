import Glibc
import Testing

@testable import Reporting

/// Where things stand in a chart.
@Suite struct ChartLayoutTests {
  @Test(arguments: [
    [0.0], [10, 12, 14], [0, 0, 0, 0], [100, 100, 3], [240, 239, 238], [5, 100, 101, 102, 240],
    [50, 50, 50, 64, 78, 92, 106, 120, 240, 240],
  ])
  func `labels cover none and keep their order`(wanted: [Double]) {
    let placed = EndLabels.depths(near: wanted, apart: 14, height: 240)
    #expect(placed.allSatisfy { (0...240).contains($0) })
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    for (first, second) in zip(order, order.dropFirst()) {
      #expect(placed[second] - placed[first] >= 14 - 1e-9)
    }
    // A label that touches no other stays beside its line.
    if wanted.count == 1 { #expect(placed == wanted) }
  }

  @Test func `labels go no further than they must`() {
    let placed = EndLabels.depths(near: [50, 52, 200], apart: 14, height: 240)
    #expect(placed == [44, 58, 200])
  }

  @Test func `an axis covers what it shows, with ticks within`() throws {
    for (middles, ends) in [
      ([0.0, 3], [0.0, 4.2]), ([12, 18], [9, 25]), ([-3, 2], [-7, 2]), ([1e6, 3e6], [9e5, 5e6]),
      ([0.2, 0.4], [0.1, 0.97]), ([25.1, 27.2], [24.9, 28]),
    ] {
      let axis = try #require(ValueAxis(covering: middles, ends: ends))
      #expect(!axis.isLog)
      #expect(axis.low <= (middles + ends).min() ?? 0 && axis.high >= (middles + ends).max() ?? 0)
      #expect((3...9).contains(axis.ticks.count), "\(axis.ticks)")
      #expect(
        axis.ticks.allSatisfy { ($0 - axis.low) >= -1e-9 && $0 <= axis.high + 1e-9 * axis.high })
    }
  }

  @Test func `amounts over decades are in powers of ten, and differences never`() throws {
    let axis = try #require(ValueAxis(covering: [2e4, 3e6], ends: [0, 5e6]))
    #expect(axis.isLog && axis.low > 0 && axis.high >= 5e6)
    #expect(axis.ticks.contains(1e5) && axis.ticks.contains(1e6))
    #expect(axis.ticks.allSatisfy { $0 >= axis.low && $0 <= axis.high })
    for depth in [0.0, 17, 100, 240] {
      let value = axis.value(atDepth: depth, height: 240)
      #expect(abs(axis.depth(of: value, height: 240) - depth) < 1e-6)
    }
    let difference = try #require(
      ValueAxis(covering: [2e4, 3e6], ends: [1e3, 5e6], hasZero: true))
    #expect(!difference.isLog && difference.low <= 0)
    let withZero = try #require(ValueAxis(covering: [0, 3e6], ends: [5e6]))
    #expect(!withZero.isLog)
  }

  @Test func `the ends of an axis have ticks`() throws {
    // Six times 0.2 is a little more than 1.2.
    let axis = try #require(ValueAxis(covering: [1.35, 1.6], ends: [1.32, 1.88]))
    #expect(axis.ticks.first == 1.2 && axis.low <= 1.2 && axis.high >= 2)
  }

  @Test func `nothing to show has no axis`() {
    #expect(ValueAxis(covering: [], ends: []) == nil)
    #expect(ValueAxis(covering: [0, 0], ends: [0]) == nil)
    #expect(ValueAxis(covering: [3, 3], ends: [3]) != nil)
  }

  @Test func `data have four digits`() {
    for (value, expected) in [
      (0.0, 0.0), (1.23456, 1.235), (-1234567, -1235000), (1e-9, 1e-9), (99999, 1e5),
      (0.1, 0.1), (3.3e24, 3.3e24), (.nan, 0),
    ] {
      #expect(ChartData.rounded(value) == expected, "\(value)")
    }
  }

  @Test func `labels are broken at blanks, and figures have a letter`() {
    #expect(ChartNames.lines("one two three", width: 7) == ["one two", "three"])
    #expect(ChartNames.figure(1.849e6) == "1.85M")
    #expect(ChartNames.figure(-52_500_000_000, isDollars: true) == "−$52.5B")
    #expect(ChartNames.figure(3.286e24) == "3.29e24")
  }
}
