@testable import Documents
import PolicyModel
import Quantities
import Testing

@testable import Scenarios

/// The data that ships inside the program.
@Suite struct FactsTests {
  private let facts = BuiltInFacts.current

  @Test func everythingIsThere() {
    #expect(facts.chips.count >= 20)
    #expect(facts.rules.count >= 25)
    #expect(facts.rulesKnownUntil == Day(iso: "2026-11-10"))
  }

  /// The model asks for no number that the data does not give, with where it comes from.
  @Test func everyDeclaredParameterHasAValueAndASource() throws {
    let declared = Catalogue.mechanisms.flatMap(\.parameters)
    #expect(declared.count >= 18)
    #expect(Set(declared.map(\.name)) == Set(facts.parameters.keys))
    for declaration in declared {
      let form = try #require(facts.parameters[declaration.name], "\(declaration.name)")
      #expect(form.source?.isEmpty == false, "\(declaration.name) has no source")
      #expect(form.confidence != nil, "\(declaration.name) has no confidence")
      var faults: [Fault] = []
      let law = checkedLaw(of: form, for: declaration, faults: &faults)
      #expect(law != nil && faults.isEmpty, "\(faults)")
    }
  }

  /// The table of the backcast is that of its scenario as it is now.
  @Test func theBackcastIsOfItsScenario() throws {
    let scenario = try Scenario(contentsOf: ScenarioFixture.path(ofShipped: "backcast-2022-2025"))
    let records = BuiltInFacts.backcast
    #expect(records.map(\.figure) == scenario.observations.map(\.figure))
    #expect(records.map(\.month) == scenario.observations.map(\.month))
    #expect(records.map(\.observed) == scenario.observations.map(\.observed))
    #expect(records.allSatisfy { $0.band != nil && $0.median != nil })
    // Written out in full, it is the same world.
    let whole = try Scenario(
      SourceDocument(text: scenario.effectiveYAML, file: "whole.yaml"), name: "whole")
    #expect(scenario.usesComparedWorld && whole.usesComparedWorld)
    let vintage = ScenarioFixture.path(ofShipped: "backcast-vintage-2024-12")
    #expect(try !Scenario(contentsOf: vintage).usesComparedWorld)
  }

  @Test func parametersAreShownAsTheyAreWritten() throws {
    let value = try #require(facts.builtInValue(of: "throughput.mfu"))
    #expect(value.law == "normal: mean: 0.375 sd: 0.05 min: 0.15 max: 0.6")
    #expect(value.source.hasPrefix("Epoch AI"))
    #expect(value.confidence == "published" && !value.isJudgement)
    #expect(facts.builtInValue(of: "throughput.muf") == nil)
  }

  @Test func worldsShowWhatTheyGiveTheirOwnersAndLabs() throws {
    let world = try #require(BuiltInWorldValues.all.first { $0.world == "world-2022" })
    let names = world.values.map(\.declaration.name)
    #expect(names.contains("owners.microsoft.spending_factor"))
    #expect(names.contains("labs.deepseek.fleet_share"))
    #expect(names.contains("labs.openai.fleet_share_factor"))
    #expect(!names.contains("labs.openai.fleet_share"), "its shares have dates")
    #expect(world.values.allSatisfy { !$0.value.law.isEmpty && !$0.value.source.isEmpty })
  }

  @Test func everyFigureOfAChipHasASource() {
    let figures = [
      "bf16_tflops", "fp8_tflops", "fp4_tflops", "die_area_mm2", "memory_gb",
      "memory_bandwidth_gb_s", "interconnect_gb_s", "power_w", "available",
    ]
    for chip in facts.chips {
      let given = [
        chip.peak.bf16.value, chip.peak.fp8?.value, chip.peak.fp4?.value, chip.dieArea?.value,
        chip.memory?.value, chip.memoryBandwidth.value, chip.interconnect?.value,
        chip.power?.value, chip.available.map { Double($0.firstDay.number) },
      ]
      for (key, value) in zip(figures, given) where value != nil {
        let provenance = chip.provenance[key]
        #expect(provenance?.hasDate == true, "\(chip.id).\(key)")
      }
      for entry in chip.purchasePrices.entries + chip.rentalPrices.entries {
        #expect(entry.provenance?.hasDate == true, "\(chip.id) from \(entry.from)")
        #expect(entry.low ?? 0 <= entry.value && entry.value <= entry.high ?? .infinity)
      }
    }
  }

  @Test func everyRuleHasASourceAndDatesInOrder() {
    let ids = facts.rules.map(\.id)
    for rule in facts.rules {
      #expect(rule.provenance?.hasDate == true, "\(rule.id)")
      #expect(rule.announced.map { $0 <= rule.effective ?? $0 } ?? true, "\(rule.id)")
      if let start = rule.effective, let end = rule.ends { #expect(start < end, "\(rule.id)") }
      if let start = rule.effective { #expect(start <= facts.rulesKnownUntil, "\(rule.id)") }
      #expect(rule.supersedes.allSatisfy(ids.contains), "\(rule.id)")
      #expect(!rule.destinations.isEmpty, "\(rule.id)")
    }
  }

  /// A rule that names a chip, a vendor or a class that is not there would quietly miss.
  @Test func rulesNameWhatThereIs() {
    let vendors = Set(facts.chips.map(\.vendor))
    let labels = Set(facts.rules.flatMap(\.requirement).compactMap(\.label))
    for rule in facts.rules {
      let conditions =
        rule.requirement.flatMap(\.conditions) + rule.review.flatMap { $0.conditions ?? [] }
      for condition in conditions {
        switch condition {
        case .named(let chips): #expect(chips.allSatisfy { facts.chip($0) != nil }, "\(rule.id)")
        case .vendors(let names): #expect(vendors.isSuperset(of: names), "\(rule.id)")
        case .classified(let names), .notClassified(let names):
          #expect(labels.isSuperset(of: names), "\(rule.id)")
        case .threshold, .forDataCenters, .designedIn: break
        }
      }
    }
  }

  @Test func lookingUp() {
    #expect(facts.chip("h800")?.name == "H800 SXM5 80GB")
    #expect(facts.chip("h8000") == nil)
    #expect(facts.rule("us_2022_10")?.government == "US")
    #expect(facts.rule("us_2022_11") == nil)
  }
}

extension Provenance {
  /// Whether the source ends with its date.
  fileprivate var hasDate: Bool { !citation.isEmpty && source.contains(/.\[\d{4}[-\d]*\]$/) }
}
