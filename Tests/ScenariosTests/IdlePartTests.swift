@testable import Documents
import Testing

@testable import Scenarios

/// Settings, labs, places and regimes that do nothing.
@Suite struct IdlePartTests {
  @Test func aParameterThatEveryRegimeSets() {
    func told(_ sets: [String], top: String = "{ledger.pue: 1.3}") -> String {
      var text = MeaningFixture.scripted()
      text.replace("- id: a\n", with: "- id: a\n    set: {\(sets[0])}\n")
      return MeaningFixture.warnings(text + "\n    set: {\(sets[1])}\nuncertainties: \(top)\n")
    }
    let words = "ledger.pue changes nothing here: every regime sets it itself"
    #expect(
      told(["ledger.pue: 1.1", "ledger.pue: 1.2"]).contains(
        "warning: uncertainties.ledger.pue: \(words)"))
    #expect(told(["ledger.pue: 1.1", ""]) == "")
    #expect(told(["", "ledger.pue: 1.2"]) == "")
    #expect(told(["ledger.pue: 1.1", "ledger.pue: 1.2"], top: "{}") == "")
    // What has no built-in value must be given outside of regimes too.
    let price = "chips.h20.rent_usd_per_hour"
    #expect(told(["\(price): 1", "\(price): 2"], top: "{\(price): 1.5}") == "")
  }

  @Test(arguments: [
    ("mechanisms: {grey_market: off}\nuncertainties: {grey_market.divertible_share: 0.1}", ""),
    ("mechanisms: {grey_market: off}", "grey_market.divertible_share: 0.1"),
    ("mechanisms: {remote_access: off}", "remote_access.openness: 0.5"),
  ])
  func aParameterOfAMechanismThatIsOff(_ rest: String, _ set: String) {
    let told = MeaningFixture.warnings(
      MeaningFixture.economy(
        "us_h20_letter", rules: "us_2022_10", end: "2025-12", set: set, rest: rest))
    #expect(
      told.contains("changes nothing: ") && told.contains("is off in this scenario"), "\(told)")
    let on = rest.replacing("off", with: "on")
    #expect(
      MeaningFixture.warnings(
        MeaningFixture.economy(
          "us_h20_letter", rules: "us_2022_10", end: "2025-12", set: set, rest: on)) == "")
  }

  @Test(arguments: [
    ("labs: [{id: idle, jurisdiction: CN}]", "world.labs.idle: this lab does nothing"),
    ("jurisdictions: [{id: LATAM}]", "world.jurisdictions.LATAM: no owner, supplier or lab"),
    (
      "chips: [{id: h20, power_w: 500}]\n  chips_left_out: [h20]",
      "world.chips.h20: is changed here, and left out"
    ),
    ("chips: [{id: h20, power_w: 500}]", ""),
    (
      "suppliers: [{id: nvidia, industry_share: 0.5}]",
      "nvidia has no part of the domestic industry"
    ),
    ("suppliers: [{id: huawei, industry_share: 0.5}]", ""),
    ("chips: [{id: h20, own_memory: true}]", "only the memory of domestic suppliers' chips"),
    ("chips: [{id: ascend_910c, own_memory: true}]", ""),
    ("owners: [{id: microsoft, large_cloud: true}]", "only buyers in CN take diverted chips"),
    ("owners: [{id: cn-other, large_cloud: true}]", ""),
    ("jurisdictions: [{id: GULF, hosts_remote: false}]", ""),
  ])
  func partsOfTheWorld(_ part: String, _ words: String) {
    let told = MeaningFixture.warnings(
      MeaningFixture.economy("us_2023_10", rules: "us_2022_10", world: "  " + part))
    #expect(words.isEmpty ? told.isEmpty : told.contains(words), "\(told)")
  }

  @Test(arguments: ["us_2025_05_guidance", "us_sophgo_2025", "us_h20_letter", "cn_rtx6000d"])
  func aRegimeThatDoesWhatAnotherDoes(_ rule: String) {
    let told = MeaningFixture.warnings(MeaningFixture.economy(rule, end: "2024-06"))
    #expect(
      told.contains("regimes.mine: does in these months and this world exactly what \"law\" does"),
      "\(told)")
    #expect(
      MeaningFixture.warnings(MeaningFixture.economy("us_foundry_2025", end: "2025-12")) == "")
    #expect(
      MeaningFixture.warnings(MeaningFixture.economy(rule, end: "2024-06", set: "ledger.pue: 1.1"))
        == "")
  }

  /// Each warning is told once for all points of a sweep.
  @Test func pointsTellItOnce() throws {
    let rule = MeaningFixture.rule(
      "acts_on: cloud, review: [{policy: deny}]", destinations: "[GULF]")
    let text = MeaningFixture.economy(rule, rest: "sweep: {grid: {ledger.pue: [1.1, 1.2, 1.3]}}")
    let points = try Scenario.points(SourceDocument(text: text, file: "test.yaml"), name: "test")
    #expect(points.count == 3 && points.warnings.count == 1)
  }

  /// Nothing that is shipped writes what does nothing.
  @Test(arguments: ScenarioFixture.shipped)
  func shippedScenariosAreWithoutWarnings(_ name: String) throws {
    let scenario = try Scenario(contentsOf: ScenarioFixture.path(ofShipped: name))
    #expect(scenario.warnings.map(\.description) == [])
  }

  @Test(arguments: ["first-scenario", "export-arithmetic"])
  func examplesAreWithoutWarnings(_ name: String) throws {
    let path = ScenarioFixture.path(ofShipped: "../examples/\(name)")
    #expect(try Scenario(contentsOf: path).warnings.map(\.description) == [])
  }

  @Test func theStarterIsWithoutWarnings() throws {
    let text = try StarterScenario(named: "trial", at: "trial.yaml").text
    #expect(MeaningFixture.warnings(text) == "")
  }
}
