@testable import Documents
import Foundation
import Testing

@testable import Scenarios

/// Names, and the schema that editors are given.
@Suite struct ScenarioNameTests {
  @Test(arguments: [
    ("scenarios/deepseek-r1.yaml", "deepseek-r1"), ("deepseek", "deepseek"),
    ("/data/My Case (2).yml", "my-case--2-"), ("2024-case.yaml", "case"), ("é.yaml", "scenario"),
    (".yaml", "scenario"), ("a.b.yaml", "a-b"), ("x/", "x"), ("nan.csv.yaml", "nan-csv"),
    ("nan.yaml", "scenario-nan"), ("None.yml", "scenario-none"),
    ("", "scenario"),
    ("=cmd|'/c calc'!A1.yaml", "c-calc--a1"), ("CON_1.yaml", "con_1"),
  ])
  func ofAFile(_ path: String, _ name: String) {
    #expect(Scenario.name(ofFile: path) == name)
    #expect(isIdentifier(Scenario.name(ofFile: path)))
  }

  @Test func fromTheFileUnlessItSaysSo() throws {
    #expect(try ScenarioFixture.scenario(ScenarioFixture.small).name == "test")
    let named = ScenarioFixture.small.replacing("about:\n", with: "about:\n  name: mine\n")
    #expect(try ScenarioFixture.scenario(named).name == "mine")
  }

  @Test func theSchemaIsJSON() throws {
    let root = try #require(
      JSONSerialization.jsonObject(with: Data(ScenarioSchema.json.utf8)) as? [String: Any])
    #expect(root["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    let rest = try #require(root["else"] as? [String: Any])
    let everywhere: Set = [
      "base", "only", "about", "run", "uncertainties", "outputs", "correlations", "regimes",
      "estimates", "headline", "observations", "published", "answer", "sweep",
    ]
    let ofWorlds = everywhere.union([
      "world", "rule_sets", "mechanisms", "metrics", "derived_metrics", "thresholds", "claims",
    ])
    // A file that changes its base needs nothing beside it, and one of estimates no world.
    for (file, required, keys) in [
      (root["then"], ["base"], ofWorlds),
      (rest["then"], ["about", "run", "estimates"], everywhere),
      (rest["else"], ["about", "run", "world", "regimes"], ofWorlds),
    ] {
      let file = try #require(file as? [String: Any])
      #expect(file["required"] as? [String] == required)
      let properties = try #require(file["properties"] as? [String: Any])
      #expect(Set(properties.keys) == keys)
    }
    let definitions = try #require(root["$defs"] as? [String: Any])
    #expect(definitions["distribution"] != nil)
  }

  @Test func sizeInWords() throws {
    let scenario = try ScenarioFixture.scenario(ScenarioFixture.small)
    #expect(scenario.sizeInWords.hasPrefix("2 regimes, 1 run, 15 months, "))
  }
}
