import Glibc

/// How the FLOP and the cost of the largest runs grow: sums for the straight lines through their logs, by least
/// squares. The line of FLOP for a dollar is the difference of the two, so that growth of cost is growth of
/// compute over growth of price-performance, exactly.
struct CostTrend: Sendable, BitwiseCopyable {
  private var count = 0.0
  private var time = Sums()
  private var (first, last) = (0.0, 0.0)
  private var logFlop = Sums()
  private var logCost = Sums()

  /// A sum, and the sum of products with time.
  private struct Sums: Sendable, BitwiseCopyable {
    var plain = 0.0
    var byTime = 0.0
  }

  /// Takes down a run, US dollars, released so many years after the start.
  mutating func add(flop: Double, cost: Double, years: Double) {
    if count == 0 { first = years }
    last = years
    count += 1
    for (sums, value) in [(\Self.time, years), (\.logFlop, log(flop)), (\.logCost, log(cost))] {
      self[keyPath: sums].plain += value
      self[keyPath: sums].byTime += value * years
    }
  }

  /// What FLOP are multiplied by in a year; nil before there are three runs over a year.
  var flopGrowth: Double? { slope(logFlop).map { exp($0) } }

  /// What cost is multiplied by in a year; nil as above.
  var costGrowth: Double? { slope(logCost).map { exp($0) } }

  /// What FLOP for a dollar are multiplied by in a year; nil as above.
  var priceGrowth: Double? {
    guard let flop = slope(logFlop), let cost = slope(logCost) else { return nil }
    return exp(flop - cost)
  }

  private func slope(_ sums: Sums) -> Double? {
    guard count >= 3, last - first >= 1 else { return nil }
    let spread = time.byTime - time.plain * time.plain / count
    return (sums.byTime - time.plain * sums.plain / count) / spread
  }
}
