@testable import Documents
import PolicyModel
import Quantities
import Stochastics
import Testing

@testable import Scenarios

/// Taking a built-in world, and saying only what is different.
@Suite struct BuiltInWorldTests {
  private static let base = EconomyFixture.using("")

  private static func scenario(_ text: String) throws -> Scenario {
    try ScenarioFixture.scenario(text)
  }

  private static func law(_ name: String, of scenario: Scenario) throws -> Parameter {
    let parameters = scenario.blueprint.parameters.parameters
    return try #require(parameters.first { $0.declaration.name == name })
  }

  /// The file is part of the program: it must be sound by itself, from the month it describes on.
  @Test(arguments: BuiltInWorld.all.map(\.name)) func isSoundByItself(_ name: String) throws {
    let world = try #require(BuiltInWorld.named(name)?.document.root["world"])
    guard case .scalar(let start, _) = world["as_of"]?.content else {
      Issue.record("\(name) does not say as of which month")
      return
    }
    let text = Self.base.replacing("world-2022", with: name)
      .replacing("start: 2022-10", with: "start: \(start)")
    let scenario = try Self.scenario(text)
    #expect(!scenario.blueprint.world.economy.isEmpty)
    #expect(scenario.blueprint.world.labs.contains { $0.developer != nil })
  }

  /// Each figure says where it comes from, with the citation written out.
  @Test func figuresHaveSources() throws {
    let economy = try Self.scenario(Self.base).blueprint.world.economy
    for family in economy.families {
      for figure in family.diesPerYear {
        #expect(figure.provenance?.source.isEmpty == false, "\(family.id) \(figure.year)")
      }
    }
    for owner in economy.owners {
      for figure in owner.spending {
        #expect(figure.provenance?.source.isEmpty == false, "\(owner.id) \(figure.year)")
      }
      #expect(owner.opening.allSatisfy { $0.source?.isEmpty == false }, "\(owner.id)")
    }
    #expect(economy.referenceModels.allSatisfy { $0.source?.isEmpty == false })
  }

  /// What a world knows of later years than its name has is what was planned; all else is as in the whole one.
  @Test(arguments: BuiltInWorld.vintages.map(\.name)) func aVintageKnowsNothingOfWhatCame(
    _ name: String
  ) throws {
    let cutoff = try #require(Month(iso: String(name.suffix(7))))
    let whole = try Self.scenario(Self.base).blueprint.world
    let scenario = try Self.scenario(Self.base.replacing("world-2022", with: name))
    let world = scenario.blueprint.world
    for family in world.economy.families {
      let ranged = family.diesPerYear.filter { $0.low != nil }.map(\.year)
      #expect(ranged.allSatisfy { $0 <= cutoff.year }, "\(family.id)")
      let before = whole.economy.families.first { $0.id == family.id }?.diesPerYear ?? []
      for figure in before where figure.year > cutoff.year && figure.value > 0 {
        let place = "\(family.id) \(figure.year)"
        #expect(!family.diesPerYear.contains { $0.value == figure.value }, "\(place)")
      }
    }
    for owner in world.economy.owners {
      #expect(owner.spending.allSatisfy { $0.year <= cutoff.year + 1 }, "\(owner.id)")
    }
    for lab in world.labs {
      let ends = lab.developer?.fleetShares.flatMap(\.atEnds) ?? []
      #expect(ends.allSatisfy { $0.year <= cutoff.year }, "\(lab.id)")
    }
    for chip in world.chips {
      for prices in [chip.purchasePrices, chip.rentalPrices] {
        let late = prices.entries.filter { $0.from > cutoff }
        #expect(late.isEmpty || late.count == prices.entries.count, "\(chip.id)")
      }
    }
    #expect(world.economy.jurisdictions == whole.economy.jurisdictions)
    #expect(world.labs.map(\.id) == whole.labs.map(\.id))
    #expect(world.economy.owners.map(\.id) == whole.economy.owners.map(\.id))
    #expect(world.economy.owners.map(\.opening) == whole.economy.owners.map(\.opening))
  }

  @Test func aRecordIsChangedByItsID() throws {
    let before = try Self.scenario(Self.base).blueprint.world
    let text = EconomyFixture.using(
      "owners: [{id: microsoft, spending_usd_per_year: [{year: 2022, value: 7}]}], "
        + "labs: [{id: openai, openness: 1}, {id: new, jurisdiction: US, fleet_of: [microsoft], "
        + "fleet_share: 0.01}]")
    let after = try Self.scenario(text).blueprint.world
    let place = try #require(before.economy.owners.firstIndex { $0.id == "microsoft" })
    #expect(after.economy.owners[place].spending.map(\.value) == [7])
    #expect(after.economy.owners[place].opening.count == before.economy.owners[place].opening.count)
    #expect(after.economy.owners.map(\.id) == before.economy.owners.map(\.id))
    #expect(after.labs.first { $0.id == "openai" }?.developer?.openness == 1)
    #expect(after.labs.count == before.labs.count + 1)
  }

