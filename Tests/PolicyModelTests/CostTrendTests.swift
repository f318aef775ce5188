import Glibc
import Testing

@testable import PolicyModel

/// Growth of cost is growth of compute over growth of price-performance (docs/ODD.md 7.20).
@Suite struct CostTrendTests {
  private func trend(_ runs: [(flop: Double, cost: Double, years: Double)]) -> CostTrend {
    runs.reduce(into: CostTrend()) { $0.add(flop: $1.flop, cost: $1.cost, years: $1.years) }
  }

  @Test func `steady growth is found exactly`() throws {
    let trend = trend(
      [0.5, 1.25, 3, 4].map { (1e25 * pow(5, $0), 4e7 * pow(2.5, $0), $0) })
    let (flop, cost) = (try #require(trend.flopGrowth), try #require(trend.costGrowth))
    #expect(abs(flop / 5 - 1) < 1e-9 && abs(cost / 2.5 - 1) < 1e-9)
    #expect(abs(try #require(trend.priceGrowth) / 2 - 1) < 1e-9)
  }

  @Test func `of unsteady growth the three agree, and follow least squares`() throws {
    let runs = [(1e24, 2e6, 0.0), (3e25, 9e6, 1.0), (2e26, 9e7, 3.0)]
    let trend = trend(runs.map { (flop: $0.0, cost: $0.1, years: $0.2) })
    let mean = runs.map(\.2).reduce(0, +) / 3
    let spread = runs.reduce(0) { $0 + ($1.2 - mean) * ($1.2 - mean) }
    let slope = runs.reduce(0) { $0 + ($1.2 - mean) * log($1.1) } / spread
    let cost = try #require(trend.costGrowth)
    #expect(abs(log(cost) - slope) < 1e-12)
    let ratio = try #require(trend.flopGrowth) / #require(trend.priceGrowth)
    #expect(abs(cost / ratio - 1) < 1e-12)
  }

  @Test func `few runs, or runs of a few months, tell nothing`() {
    #expect(trend([]).costGrowth == nil)
    #expect(trend([(1e25, 4e7, 0), (1e26, 4e8, 2)]).flopGrowth == nil)
    #expect(trend([(1e25, 4e7, 0), (2e25, 5e7, 0.5), (1e26, 4e8, 0.9)]).priceGrowth == nil)
  }
}
