import PolicyModel
import Quantities
import Scenarios
import TestSupport
import Testing

/// Published case V1: rule predicates as printed in the Federal Register of October 2022, October
/// 2023 and January 2026 (87 FR 62186, 88 FR 73458, 91 FR 1684).
@Suite struct FactsRuleCaseTests {
  /// A chip as published, and what the three rules say of it on its way to China.
  struct Row: Sendable, CustomTestStringConvertible {
    let chip: String
    let tpp, interconnect, memoryBandwidth, dieArea: Double
    let in2022, in2023, in2026: Verdict

    var testDescription: String { chip }

    init(
      _ chip: String, _ tpp: Double, _ interconnect: Double, _ memoryBandwidth: Double,
      _ dieArea: Double, _ in2022: Verdict, _ in2023: Verdict, _ in2026: Verdict
    ) {
      (self.chip, self.tpp, self.interconnect) = (chip, tpp, interconnect)
      (self.memoryBandwidth, self.dieArea) = (memoryBandwidth, dieArea)
      (self.in2022, self.in2023, self.in2026) = (in2022, in2023, in2026)
    }
  }

  enum Verdict: Sendable {
    case free, controlled, caseByCase, denial
    /// Outside ECCN 3A090: the license of the letter of April 2025, granted since August.
    case letter

    var policy: ReviewPolicy {
      switch self {
      case .free: .free
      case .controlled, .denial: .presumptionOfDenial
      case .caseByCase: .license
      case .letter: .granted
      }
    }
  }

  //       chip         TPP    I/O  DRAM  die   2022         2023         2026
  //                           GB/s GB/s  mm2
  static let table = [
    Row("a100_80", 4992, 600, 2039, 826, .controlled, .controlled, .caseByCase),
    Row("a800", 4992, 400, 2039, 826, .free, .controlled, .caseByCase),
    Row("h100_sxm", 15832, 900, 3350, 814, .controlled, .controlled, .caseByCase),
    Row("h800", 15832, 400, 3350, 814, .free, .controlled, .caseByCase),
    Row("h20", 2368, 900, 4000, 814, .free, .free, .letter),
    Row("h200", 15832, 900, 4800, 814, .controlled, .controlled, .caseByCase),
    Row("mi325x", 20919, 896, 6000, 2400, .controlled, .controlled, .caseByCase),
    Row("b200", 36000, 1800, 7700, 1600, .controlled, .controlled, .denial),
    Row("b30a", 28000, 900, 4000, 800, .controlled, .controlled, .denial),
  ]

  /// A day on which each rule was the one in force.
  static let days = ["2022-12-01", "2024-01-15", "2026-02-01"]

  private static var book: RuleBook { RuleBook(UnderTest.reading(BuiltInFacts.current.rules)) }

