import Scenarios
import Testing

/// What orders and rules make of foreign supply, on the reference world.
@Suite struct EconomySupplyTests {
  private typealias Regime = EconomySketch.RegimeSketch

  private static let hopper = ["h100_sxm", "h20", "h200", "h800"]
  private static let blackwell = ["b200", "b300", "gb200"]

  /// The rules as they were, without a part of them and with more.
  private static func rules(without dropped: [String], adding: [String] = []) -> [String] {
    EconomySketch.rulesAsTheyWere.filter { !dropped.contains($0) } + adding
  }

  /// Chips sold in the months from 2026-01 on, everywhere, in the mean of replicates.
  private static func sold(
    _ chips: [String], _ regime: String, in results: EconomyResults
  ) throws -> Double {
    try chips.reduce(0) { sum, chip in
      try sum + results.series("sold_chips", chip, regime)[39...].reduce(0) { $0 + $1.mean }
    }
  }

  /// The older family is made more of within months, at the cost of the newer one; others in the world have less.
  @Test func `sales of the H20 and the H200 bring forth dies at the cost of others`() async throws {
    let cuts = [
      "us_h20_letter", "us_h20_resume", "us_h20_15pct", "us_2026_01_rule", "us_h200_trump",
    ]
    let isOff =
      "{id: no_h20, government: US, title: No H20, announced: 2023-12-01, "
      + "effective: 2024-01-01, destinations: [CN], reaches_headquarters: true, requirement: [{when: {chips: [h20, mi308]}}], "
      + "review: [{policy: deny}]}"
    let free =
      "{id: h200_free, government: US, title: H200 free, announced: 2025-06-01, "
      + "effective: 2025-07-01, destinations: [CN], review: [{policy: free, when: {chips: [h200, h100_sxm]}}]}"
    let sketch = EconomySketch(
      end: "2026-12", replicates: 32,
      regimes: [
        Regime(id: "barred", rules: Self.rules(without: cuts, adding: [isOff])),
        Regime(id: "h20", rules: Self.rules(without: cuts)),
        Regime(id: "h200", rules: Self.rules(without: cuts, adding: [isOff, free])),
      ], metrics: "[sold_chips, acquired_h100e, capacity_moved_share]")
    let results = try await sketch.run()
    for open in ["h20", "h200"] {
      let hopper = try ["barred", open].map { try Self.sold(Self.hopper, $0, in: results) }
      let blackwell = try ["barred", open].map { try Self.sold(Self.blackwell, $0, in: results) }
      #expect(hopper[1] > 1.05 * hopper[0], "\(open): \(hopper)")
      #expect(blackwell[1] < blackwell[0], "\(open): \(blackwell)")
      let leader = try ["barred", open].map { try results.last("acquired_h100e", "US", $0).mean }
      #expect(leader[0] > leader[1], "\(open): \(leader)")
      let follower = try ["barred", open].map { try results.last("sold_chips", "h20", $0).mean }
      #expect(open != "h20" || follower[1] > follower[0])
    }
    #expect(try results.last("capacity_moved_share", "nvidia", "h20").mean > 0.01)
  }

  /// Where all that was made was wanted, the years that were observed stay what they were.
  @Test func `orders leave observed years as they were`() async throws {
    let sketch = EconomySketch(
      end: "2024-12", replicates: 16,
      regimes: [
        Regime(id: "as-it-was", rules: EconomySketch.rulesAsTheyWere),
        Regime(
          id: "deaf", rules: EconomySketch.rulesAsTheyWere,
          set: ["supplier_capacity.order_response": "0"]),
      ], metrics: "[sold_chips]")
    let results = try await sketch.run()
    for chip in ["h100_sxm", "h20", "h800", "a100_80"] {
      let sums = try ["as-it-was", "deaf"].map { try results.total("sold_chips", chip, $0).mean }
      #expect(abs(sums[0] / sums[1] - 1) < 0.01, "\(chip): \(sums)")
    }
  }
}
