import PolicyModel
import Quantities
import Scenarios
import Testing

/// What rules reach: governments, destinations, headquarters, and chips that cross no border.
@Suite struct FactsRuleBookTests {
  private let facts = BuiltInFacts.current
  private var book: RuleBook { RuleBook(UnderTest.reading(facts.rules)) }

  private func sale(
    _ day: String, to destination: String = "CN", headquarters: String? = nil
  ) throws -> Sale {
    Sale(
      to: destination, headquarters: headquarters ?? destination, on: try #require(Day(iso: day)))
  }

  @Test func betweenGovernmentsTheStricterWins() throws {
    let h200 = try #require(facts.chip("h200"))
    let blocked = try sale("2026-01-20")
    #expect(book.decision(by: "US", on: h200, for: blocked).policy == .license)
    #expect(book.decision(by: "CN", on: h200, for: blocked).policy == .deny)
    #expect(book.decision(on: h200, for: blocked).government == "CN")
    #expect(book.decision(on: h200, for: blocked).policy == .deny)
    #expect(book.decision(on: h200, for: try sale("2026-01-28")).policy == .license)
    let denied = try sale("2026-01-14")
    #expect(book.decision(by: "US", on: h200, for: denied).policy == .presumptionOfDenial)
    #expect(book.decision(on: h200, for: denied).government == "CN")
  }

  @Test func theImporterMayRefuseWhatTheExporterAllows() throws {
    let chip = try #require(facts.chip("rtx_pro_6000d"))
    let day = try sale("2025-10-01")
    #expect(book.decision(by: "US", on: chip, for: day).policy == .free)
    #expect(book.decision(on: chip, for: day).policy == .deny)
    #expect(book.decision(on: chip, for: day).requiredBy == "cn_rtx6000d")
    #expect(book.decision(on: chip, for: try sale("2025-09-16")).policy == .free)
  }

  /// The Ascend 910B1 is above every threshold of 2023, and is designed where it is used.
  @Test func aChipDesignedInTheDestinationIsNoExport() throws {
    let chip = try #require(facts.chip("ascend_910b1"))
    #expect(chip.tpp.value >= 4800)
    #expect(book.decision(on: chip, for: try sale("2026-02-01")).policy == .free)
    let abroad = try sale("2026-02-01", to: "MY", headquarters: "CN")
    #expect(book.decision(on: chip, for: abroad).policy == .presumptionOfDenial)
    #expect(book.decision(on: chip, for: abroad).requiredBy == "us_2023_10")
  }

  @Test func aGovernmentMayBindItsOwnBuyers() throws {
    let chip = try #require(facts.chip("ascend_910b1"))
    let ban = try Self.scenario(banning: chip.id, by: "CN").blueprint.regimes[0].rules
    #expect(ban.decision(on: chip, for: try sale("2025-01-01")).policy == .deny)
    let foreign = try Self.scenario(banning: chip.id, by: "US").blueprint.regimes[0].rules
    #expect(foreign.decision(on: chip, for: try sale("2025-01-01")).policy == .free)
  }

  private static func scenario(banning chip: String, by government: String) throws -> Scenario {
    try ScenarioFixture.scenario(
      ScenarioFixture.small.replacing(
        "{use: us_2022_10, open_ended: true}",
        with: """
          {id: ban, government: \(government), title: A ban, effective: 2024-01-01, \
          destinations: [CN], requirement: [{when: {chips: [\(chip)]}}], \
          review: [{policy: deny}]}
          """))
  }

  /// The rule of 2022 looks at the destination, that of 2023 at the buyer's headquarters too.
  @Test func headquarters() throws {
    let h100 = try #require(facts.chip("h100_sxm"))
    for (day, policy) in [("2022-12-01", ReviewPolicy.free), ("2024-01-15", .presumptionOfDenial)] {
      let abroad = try sale(day, to: "SG", headquarters: "CN")
      #expect(book.decision(on: h100, for: abroad).policy == policy, "\(day)")
      #expect(book.decision(on: h100, for: try sale(day, to: "SG")).policy == .free, "\(day)")
      #expect(book.decision(on: h100, for: try sale(day)).policy == .presumptionOfDenial, "\(day)")
    }
  }

  /// Of rules that follow each other, the day says which one judges; when one ends, that before it does again.
  @Test func rulesThatFollowEachOther() throws {
    let expected: [(chip: String, government: String, day: String, ReviewPolicy, rule: String)] = [
      ("h20", "US", "2025-07-14", .license, "us_h20_letter"),
      ("h20", "US", "2025-07-15", .license, "us_h20_resume"),
      ("b200", "US", "2025-10-29", .presumptionOfDenial, "us_2023_10"),
      ("b200", "US", "2025-10-30", .presumptionOfDenial, "us_blackwell_no"),
      ("h200", "CN", "2026-01-27", .deny, "cn_h200_block"),
      ("h200", "CN", "2026-01-28", .license, "cn_h200_approve"),
      ("h200", "CN", "2026-08-17", .license, "cn_h200_approve"),
      ("h200", "CN", "2026-08-18", .granted, "cn_h200_quota"),
      ("h200", "CN", "2027-01-01", .license, "cn_h200_approve"),
    ]
    for (id, government, day, policy, rule) in expected {
      let chip = try #require(facts.chip(id))
      let decision = book.decision(by: government, on: chip, for: try sale(day))
      #expect(decision.policy == policy && decision.reviewedBy == rule, "\(id) on \(day)")
    }
  }

  /// TPP is the largest product over formats, and is never typed in.
  @Test func totalProcessingPerformance() throws {
    let expected = [
      ("a100_80", 4_992.0), ("h100_sxm", 15_832), ("h20", 2_368), ("b200", 36_000),
      ("b30a", 28_000), ("mi250x", 6_128), ("mi325x", 20_919.2), ("rtx_4090", 5_284.8),
    ]
    for (id, tpp) in expected {
      let chip = try #require(facts.chip(id))
      #expect(abs(chip.tpp.value - tpp) < 1e-9 * tpp, "\(id): \(chip.tpp.value)")
    }
    let h20 = try #require(facts.chip("h20"))
    #expect(abs(try #require(h20.performanceDensity) - 2_368.0 / 814) < 1e-12)
  }
}