  private static func decision(
    on id: String, _ day: String, to destination: String = "CN", headquarters: String? = nil
  ) throws -> Decision {
    let chip = try #require(BuiltInFacts.current.chip(id))
    let sale = Sale(
      to: destination, headquarters: headquarters ?? destination, on: try #require(Day(iso: day)))
    return book.decision(by: "US", on: chip, for: sale)
  }

  private static func policy(on id: String, _ day: String) throws -> ReviewPolicy {
    try decision(on: id, day).policy
  }

  @Test(arguments: table) func figures(_ row: Row) throws {
    let chip = try #require(BuiltInFacts.current.chip(row.chip))
    #expect(chip.tpp.value.rounded() == row.tpp)
    #expect(chip.interconnect?.value == row.interconnect)
    #expect(chip.memoryBandwidth.value == row.memoryBandwidth)
    #expect(chip.dieArea?.value == row.dieArea)
    #expect(chip.performanceDensity == chip.tpp.value / row.dieArea)
  }

  @Test(arguments: table) func verdicts(_ row: Row) throws {
    let requiring = ["us_2022_10", "us_2023_10", "us_2023_10"]
    let reviewing = ["us_2022_10", "us_2023_10", "us_2026_01_rule"]
    for (place, verdict) in [row.in2022, row.in2023, row.in2026].enumerated() {
      let decision = try Self.decision(on: row.chip, Self.days[place])
      #expect(decision.policy == verdict.policy, "\(row.chip) on \(Self.days[place])")
      switch verdict {
      case .free:
        #expect(decision.requiredBy == nil && decision.reviewedBy == nil)
      case .controlled, .caseByCase, .denial:
        #expect(decision.requiredBy == requiring[place])
        #expect(decision.reviewedBy == reviewing[place])
      case .letter:
        #expect(decision.requiredBy == "us_h20_letter")
      }
    }
  }

  /// The same, from the three texts alone, without the letters and policies around them.
  @Test(arguments: table) func verdictsOfTheTextsAlone(_ row: Row) throws {
    let texts = [["us_2022_10"], ["us_2023_10"], ["us_2023_10", "us_2026_01_rule"]]
    let chip = try #require(BuiltInFacts.current.chip(row.chip))
    for (place, verdict) in [row.in2022, row.in2023, row.in2026].enumerated() {
      let book = RuleBook(
        UnderTest.reading(texts[place].compactMap { BuiltInFacts.current.rule($0) }))
      let day = try #require(Day(iso: Self.days[place]))
      let decision = book.decision(on: chip, for: Sale(to: "CN", headquarters: "CN", on: day))
      #expect(decision.policy == (verdict == .letter ? .free : verdict.policy))
    }
  }

  @Test func byDate() throws {
    #expect(try Self.policy(on: "a800", "2023-10-20") == .free)
    #expect(try Self.policy(on: "a800", "2023-10-22") == .free)
    #expect(try Self.policy(on: "a800", "2023-10-23") == .presumptionOfDenial)
    #expect(try Self.policy(on: "a800", "2023-10-24") == .presumptionOfDenial)
    #expect(try Self.policy(on: "a800", "2023-11-17") == .presumptionOfDenial)
    #expect(try Self.policy(on: "h20", "2025-03-15") == .free)
    #expect(try Self.policy(on: "h20", "2025-04-08") == .free)
    #expect(try Self.policy(on: "h20", "2025-04-09") == .license)
    #expect(try Self.policy(on: "h20", "2025-05-15") == .license)
    #expect(try Self.policy(on: "h20", "2025-08-10") == .license)
    #expect(try Self.policy(on: "h20", "2025-09-15") == .granted)
    #expect(try Self.policy(on: "h200", "2025-12-15") == .presumptionOfDenial)
    #expect(try Self.policy(on: "h200", "2026-01-14") == .presumptionOfDenial)
    #expect(try Self.policy(on: "h200", "2026-01-15") == .license)
    #expect(try Self.policy(on: "h200", "2026-02-15") == .license)
    #expect(try Self.policy(on: "h200", "2026-05-14") == .granted)
  }

  @Test func theA100WasNeverFreeBetweenLetterAndRule() throws {
    let first = try #require(Day(iso: "2022-08-26"))
    let last = try #require(Day(iso: "2022-10-21"))
    #expect(try Self.policy(on: "a100_80", "2022-08-25") == .free)
    for number in first.number...last.number {
      let day = Day(number: number).description
      #expect(try Self.policy(on: "a100_80", day) >= .license, "\(day)")
    }
  }

  @Test func theRTX4090IsANotifiedException() throws {
    let chip = try #require(BuiltInFacts.current.chip("rtx_4090"))
    #expect(chip.tpp.value.rounded() == 5285)
    #expect(!chip.isForDataCenters)
    for day in ["2023-11-17", "2024-06-01", "2026-02-01"] {
      let decision = try Self.decision(on: "rtx_4090", day)
      #expect(decision.policy == .notify, "\(day)")
      #expect(decision.policy.isOpen)
      #expect(decision.requiredBy == "us_2023_10")
    }
  }

  @Test func theCapsOfTheDiffusionRule() throws {
    let rule = try #require(BuiltInFacts.current.rule("us_diffusion_2025"))
    let caps = rule.review.compactMap(\.terms.capTPP)
    let h100 = try #require(BuiltInFacts.current.chip("h100_sxm")).tpp.value
    #expect(h100 == 15_832)
    #expect(caps == [26_900_000, 790_000_000])
    #expect(caps.map { ($0 / h100).rounded() } == [1_699, 49_899])
  }

  /// MODEL 5.1: whether a license is needed, and how it is judged, are two questions.
  @Test func requirementAndReviewAreToldApart() throws {
    let h20 = try Self.decision(on: "h20", "2026-02-01")
    #expect(h20.requiredBy == "us_h20_letter")
    #expect(h20.reviewedBy == "us_h20_15pct")
    #expect(h20.terms.revenueShare == 0.15)
    let before = try Self.decision(on: "h20", "2025-05-01")
    #expect(before.requiredBy == "us_h20_letter" && before.reviewedBy == "us_h20_letter")
    let h200 = try Self.decision(on: "h200", "2026-02-01")
    #expect(h200.requiredBy == "us_2023_10" && h200.reviewedBy == "us_2026_01_rule")
    #expect(h200.terms.capShareOfSales == 0.5)
  }

  @Test func theCellsExplainThemselves() throws {
    var lines: [String] = []
    for row in Self.table {
      for day in Self.days {
        let decision = try Self.decision(on: row.chip, day)
        let rules = [decision.requiredBy, decision.reviewedBy].map { $0 ?? "none" }
        lines.append(
          "\(row.chip) \(day): \(decision.policy.label) "
            + "(required by \(rules[0]), reviewed under \(rules[1]))")
        lines.append("  \(decision.explanation)")
      }
    }
    try GoldenText("facts/case-v1.txt").expect(lines.joined(separator: "\n") + "\n")
    #expect(
      try Self.decision(on: "h800", "2022-12-01").explanation
        == "TPP 15,832 >= 4,800, but interconnect 400 < 600 GB/s: not controlled")
  }
}
