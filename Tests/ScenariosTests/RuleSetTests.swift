@testable import Documents
import FoundationEssentials
import PolicyModel
import Quantities
import Testing

@testable import Scenarios

/// Named sets of rules, and what regimes make of them.
@Suite struct RuleSetTests {
  private static let world = """
    about: {title: T, question: Q}
    run: {start: 2022-10, end: 2023-03, replicates: 8}
    world: {use: world-2022}

    """

  /// A scenario with an economy and these regimes, and what else is said.
  private static func scenario(
    _ text: String, _ change: (inout Overrides) -> Void = { _ in }
  ) throws(ScenarioFaults) -> Scenario {
    try ScenarioFixture.scenario(world + text, change)
  }

  /// The rules of the regimes of a file, by id.
  private static func rules(
    _ text: String, _ change: (inout Overrides) -> Void = { _ in }
  ) throws -> [String: [String]] {
    let regimes = try scenario(text, change).blueprint.regimes
    return Dictionary(uniqueKeysWithValues: regimes.map { ($0.id, $0.rules.rules.map(\.id)) })
  }

  private static func set(_ name: String) throws -> [String: Rule] {
    let rules = try RuleSet(named: name).rules
    return Dictionary(uniqueKeysWithValues: rules.map { ($0.id, $0) })
  }

  // MARK: - Sets by date

  /// A set knows what had been published by the end of its month, and nothing later.
  @Test(
    arguments: [
      ("2022-09", ["us_isinformed_2022"], ["us_2022_10"]),
      ("2022-10", ["us_2022_10", "us_2022_10_tools"], ["us_inspur_2023"]),
      ("2024-12", ["us_2024_12_hbm", "cn_gallium_ban_2024"], ["us_foundry_2025"]),
      ("2025-11", ["cn_state_dc", "us_2025_05_guidance"], ["us_h200_trump"]),
      ("2025-12", ["us_h200_trump"], ["us_2026_01_rule", "cn_h200_block"]),
      ("2026-01", ["us_2026_01_rule", "us_s232_2026", "cn_h200_approve"], []),
    ])
  func aSetEndsWithItsMonth(month: String, known: [String], unknown: [String]) throws {
    let set = try Self.set("current-law@\(month)")
    #expect(known.allSatisfy { set[$0] != nil } && unknown.allSatisfy { set[$0] == nil })
    let end = try #require(Month(iso: month)) + 1
    #expect(set.values.allSatisfy { ($0.announced ?? end.firstDay) < end.firstDay })
  }

  /// An end is left out as long as nobody could know it: until what replaces the rule was published.
  @Test(
    arguments: [
      ("us_2022_10", "2023-09", "2023-10", "2023-11-17"),
      ("us_isinformed_2022", "2022-09", "2022-10", "2022-10-21"),
      ("cn_gallium_ban_2024", "2025-10", "2025-11", "2025-11-09"),
    ])
  func anEndIsKnownOnceItIsPublished(
    id: String, before: String, from: String, end: String
  ) throws {
    #expect(try #require(try Self.set("current-law@\(before)")[id]).ends == nil)
    #expect(try #require(try Self.set("current-law@\(from)")[id]).ends == Day(iso: end))
  }

  /// The framework of January 2025 was law until it was known that nobody would enforce it.
  /// An end that is still to come was part of the rule from the first; one that came was not known before.
  @Test(arguments: ["current-law", "current-law@2026-08"])
  func aTermOfItsOwnIsKnown(_ name: String) throws {
    let set = try Self.set(name)
    #expect(set["us_h200_licenses"]?.ends == Day(iso: "2030-05-14"))
    #expect(set["cn_h200_quota"]?.ends == Day(iso: "2027-01-01"))
    #expect(try Self.set("current-law@2024-12")["cn_gallium_ban_2024"]?.ends == nil)
  }

  @Test func aRuleThatCameToNothingCountsWhileItStood() throws {
    let rule = try #require(try Self.set("current-law@2025-04")["us_diffusion_2025"])
    #expect(rule.isEnforced && rule.ends == nil)
    #expect(try Self.set("current-law@2025-05")["us_diffusion_2025"] == nil)
  }

  @Test func todayIsTheLatestMonthOfTheFacts() throws {
    let month = BuiltInFacts.current.rulesKnownUntil.month
    let today = try RuleSet(named: "current-law")
    #expect(today.name == "current-law@\(month)")
    #expect(try today.rules == RuleSet(named: today.name).rules)
    let idle = ["us_ndaa26", "us_overwatch", "us_2024_04", "us_affiliates", "us_diffusion_2025"]
    #expect(idle.allSatisfy { id in !today.rules.contains { $0.id == id } })
  }

  // MARK: - What regimes make of them

