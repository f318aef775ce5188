@testable import PolicyModel
import Quantities
import Scenarios
import Testing

/// What a file may say of a lab's shares of owners' chips.
@Suite struct LabShareTests {
  private static let short = "      fleet_of: [east]\n      fleet_share: 0.5\n"

  /// The small economy with what stands for the follower's lab.
  private static func text(_ lines: String) -> String {
    EconomyFixture.small.replacing(Self.short, with: lines)
  }

  private static func dated(_ share: String, more: String = "") -> String {
    text("      fleet_of: [{owner: east, share: \(share)}]\n\(more)")
  }

  @Test func sharesByYearAreRead() throws {
    let scenario = try ScenarioFixture.scenario(
      Self.text(
        """
              fleet_of:
                - {owner: east, share: [{year: 2022, value: 0.2}, {year: 2023, value: 0.6}]}
                - {owner: west, share: [{year: 2023, value: 0.1}]}
              fleet_share_factor: {uniform: [0.5, 1.5]}

        """))
    let lab = try #require(scenario.blueprint.world.labs.first { $0.id == "omega" }?.developer)
    let owners = scenario.blueprint.world.economy.owners
    #expect(lab.fleetOwners.map { owners[$0].id } == ["east", "west"])
    let june = try #require(Month(iso: "2023-06"))
    #expect(lab.fleetShares.map { ($0.value(in: june) * 100).rounded() } == [40, 10])
    let table = scenario.blueprint.parameters
    #expect(lab.fleetFactor == table.index(of: "labs.omega.fleet_share_factor"))
    #expect(!table.contains("labs.omega.fleet_share"))
  }

  @Test func aFactorIsOneUnlessGiven() throws {
    let table = try ScenarioFixture.scenario(Self.dated("[{year: 2023, value: 0.5}]")).blueprint
      .parameters
    #expect(table.pointValue(of: "labs.omega.fleet_share_factor") == 1)
  }

  /// A share by year that never changes is the short form, to the bit.
  @Test func bothFormsMeanTheSame() async throws {
    let texts = [Self.text(Self.short), Self.dated("[{year: 2023, value: 0.5}]")]
    var bits: [ScenarioResults] = []
    for text in texts {
      bits.append(try await ScenarioResults(of: ScenarioFixture.scenario(text)))
    }
    #expect(bits[0].bits(of: "free") == bits[1].bits(of: "free"))
    let other = try await ScenarioResults(
      of: ScenarioFixture.scenario(Self.dated("[{year: 2023, value: 0.25}]")))
    #expect(bits[0].bits(of: "free") != other.bits(of: "free"))
  }

  @Test(arguments: [
    (
      text("      fleet_of: [west, {owner: east, share: [{year: 2023, value: 0.5}]}]\n"),
      "some owners have shares by year, others none; give each owner a share by year, or none and fleet_share"
    ),
    (
      dated("[{year: 2023, value: 0.5}]", more: "      fleet_share: 0.5\n"),
      "is of no use where fleet_of gives shares by year; give fleet_share_factor, or fleet_of: [ids] beside it"
    ),
    (
      text(short + "      fleet_share_factor: 2\n"),
      "is of no use where fleet_of gives no shares by year; give fleet_share"
    ),
    (dated("[{year: 2023, value: 1.5}]"), "1.5"),
    (dated("[{year: 2022, value: 0.1}, {year: 2024, value: 0.5}]"), "2023 is missing"),
    (
      text(
        "      fleet_of: [{owner: east, share: [{year: 2023, value: 1}]}, "
          + "{owner: east, share: [{year: 2023, value: 0}]}]\n"), "an owner is there twice"
    ),
    (dated("[{year: 2023, value: 0.5}]").replacing("owner: east", with: "owner: eats"), "east"),
  ])
  func whatIsWrongIsTold(text: String, expected: String) {
    let said = ScenarioFixture.messages(text)
    #expect(said.contains(expected), "\(said)")
    #expect(said.contains("world.labs.omega"), "\(said)")
    #expect(!said.contains("\n"), "nothing else is wrong: \(said)")
  }

  /// In the year in which they do; at the factors' point values, no lab above the whole.
  @Test func labsCannotTakeMoreThanThereIs() {
    let two = { (share: String, factor: Double) in
      Self.dated(
        "[{year: 2022, value: 0.1}, {year: 2023, value: \(share)}, {year: 2024, value: 0.1}]",
        more: """
                fleet_share_factor: \(factor)
              - id: psi
                jurisdiction: CN
                fleet_of: [east]
                fleet_share: 0.5

          """)
    }
    #expect(ScenarioFixture.messages(two("0.5", 1)) == "")
    let said = ScenarioFixture.messages(two("0.6", 1))
    #expect(
      said.contains("labs take more than the whole fleet of east at the end of 2023: 1.1 of it"),
      "\(said)")
    #expect(ScenarioFixture.messages(two("0.5", 1.5)).contains("at the end of 2023: 1.25 of it"))
    #expect(ScenarioFixture.messages(two("0.5", 9)).contains("at the end of 2023: 1.5 of it"))
    #expect(ScenarioFixture.messages(Self.dated("[{year: 2023, value: 1}]")) == "")
  }

  /// A lab of a built-in world can be given the other form without taking back what stands there.
  @Test func aBuiltInLabCanChangeItsForm() throws {
    let short = EconomyFixture.using(
      "labs: [{id: openai, fleet_of: [coreweave], fleet_share: 0.25}]")
    let table = try ScenarioFixture.scenario(short).blueprint.parameters
    #expect(table.pointValue(of: "labs.openai.fleet_share") == 0.25)
    #expect(!table.contains("labs.openai.fleet_share_factor"))
    let dated = EconomyFixture.using(
      "labs: [{id: deepseek, fleet_of: [{owner: high-flyer, share: [{year: 2023, value: 1}]}]}]")
    let other = try ScenarioFixture.scenario(dated).blueprint.parameters
    #expect(other.pointValue(of: "labs.deepseek.fleet_share_factor") == 1)
  }
}
