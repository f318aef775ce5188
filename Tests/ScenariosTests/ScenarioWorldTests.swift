import PolicyModel
import Quantities
import Simulation
import Stochastics
import Testing

@testable import Scenarios

/// Worlds with an economy: what is read, what is left to defaults, and what is written back.
@Suite struct ScenarioWorldTests {
  private static func scenario(_ text: String) throws -> Scenario {
    try ScenarioFixture.scenario(text)
  }

  @Test func theUnbrokenOnesAreSound() {
    #expect(ScenarioFixture.messages(EconomyFixture.small) == "")
    #expect(ScenarioFixture.messages(EconomyFixture.everything) == "")
    #expect(ScenarioFixture.messages(EconomyFixture.using("")) == "")
  }

  @Test(arguments: [
    EconomyFixture.small, EconomyFixture.everything, EconomyFixture.using(""),
  ])
  func theEffectiveScenarioIsAFixedPoint(_ text: String) throws {
    let scenario = try Self.scenario(text)
    let again = try Self.scenario(scenario.effectiveYAML)
    #expect(again.effectiveYAML == scenario.effectiveYAML)
    #expect(again.blueprint.world == scenario.blueprint.world)
    #expect(again.blueprint.regimes.map(\.variants) == scenario.blueprint.regimes.map(\.variants))
    #expect(again.blueprint.thresholds == scenario.blueprint.thresholds)
    #expect(again.observations == scenario.observations)
    #expect(again.design.parameters == scenario.design.parameters)
    #expect(again.metrics == scenario.metrics)
  }

  /// The effective scenario computes the same, to the bit.
  @Test func theEffectiveScenarioComputesTheSame() async throws {
    let text = EconomyFixture.everything.replacing("replicates: 8", with: "replicates: 2")
    let scenario = try Self.scenario(text)
    let again = try Self.scenario(scenario.effectiveYAML)
    let results = try await ScenarioResults(of: scenario)
    #expect(try await ScenarioResults(of: again) == results)
    #expect(results.bits.count > 1000)
  }

  @Test func placesAreThoseOfSortedIDs() throws {
    let economy = try Self.scenario(EconomyFixture.small).blueprint.world.economy
    #expect(economy.jurisdictions.map(\.id) == ["CN", "US"])
    #expect(economy.leader == 1 && economy.follower == 0)
    #expect(economy.suppliers.map(\.id) == ["huawei", "nvidia"])
    #expect(economy.suppliers.map(\.isDomestic) == [true, false])
    #expect(economy.families.map(\.id) == ["ASCEND910B", "GH100"])
    #expect(economy.families.map(\.supplier) == [0, 1])
    #expect(economy.families[1].diesPerYear.map(\.value) == [40_000, 1e6])
    #expect(economy.owners.map(\.id) == ["east", "west"])
    #expect(economy.owners.map(\.location) == [0, 1])
    #expect(economy.referenceModels.map(\.released) == [-29])
  }

  /// Every chip of a family is in the world, with what is held and the yardstick, and nothing else.
  @Test func chipsComeWithTheirFamilies() throws {
    let chips = try Self.scenario(EconomyFixture.small).blueprint.world.chips.map(\.id)
    let expected = BuiltInFacts.current.chips.filter {
      ["GH100", "ASCEND910B"].contains($0.dieFamily)
    }.map(\.id)
    #expect(chips == (expected + ["a100_80"]).sorted())
    let fewer = try Self.scenario(EconomyFixture.everything).blueprint.world.chips.map(\.id)
    #expect(Set(chips).subtracting(fewer) == ["h200", "ascend_910b1"])
  }

  @Test func figuresOfChipsAreRead() throws {
    let world = try Self.scenario(EconomyFixture.everything).blueprint.world
    let chip = try #require(world.chips.first { $0.id == "h20" })
    #expect(chip.memoryStacks == 5 && chip.diesPerChip == 1 && chip.variantOf == "h100_sxm")
    let other = try #require(world.chips.first { $0.id == "ascend_910c" })
    #expect(other.diesPerChip == 2 && other.variantOf == nil)
  }

