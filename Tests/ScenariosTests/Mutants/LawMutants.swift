@testable import PolicyModel
import Simulation
import TestSupport

/// Books that do not add up: one variant for each law of ``Conservation``, and for those that tests hold beside it.
enum LawMutants {
  static let all: [Mutant] = books + money + knowledge + labs

  private static let short = sketch(until: "2023-06")

  /// Rules as they were, and caps with licenses.
  private static func sketch(until end: String) -> EconomySketch {
    var sketch = EconomyConservationTests.sketch
    sketch.end = end
    sketch.replicates = 1
    sketch.regimes = [sketch.regimes[1], sketch.regimes[3]]
    return sketch
  }

  /// A variant that does its work, and then something that it must not.
  private static func law(
    _ law: String, _ words: String, after mechanism: any Mechanism.Type,
    in sketch: EconomySketch = short, _ fault: @escaping @Sendable (inout World) -> Void
  ) -> Mutant {
    Mutant(
      .law, law, words,
      rejectedBy: "EconomyConservationTests, all adds up in every month under every regime"
    ) {
      try UnderTest.$change.withValue({ model in
        model.replace(mechanism) { phase, world, step in
          phase.advance(&world, step)
          fault(&world)
        }
      }) {
        _ = try EconomyConservationTests.expectAllAddsUp(in: sketch)
      }
    }
  }

  private static let books = [
    law("chips", "one in a thousand of those at work is lost", after: Fleets.self) {
      shrink(&$0.economy.fleets.heldCells)
    },
    law("chips", "one in a thousand of those on their way is lost", after: Fleets.self) {
      shrink(&$0.economy.fleets.transitCells)
    },
    law("chips", "a retired chip is counted twice", after: Fleets.self) {
      $0.economy.fleets.retiredCells[0] += 1
    },
    law("chips", "a diverted chip comes from nowhere", after: Fleets.self) {
      $0.economy.fleets.pool[0].held += 1
    },
    law("chips", "a seized chip was never sent", after: GreyMarket.self) {
      $0.economy.grey.seizedOfChip[0] += 1
    },
    law("dies", "one in a thousand of a foreign family is lost", after: SupplierCapacity.self) {
      shrink(&$0.economy.supply.dies)
    },
    law(
      "dies", "one in a thousand of the unsold domestic ones is lost",
      after: DomesticProduction.self, in: sketch(until: "2024-12")
    ) { world in
      for chip in world.economy.sales.unsold.indices { world.economy.sales.unsold[chip] *= 0.999 }
    },
    law(
      "packaging and memory", "more is used than was planned", after: SupplierCapacity.self
    ) { shrink(&$0.economy.supply.planned) },
    law(
      "chips by kind and by owner", "owners lose one in a thousand", after: Fleets.self
    ) { world in
      for owner in world.economy.fleets.held.indices {
        world.economy.fleets.held[owner] = world.economy.fleets.held[owner] * 0.999
      }
    },
    law("training rates", "chips get faster by being owned", after: Fleets.self) { world in
      for owner in world.economy.fleets.held.indices {
        world.economy.fleets.held[owner] = world.economy.fleets.held[owner].learning(1.001)
      }
    },
  ]

  private static let money = [
    law("dollars planned", "one in a thousand is spent and not booked", after: GreyMarket.self) {
      shrink(&$0.economy.purses.spent)
    },
    law("dollars spent", "an owner spends what its neighbour has", after: GreyMarket.self) {
      // Of one market, whose sums stay as they are.
      $0.economy.purses.spent[0] += 1e12
      $0.economy.purses.spent[3] -= 1e12
    },
    law("dollars paid", "a chip is rented for nothing", after: MarketClearing.self) {
      $0.economy.remote.rented[0] += 1
    },
    law(
      "caps", "one in a hundred is sold beyond what a cap allows", after: MarketClearing.self,
      in: sketch(until: "2023-12")
    ) { world in
      for cap in world.economy.terms.caps {
        guard case .amount(let amount) = cap.cap.limit else { continue }
        world.economy.sales.soldUnderCap[cap.place] = amount * 1.01
      }
    },
    law("value", "used chips are worth more than new ones", after: Fleets.self) {
      $0.economy.fleets.held[0].value = $0.economy.fleets.held[0].price * 1.01
    },
  ]

  private static let knowledge = [
    law("what was shown", "a lab matches what nobody has shown", after: CatchUp.self) {
      $0.economy.labs[0].matched = 1000
    }
  ]

  private static let labs = [
    Mutant(
      .law, "licensed chips", "more are at work than chips at all",
      rejectedBy: "EconomyConservationTests, licensed chips at work are some of the chips at work"
    ) {
      try UnderTest.$change.withValue({ model in
        model.replace(Fleets.self) { phase, world, step in
          phase.advance(&world, step)
          world.economy.fleets.licensedCells[0] = world.economy.fleets.heldCells[0] + 1
        }
      }) {
        try EconomyConservationTests().`licensed chips at work are some of the chips at work`()
      }
    },
    Mutant(
      .law, "books of labs", "what an owner buys is booked twice",
      rejectedBy:
        "EconomyConservationTests, a lab's books begin with its share of what its owners held and bought"
    ) {
      try UnderTest.$change.withValue({ model in
        model.replace(LabLedger.self) { phase, world, step in
          phase.advance(&world, step)
          phase.advance(&world, step)
        }
      }) {
        try EconomyConservationTests()
          .`a lab's books begin with its share of what its owners held and bought`()
      }
    },
  ]

  /// Takes one in a thousand off the largest.
  private static func shrink(_ values: inout Cells<Double>) {
    guard let place = values.indices.max(by: { values[$0] < values[$1] }) else { return }
    values[place] *= 0.999
  }
}
