@testable import Documents
import Testing

@testable import Scenarios

/// Names that nothing else names are faults, each with what there is.
@Suite struct NamedPlaceTests {
  private static let cap =
    "requirement: [{when: {tpp: {at_least: 1000}}}], review: [{policy: deny}]"

  @Test(arguments: [
    ("CHN", "jurisdiction: unknown jurisdiction \"CHN\"; did you mean \"CN\"?"),
    ("USA", "did you mean \"US\"?"), ("GULFF", "did you mean \"GULF\"?"),
    ("XX", "known places: US (United States), CN (China)"),
  ])
  func labsWithoutAnEconomy(_ place: String, _ words: String) {
    #expect(MeaningFixture.warnings(MeaningFixture.scripted(lab: place)).contains(words))
  }

  @Test(arguments: ["CN", "US", "GULF", "ROW"])
  func placesOfTheBuiltInWorldAreKnown(_ place: String) {
    #expect(!MeaningFixture.warnings(MeaningFixture.scripted(lab: place)).contains("unknown"))
  }

  /// A place of one's own is known where a lab and a rule name it.
  @Test func aPlaceOfOnesOwn() {
    let rule = MeaningFixture.rule(Self.cap, destinations: "[BR]", effective: "2024-01-01")
    #expect(MeaningFixture.warnings(MeaningFixture.scripted(lab: "BR", rules: rule)) == "")
    #expect(
      MeaningFixture.warnings(MeaningFixture.scripted(rules: rule)).contains(
        "unknown destination \"BR\""))
  }

  @Test(arguments: [
    (
      "[CN, BR, MY]", "rules[2].destinations[1]: unknown destination \"BR\"; places of this world: "
    ),
    ("[CHN]", "unknown destination \"CHN\"; did you mean \"CN\"?"),
    ("[CN, HK]", "HUB (Hubs of South-East Asia)"), ("[WORLD]", "did you mean \"world\"?"),
  ])
  func destinations(_ places: String, _ words: String) {
    let text = MeaningFixture.economy(MeaningFixture.rule(Self.cap, destinations: places))
    #expect(MeaningFixture.warnings(text).contains(words), "\(MeaningFixture.warnings(text))")
  }

  @Test(arguments: [
    ("USA", "unknown government \"USA\"; did you mean \"US\"?"), ("CHN", "did you mean \"CN\"?"),
    ("UK", "unknown government \"UK\""), ("NLD", "did you mean \"NL\"?"),
  ])
  func governments(_ government: String, _ words: String) {
    let rule = MeaningFixture.rule(Self.cap, government: government)
    #expect(MeaningFixture.warnings(MeaningFixture.economy(rule)).contains(words))
    let scripted = MeaningFixture.scripted(rules: rule)
    #expect(MeaningFixture.warnings(scripted).contains(words))
  }

  @Test(arguments: [
    ("designed_in: [USA]", "no chip is designed in \"USA\"; did you mean \"US\"?"),
    ("designed_in: [US, CHN]", "designed_in[1]: no chip is designed in \"CHN\""),
    ("vendors: [nvidia]", "unknown vendor \"nvidia\"; did you mean \"NVIDIA\"?"),
    ("vendors: [Cerebras]", "known here: AMD, Amazon, Cambricon, Google, Huawei, NVIDIA"),
  ])
  func conditions(_ condition: String, _ words: String) {
    let rule = MeaningFixture.rule(
      "requirement: [{when: {\(condition)}}], review: [{policy: deny}]")
    #expect(MeaningFixture.warnings(MeaningFixture.economy(rule)).contains(words))
  }

  @Test(arguments: [
    ("[huawai]", "unknown supplier or owner \"huawai\"; did you mean \"huawei\"?"),
    ("[alibaba, tencnt]", "entities[1]: unknown supplier or owner \"tencnt\""),
    ("[deepseek]", "unknown supplier or owner \"deepseek\""), ("[smic]", "known here: "),
  ])
  func entities(_ names: String, _ words: String) {
    let rule = MeaningFixture.rule("acts_on: entities, entities: \(names)")
    #expect(MeaningFixture.warnings(MeaningFixture.economy(rule)).contains(words))
  }
}

/// Chips that nobody can buy.
@Suite struct UnsoldChipTests {
  private static func chip(_ parts: String) -> String {
    """
      chips:
        - {id: mine, name: M, data_center: true, bf16_tflops: 900, memory_bandwidth_gb_s: 3000,
           interconnect_gb_s: 900, power_w: 700, purchase_price_usd: 30000, rent_usd_per_hour: 2,
           \(parts)}
    """
  }

  @Test(arguments: [
    (
      "vendor: NVIDIA, designed_in: US, die_family: B200, available: 2024-01",
      "die_family: unknown die family of NVIDIA \"B200\"; known here: GA100, GB100, GH100, RUBIN"
    ),
    (
      "vendor: NVIDIA, designed_in: US, die_family: GH10, available: 2024-01",
      "did you mean \"GH100\"?"
    ),
    (
      "vendor: Nvida, designed_in: US, die_family: GH100, available: 2024-01",
      "vendor: unknown supplier \"Nvida\"; did you mean \"nvidia\"?"
    ),
    (
      "vendor: Huawei, designed_in: CN, die_family: GH100, available: 2024-01",
      "unknown die family of Huawei \"GH100\""
    ),
    (
      "vendor: NVIDIA, designed_in: USA, die_family: GH100, available: 2024-01",
      "unknown place of design \"USA\"; did you mean \"US\"?"
    ),
    (
      "vendor: NVIDIA, designed_in: US, available: 2024-01",
      "warning: world.chips.mine: this chip cannot be bought: it has no die_family"
    ),
    (
      "vendor: NVIDIA, designed_in: US, die_family: GH100",
      "it has no month from which it is available"
    ),
    (
      "vendor: NVIDIA, designed_in: US, die_family: GH100, available: 2025-01",
      "available: this chip cannot be bought: it comes on sale in 2025-01, after the last month 2024-12"
    ),
  ])
  func areTold(_ parts: String, _ words: String) {
    let told = MeaningFixture.warnings(
      MeaningFixture.economy("us_h20_letter", rules: "us_2022_10", world: Self.chip(parts)))
    #expect(told.contains(words), "\(told)")
  }

  @Test func oneThatIsSoldIsNotTold() {
    let world = Self.chip("vendor: NVIDIA, designed_in: US, die_family: GH100, available: 2024-12")
    let text = MeaningFixture.economy("us_2023_10", rules: "us_2022_10", world: world)
    #expect(MeaningFixture.warnings(text) == "")
  }

  @Test func withoutAnEconomyARunMustUseIt() {
    let chips = "chips: [{id: h200, power_w: 600}]"
    let told = MeaningFixture.warnings(MeaningFixture.scripted(chips: chips))
    #expect(told.contains("warning: world.chips.h200: no run or lab uses this chip"), "\(told)")
    let used = chips.replacing("h200", with: "h20")
    #expect(
      !MeaningFixture.warnings(MeaningFixture.scripted(chips: used)).contains("no run or lab"))
  }
}
