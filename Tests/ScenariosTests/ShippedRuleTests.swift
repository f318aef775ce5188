@testable import Studies
@testable import PolicyModel
import Quantities
import Scenarios
import Stochastics
import Testing

/// No rule or setting of a shipped scenario is inert: taken away from its regime, it moves some number.
///
/// Nothing else is different, luck included. A rule or setting that several regimes have needs to move
/// a number in one of them.
@Suite struct ShippedRuleTests {
  /// Rules that move nothing in any shipped scenario, and why they cannot.
  private static let exceptions = [
    // Firms that the world does not have.
    "us_biren_2023": "a record: neither firm makes or buys chips in the world",
    "us_inspur_2023": "a record: neither firm makes or buys chips in the world",
    "us_inspur_2025": "a record: the firm neither makes nor buys chips in the world",
    "us_smic_2020": "a record: the world has one domestic supplier, and it is another firm",
    "us_sophgo_2025": "a record: the firm neither makes nor buys chips in the world",
    "cn_rtx6000d": "no supplier of the world makes the RTX PRO 6000D",
    // What says once more what is in force: without one of two, the other does the same.
    "us_huawei_2019": "us_huawei_fdp_2020_08 lists the same firm",
    "us_huawei_fdp_2020_05": "us_huawei_fdp_2020_08 replaced it before any world begins",
    "us_huawei_fdp_2020_08": "us_huawei_2019 lists the same firm",
    "cn_gallium_ban_2024": "minerals are held back since cn_gallium_2023 without it",
    "cn_rare_earths_2025_04": "minerals are held back since cn_gallium_2023 without it",
    "cn_rare_earths_2025_10": "minerals are held back since cn_gallium_2023 without it",
    "us_blackwell_no": "it confirms the presumption of denial of us_2023_10",
    "us_h20_resume": "it announces licenses case by case, which us_h20_letter has already",
    "cn_h200_block": "no license was granted that it could have stopped",
    "us_h200_trump": "us_2026_01_rule carries it out from the same day",
  ]

  /// Where rules bind that hardly do elsewhere: a regime, and a draw of it.
  private static let places = [
    // More is rented abroad in this draw than clouds may offer under it.
    "cloud_know_your_customer": (regime: "know-your-customer", draw: 22),
    "cloud_closed": (regime: "closed", draw: 22),
    // A lab of an ally shows something in this draw that none of the leader has.
    "allied_models_closed": (regime: "both-closed-by-all", draw: 62),
  ]

  /// The shipped scenarios with all their regimes but those of responsive suppliers, which have the
  /// rules of others and take long to read.
  private static let scenarios = Result {
    try ScenarioFixture.shipped.map { file in
      let path = ScenarioFixture.path(ofShipped: file)
      var overrides = Overrides()
      if file == "domestic-ramp" {
        overrides.settings = [("run.end", "2022-12")]
        let short = try Scenario(contentsOf: path, overrides: overrides)
        overrides.regimes = short.blueprint.regimes.filter { $0.variants != .responsive }.map(\.id)
        overrides.settings = []
      }
      return try Scenario(contentsOf: path, overrides: overrides)
    }
  }

  /// A regime of a scenario, by place.
  private struct Arm: Sendable {
    let scenario: Scenario
    let place: Int
    var regime: Regime { scenario.blueprint.regimes[place] }

    /// What it sets: the parameter, and what the world could have instead. A setting that repeats what
    /// is certain in the world has nothing to be held against.
    var settings: [String: [Double]] {
      let table = scenario.blueprint.parameters
      var settings: [String: [Double]] = [:]
      for (index, override) in table.overrides[place] {
        let parameter = table.parameters[index.position]
        let values = [0.1, 0.9].map { parameter.law.quantile($0) }
        guard values != [0.1, 0.9].map({ override.law.quantile($0) }) else { continue }
        settings[parameter.declaration.name] = values
      }
      return settings
    }
  }

  private static func arms(of scenarios: [Scenario]) -> [Arm] {
    scenarios.flatMap { scenario in
      scenario.blueprint.regimes.indices.map { Arm(scenario: scenario, place: $0) }
    }
  }

