import Documents
import PolicyModel
import Scenarios
import Simulation
import Testing

@testable import Reporting
@testable import Studies

/// What names of the model mean.
@Suite struct NameExplanationTests {
  @Test func `a metric has a definition, a unit and a section`() throws {
    let told = try NameExplanation("refused_chips").text
    #expect(told.hasPrefix("refused_chips: a metric of a jurisdiction, by its code\n"))
    #expect(told.contains("Chips that were wanted in the month and barred."))
    #expect(told.contains("unit: chips_per_month"))
    #expect(told.contains("described in docs/ODD.md, 7."))
    // Of jurisdictions and of labs.
    #expect(try NameExplanation("algorithmic_efficiency").metrics.count == 2)
  }

  @Test func `a parameter has a prior with its source`() throws {
    let explanation = try NameExplanation("market_clearing.substitution_share")
    let value = try #require(
      BuiltInFacts.current.builtInValue(of: "market_clearing.substitution_share"))
    let told = explanation.text
    for part in [
      "unit: 1; from 0 to 1", "prior: \(value.law)", "source: \(value.source)",
      "confidence: \(value.confidence)", "docs/ODD.md, 7.10",
      "--set market_clearing.substitution_share=VALUE", "Facts/parameters.yaml",
    ] { #expect(told.contains(part), "\(part)") }
    #expect(explanation.json.contains("\"section\" : \"7.10\""))
  }

  @Test func `every name there is has its meaning`() throws {
    let world = try #require(BuiltInWorldValues.all.first)
    let names =
      Catalogue.metrics.map(\.metric.name) + Catalogue.mechanisms.map(\.name)
      + Catalogue.mechanisms.flatMap(\.parameters).map(\.name)
      + world.values.prefix(3).map(\.declaration.name)
      + ["chips.h20.rent_usd_per_hour", "jurisdictions.CN.enforcement"]
    for name in names {
      let told = try NameExplanation(name).text
      #expect(told.contains("\n  ") && !told.contains("Optional"), "\(name)")
    }
  }

  @Test func `what every chip has is told of the one that is named`() throws {
    let told = try NameExplanation("chips.h20.rent_usd_per_hour").text
    #expect(
      told.hasPrefix("chips.h20.rent_usd_per_hour: a parameter\n  What an hour of one h20 costs"))
    #expect(!told.contains("ID"))
  }

  @Test func `names of a file have their meaning with the file`() throws {
    let scenario = try SmallRun.scenario(
      """
      about: {title: Chips, question: "How many?"}
      run: {replicates: 200}
      estimates:
        vendors: {uncertain: {ci90: [38, 150]}, unit: vendor, title: firms that sell}
        each: {uncertain: {ci90: [900, 1100]}, unit: chip/vendor, source: a count of trades}
        chips: {formula: vendors * each, unit: chip, title: chips sold}
      """)
    let told = try NameExplanation("chips", in: scenario).text
    for part in [
      "chips: an estimate of the file", "  chips sold", "unit: chip", "formula: vendors * each",
      "made of: vendors, each",
    ] { #expect(told.contains(part), "\(part)") }
    let given = try NameExplanation("each", in: scenario).text
    #expect(given.contains("  given as: median 995, 900 to 1100 in 90% of draws\n"))
    #expect(given.contains("  source: a count of trades\n"))
    #expect(!given.contains("formula") && !given.contains("made of"))
    // Without the file nobody knows them.
    #expect(throws: CommandLineFault.self) { try NameExplanation("vendors") }
    let error = #expect(throws: CommandLineFault.self) {
      try NameExplanation("vendor", in: scenario)
    }
    #expect(error?.description.contains("did you mean \"vendors\"?") == true)
  }

  @Test func `words of results have their meaning`() throws {
    #expect(try NameExplanation("h100e").text.hasPrefix("H100e: a word of results\n  NVIDIA H100"))
    #expect(try NameExplanation("regime").json.contains("\"meaning\" : \"A set of rules"))
  }

  @Test func `a misspelt name has a nearest one`() throws {
    let error = #expect(throws: CommandLineFault.self) { try NameExplanation("lag_month") }
    #expect(error?.description.contains("did you mean \"lag_months\"?") == true)
    #expect(error?.description.contains("chokepoint metrics") == true)
  }
}