  @Test func aRegimeHasASetWithWhatItAddsAndDrops() throws {
    let own = """
      {id: mine, government: US, title: Mine, effective: 2023-01-01, destinations: [CN],
         requirement: [{when: {tpp: {at_least: 100}}}]}
      """
    let rules = try Self.rules(
      """
      regimes:
        - {id: all, rules: current-law}
        - {id: listed, rules: [current-law]}
        - {id: less, rules: [current-law, {drop: us_2022_10}, {drop: [us_2023_10, jp_2023_07]}]}
        - {id: more, rules: [current-law, \(own)]}
        - {id: added, rules: [current-law, {add: \(own)}]}
        - {id: several, rules: [current-law@2022-10, {add: [us_2023_10, \(own)]}]}
      """)
    let all = try #require(rules["all"])
    #expect(all == (try RuleSet(named: "current-law").rules.map(\.id)) && rules["listed"] == all)
    #expect(
      rules["less"] == all.filter { !["us_2022_10", "us_2023_10", "jp_2023_07"].contains($0) })
    #expect(rules["more"] == all + ["mine"] && rules["added"] == all + ["mine"])
    let early = try RuleSet(named: "current-law@2022-10").rules.map(\.id)
    #expect(rules["several"] == early + ["us_2023_10", "mine"])
  }

  /// A rule of a set with other dates stands in its place.
  @Test func otherDatesReplaceThoseOfTheSet() throws {
    let scenario = try Self.scenario(
      """
      regimes:
        - id: early
          rules: [current-law, {use: us_2023_10, announced: 2022-10-17, effective: 2022-11-17}]
        - {id: still-earlier, like: early, rules: [{use: us_2023_10, effective: 2022-10-22}]}
      """)
    for (place, day) in ["2022-11-17", "2022-10-22"].enumerated() {
      let found = scenario.blueprint.regimes[place].rules.rules.filter { $0.id == "us_2023_10" }
      #expect(found.map(\.effective) == [Day(iso: day)])
    }
    #expect(
      scenario.blueprint.regimes[0].rules.rules.first { $0.id == "us_2023_10" }?.announced
        == Day(iso: "2022-10-17"))
  }

  @Test func aFileHasSetsOfItsOwn() throws {
    let rules = try Self.rules(
      """
      rule_sets:
        chips: [us_2022_10, us_2023_10]
        few: [chips, {drop: us_2023_10}]
        one: us_2022_10
      regimes:
        - {id: a, rules: chips}
        - {id: b, rules: [few, {use: us_2023_10, effective: 2023-01-01}]}
        - {id: c, rules: [one, chips]}
      """)
    #expect(rules["a"] == ["us_2022_10", "us_2023_10"] && rules["b"] == rules["a"])
    #expect(rules["c"] == rules["a"], "what is there is not taken twice")
  }

  /// A regime like another has its rules, settings and variants, and says what differs.
  @Test func aRegimeIsLikeAnother() throws {
    let text = """
      regimes:
        - {id: last, like: middle, set: {grey_market.enforcement: 4}, rules: [{drop: jp_2023_07}]}
        - id: first
          title: The first
          rules: current-law
          set: {grey_market.enforcement: 2, throughput.mfu: 0.3}
          variants: none
        - {id: middle, like: first, rules: [{drop: us_2022_10}]}
        - {id: other, like: first, rules: current-law@2022-10, variants: historical}
      """
    let scenario = try Self.scenario(text)
    let rules = try Self.rules(text)
    let all = try #require(rules["first"])
    #expect(rules["middle"] == all.filter { $0 != "us_2022_10" })
    #expect(rules["last"] == all.filter { !["us_2022_10", "jp_2023_07"].contains($0) })
    #expect(
      rules["other"] == (try RuleSet(named: "current-law@2022-10").rules.map(\.id)),
      "what begins with a set starts from it")
    let regimes = scenario.blueprint.regimes
    #expect(regimes.map(\.variants.rawValue) == ["none", "none", "none", "historical"])
    #expect(regimes.map(\.title) == [nil, "The first", nil, nil])
    let enforcement = scenario.regimeForms.map { forms in
      Dictionary(uniqueKeysWithValues: forms.map { ($0.name, $0.form.constant) })
    }
    #expect(enforcement[0] == ["grey_market.enforcement": 4, "throughput.mfu": 0.3])
    #expect(enforcement[2] == ["grey_market.enforcement": 2, "throughput.mfu": 0.3])
  }

  /// A regime that is kept alone still has what it has from others.
  @Test func aRegimeKeptAloneIsWhole() throws {
    let text = """
      regimes:
        - {id: a, rules: current-law@2022-10}
        - {id: b, like: a, rules: [{drop: us_2022_10}]}
        - {id: c, like: b, set: {grey_market.enforcement: 2}}
      """
    let all = try Self.rules(text)
    let kept = try Self.rules(text) { $0.regimes = ["c"] }
    #expect(kept == ["c": try #require(all["c"])] && kept["c"] == all["b"])
  }

  /// Rules are a setting like others, on the command line and at the points of a sweep.
  @Test func rulesCanBeSet() throws {
    let text = Self.world + "regimes: [{id: a, rules: current-law}, {id: b, like: a}]\n"
    let set = try Self.rules("regimes: [{id: a, rules: current-law}, {id: b, like: a}]\n") {
      $0.settings = [("regimes.a.rules", "current-law@2022-10")]
    }
    let early = try RuleSet(named: "current-law@2022-10").rules.map(\.id)
    #expect(set == ["a": early, "b": early])
    let swept =
      text + "sweep: {grid: {regimes.a.rules: [current-law@2022-10, current-law@2024-12]}}\n"
    let points = try Scenario.points(SourceDocument(text: swept, file: "s.yaml"), name: "s")
    #expect(points.map { $0.blueprint.regimes[1].rules.rules.count } == [early.count, 19])
  }

  /// What is told of a scenario can be cited: its rules in full, and the month of the set.
  @Test func theEffectiveScenarioNamesTheMonth() throws {
    let scenario = try Self.scenario(
      "regimes: [{id: a, rules: [current-law@2023-09, {drop: us_2022_10}]}, {id: b, rules: current-law}]"
    )
    let text = scenario.effectiveYAML
    #expect(text.contains("current-law@2023-09"))
    #expect(text.contains("current-law@\(BuiltInFacts.current.rulesKnownUntil.month)"))
    let again = try ScenarioFixture.scenario(text)
    #expect(again.effectiveYAML == text)
    #expect(again.blueprint.regimes.map(\.rules) == scenario.blueprint.regimes.map(\.rules))
  }

  /// A world of documented runs has nothing that rules on tools could act on.
  @Test func aWorldWithoutOwnersTakesTheRulesOnChips() throws {
    let text = ScenarioFixture.small.replacing(
      "    rules:\n      - {use: us_2022_10, open_ended: true}",
      with: "    rules: [current-law, {drop: jp_2023_07}, {drop: us_h20_letter}]")
    let rules = try ScenarioFixture.scenario(text).blueprint.regimes[0].rules.rules
    #expect(rules.allSatisfy { $0.subject == .chips } && rules.count > 5)
    #expect(!rules.contains { $0.id == "us_h20_letter" })
  }

  // MARK: - Faults

  @Test(
    arguments: [
      (
        "- {id: a, rules: curent-law}",
        #"7:20: regimes.a.rules: unknown rule "curent-law"; did you mean "current-law"?"#
      ),
      ("- {id: a, rules: [current-law, chip]}", #"unknown rule "chip"; did you mean "chips"?"#),
      ("- {id: a, rules: current-law@2025}", #""current-law@2025" does not end in a month"#),
      (
        "- {id: a, rules: current-law@2027-01}",
        #""current-law@2027-01" is not known: rules are known until"#
      ),
      ("- {id: a, rules: current-law@2019-04}", #""current-law@2019-04" is empty"#),
      ("- {id: a, rules: chips@2025-01}", #""chips" is a set of this file, and has no date"#),
      (
        "- {id: a, rules: [current-law, {drop: us_h20_lettr}]}",
        #"7:41: regimes.a.rules[1].drop: there is no rule "us_h20_lettr" to drop; did you mean "us_h20_letter"?"#
      ),
      (
        "- {id: a, rules: [current-law@2022-10, {drop: us_2023_10}]}",
        #""us_2023_10" is not in current-law@2022-10 to be dropped"#
      ),
      ("- {id: a, rules: [{drop: us_2023_10}]}", #""us_2023_10" is not here to be dropped"#),
      ("- {id: a, rules: [chips, {drop: us_2022_10, title: T}]}", "drop stands alone"),
      (
        "- {id: a, rules: [chips, us_h20_letter, us_h20_letter]}",
        #"rule "us_h20_letter" is there twice"#
      ),
      (
        "- {id: a, like: b}\n  - {id: b, like: c}\n  - {id: c, like: a}",
        "9:19: regimes.c.like: the regimes are like each other: a, b, c, a"
      ),
      ("- {id: a, like: a}", "a regime cannot be like itself"),
      ("- {id: one}\n  - {id: a, like: oe}", #"unknown regime "oe"; did you mean "one"?"#),
      ("- {id: a, like: chips}", "it is a set of rules: write rules: chips"),
    ])
  func faultsSayWhere(regimes: String, fault: String) {
    let text = Self.world + "rule_sets:\n  chips: [us_2022_10]\nregimes:\n  " + regimes + "\n"
    let messages = ScenarioFixture.messages(text)
    #expect(messages.contains(fault), "\(messages)")
    #expect(messages.split(separator: "\n").count == 1, "\(messages)")
  }

  @Test(
    arguments: [
      ("{a: [b], b: [a]}", "the sets of rules contain each other: a, b, a"),
      ("{a: [a]}", "the sets of rules contain each other: a, a"),
      ("{current-law: [us_2022_10]}", #"a built-in set is called "current-law""#),
      ("{us_2022_10: [us_2023_10]}", #"a built-in rule is called "us_2022_10""#),
    ])
  func faultsOfSetsAreToldWithoutARegimeThatHasThem(sets: String, fault: String) {
    let messages = ScenarioFixture.messages(
      Self.world + "rule_sets: \(sets)\nregimes: [{id: x}]\n")
    #expect(messages.contains(fault), "\(messages)")
  }
}
