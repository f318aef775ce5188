import PolicyModel
import Quantities
import Scenarios
import Testing

/// Licenses that are on record, and what nobody has recorded.
@Suite struct LicenseTests {
  private typealias Regime = EconomySketch.RegimeSketch

  /// Every chip but the H100 is barred, and that needs a license.
  private static func rules(_ more: String..., known: String = "") -> [String] {
    [
      "{id: closed, government: US, title: All closed, effective: 2022-10-01, destinations: [CN], "
        + "reaches_headquarters: true, requirement: [{when: {tpp: {at_least: 0}}}], "
        + "review: [{policy: license, when: {chips: [h100_sxm]}}, "
        + "{policy: deny, when: {tpp: {at_least: 0}}}]\(known)}"
    ] + more
  }

  private static func grant(
    _ id: String, by government: String = "US", from day: String = "2023-02-01", _ terms: String,
    requires: Bool = false, reaches: Bool = false, known: String = ""
  ) -> String {
    "{id: \(id), government: \(government), title: Licenses, effective: \(day), destinations: [CN], "
      + "reaches_headquarters: \(reaches), "
      + (requires ? "requirement: [{when: {chips: [h100_sxm]}}], " : "")
      + "review: [{policy: granted, when: {chips: [h100_sxm]}\(terms)}]\(known)}"
  }

  private static func run(
    _ regimes: [Regime], metrics: String = "[licensed_chips_cumulative, flow_chips]"
  ) async throws -> EconomyResults {
    try await EconomySketch(
      end: "2024-01", replicates: 8,
      mechanisms: "  domestic_production: off\n  remote_access: off\n  grey_market: off",
      regimes: regimes, metrics: metrics
    ).run()
  }

  /// Approvals that would come at once come only from the day on for which licenses are not known.
  @Test func `what is known is not drawn`() async throws {
    let always = ["licensing.export_approvals_per_year": "1000"]
    let results = try await Self.run([
      Regime(id: "drawn", rules: Self.rules(), set: always),
      Regime(
        id: "known", rules: Self.rules(known: ", licenses_known_until: 2023-07-01"), set: always),
    ])
    let drawn = try results.series("flow_chips", "CN", "drawn")
    let known = try results.series("flow_chips", "CN", "known")
    for month in drawn.indices {
      // The first month of July 2023 is the tenth.
      #expect(known[month].allSatisfy { month < 9 ? $0 == 0 : true })
    }
    #expect(drawn[..<9].joined().contains { $0 > 0 } && known[9...].joined().contains { $0 > 0 })
  }

  /// What is granted is sold whatever is drawn, up to what it is for, and no faster than it is delivered.
  @Test func `a recorded license needs no luck`() async throws {
    let never = ["licensing.export_approvals_per_year": "0"]
    let results = try await Self.run([
      Regime(
        id: "granted", rules: Self.rules(Self.grant("granted", ", cap_units: 1200")), set: never),
      Regime(
        id: "delivered",
        rules: Self.rules(Self.grant("granted", ", cap_units: 1200, delivery_months: 6")),
        set: never),
      Regime(id: "refused", rules: Self.rules(), set: never),
    ])
    #expect(try results.last("licensed_chips_cumulative", "CN", "refused").allSatisfy { $0 == 0 })
    let at = try results.series("licensed_chips_cumulative", "CN", "delivered")
    for replicate in at[0].indices {
      #expect(at[3][replicate] == 0)
      for month in 1...6 {
        let expected = 200 * Double(month)
        #expect(abs(at[3 + month][replicate] - expected) < 1e-6 * expected, "month \(month)")
      }
    }
    for sold in try results.last("licensed_chips_cumulative", "CN", "granted") {
      #expect(abs(sold - 1200) < 1e-6)
    }
  }

  /// The exporter licenses both, the importer lets in what two firms may have: the rest goes to the same
  /// side's fleets abroad, as far as the license reaches them.
  @Test func `what is not let in may go abroad`() async throws {
    let known = ", licenses_known_until: 2030-01-01"
    let license = Self.grant("license", ", cap_units: 4000", reaches: true)
    let quota = Self.grant(
      "quota", by: "CN", ", buyers: [bytedance, tencent], units_per_firm: 300", requires: true,
      known: known)
    let results = try await Self.run([
      Regime(id: "quota", rules: Self.rules(license, quota, known: known)),
      Regime(id: "no-quota", rules: Self.rules(license, known: known)),
    ])
    let home = try results.last("licensed_chips_cumulative", "CN", "quota")
    let abroad = try results.last("licensed_chips_cumulative", "HUB", "quota")
    let free = try results.last("licensed_chips_cumulative", "CN", "no-quota")
    let freeAbroad = try results.last("licensed_chips_cumulative", "HUB", "no-quota")
    for replicate in home.indices {
      #expect(abs(home[replicate] - 600) < 1e-3)
      #expect(home[replicate] + abroad[replicate] <= 4000 * (1 + 1e-9))
      #expect(abroad[replicate] >= freeAbroad[replicate])
      #expect(abs(free[replicate] + freeAbroad[replicate] - 4000) < 1e-3)
    }
    #expect(abroad.mean > freeAbroad.mean * 1.1)
  }

  /// A buyer whom nobody names has no market of its own, nor has one that a rule of other years names.
  @Test func `buyers are told apart where a rule names them`() throws {
    func buyers(_ end: String) throws -> [String] {
      let quota = Self.grant(
        "quota", by: "CN", from: "2023-08-18", ", buyers: [bytedance, tencent]", requires: true)
      let sketch = EconomySketch(
        end: end, replicates: 8, regimes: [Regime(id: "law", rules: [quota])])
      return try sketch.scenario().blueprint.world.economy.markets.compactMap(\.namedBuyer)
    }
    #expect(try buyers("2023-07") == [])
    #expect(try buyers("2023-08") == ["bytedance", "tencent"])
  }

  /// The law of today: no accelerator was licensed to China before the H20 in August 2025, and then what
  /// was granted.
  @Test func `history is as it was`() async throws {
    let sketch = EconomySketch(
      end: "2026-08", replicates: 8,
      regimes: [
        Regime(
          id: "law", rules: ["current-law"], set: ["licensing.export_approvals_per_year": "1000"])
      ], metrics: "[licensed_chips_cumulative]")
    let sold = try await sketch.run().series("licensed_chips_cumulative", "CN", "law")
    #expect(sold[..<34].joined().allSatisfy { $0 == 0 })
    for replicate in sold[0].indices {
      #expect(sold[34...42].allSatisfy { $0[replicate] <= 4200 * (1 + 1e-9) })
      #expect(sold[46][replicate] <= (4200 + 20_000) * (1 + 1e-9))
    }
    #expect(sold[46].mean > 1000)
  }
}
