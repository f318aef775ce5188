import Scenarios
import Testing

/// Directions that the economy must keep on the same random numbers.
@Suite struct EconomyDirectionTests {
  private typealias Regime = EconomySketch.RegimeSketch

  /// Stricter thresholds come later in the list. The rule comes as a surprise: one that is announced
  /// ahead makes buyers stock up, which is a law of its own.
  ///
  /// Both obey the law on average only. In a single replicate money that finds nothing to buy, or waits for
  /// diverted chips, is saved in part and buys what is allowed later, while what others bought in the meantime
  /// is already being retired.
  @Test func `a tighter threshold never raises the follower's legal compute`() async throws {
    let thresholds = [16_000.0, 8000, 4000, 1200]
    let sketch = EconomySketch(
      replicates: 16,
      regimes: [Regime(id: "free")]
        + thresholds.map {
          Regime(
            id: "tpp-\(Int($0))",
            rules: [EconomySketch.closing(fromTPP: $0, announced: "2022-12-01")])
        },
      metrics: "[acquired_legal_h100e, stock_legal_h100e]")
    let results = try await sketch.run()
    let ids = sketch.regimes.map(\.id)
    for (looser, tighter) in zip(ids, ids.dropFirst()) {
      for metric in ["acquired_legal_h100e", "stock_legal_h100e"] {
        let means = try [tighter, looser].map { try results.series(metric, "CN", $0).map(\.mean) }
        for (strict, free) in zip(means[0], means[1]) {
          #expect(strict <= free * (1 + 1e-9), "\(metric) under \(tighter)")
        }
      }
    }
    // The law says nothing where no rule bites.
    let (free, strict) = (
      try results.last("stock_legal_h100e", "CN", "free"),
      try results.last("stock_legal_h100e", "CN", "tpp-1200")
    )
    #expect(strict.mean < 0.7 * free.mean)
  }

  @Test func `more enforcement never raises diverted chips on average`() async throws {
    let levels = ["0.5", "1", "2", "4"]
    let sketch = EconomySketch(
      end: "2024-12", replicates: 40,
      regimes: levels.map {
        Regime(
          id: "level-\($0.replacing(".", with: "-"))",
          rules: [EconomySketch.closing(fromTPP: 1200)], set: ["grey_market.enforcement": $0])
      },
      metrics: "[smuggled_chips_cumulative, seized_chips_cumulative, stock_smuggled_h100e]")
    let results = try await sketch.run()
    let means = try sketch.regimes.map {
      try results.last("smuggled_chips_cumulative", "world", $0.id).mean
    }
    for (weaker, stronger) in zip(means, means.dropFirst()) { #expect(stronger < weaker) }
    let stocks = try sketch.regimes.map {
      try results.last("stock_smuggled_h100e", "CN", $0.id).mean
    }
    for (weaker, stronger) in zip(stocks, stocks.dropFirst()) { #expect(stronger < weaker) }
    #expect(means[0] > 100, "hardly anything is diverted, so that the law says nothing")
  }

  @Test func `an earlier date never raises legal stock`() async throws {
    let days = ["2023-03-10", "2023-09-01", "2024-02-20"]
    let sketch = EconomySketch(
      end: "2024-12", replicates: 16,
      regimes: days.map { day in
        Regime(
          id: "from-\(day)",
          rules: [EconomySketch.closing(fromTPP: 1200, on: day, announced: "2022-11-15")])
      }, metrics: "[stock_legal_h100e]")
    let results = try await sketch.run()
    let ids = sketch.regimes.map(\.id)
    for (earlier, later) in zip(ids, ids.dropFirst()) {
      let found = try results.violations("stock_legal_h100e", "CN", lower: earlier, upper: later)
      #expect(found.isEmpty, "\(found.count), such as \(found.prefix(2))")
      let means = try [earlier, later].map {
        try results.last("stock_legal_h100e", "CN", $0).mean
      }
      #expect(means[0] < means[1])
    }
  }

  @Test func `more openness of clouds never lowers what is rented abroad`() async throws {
    let levels = ["0", "0.25", "0.5", "1"]
    let sketch = EconomySketch(
      replicates: 16,
      regimes: levels.map {
        Regime(
          id: "open-\($0.replacing(".", with: "-"))",
          rules: [EconomySketch.closing(fromTPP: 1200)], set: ["remote_access.openness": $0])
      }, metrics: "[remote_h100e]")
    let results = try await sketch.run()
    let means = try sketch.regimes.map { regime in
      try results.series("remote_h100e", "CN", regime.id).map(\.mean)
    }
    #expect(means[0].allSatisfy { $0 == 0 })
    // So far, not month by month: money that rents a chip today cannot rent it tomorrow.
    for (closer, opener) in zip(means, means.dropFirst()) {
      for (less, more) in zip(closer.sumsSoFar, opener.sumsSoFar) {
        #expect(more >= less * (1 - 1e-9))
      }
      #expect(opener.mean > closer.mean)
    }
  }

  @Test func `location verification never raises the stock of diverted chips`() async throws {
    let threshold = EconomySketch.closing(fromTPP: 1200)
    let sketch = EconomySketch(
      end: "2024-12", replicates: 24,
      regimes: [
        Regime(id: "free", rules: [threshold]),
        Regime(
          id: "verified",
          rules: [
            threshold, EconomySketch.measure(on: "location_verification", from: "2023-09-15"),
          ]),
      ], metrics: "[stock_smuggled_h100e]")
    let results = try await sketch.run()
    let found = try results.violations(
      "stock_smuggled_h100e", "CN", lower: "verified", upper: "free")
    #expect(found.isEmpty, "\(found.count), such as \(found.prefix(2))")
    let means = try ["verified", "free"].map {
      try results.last("stock_smuggled_h100e", "CN", $0).mean
    }
    #expect(means[0] < 0.95 * means[1])
  }
}

extension [Double] {
  /// For each place the sum of what is there and before it.
  fileprivate var sumsSoFar: [Double] {
    reduce(into: []) { sums, value in sums.append((sums.last ?? 0) + value) }
  }
}
