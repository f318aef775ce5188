@testable import PolicyModel
import Scenarios
import Testing

/// What labs have, book and train on as their shares change.
@Suite struct EconomyLabShareTests {
  private static func sketch(
    _ share: String, factor: Double = 1, parallelism: String = "unknown"
  ) -> EconomySketch {
    EconomySketch(
      end: "2024-06", replicates: 2,
      world: "  labs:\n    - id: openai\n      fleet_share_factor: \(factor)\n"
        + "      parallelism: \(parallelism)\n"
        + "      fleet_of: [{owner: microsoft, share: \(share)}]\n",
      regimes: [.init(id: "free")])
  }

  /// By step: what the lab can use over what its owner holds, H100e.
  private static func uses(_ sketch: EconomySketch) throws -> [Double] {
    let blueprint = try sketch.scenario().blueprint
    let layout = blueprint.layout
    let lab = try #require(
      layout.developers.firstIndex { blueprint.world.labs[$0.lab].id == "openai" })
    let owner = layout.developers[lab].developer.fleetOwners[0]
    var found: [Double] = []
    try EconomyConservationTests.watch(sketch) { world, _ in
      found.append(
        world.economy.labs[lab].fleet.h100e / world.economy.fleets.held[owner].h100e)
    }
    return found
  }

  @Test func `a lab has its share of the month`() throws {
    let found = try Self.uses(
      Self.sketch("[{year: 2022, value: 0.1}, {year: 2023, value: 0.4}]", factor: 2))
    #expect(abs(found[0] - 0.2) < 1e-9 && abs(found[2] - 0.2) < 1e-9)
    #expect(abs(found[8] - 0.5) < 1e-9, "midway in June 2023")
    #expect(abs(found[14] - 0.8) < 1e-9 && abs(found[20] - 0.8) < 1e-9)
  }

  @Test func `no lab uses more than all that there is`() throws {
    let found = try Self.uses(Self.sketch("[{year: 2022, value: 0.6}]", factor: 3))
    #expect(found.allSatisfy { abs($0 - 1) < 1e-9 })
  }

  /// By replicate: the exposed communication of the market of a lab's owner.
  private static func exposed(_ share: String, factor: Double) throws -> [Double] {
    let sketch = sketch(share, factor: factor, parallelism: "co_designed")
    let layout = try sketch.scenario().blueprint.layout
    let owner = try #require(layout.economy.owners.firstIndex { $0.id == "microsoft" })
    var found: [Double] = []
    try EconomyConservationTests.watch(sketch) { world, _ in
      if world.step == 0 { found.append(world.economy.offers.exposed[layout.marketOfOwner[owner]]) }
    }
    return found
  }

  @Test func `no lab counts for more than all that there is`() throws {
    let whole = try Self.exposed("[{year: 2022, value: 1}]", factor: 1)
    let more = try Self.exposed("[{year: 2022, value: 0.6}]", factor: 3)
    let less = try Self.exposed("[{year: 2022, value: 0.6}]", factor: 1)
    #expect(whole.count == 2 && zip(whole, more).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(zip(whole, less).allSatisfy { $1 > $0 * 1.01 })
  }

  /// What a share grows by is booked of all that the owner has, what is given back is not taken off.
  @Test func `a lab's books follow its share`() throws {
    let rising = "[{year: 2022, value: 0}, {year: 2023, value: 0.5}]"
    let falling = "[{year: 2022, value: 0.5}, {year: 2023, value: 0}]"
    for (share, isRising) in [(rising, true), (falling, false)] {
      let sketch = Self.sketch(share)
      let blueprint = try sketch.scenario().blueprint
      let layout = blueprint.layout
      let place = try #require(blueprint.world.labs.firstIndex { $0.id == "openai" })
      let lab = try #require(layout.developers.firstIndex { $0.lab == place })
      let owner = layout.developers[lab].developer.fleetOwners[0]
      let shares = FleetShares(blueprint)
      var (booked, months) = (0.0, 0)
      try EconomyConservationTests.watch(sketch) { world, _ in
        let all = world.ledger.entry(world.ledger.account(ofLab: place), .fleet, .accelerator)
        defer { booked = all.quantity }
        guard world.step > 0 else { return }
        let now = shares.share(shares.uses[lab][0], at: world.step, times: 1)
        let before = shares.share(shares.uses[lab][0], at: world.step - 1, times: 1)
        let bought = world.economy.fleets.delivered[owner].chips
        let has =
          world.economy.fleets.held[owner].chips + world.economy.fleets.transit[owner].chips
        let expected = bought * min(now, before) + has * max(0, now - before)
        #expect(abs(all.quantity - booked - expected) <= 1e-9 * (1 + all.quantity))
        if isRising, now > before, has > bought { months += 1 }
      }
      #expect(!isRising || months > 10)
    }
  }

  /// Clusters are built for a run: a fleet that grows while it lasts does not make it larger.
  @Test func `a run keeps the cluster that it began on`() throws {
    var sketch = Self.sketch("[{year: 2022, value: 0.1}, {year: 2023, value: 0.9}]")
    sketch.replicates = 4
    let count = try sketch.scenario().blueprint.layout.developers.count
    var (full, grown) = (0, 0)
    var began = Array(repeating: 0.0, count: count)
    try EconomyConservationTests.watch(sketch) { world, _ in
      for lab in 0..<count {
        let state = world.economy.labs[lab]
        guard let run = state.run else { continue }
        if run.flop == 0 { began[lab] = state.fleet.pretraining }
        guard run.flop > 0 else { continue }
        #expect(state.fleet.pretraining * state.runShare <= run.cluster * (1 + 1e-9))
        if state.runShare < 1 - state.servingShare - 1e-9 { full += 1 }
        if state.fleet.pretraining > 1.2 * began[lab] { grown += 1 }
      }
    }
    #expect(full > 50 && grown > 20)
  }
}