  @Test func `every rule of a shipped scenario moves some number`() async throws {
    var users: [Rule: [Arm]] = [:]
    for arm in Self.arms(of: try Self.scenarios.get()) {
      for rule in arm.regime.rules.rules { users[rule, default: []].append(arm) }
    }
    let inert = try await withThrowingTaskGroup(of: String?.self) { group in
      for (rule, arms) in users {
        group.addTask { try Self.moves(rule, in: arms) ? nil : rule.id }
      }
      return try await group.reduce(into: Set<String>()) { if let id = $1 { $0.insert(id) } }
    }
    #expect(users.count > 40)
    #expect(inert.subtracting(Self.exceptions.keys).sorted() == [], "these move nothing")
    #expect(Set(Self.exceptions.keys).subtracting(inert).sorted() == [], "these do move something")
  }

  /// Whether a rule moves a number in the year after its announcement, in one of some regimes that have
  /// it; one on models in the years after, since what is out stays out.
  private static func moves(_ rule: Rule, in arms: [Arm]) throws -> Bool {
    if let (regime, draw) = places[rule.id] {
      return try arms.filter { $0.regime.id == regime }
        .contains { try moves(rule, in: $0, draw: draw) }
    }
    if try moves(rule, in: arms[0], draw: nil) { return true }
    guard exceptions[rule.id] == nil else { return false }
    return try arms.prefix(2).contains { try moves(rule, in: $0, draw: 0) }
  }

  private static func moves(_ rule: Rule, in arm: Arm, draw: Int?) throws -> Bool {
    let blueprint = arm.scenario.blueprint
    let days = [rule.announced, rule.effective].compactMap { $0 }
    let first = days.map { $0.month - blueprint.start - 1 }.min() ?? 0
    let from = min(max(first, 0), blueprint.monthCount - 1)
    let count = min(rule.subject == .models ? 60 : 12, blueprint.monthCount - from)
    let altered = Regime(
      id: arm.regime.id, title: arm.regime.title,
      rules: RuleBook(arm.regime.rules.rules.filter { $0 != rule }), variants: arm.regime.variants)
    let stretch = try EconomyBench(arm.scenario, regime: arm.place, draw: draw)
      .stretch(from..<from + count, replicate: draw ?? 0)
    return try EconomyBench(arm.scenario, regime: arm.place, altered: altered, draw: draw)
      .differs([:], in: stretch)
  }

  /// A regime's setting: back at what the world has, numbers are others.
  @Test func `every setting of a shipped scenario moves some number`() async throws {
    let arms = Self.arms(of: try Self.scenarios.get())
    let inert = try await withThrowingTaskGroup(of: [String].self) { group in
      for arm in arms where !arm.settings.isEmpty {
        group.addTask { try Self.inertSettings(of: arm) }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(arms.count { !$0.settings.isEmpty } > 20)
    #expect(inert.sorted() == [])
  }

  /// Months of a regime, and the draw with which they are run: its first year; a draw in which the
  /// follower's stock passes the trigger of the reactive regulator, one with tightening, one with
  /// retaliation; the first licenses of the H20, those of the H200; the last years.
  private static func stretches(of months: Int) -> [(steps: Range<Int>, draw: Int)] {
    [
      (0..<12, 0), (0..<8, 20), (5..<18, 5), (5..<18, 12), (5..<18, 38), (5..<18, 147),
      (30..<42, 0), (39..<75, 2),
    ]
    .filter { $0.0.upperBound <= months } + [(max(0, months - 30)..<months, 0)]
  }

  /// The settings of a regime that move nothing in any of them.
  private static func inertSettings(of arm: Arm) throws -> [String] {
    var open = arm.settings
    for (steps, draw) in stretches(of: arm.scenario.blueprint.monthCount) where !open.isEmpty {
      let bench = try EconomyBench(arm.scenario, regime: arm.place, draw: draw)
      let stretch = bench.stretch(steps, replicate: draw)
      open = open.filter { name, values in
        !values.contains { bench.differs([name: $0], in: stretch) }
      }
    }
    return open.keys.map { "\(arm.regime.id): \($0)" }
  }
}
