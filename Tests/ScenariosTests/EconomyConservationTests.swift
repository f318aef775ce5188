@testable import PolicyModel
import Quantities
import Scenarios
import Simulation
import Testing

/// Chips and dollars add up every month, and what does not add up is found.
@Suite struct EconomyConservationTests {
  private typealias Regime = EconomySketch.RegimeSketch

  static let sketch = EconomySketch(
    end: "2024-12", replicates: 2,
    regimes: [
      Regime(id: "no-controls"),
      Regime(id: "current-law", rules: EconomySketch.rulesAsTheyWere),
      Regime(
        id: "responsive", rules: [EconomySketch.closing(fromTPP: 4000, announced: "2022-10-15")],
        variants: "responsive"),
      Regime(
        id: "capped",
        rules: [
          EconomySketch.license(
            for: "h100_sxm, a100_80", from: "2023-01-12", terms: ", cap_units: 4000, duty: 0.2"),
          EconomySketch.measure(on: "location_verification", from: "2023-06-10"),
        ],
        set: [
          "licensing.export_approvals_per_year": "50",
          "regulator_reactions.retaliation_per_year": "0.5",
          "regulator_reactions.tightening_per_year": "0.5",
          "regulator_reactions.relief_per_year": "0.5",
        ]),
    ], metrics: "[stock_h100e]")

  /// Called with the world of every month of every regime and replicate.
  static func watch(
    _ sketch: EconomySketch = sketch, _ observe: (borrowing World, Conservation) throws -> Void
  ) throws {
    let scenario = try sketch.scenario()
    let model = UnderTest.model(scenario.modelRecordingAll)
    let engine = Engine(model: model, design: scenario.design)
    let law = Conservation(scenario.blueprint)
    for regime in scenario.blueprint.regimes.indices {
      for replicate in 0..<scenario.run.replicates {
        _ = try engine.replay(replicate: replicate, regime: regime) { world, _ in
          try observe(world, law)
        }
      }
    }
  }

  /// A chip too many under a cap is found.
  @Test func `what is sold beyond a cap is found`() throws {
    var months = 0
    try Self.watch { world, law in
      guard let cap = world.economy.terms.caps.first, case .amount(let amount) = cap.cap.limit,
        world.economy.sales.soldUnderCap[cap.place] > 0
      else { return }
      var spoilt = world.snapshot()
      spoilt.economy.sales.soldUnderCap[cap.place] = amount * 1.01
      #expect(law.imbalance(world) == nil)
      #expect(law.imbalance(spoilt)?.contains("what a cap allows") == true)
      months += 1
    }
    #expect(months > 0)
  }

  @Test func `all adds up in every month under every regime`() throws {
    let (months, grey, licensed) = try Self.expectAllAddsUp(in: Self.sketch)
    #expect(months == 27 * 2 * 4)
    #expect(grey > 0)
    #expect(licensed > 0)
  }

  /// Holds every month of a sketch to the law; says how many there were, and how many chips were diverted and
  /// sold under license in them.
  static func expectAllAddsUp(
    in sketch: EconomySketch
  ) throws -> (months: Int, grey: Double, licensed: Double) {
    var (months, grey, licensed) = (0, 0.0, 0.0)
    try watch(sketch) { world, law in
      #expect(law.imbalance(world) == nil)
      months += 1
      grey += world.economy.grey.delivered
      licensed += world.economy.sales.soldLicensed.reduce(0, +)
    }
    return (months, grey, licensed)
  }

  /// Licensed chips are counted like all others: at work once they have arrived.
  @Test func `licensed chips at work are some of the chips at work`() throws {
    var sketch = Self.sketch
    sketch.regimes = [sketch.regimes[3]]
    sketch.replicates = 1
    var most = 0.0
    try Self.watch(sketch) { world, _ in
      for cell in world.economy.fleets.heldCells.indices {
        let licensed = world.economy.fleets.licensedCells[cell]
        let held = world.economy.fleets.heldCells[cell]
        #expect(licensed <= held * (1 + 1e-9))
        most = max(most, licensed)
      }
    }
    #expect(most > 10)
  }

