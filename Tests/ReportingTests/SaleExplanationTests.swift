import Documents
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Testing

@testable import Reporting
@testable import Studies

/// Why chips are or are not sold, on the reference world.
@Suite struct SaleExplanationTests {
  /// Chips from a performance on need a license.
  private static let review =
    "{id: review, government: US, title: A review, effective: 2022-10-01, destinations: [CN], "
    + "requirement: [{when: {tpp: {at_least: 4800}}}], review: [{policy: license}]}"

  private static let yaml = """
    about: {title: A test, question: Why is it not sold?}
    run: {start: 2022-10, end: 2023-04, replicates: 4, seed: 20221007}
    world: {use: world-2022}
    mechanisms: {domestic_production: off}
    regimes:
      - {id: free}
      - id: barred
        rules: [{id: closing, government: US, title: A threshold, effective: 2022-10-01, \
    destinations: [CN], requirement: [{when: {tpp: {at_least: 4800}}}], review: [{policy: deny}]}]
      - id: never
        rules: [\(review)]
        set: {licensing.export_approvals_per_year: 0}
      - id: always
        rules: [\(review)]
        set: {licensing.export_approvals_per_year: 1000, licensing.export_withdrawals_per_year: 0}
      - id: presumed
        rules: [{id: presumed, government: US, title: A review, effective: 2022-10-01, \
    destinations: [CN], requirement: [{when: {tpp: {at_least: 4800}}}], \
    review: [{policy: presumption-of-denial}]}]
        set: {licensing.presumption_approvals_per_year: 0}
      - id: capped
        rules: [{id: capped, government: US, title: A cap, effective: 2022-10-01, \
    destinations: [CN], requirement: [{when: {chips: [a100_80]}}], \
    review: [{policy: license, cap_units: 10}]}]
        set: {licensing.export_approvals_per_year: 1000, licensing.export_withdrawals_per_year: 0}
      - id: tight
        rules: [\(review)]
        set: {licensing.export_approvals_per_year: 1000, licensing.export_withdrawals_per_year: 0, \
    regulator_reactions.tightening_per_year: 100, regulator_reactions.tightened_tpp: 0}
    metrics: all

    """

  /// Read once: the built-in world takes seconds in a debug build.
  private static let scenario = Result {
    try Scenario(SourceDocument(text: yaml, file: "sale.yaml"), name: "sale")
  }

  private func explanation(
    _ regime: String?, chip: String = "a100_80", place: String = "CN", month: String = "2023-04"
  ) async throws -> SaleExplanation {
    let month = try #require(Month(iso: month))
    return try await SaleExplanation(
      of: Self.scenario.get(), chip: chip, place: place, month: month, regime: regime, threads: 2)
  }

  @Test(arguments: [
    ("barred", "a100_80", "CN", SaleFinding.Reason.barred, "a rule bars it (closing)"),
    ("never", "a100_80", "CN", .licenseNotGranted, "a government has granted none (review)"),
    ("presumed", "a100_80", "CN", .presumptionOfDenial, "most likely be refused"),
    ("capped", "a100_80", "CN", .capReached, "the cap on it is used up (capped)"),
    ("tight", "a100_80", "CN", .tightening, "closes it for a time, beyond the rules"),
    ("free", "b200", "CN", .notOnSale, "it is on sale only from "),
    ("free", "tpu_v4", "CN", .builtForOwner, "builds it for itself alone"),
    ("free", "a800", "CN", .strongerIsFree, "needs no license, so this one is not offered"),
  ])
  func `each obstacle is named`(
    regime: String, chip: String, place: String, reason: SaleFinding.Reason, words: String
  ) async throws {
    let answer = try await explanation(regime, chip: chip, place: place)
    #expect(answer.findings.count == 4)
    #expect(answer.reasons.map(\.reason) == [reason])
    #expect(answer.soldShare == 0)
    let first = try #require(answer.text.split(separator: "\n").first)
    #expect(first.hasPrefix("In April 2023 no \(answer.chip.name) is sold in China in any draw: "))
    #expect(first.contains(words), "\(first)")
    #expect(answer.json.contains("\"reason\" : \"\(reason.rawValue)\""))
  }

