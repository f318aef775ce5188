@testable import Documents
import Testing

@testable import Scenarios

/// Rules that change nothing are told of with the reason, at the key that makes it so.
@Suite struct IdleRuleTests {
  private static let all = "requirement: [{when: {tpp: {at_least: 1}}}], review: [{policy: deny}]"

  private static func told(_ rule: String, end: String = "2024-12") -> String {
    MeaningFixture.warnings(MeaningFixture.economy(rule, end: end))
  }

  @Test func aRuleThatActsIsNotTold() {
    #expect(Self.told(MeaningFixture.rule(Self.all)) == "")
    #expect(Self.told(MeaningFixture.rule(Self.all, destinations: "[GULF]")) == "")
    #expect(Self.told(MeaningFixture.rule("acts_on: cloud, review: [{policy: deny}]")) == "")
    // Buyers expect what has been announced.
    #expect(
      Self.told(
        MeaningFixture.rule("announced: 2024-06-01, " + Self.all, effective: "2025-03-01")) == "")
  }

  @Test(arguments: [
    "review: [{policy: deny, when: {chips: [h20]}}]", "review: [{policy: license}]",
    "review: [{policy: deny, when: {tpp: {at_least: 1600}}}]",
    "review: [{policy: license, revenue_share: 0.25, when: {chips: [mi300x]}}]",
  ])
  func aReviewThatNothingRequires(_ review: String) {
    let told = Self.told(MeaningFixture.rule(review, destinations: "[GULF]"))
    let reason =
      review.contains("when") ? "reviews licenses that no rule of US requires" : "names no chip"
    #expect(told.contains("rules[2].review: \"my_rule\" \(reason)"), "\(told)")
  }

  @Test(arguments: ["2025-01-01", "2025-06-30", "2026-02-01", "2030-12-31"])
  func oneThatBindsAfterTheEnd(_ day: String) {
    let told = Self.told(MeaningFixture.rule(Self.all, effective: day))
    #expect(
      told.contains("effective: \"my_rule\" binds from \(day), after the last month 2024-12"),
      "\(told)")
  }

  @Test(arguments: [
    ("effective: 2023-01-01", ""),
    ("enforced: false", "enforced: \"us_2022_10\" is not enforced"),
    (
      "effective: 2022-01-01, ends: 2022-10-01",
      "ends: \"us_2022_10\" binds no more from 2022-10-01 on, and the first month is 2022-10"
    ),
    (
      "effective: 2022-01-01, ends: 2022-07-15",
      "\"us_2022_10\" binds no more from 2022-07-15 on, and the first month is 2022-10"
    ),
  ])
  func datesOfBuiltInRules(_ dates: String, _ words: String) {
    let told = MeaningFixture.warnings(
      MeaningFixture.economy("{use: us_2022_10, \(dates)}", rules: "us_2023_10"))
    #expect(words.isEmpty ? told.isEmpty : told.contains(words), "\(told)")
  }

  @Test(arguments: [
    ("cloud", "[GULF]"), ("cloud", "[HUB, GULF]"), ("cloud", "[US]"), ("memory", "[ALLY]"),
    ("tools", "[ROW]"), ("foundry", "[US]"),
  ])
  func measuresThatMissTheirSide(_ subject: String, _ places: String) {
    let told = Self.told(
      MeaningFixture.rule(
        "acts_on: \(subject), review: [{policy: deny}]", destinations: places))
    #expect(told.contains("destinations: \"my_rule\" does not reach CN"), "\(told)")
    #expect(told.contains("write destinations: [CN]"))
    #expect(told.contains("hosts_remote") == (subject == "cloud"))
  }

  @Test(arguments: [
    (MeaningFixture.rule("acts_on: models"), "", ""),
    (MeaningFixture.rule("acts_on: models", destinations: "[GULF]"), "", "does not reach CN"),
    (
      MeaningFixture.rule("acts_on: models", government: "CN"), "",
      "labs of CN keep their own models"
    ),
    (
      MeaningFixture.rule("acts_on: models, review: [{policy: notify}]"), "",
      "its review leaves open what it acts on"
    ),
    (
      MeaningFixture.rule("acts_on: models, closes: [weights]"), "mechanisms: {catch_up: off}",
      "acts_on: \"my_rule\" changes nothing: rules on models act through catch_up, which is off"
    ),
    (
      MeaningFixture.rule("acts_on: cloud, review: [{policy: deny}]"),
      "mechanisms: {remote_access: off}", "act through remote_access, which is off"
    ),
    (
      MeaningFixture.rule("acts_on: location_verification"), "mechanisms: {grey_market: off}",
      "act through grey_market, which is off"
    ),
    (
      MeaningFixture.rule("acts_on: transit", government: "HUB"), "mechanisms: {grey_market: off}",
      "act through grey_market, which is off"
    ),
    (
      MeaningFixture.rule("acts_on: minerals", government: "CN"),
      "mechanisms: {supplier_capacity: off}", "act through supplier_capacity, which is off"
    ),
  ])
  func rulesOfMechanisms(_ rule: String, _ rest: String, _ words: String) {
    let told = MeaningFixture.warnings(MeaningFixture.economy(rule, rest: rest))
    #expect(words.isEmpty ? told.isEmpty : told.contains(words), "\(told)")
  }

  @Test func mineralsAreHeldBackByTheFollower() {
    let told = Self.told(MeaningFixture.rule("acts_on: minerals"))
    #expect(told.contains("minerals are held back by CN alone; write government: CN"), "\(told)")
  }

  @Test(arguments: [
    "requirement: [{when: {tpp: {at_least: 1e9}}}], review: [{policy: deny}]",
    "requirement: [{when: {chips: [rtx_4090]}}], review: [{policy: deny}]",
    "requirement: [{when: {memory_bandwidth_gb_s: {below: 1}}}], review: [{policy: deny}]",
    "requirement: [{when: {vendors: [AMD], designed_in: [CN]}}], review: [{policy: deny}]",
  ])
  func clausesThatNameNoChip(_ clauses: String) {
    let told = Self.told(MeaningFixture.rule(clauses))
    #expect(told.contains("\"my_rule\" names no chip that is made, held or used"), "\(told)")
  }

  @Test func aRuleUnderAnotherOne() {
    let told = Self.told(
      MeaningFixture.rule(
        "requirement: [{when: {chips: [h100_sxm]}}], review: [{policy: deny}]",
        effective: "2024-01-01"), end: "2023-12")
    #expect(told.contains("binds from 2024-01-01"))
    let earlier = Self.told(
      MeaningFixture.rule(
        "requirement: [{when: {chips: [h100_sxm]}}]", effective: "2024-01-01"))
    #expect(earlier.contains("\"my_rule\" changes nothing: us_2023_10 decides"), "\(earlier)")
  }

  @Test func withoutAnEconomy() {
    func told(_ rest: String, destinations: String = "[CN]", effective: String = "2024-01-01")
      -> String
    {
      MeaningFixture.warnings(
        MeaningFixture.scripted(
          rules: MeaningFixture.rule(rest, destinations: destinations, effective: effective)))
    }
    #expect(told(Self.all) == "")
    #expect(told(Self.all, destinations: "[GULF]").contains("no buyer of this world is in GULF"))
    #expect(told(Self.all, effective: "2024-07-01").contains("after the last month 2024-06"))
    #expect(
      told("review: [{policy: deny, when: {chips: [h20]}}]").contains("no rule of US requires"))
  }

  @Test(arguments: [
    ("supersedes: [us_h20_letter], ", "mine has no rule \"us_h20_letter\""),
    ("supersedes: [us_2023_10], ", ""),
  ])
  func whatItSupersedes(_ key: String, _ words: String) {
    let told = Self.told(MeaningFixture.rule(key + Self.all))
    #expect(words.isEmpty ? told.isEmpty : told.contains(words), "\(told)")
  }

  @Test(arguments: [
    ("class: [3A090.a]", "us_2022_10", "no rule of mine puts a chip in the class \"3A090.a\""),
    ("not_class: [3A090.b]", "us_2022_10", "its classes are 3A090"),
    ("class: [3A090.a]", "us_2023_10", ""),
  ])
  func classesOfOtherRegimes(_ condition: String, _ rules: String, _ words: String) {
    let rule = MeaningFixture.rule(
      "requirement: [{when: {tpp: {at_least: 1}}}], review: [{policy: deny}, "
        + "{policy: deny, when: {\(condition)}}]")
    let told = MeaningFixture.warnings(MeaningFixture.economy(rule, rules: rules))
    #expect(words.isEmpty ? told.isEmpty : told.contains(words), "\(told)")
  }
}