  @Test func aRecordIsTakenAway() throws {
    let before = try Self.scenario(Self.base).blueprint.world
    let text = EconomyFixture.using("labs: [{id: openai, remove: true}]")
    let after = try Self.scenario(text).blueprint.world
    #expect(after.labs.map(\.id) == before.labs.map(\.id).filter { $0 != "openai" })
    let kept = EconomyFixture.using("labs: [{id: openai, remove: false}]")
    #expect(try Self.scenario(kept).blueprint.world.labs == before.labs)
  }

  @Test func faultsOfChanges() {
    func said(_ changes: String) -> String {
      ScenarioFixture.messages(EconomyFixture.using(changes))
    }
    #expect(
      said("owners: [{id: microsft, spending_factor: 2}]").contains(
        """
        world.owners.microsft: there is no "microsft" here to change, and a new one needs \
        jurisdiction, spending_usd_per_year; did you mean "microsoft"? known here:
        """))
    #expect(
      said("labs: [{id: opnai, remove: true}]").contains(
        "there is no \"opnai\" here to remove; did you mean \"openai\"?"))
    // What refers to a record that is taken away is told of where it stands.
    #expect(
      said("owners: [{id: microsoft, remove: true}]").contains(
        "built-in world:"))
  }

  /// A prior of a built-in world gives way to the scenario's own, wherever that is written.
  @Test func aPriorIsReplaced() throws {
    let name = "owners.microsoft.spending_factor"
    #expect(try Self.law(name, of: Self.scenario(Self.base)).law.isDegenerate == false)
    let text = EconomyFixture.using("", more: "uncertainties: {\(name): 3}")
    #expect(try Self.law(name, of: Self.scenario(text)).law.median == 3)
    let record = EconomyFixture.using("owners: [{id: microsoft, spending_factor: 4}]")
    #expect(try Self.law(name, of: Self.scenario(record)).law.median == 4)
    let set = try ScenarioFixture.scenario(Self.base) { $0.settings = [(name, "5")] }
    #expect(try Self.law(name, of: set).law.median == 5)
    let share = try ScenarioFixture.scenario(Self.base) {
      $0.settings = [
        ("labs.deepseek.fleet_share", "0.125"), ("world.labs.openai.openness", "0.75"),
      ]
    }
    #expect(try Self.law("labs.deepseek.fleet_share", of: share).law.median == 0.125)
    #expect(
      share.blueprint.world.labs.first { $0.id == "openai" }?.developer?.openness == 0.75)
  }

  @Test func aWorldCanBeTakenOnTheCommandLine() throws {
    let text = EconomyFixture.using("").replacing("{use: world-2022}", with: "{use: no-such}")
    let scenario = try ScenarioFixture.scenario(text) {
      $0.settings = [("labs.deepseek.fleet_share", "0.125"), ("world.use", "world-2022")]
    }
    #expect(try Self.law("labs.deepseek.fleet_share", of: scenario).law.median == 0.125)
  }

  @Test func sourcesOfAWorldAreKnown() throws {
    let text = """
      name: other
      sources:
        known: {citation: A book, date: "2020"}
      world:
        labs:
          - {id: a, jurisdiction: US, fleet: [{chip: h800, count: 1, source: known}]}
          - {id: b, jurisdiction: US, fleet: [{chip: h800, count: 1, source: "Two words"}]}
          - {id: c, jurisdiction: US, fleet: [{chip: h800, count: 1, source: knwon}]}
      """
    do throws(ScenarioFaults) {
      _ = try BuiltInWorld(bytes: Array(text.utf8))
      Issue.record("a source that is none went unseen")
    } catch {
      #expect(error.faults.map(\.problem) == ["unknown source \"knwon\""])
      #expect(error.faults.first?.suggestion?.words == ["known"])
    }
    let sound = text.replacing("knwon", with: "known")
    let labs = try BuiltInWorld(bytes: Array(sound.utf8)).document.root["world"]?["labs"]
    let source = labs?.records(by: "id")["a"]?["fleet"]
    #expect(source.map { "\($0)".contains("A book [2020]") } == true)
  }
}