  @Test func labsAreDevelopersWhereTheyUseAFleet() throws {
    let scenario = try Self.scenario(EconomyFixture.everything)
    let world = scenario.blueprint.world
    let hosted = try #require(world.labs.first { $0.id == "hosted" }?.developer)
    #expect(hosted.fleetOwners.map { world.economy.owners[$0].id } == ["west", "east"])
    #expect(hosted.activeFrom == Month(iso: "2023-02") && hosted.openness == 0.25)
    #expect(hosted.releasesWeights && hosted.distils && hosted.parallelism == .coDesigned)
    let alpha = try #require(world.labs.first { $0.id == "alpha" }?.developer)
    #expect(alpha.openness == 0.5 && !alpha.releasesWeights && !alpha.distils)
    #expect(alpha.parallelism == .unknown && alpha.activeFrom == nil)
    #expect(
      alpha.fleetFactor == scenario.blueprint.parameters.index(of: "labs.alpha.fleet_share"))
  }

  /// A buyer whom a rule of any regime names has a market of its own; a name of nobody does no harm.
  @Test func namedBuyersHaveMarketsOfTheirOwn() throws {
    let named = try Self.scenario(EconomyFixture.everything).blueprint.world.economy
    #expect(named.markets.map(\.namedBuyer) == ["east", nil])
    let unnamed = try Self.scenario(EconomyFixture.small).blueprint.world.economy
    #expect(unnamed.markets.map(\.namedBuyer) == [nil, nil])
  }

  @Test func builtInRulesNameTheirFirms() {
    let named = BuiltInFacts.current.rules.filter { !$0.entities.isEmpty }
    #expect(named.allSatisfy { $0.subject == .entities })
    #expect(Set(named.flatMap(\.entities)).isSuperset(of: ["huawei", "inspur", "biren", "sophgo"]))
  }

  /// Draws are addressed by the hash of a name: two names of one hash would have the same luck.
  @Test(arguments: [
    ("labs", ["id: alpha": "id: costarring", "id: omega": "id: liquid"], "costarring", "liquid"),
    ("owners", ["west": "costarring", "east": "liquid"], "costarring", "liquid"),
    (
      "families", ["id: GH100": "id: costarring", "id: ASCEND910B": "id: liquid"], "costarring",
      "liquid"
    ),
    ("markets", ["US": "YIIJSV", "CN": "KTODOE"], "YIIJSV", "KTODOE"),
  ])
  func namesOfOneHashAreRefused(
    what: String, renamed: [String: String], first: String, second: String
  ) {
    let text = renamed.reduce(EconomyFixture.small) { $0.replacing($1.key, with: $1.value) }
    let said = ScenarioFixture.messages(text)
    let either = [(first, second), (second, first)].contains { one, other in
      said.contains(
        "the \(what) \"\(one)\" and \"\(other)\" have the same hash, and would draw the same random numbers; "
          + "rename one")
    }
    #expect(either, "\(said)")
    #expect(said.matches(of: /same hash/).count == 1, "\(said)")
  }

  /// A press report of a fleet beside simulated purchases would be booked on top of them.
  @Test func aFleetIsReportedOrSimulated() {
    let text = EconomyFixture.small.replacing(
      "      fleet_of: [east]\n",
      with: "      fleet_of: [east]\n      fleet: [{chip: h800, count: 10}]\n")
    let said = ScenarioFixture.messages(text)
    #expect(said.contains("would be booked this too; leave fleet out"), "\(said)")
    #expect(!said.contains("\n"), "nothing else is wrong")
    let documented = text.replacing("      fleet_of: [east]\n      fleet:", with: "      fleet:")
      .replacing("      fleet_share: 0.5\n", with: "")
    #expect(ScenarioFixture.messages(documented) == "")
  }

  /// Only what acts in a world is among its parameters, and labs, owners and places come last.
  @Test func parametersAreThoseThatAct() throws {
    let scripted = try Self.scenario(ScenarioFixture.small).blueprint.parameters.parameters
    let economy = try Self.scenario(EconomyFixture.small).blueprint.parameters.parameters
    for mechanism in Catalogue.mechanisms {
      for parameter in mechanism.parameters {
        let isIn = { (table: [Parameter]) in table.contains { $0.declaration == parameter } }
        #expect(isIn(scripted) == (mechanism.scope != .economy), "\(parameter.name)")
        #expect(isIn(economy) == (mechanism.scope != .scriptedRuns), "\(parameter.name)")
      }
    }
    #expect(
      economy.suffix(6).map(\.declaration.name) == [
        "labs.alpha.fleet_share", "labs.omega.fleet_share", "owners.east.spending_factor",
        "owners.west.spending_factor", "jurisdictions.CN.enforcement",
        "jurisdictions.US.enforcement",
      ])
    #expect(economy.last?.law.median == 1 && economy.last?.law.isDegenerate == true)
  }

  @Test func metricsAreHeadlinesUnlessSaidOtherwise() throws {
    let headline = Set(
      Catalogue.metrics.filter { $0.isMonthly && $0.isHeadline }.map(\.metric.name))
    #expect(!headline.isEmpty && headline.count <= 15)
    let scenario = try Self.scenario(EconomyFixture.small)
    #expect(Set(scenario.metrics ?? []) == headline)
    #expect(Set(scenario.model.stepColumns.map(\.metric.name)).isSubset(of: headline))
    let all = try Self.scenario(EconomyFixture.small + "metrics: all\n").model.stepColumns
    #expect(Set(all.map(\.metric.name)).isSuperset(of: headline))
    #expect(all.count > scenario.model.stepColumns.count)
    #expect(try Self.scenario(EconomyFixture.small + "metrics: all\n").metrics == nil)
    #expect(try Self.scenario(ScenarioFixture.small + "metrics: all\n").metrics == nil)
    #expect(try Self.scenario(ScenarioFixture.small).metrics == nil)
  }

  @Test func sizeInWords() throws {
    let words = try Self.scenario(EconomyFixture.small).sizeInWords
    #expect(
      words.hasPrefix(
        "2 regimes, 2 labs, 2 owners, 2 markets, 2 suppliers, 11 chips, 15 months, "))
    let one = EconomyFixture.small.replacing("replicates: 8", with: "replicates: 1")
      .replacing("  - id: free\n", with: "")
    let few = try Self.scenario(one).sizeInWords
    #expect(few.hasPrefix("1 regime, ") && few.hasSuffix(", 1 replicate"))
  }
}
