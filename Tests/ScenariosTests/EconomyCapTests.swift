import PolicyModel
import Scenarios
import Testing

/// Caps on licensed sales: while one binds, the flow is what it allows.
@Suite struct EconomyCapTests {
  private typealias Regime = EconomySketch.RegimeSketch

  /// Licenses are certain from the first month of a review on.
  private static let certain = [
    "licensing.export_approvals_per_year": "1000", "licensing.export_withdrawals_per_year": "0",
  ]

  /// One chip is under review with a cap; all others are closed, and nothing is made at home.
  private static func sketch(
    _ caps: [(id: String, terms: String)], chip: String = "h100_sxm", destination: String = "CN"
  ) -> EconomySketch {
    EconomySketch(
      replicates: 8,
      mechanisms: "  domestic_production: off\n  remote_access: off\n  grey_market: off",
      regimes: caps.map { cap in
        Regime(
          id: cap.id,
          rules: [
            "{id: review, government: US, title: A review, effective: 2022-10-01, "
              + "destinations: [\(destination)], requirement: [{when: {tpp: {at_least: 0}}}], "
              + "review: [{policy: license, when: {chips: [\(chip)]}\(cap.terms)}, "
              + "{policy: deny, when: {tpp: {at_least: 0}}}]}"
          ], set: certain)
      }, metrics: "[flow_chips]")
  }

  /// Halving a cap in units, or in TPP, halves what is sold under it, to rounding.
  @Test(arguments: [("units", 3000.0), ("tpp", 4.0e7)])
  func `half the cap is half the flow`(kind: String, cap: Double) async throws {
    let results = try await Self.sketch([
      ("whole", ", cap_\(kind): \(cap)"), ("half", ", cap_\(kind): \(cap / 2)"),
    ]).run()
    let whole = try results.total("flow_chips", "CN", "whole")
    let half = try results.total("flow_chips", "CN", "half")
    let units = kind == "units" ? cap : cap / 15_832
    for (all, part) in zip(whole, half) {
      #expect(abs(part / all - 0.5) < 1e-9)
      #expect(abs(all / units - 1) < 1e-3, "\(all) sold under a cap of \(units)")
    }
  }

  /// A cap in TPP is one for a place, however many markets of buyers it has.
  @Test func `the markets of a place share its cap`() async throws {
    let sketch = Self.sketch([("capped", ", cap_tpp: 4.0e7")], destination: "HUB")
    let economy = try sketch.scenario().blueprint.world.economy
    let place = try #require(economy.jurisdictions.firstIndex { $0.id == "HUB" })
    try #require(economy.markets.count { $0.location == place } == 2)
    for sold in try await sketch.run().total("flow_chips", "HUB", "capped") {
      #expect(abs(sold / (4.0e7 / 15_832) - 1) < 1e-3, "\(sold) sold")
    }
  }

  /// A cap is one for all buyers whom its rule reaches, and for all chips that its clause names.
  @Test(arguments: ["units", "tpp"])
  func `a cap counts once over places and chips`(kind: String) async throws {
    let cap = kind == "units" ? 3000.0 : 4.0e7
    let sketch = Self.sketch(
      [("capped", ", cap_\(kind): \(cap)")], chip: "h100_sxm, a100_80", destination: "CN, HUB, GULF"
    )
    let results = try await sketch.run()
    let sold = try ["CN", "HUB", "GULF"].map { try results.total("flow_chips", $0, "capped") }
    for replicate in sold[0].indices {
      let units = sold.map { $0[replicate] }
      let all = units.reduce(0, +)
      #expect(units.allSatisfy { $0 > 50 })
      // An A100 has less TPP than an H100.
      let (low, high) = kind == "units" ? (cap, cap) : (cap / 15_832, cap / 4992)
      #expect(all > low * 0.999 && all < high * 1.001, "\(units) sold under a cap of \(cap)")
    }
  }

  /// Units for each firm: as many as the buyers of a market stand for, and no more than are licensed.
  @Test func `a license by firm counts firms`() async throws {
    let sketch = Self.sketch([
      ("each", ", units_per_firm: 100"), ("some", ", units_per_firm: 100, firms: 10"),
    ])
    let economy = try sketch.scenario().blueprint.world.economy
    let firms = economy.owners.filter { $0.location == economy.follower }.reduce(0) {
      $0 + $1.firms
    }
    #expect(firms == 24)
    let results = try await sketch.run()
    for (regime, count) in [("each", firms), ("some", 10)] {
      for sold in try results.total("flow_chips", "CN", regime) {
        #expect(abs(sold / (100 * count) - 1) < 1e-3, "\(sold) sold under \(regime)")
      }
    }
  }

  /// A cap as a share of what the leader buys; that moves a little itself, as dies come free.
  @Test func `half the share is half the flow`() async throws {
    let results = try await Self.sketch([
      ("whole", ", cap_share_of_sales: 0.02"), ("half", ", cap_share_of_sales: 0.01"),
    ]).run()
    let whole = try results.total("flow_chips", "CN", "whole")
    let half = try results.total("flow_chips", "CN", "half")
    for (all, part) in zip(whole, half) { #expect(abs(part / all - 0.5) < 0.02) }
    #expect(whole.mean > 500)
  }

  /// What was sold freely before a cap began does not use it up.
  @Test func `a cap counts from its own first day`() async throws {
    let others =
      "{id: others, government: US, title: The rest, effective: 2022-10-01, destinations: [CN], "
      + "requirement: [{when: {tpp: {at_least: 0}}}], review: [{policy: free, when: {chips: "
      + "[h100_sxm]}}, {policy: deny, when: {tpp: {at_least: 0}}}]}"
    let free = EconomySketch(
      replicates: 8, mechanisms: "  domestic_production: off\n  remote_access: off",
      regimes: [
        Regime(
          id: "capped",
          rules: [
            others,
            EconomySketch.license(for: "h100_sxm", from: "2023-06-01", terms: ", cap_units: 1000"),
          ], set: Self.certain)
      ], metrics: "[flow_chips]")
    let months = try await free.run().series("flow_chips", "CN", "capped")
    for replicate in months[0].indices {
      let before = months[..<8].reduce(0) { $0 + $1[replicate] }
      let under = months[8...].reduce(0) { $0 + $1[replicate] }
      #expect(before > 1000)
      #expect(abs(under / 1000 - 1) < 1e-6, "\(under) sold under a cap of 1000")
    }
  }
}
