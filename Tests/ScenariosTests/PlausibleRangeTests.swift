@testable import Documents
import Testing

@testable import Scenarios

/// Figures of chips, rules and worlds have plausible ranges that name their units.
@Suite struct PlausibleRangeTests {
  private static func messages(chip figures: String) -> String {
    ScenarioFixture.messages(
      ScenarioFixture.small.replacing(
        "world:\n", with: "world:\n  chips: [{id: h800, \(figures)}]\n"))
  }

  @Test(arguments: [
    ("bf16_tflops: 1.48e14", "[TFLOP/s]. 148 TFLOP/s? 1.48e14 looks like FLOP/s"),
    ("bf16_tflops: {value: 1.48e14}", "[TFLOP/s]. 148 TFLOP/s? 1.48e14 looks like FLOP/s"),
    ("fp8_tflops: 0.296", "296 TFLOP/s? 0.296 looks like PFLOP/s"),
    ("memory_bandwidth_gb_s: 4.0e12", "4000 GB/s? 4.0e12 looks like B/s"),
    ("interconnect_gb_s: 9e11", "900 GB/s? 9e11 looks like B/s"),
    ("memory_gb: 8e10", "80 GB? 8e10 looks like B"), ("power_w: 0.7", "700 W? 0.7 looks like kW"),
    ("die_area_mm2: 8.14", "814 mm2? 8.14 looks like cm2"),
    ("purchase_price_usd: 3e10", "allowed: at least 1 and at most 1000000000 [USD]"),
    ("purchase_price_usd: [{from: 2023-01, value: 3e10}]", "at most 1000000000 [USD]"),
    ("rent_usd_per_hour: {ci90: [2, 2e6]}", "at most 100000 [USD/h]"),
    ("dies_per_chip: 4e9", "above 0 and at most 1000"), ("hbm_stacks: 4e9", "at most 1000"),
  ]) func figuresOfChips(figures: String, words: String) {
    let said = Self.messages(chip: figures)
    #expect(said.contains("is out of range") && said.contains(words), "\(said)")
  }

  /// What no figure of a file may be, at every place where a number may stand.
  @Test(arguments: [
    ("chips: 2048", "chips: 1e300"), ("chip_hours: 2664000", "chip_hours: 1e300"),
    ("chip_hours: 2664000", "flop: 1e300"),
    ("chip_hours: 2664000", "chip_hours: 1000, tokens: 1e300"),
    ("chip_hours: 2664000", "chip_hours: 1000, active_parameters: 1e300"),
    ("chips: 2048", "chips: 2048\n      data_usd: 1e300"),
    ("jurisdiction: CN\n", "jurisdiction: CN\n      fleet: [{chip: h800, count: 1e300}]\n"),
    (
      "open_ended: true}",
      "open_ended: true, ends: 2025-01-01}\n      - {id: x, government: US, "
        + "title: T, destinations: [CN], requirement: [{when: {tpp: {at_least: 1e300}}}]}"
    ),
    (
      "open_ended: true}",
      "open_ended: true}\n      - {id: x, government: US, title: T, "
        + "destinations: [CN], review: [{policy: denial, cap_units: 1e300, duty: 1e300}]}"
    ),
    ("regimes:", "uncertainties: {ledger.pue: 1e300}\nregimes:"),
    ("regimes:", "mechanisms: {throughput: {mfu: 1e300}}\nregimes:"),
    ("regimes:", "claims: [{id: c, says: s, entity: base, usd: 1e300}]\nregimes:"),
    ("regimes:", "correlations: [{between: [ledger.pue, throughput.mfu], value: 1e300}]\nregimes:"),
  ]) func nothingIsAsLarge(old: String, new: String) {
    let said = ScenarioFixture.messages(ScenarioFixture.small.replacing(old, with: new))
    #expect(said.contains("1e300 is out of range"), "\(said)")
  }

  @Test(arguments: [
    ("chips.h800.rent_usd_per_hour", "1e300"), ("world.runs.base.chips", "1e11"),
    ("ledger.pue", "{normal: {mean: 1, sd: 1e300}}"), ("run.replicates", "1e300"),
  ]) func norByTheCommandLine(path: String, value: String) {
    let said = ScenarioFixture.messages(ScenarioFixture.small) { $0.settings = [(path, value)] }
    #expect(said.hasPrefix("--set \(path):1:"), "\(said)")
  }

  @Test func aRuleMayBeBoundedByNothing() {
    let rule = """
      open_ended: true}
            - {id: x, government: US, title: T, effective: 2024-01-01, destinations: [CN], requirement: \
      [{when: {tpp: {at_least: 0}, interconnect_gb_s: {at_least: 0}}}]}
      """
    let text = ScenarioFixture.small.replacing("open_ended: true}", with: rule)
    #expect(ScenarioFixture.messages(text) == "")
  }

  /// The largest that is allowed can be described, and told of by rules.
  @Test func theLargestCanBeDescribed() throws {
    let figures = """
      bf16_tflops: 1e7, fp4_tflops: 1e7, memory_bandwidth_gb_s: 1e9, interconnect_gb_s: 1e8, \
      die_area_mm2: 10, power_w: 1e6, memory_gb: 1e5, purchase_price_usd: 1e9
      """
    let text = ScenarioFixture.small.replacing(
      "world:\n", with: "world:\n  chips: [{id: h800, \(figures)}]\n")
    let scenario = try ScenarioFixture.scenario(text)
    #expect(scenario.effectiveYAML.contains("10000000"))
  }
}