/// Rules that take effect on one day.
@Suite struct TiedRuleTests {
  private static func told(_ clauses: String, effective: String = "2023-11-17") -> String {
    MeaningFixture.warnings(
      MeaningFixture.economy(MeaningFixture.rule(clauses, effective: effective)))
  }

  private static func rule(_ policy: String, chips: String = "[h100_sxm]", _ rest: String = "")
    -> String
  {
    "requirement: [{when: {chips: \(chips)}}], review: [{policy: \(policy)}]\(rest)"
  }

  @Test func theStricterWins() {
    let told = Self.told(Self.rule("license"))
    #expect(
      told.contains("us_2023_10 and my_rule take effect on the same day and both judge h100_sxm"),
      "\(told)")
    #expect(told.contains("us_2023_10 decides, since of rules of one day the stricter wins"))
    #expect(
      told.contains("(presumption of denial, not case-by-case); write supersedes: [us_2023_10]"))
    #expect(told.split(separator: "\n").count == 1)
    #expect(Self.told(Self.rule("deny")).contains("my_rule decides"))
    #expect(Self.told(Self.rule("free", chips: "[h800, h200]")).contains("judge h200, h800"))
  }

  @Test func noTie() {
    #expect(Self.told(Self.rule("license", ", supersedes: [us_2023_10]")) == "")
    #expect(Self.told(Self.rule("license"), effective: "2023-11-18") == "")
    // The H20 is not under the rule of that day.
    #expect(Self.told(Self.rule("license", chips: "[h20]")) == "")
  }

  @Test func ofTwoRulesOfOnesOwn() {
    let other = MeaningFixture.rule(Self.rule("deny", chips: "[h20]"))
      .replacing("my_rule", with: "other_rule")
    let told = MeaningFixture.warnings(
      MeaningFixture.economy(
        MeaningFixture.rule(Self.rule("license", chips: "[h20]")) + ", " + other))
    #expect(told.contains("other_rule decides"), "\(told)")
  }
}