  /// What a lab's owners held when it began, and what they bought in the month, are booked once each.
  @Test func `a lab's books begin with its share of what its owners held and bought`() throws {
    var sketch = Self.sketch
    sketch.end = "2022-11"
    sketch.regimes = [sketch.regimes[1]]
    let blueprint = try sketch.scenario().blueprint
    let plan = blueprint.world
    var (labs, bought) = (0, 0.0)
    try Self.watch(sketch) { world, _ in
      guard world.step == 0 else { return }
      for (place, lab) in plan.labs.enumerated() {
        guard let developer = lab.developer, developer.activeFrom == nil else { continue }
        let factor = world[developer.fleetFactor]
        let expected = developer.fleetShares.reduce(0) { sum, use in
          let (owner, share) = (use.owner, min(1, use.value(in: blueprint.start) * factor))
          let opening = plan.economy.owners[owner].opening.reduce(0) { $0 + $1.count.value }
          bought += world.economy.fleets.delivered[owner].chips
          return sum + share * (opening + world.economy.fleets.delivered[owner].chips)
        }
        let booked = world.ledger.entry(world.ledger.account(ofLab: place), .fleet, .accelerator)
        #expect(abs(booked.quantity / expected - 1) < 1e-9, "\(lab.id): \(booked.quantity)")
        labs += 1
      }
    }
    #expect(labs > 10 && bought > 1000)
  }

  /// One unit in a thousand is lost, or comes from nowhere: each book must tell.
  @Test(arguments: Loss.allCases)
  func `a planted loss is found`(loss: Loss) throws {
    var sketch = Self.sketch
    sketch.end = "2023-06"
    sketch.replicates = 1
    sketch.regimes = [sketch.regimes[1]]
    var found = 0
    try Self.watch(loss == .unsold ? Self.sketch : sketch) { world, law in
      var doctored = world.snapshot()
      loss.plant(in: &doctored)
      guard let words = law.imbalance(doctored) else { return }
      found += 1
      #expect(words.contains(loss.words), "\(words)")
      #expect(words.hasPrefix("in \(world.month): "))
    }
    #expect(found > 0, "nobody missed it")
  }

  /// What is taken away, and what the books must call it.
  enum Loss: CaseIterable, Sendable {
    case held, inTransit, pooled, seized, dies, unsold, capacity, spent, overspent, rent, ofOwner,
      rate

    var words: String {
      switch self {
      case .held, .inTransit, .pooled, .seized: "chips"
      case .dies, .unsold: "dies of"
      case .capacity: "packaging and memory"
      case .spent: "dollars planned"
      case .overspent: "planned and spent"
      case .rent: "dollars spent and paid"
      case .ofOwner: "chips by kind and by owner"
      case .rate: "training rates"
      }
    }

    func plant(in world: inout World) {
      switch self {
      case .held: shrink(&world.economy.fleets.heldCells)
      case .inTransit: shrink(&world.economy.fleets.transitCells)
      case .pooled: world.economy.fleets.pool[0].held += 1
      case .seized: world.economy.grey.seizedOfChip[0] += 1
      case .dies: shrink(&world.economy.supply.dies)
      case .unsold:
        for chip in world.economy.sales.unsold.indices { world.economy.sales.unsold[chip] *= 0.999 }
      case .capacity: shrink(&world.economy.supply.planned)
      case .spent: shrink(&world.economy.purses.spent)
      case .overspent:
        // By id the first and the fourth: of one market, whose sums stay as they are.
        world.economy.purses.spent[0] += 1e12
        world.economy.purses.spent[3] -= 1e12
      case .rent: world.economy.remote.rented[0] += 1
      case .ofOwner:
        for owner in world.economy.fleets.held.indices {
          world.economy.fleets.held[owner] = world.economy.fleets.held[owner] * 0.999
        }
      case .rate:
        for owner in world.economy.fleets.held.indices {
          world.economy.fleets.held[owner] = world.economy.fleets.held[owner].learning(1.001)
        }
      }
    }

    private func shrink(_ values: inout Cells<Double>) {
      guard let place = values.indices.max(by: { values[$0] < values[$1] }) else { return }
      values[place] *= 0.999
    }
  }
}
