@testable import PolicyModel
import Quantities
import Scenarios
import Simulation
import Testing

/// Which chips reach the follower follows from rules, prices and behaviour; nobody wrote it down.
@Suite struct EconomyEmergenceTests {
  private typealias Regime = EconomySketch.RegimeSketch

  private static let sketch = EconomySketch(
    end: "2024-12", replicates: 12,
    regimes: [
      Regime(id: "no-controls"),
      Regime(id: "current-law", rules: EconomySketch.rulesAsTheyWere),
    ], metrics: "[sold_chips]")

  private static let run = Task { try await sketch.run() }

  /// Whether a cut-down chip can be sold to the follower's buyers, at home or abroad, at some time of a
  /// month: it is there, and open or licensed case by case while more stands in the way of the part
  /// that it was cut from.
  private static func isPossible(
    _ id: String, in month: Month, _ blueprint: Blueprint
  ) throws -> Bool {
    let book = blueprint.regimes[1].rules
    let economy = blueprint.world.economy
    let chip = try #require(blueprint.world.chips.first { $0.id == id })
    let parent = try #require(blueprint.world.chips.first { $0.id == chip.variantOf })
    guard let available = chip.available, available <= month else { return false }
    return economy.markets.contains { market in
      let place = economy.jurisdictions[market.location].id
      let home = economy.jurisdictions[market.headquarters].id
      return (0..<month.dayCount).contains { day in
        let sale = Sale(
          to: place, headquarters: home, on: Day(number: month.firstDay.number + day))
        let policy = book.policy(on: chip, for: sale)
        return policy <= .license && policy < book.policy(on: parent, for: sale)
      }
    }
  }

  @Test(arguments: ["a800", "h800", "h20"])
  func `a cut-down chip is sold when the predicates let it and its parent not`(
    id: String
  ) async throws {
    let results = try await Self.run.value
    let scenario = try Self.sketch.scenario()
    let sold = try results.series("sold_chips", id, "current-law")
    var months = 0
    for (step, values) in sold.enumerated() {
      let month = scenario.blueprint.start + step
      if try Self.isPossible(id, in: month, scenario.blueprint) {
        months += 1
        // Not in every month of every world: dies can be sold out, and a family fades.
        if months > 1, months < 9 { #expect(values.mean > 0, "\(id) in \(month)") }
      } else {
        #expect(values.allSatisfy { $0 == 0 }, "\(id) in \(month): \(values)")
      }
    }
    #expect(months >= 8)
    #expect(sold.map(\.mean).reduce(0, +) > 1000)
    let free = try results.series("sold_chips", id, "no-controls")
    #expect(free.allSatisfy { $0.allSatisfy { $0 == 0 } })
  }

  /// What they were cut from is sold all the time, elsewhere.
  @Test(arguments: ["current-law", "no-controls"])
  func `the parents are sold elsewhere`(regime: String) async throws {
    let sold = try await Self.run.value.series("sold_chips", "h100_sxm", regime)
    #expect(sold.dropFirst(3).allSatisfy { $0.mean > 0 })
  }

  /// With suppliers that answer rules the part is designed for the threshold, whatever it is.
  @Test(arguments: [3000.0, 9000])
  func `a responsive supplier stays under any threshold`(threshold: Double) async throws {
    let sketch = EconomySketch(
      end: "2024-12", replicates: 2,
      regimes: [
        Regime(
          id: "responsive",
          rules: [EconomySketch.closing(fromTPP: threshold, announced: "2022-11-01")],
          variants: "responsive")
      ], metrics: "[sold_chips]")
    let scenario = try sketch.scenario()
    let designs = scenario.blueprint.world.chips.filter { $0.responseTo != nil }
    let results = try await sketch.run()
    #expect(!designs.isEmpty)
    for design in designs {
      #expect(design.tpp.value < threshold)
      #expect(design.tpp.value > threshold / 3)
    }
    let sold = try designs.map { try results.total("sold_chips", $0.id, "responsive").mean }
    #expect(sold.reduce(0, +) > 0)
  }

  /// Before a rule binds there is nothing that a part could be cut for.
  @Test func `a responsive supplier answers rules that are complied with later`() throws {
    let rule = EconomySketch.closing(fromTPP: 3000, on: "2022-12-01", announced: "2022-11-01")
    let sketch = EconomySketch(
      end: "2024-12", replicates: 1,
      regimes: [
        Regime(
          id: "responsive",
          rules: [
            rule.replacing(
              "effective: 2022-12-01", with: "effective: 2022-12-01, compliance_from: 2023-04-01")
          ], variants: "responsive")
      ], metrics: "[sold_chips]")
    let designs = try sketch.scenario().blueprint.world.chips.compactMap(\.responseTo)
    #expect(!designs.isEmpty && designs.allSatisfy { $0.announced == Month(iso: "2022-11") })
  }
}