  /// The month before a cap is used up it is what is sold; what it leaves is said.
  @Test func `a cap is used up`() async throws {
    let first = try await explanation("capped", month: "2022-10")
    #expect(first.reasons.map(\.reason) == [.sold])
    for finding in first.findings {
      #expect(finding.capLeft == 10 && abs(finding.sold - 10) < 1e-6)
      #expect(finding.cutByCaps > 0 && finding.licensed == finding.sold)
    }
    #expect(first.text.contains("Caps leave 10 chips of this kind before the month's sales."))
    let later = try await explanation("capped", month: "2023-01")
    #expect(later.findings.allSatisfy { $0.capLeft == 0 && $0.sold == 0 && $0.cutByCaps > 0 })
  }

  /// What is told of sales is what a run records, to the bit, and asking changes no number.
  @Test(arguments: [0, 3]) func `what is told is what was run`(regime: Int) async throws {
    let scenario = try Self.scenario.get()
    let chip = try #require(scenario.blueprint.world.chips.firstIndex { $0.id == "a100_80" })
    let places = scenario.blueprint.world.economy.jurisdictions
    let china = try #require(places.firstIndex { $0.id == "CN" })
    let model = scenario.modelRecordingAll
    let question = SaleQuestion(chip: chip, place: china, step: 6)
    let silent = Engine(model: model, design: scenario.design)
    let asked = Engine(model: model.asking(question), design: scenario.design)
    let id = scenario.blueprint.regimes[regime].id
    let answer = try await explanation(id)
    for replicate in 0..<4 {
      let run = silent.replay(replicate: replicate, regime: regime) { _, _ in }
      let told = asked.replay(replicate: replicate, regime: regime) { _, _ in }
      #expect(run.values.map(\.bitPattern) == told.values.map(\.bitPattern))
      func value(_ metric: String) throws -> Double {
        let column = try #require(
          silent.layout.stepColumns.firstIndex {
            $0.metric.name == metric && $0.entity == "a100_80"
          })
        return run.values[silent.layout.cell(step: 6, column: column)]
      }
      let finding = answer.findings[replicate]
      #expect(try finding.sold == value("sold_to_follower_chips"))
      #expect(try finding.licensed == value("sold_licensed_to_follower_chips"))
      #expect(try finding.diverted == value("diverted_chips"))
      #expect(finding.sold > 1)
    }
  }

  @Test func `what is free says why it is free`() async throws {
    let answer = try await explanation("barred", chip: "h20", month: "2022-12")
    #expect(answer.rules.map(\.decision.policy) == [.free])
    #expect(answer.text.contains("TPP 2,368 < 4,800: not controlled"))
    let free = try await explanation("free")
    #expect(free.text.contains("No rule of free bears on the sale in April 2023."))
    #expect(
      free.text.hasPrefix("In April 2023 the \(free.chip.name) is sold in China in every draw"))
  }

  @Test func `shares add up, and what is denied is counted`() async throws {
    let answer = try await explanation("barred")
    #expect(answer.reasons.reduce(0) { $0 + $1.share } == 1)
    #expect(answer.findings.allSatisfy { $0.refused > 0 })
    let capped = try await explanation("capped")
    #expect(capped.insteads.map(\.chip.id) == ["h100_sxm"])
    #expect(capped.insteads.allSatisfy { $0.share == 1 && $0.value != nil })
  }

  @Test func `what is not there is named`() async throws {
    func fault(
      chip: String = "h100_sxm", place: String = "CN", month: String = "2023-01",
      regime: String? = nil
    ) async throws -> String {
      let error = await #expect(throws: CommandLineFault.self) {
        try await explanation(regime, chip: chip, place: place, month: month)
      }
      return error?.description ?? ""
    }
    #expect(try await fault(chip: "a100_81").contains("did you mean \"a100_80\""))
    #expect(try await fault(place: "CM").contains("did you mean \"CN\""))
    #expect(try await explanation("free", place: "China").place.id == "CN")
    #expect(try await fault(place: "IN") == "IN is a part of ROW here: ask of --place ROW")
    #expect(
      try await fault(month: "2024-01") == "2024-01 is not in sale: it goes from 2022-10 to 2023-04"
    )
    #expect(try await fault(regime: "bared").contains("did you mean \"barred\""))
  }

  @Test func `a world without an economy sells nothing`() async throws {
    let error = await #expect(throws: CommandLineFault.self) {
      try await SaleExplanation(
        of: SmallRun.scenario(), chip: "h800", place: "CN", month: Month(index: 2024 * 12 + 10),
        regime: nil, threads: 1)
    }
    #expect(error?.description.contains("has no economy") == true)
  }
}
