@testable import PolicyModel
import Scenarios
import Testing

/// What the chips of an economy are worth to their owners (docs/ODD.md 7.12).
@Suite struct EconomyValueTests {
  private static func sketch(growth: Double) -> EconomySketch {
    EconomySketch(
      end: "2023-12", replicates: 1,
      regimes: [
        .init(
          id: "current-law", rules: EconomySketch.rulesAsTheyWere,
          set: ["ledger.price_performance_growth_oom_per_year": "\(growth)"])
      ], metrics: "[stock_h100e]")
  }

  /// By month, the value and the price of all owners' chips at work.
  private static func sums(growth: Double) throws -> [(value: Double, price: Double)] {
    var sums: [(Double, Double)] = []
    try EconomyConservationTests.watch(sketch(growth: growth)) { world, _ in
      let held = world.economy.fleets.held.reduce(.zero) { $0 + $1 }
      sums.append((held.value, held.price))
    }
    return sums
  }

  @Test func `without progress of hardware nothing loses value`() throws {
    let sums = try Self.sums(growth: 0)
    #expect(sums.count == 15)
    #expect(sums.allSatisfy { $0.value == $0.price && $0.price > 0 })
  }

  @Test func `what is held loses value month by month`() throws {
    let (slow, fast) = (try Self.sums(growth: 0.1), try Self.sums(growth: 0.3))
    #expect(slow[0].value == slow[0].price, "what is held at first is worth its price")
    #expect(zip(slow, fast).dropFirst().allSatisfy { $0.value > $1.value && $0.value < $0.price })
    let shares = fast.map { $0.value / $0.price }
    #expect(shares[14] < 0.95 && shares[14] > 0.5)
  }

  @Test func `a fleet that is worth more than it cost is found`() throws {
    var months = 0
    try EconomyConservationTests.watch(Self.sketch(growth: 0.14)) { world, law in
      var spoilt = world.snapshot()
      spoilt.economy.fleets.held[0].value = spoilt.economy.fleets.held[0].price * 1.01
      #expect(law.imbalance(world) == nil)
      #expect(law.imbalance(spoilt)?.contains("worth") == true)
      months += 1
    }
    #expect(months == 15)
  }

  /// Captive chips: server and chip come to the price, and the rest of the world takes no notice.
  @Test func `captive chips are booked without the server that their price has in it`() throws {
    let facts = BuiltInFacts.current
    let captive = facts.chips.filter { $0.vendor == "Google" || $0.vendor == "Amazon" }
    #expect(captive.count >= 7 && captive.allSatisfy(\.server.isInPrice))
    #expect(facts.chips.filter(\.server.isInPrice).count == captive.count)
    let sketch = Self.sketch(growth: 0.14)
    let chips = try sketch.scenario().blueprint.world.chips
    try EconomyConservationTests.watch(sketch) { world, _ in
      for (place, chip) in chips.enumerated() {
        let share = world.economy.offers.chipShare[ChipIndex(position: place)]
        #expect(chip.server.isInPrice ? share < 0.7 && share > 0.5 : share == 1, "\(chip.id)")
      }
    }
  }
}
