import Scenarios
import Testing

/// What catching up, and rules on models, do in the reference world.
@Suite struct EconomyCatchUpTests {
  private typealias Regime = EconomySketch.RegimeSketch

  private static let closed = EconomySketch.measure(on: "models", from: "2023-02-01")

  private static let sketch = EconomySketch(
    end: "2025-12", replicates: 24,
    regimes: [
      Regime(id: "open"), Regime(id: "closed", rules: [closed]),
      Regime(id: "nothing-learnt", set: ["catch_up.rate_per_year": "0"]),
      Regime(id: "twice", set: ["catch_up.rate_per_year": "4"]),
      Regime(
        id: "more-chips",
        set: [
          "owners.alibaba.spending_factor": "4", "owners.bytedance.spending_factor": "4",
          "owners.tencent.spending_factor": "4", "owners.high-flyer.spending_factor": "4",
        ]),
      Regime(
        id: "fewer-chips",
        set: [
          "owners.alibaba.spending_factor": "0.25", "owners.bytedance.spending_factor": "0.25",
          "owners.tencent.spending_factor": "0.25", "owners.high-flyer.spending_factor": "0.25",
        ]),
    ],
    metrics: "[capability, unaided_capability, lag_months, unaided_lag_months]")

  private static let run = Task { try await sketch.run() }

  /// In each replicate and month.
  @Test(arguments: [("nothing-learnt", "closed"), ("closed", "open"), ("nothing-learnt", "open")])
  func `who learns less is never ahead`(less: String, more: String) async throws {
    let results = try await Self.run.value
    let found = try results.violations("capability", "CN", lower: less, upper: more)
    #expect(found.isEmpty, "\(found.count), such as \(found.prefix(2))")
    let means = try [less, more].map { try results.last("capability", "CN", $0).mean }
    #expect(means[0] < means[1] - 1e-4)
  }

  /// Nothing goes beyond what was shown, so that the frontier is nobody's gain.
  @Test func `the frontier rests on own work alone`() async throws {
    let results = try await Self.run.value
    func best(_ regime: String) throws -> [Double] {
      let places = try ["US", "CN", "ALLY"].map { try results.last("capability", $0, regime) }
      return places[0].indices.map { max(places[0][$0], places[1][$0], places[2][$0]) }
    }
    for (one, other) in try zip(best("open"), best("nothing-learnt")) {
      #expect(abs(one - other) < 1e-9)
    }
  }

  @Test func `what catching up takes away is told`() async throws {
    let results = try await Self.run.value
    let without = try results.last("lag_months", "CN", "nothing-learnt")
    let told = try results.last("unaided_lag_months", "CN", "nothing-learnt")
    #expect(without == told)
    let (lag, unaided) = (
      try results.last("lag_months", "CN", "open"),
      try results.last("unaided_lag_months", "CN", "open")
    )
    for (aided, alone) in zip(lag, unaided) { #expect(aided <= alone) }
    #expect(lag.mean < unaided.mean - 1)
    #expect(try results.last("lag_months", "CN", "twice").mean < lag.mean)
  }

  /// On average: in single replicates a run may end later, or a month be bought otherwise.
  @Test func `more compute never lags more`() async throws {
    let results = try await Self.run.value
    let lags = try ["more-chips", "open", "fewer-chips"].map {
      try results.last("lag_months", "CN", $0).mean
    }
    #expect(lags[0] < lags[1] && lags[1] < lags[2], "\(lags)")
  }

  /// It binds after the last month, or names nobody's models that others could close.
  @Test func `a rule on models that never binds changes nothing`() async throws {
    var sketch = Self.sketch
    sketch.end = "2024-03"
    sketch.replicates = 2
    sketch.regimes = [
      Regime(id: "open"),
      Regime(id: "late", rules: [EconomySketch.measure(on: "models", from: "2024-04-01")]),
      Regime(id: "own", rules: [EconomySketch.measure(on: "models", by: "CN", from: "2023-04-01")]),
      Regime(
        id: "free",
        rules: [
          EconomySketch.measure(
            on: "models", from: "2023-04-01", rest: ", review: [{policy: notify}]")
        ]),
    ]
    let results = try await sketch.run()
    for regime in sketch.regimes.dropFirst() {
      let (one, other) = (
        try results.series("capability", "CN", "open"),
        try results.series("capability", "CN", regime.id)
      )
      for (first, second) in zip(one, other) {
        #expect(first.map(\.bitPattern) == second.map(\.bitPattern), "\(regime.id)")
      }
    }
  }

  /// Who has never had chips has no model, and learns nothing.
  @Test func `a lab without chips matches nothing`() async throws {
    var sketch = Self.sketch
    sketch.end = "2024-06"
    sketch.replicates = 4
    sketch.regimes = [Regime(id: "open", set: ["catch_up.rate_per_year": "20"])]
    sketch.world = """
        labs:
          - {id: idle, jurisdiction: CN, fleet_of: [alibaba], fleet_share: 0, distils: true}
      """
    let results = try await sketch.run()
    #expect(try results.last("capability", "idle", "open").allSatisfy { $0.isNaN })
    #expect(try results.last("capability", "alibaba-qwen", "open").contains { $0.isFinite })
  }
}
