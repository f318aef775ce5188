import Quantities
import Testing

@testable import PolicyModel

@Suite struct RequirementTests {
  private func decide(
    _ rules: [Rule], on figures: TestChips.Figures = TestChips.h100, day: String = "2024-06-15",
    to destination: String = "CN", headquarters: String? = nil
  ) throws -> Decision {
    let day = try #require(Day(iso: day))
    let sale = Sale(to: destination, headquarters: headquarters ?? destination, on: day)
    let book = RuleBook(rules)
    let decision = book.decision(on: figures.chip, for: sale)
    #expect(book.policy(on: figures.chip, for: sale) == decision.policy)
    return decision
  }

  private static let strong = RequirementClause.when(.threshold(.tpp, atLeast: 4800, below: nil))

  @Test func withoutRulesEverythingIsFree() throws {
    let decision = try decide([])
    #expect(decision.policy == .free && decision.requiredBy == nil)
    #expect(decision.government == "no government")
    #expect(decision.explanation == "no rule in force")
  }

  @Test func anyClauseOfAnyRuleCatches() throws {
    let named = RequirementClause.when(.named(["h20"]))
    let both = Rule.made("both", requires: [Self.strong, named])
    #expect(try decide([both]).requiredBy == "both")
    #expect(try decide([both], on: TestChips.h20).requiredBy == "both")
    let two = [Rule.made("one", requires: [Self.strong]), .made("two", requires: [named])]
    #expect(try decide(two).requiredBy == "one")
    #expect(try decide(two, on: TestChips.h20).requiredBy == "two")
  }

  @Test func allConditionsOfAClauseMustHold() throws {
    let links = Condition.threshold(.interconnect, atLeast: 600, below: nil)
    let clause = RequirementClause.when(.threshold(.tpp, atLeast: 4800, below: nil), links)
    let rule = Rule.made("october", requires: [clause])
    #expect(try decide([rule]).policy == .license)
    #expect(try decide([rule], on: TestChips.h800).policy == .free)
    #expect(try decide([rule], on: TestChips.h20).policy == .free)
    #expect(try decide([rule], on: TestChips.a100).policy == .license)
  }

  @Test func boundsIncludeTheirLowerEndAlone() throws {
    let tpp = 1979.0 * 8
    for (low, high, caught) in [
      (tpp, nil, true), (tpp + 1, nil, false), (nil, tpp, false), (nil, tpp + 1, true),
      (tpp, tpp + 1, true), (0, tpp, false),
    ] as [(Double?, Double?, Bool)] {
      let clause = RequirementClause.when(.threshold(.tpp, atLeast: low, below: high))
      let isCaught = try decide([.made("rule", requires: [clause])]).requiredBy != nil
      #expect(isCaught == caught)
    }
  }

  @Test func everyAttributeIsTheChipsOwn() throws {
    let chip = TestChips.h100.chip
    #expect(ChipAttribute.tpp.value(of: chip) == 15_832)
    #expect(ChipAttribute.performanceDensity.value(of: chip) == 15_832.0 / 814)
    #expect(ChipAttribute.interconnect.value(of: chip) == 900)
    #expect(ChipAttribute.memoryBandwidth.value(of: chip) == 3350)
    #expect(ChipAttribute.memoryPlusInterconnect.value(of: chip) == 4250)
    #expect(ChipAttribute.tpp.value(of: TestChips.a100.chip) == 4992)
  }

  /// A bound on a figure that nobody published catches nothing, whichever way it points.
  @Test func aFigureThatNobodyPublishedMeetsNoBound() throws {
    var unknown = TestChips.h100
    unknown.dieArea = nil
    unknown.interconnect = nil
    for attribute in [
      ChipAttribute.performanceDensity, .interconnect, .memoryPlusInterconnect,
    ] {
      for (low, high) in [(0, nil), (nil, 1e9)] as [(Double?, Double?)] {
        let clause = RequirementClause.when(.threshold(attribute, atLeast: low, below: high))
        let decision = try decide([.made("rule", requires: [clause])], on: unknown)
        #expect(decision.policy == .free)
        #expect(decision.explanation == "\(attribute.label) not published: not controlled")
      }
    }
  }

  @Test func otherConditions() throws {
    var gaming = TestChips.h20
    gaming.isForDataCenters = false
    gaming.vendor = "AMD"
    gaming.designedIn = "EU"
    let cases: [(Condition, Bool, Bool)] = [
      (.forDataCenters(true), true, false), (.forDataCenters(false), false, true),
      (.vendors(["NVIDIA", "Intel"]), true, false), (.vendors(["AMD"]), false, true),
      (.designedIn(["US"]), true, false), (.designedIn(["EU", "JP"]), false, true),
      (.named(["h100", "h20"]), true, true), (.named([]), false, false),
    ]
    for (condition, catchesH100, catchesGaming) in cases {
      let rule = Rule.made("rule", requires: [.when(condition)])
      #expect((try decide([rule]).requiredBy != nil) == catchesH100)
      #expect((try decide([rule], on: gaming).requiredBy != nil) == catchesGaming)
    }
  }

  @Test func classesReferAcrossRulesOfOneGovernment() throws {
    let label = Rule.made(
      "labels", requires: [.when(.threshold(.tpp, atLeast: 4800, below: nil), label: "3A090.a")])
    let second = Rule.made("second", requires: [.when(.notClassified(["3A090.a"]))])
    let other = Rule.made("other", requires: [.when(.classified(["3A090.a"]))])
    #expect(try decide([label, second]).requiredBy == "labels")
    #expect(try decide([label, second], on: TestChips.h20).requiredBy == "second")
    #expect(try decide([other, label]).requiredBy == "other")
    #expect(try decide([other, label], on: TestChips.h20).policy == .free)
    let expired = Rule.made("labels", ends: "2024-01-01", requires: label.requirement)
    #expect(try decide([other, expired]).policy == .free)
    let foreign = Rule.made("labels", by: "NL", requires: label.requirement)
    #expect(try decide([other, foreign]).requiredBy == "labels")
  }

  @Test(arguments: [
    ("2022-12-31", false), ("2023-01-01", true), ("2024-03-04", true), ("2024-03-05", false),
  ])
  func aRuleIsInForceFromItsFirstDayUntilItsEnd(day: String, isCaught: Bool) throws {
    let rule = Rule.made("rule", ends: "2024-03-05", requires: [Self.strong])
    #expect((try decide([rule], day: day).requiredBy != nil) == isCaught)
  }

  @Test func complianceMayComeLaterThanTheRule() throws {
    let rule = Rule.made("rule", complianceFrom: "2025-05-15", requires: [Self.strong])
    #expect(try decide([rule], day: "2025-05-14").policy == .free)
    #expect(try decide([rule], day: "2025-05-15").policy == .license)
    #expect(RuleBook([rule]).changeDays.map(\.description) == ["2023-01-01", "2025-05-15"])
  }

  @Test func whatDoesNotBindCatchesNothing() throws {
    let unenforced = Rule.made("rule", isEnforced: false, requires: [Self.strong])
    let bill = Rule.made("bill", from: nil, requires: [Self.strong])
    let tools = Rule.made("tools", subject: .tools, requires: [Self.strong])
    #expect(try decide([unenforced, bill, tools]).policy == .free)
  }

  @Test func destinationsAndHeadquarters() throws {
    let plain = Rule.made("rule", requires: [Self.strong])
    let reaching = Rule.made("rule", reachesHeadquarters: true, requires: [Self.strong])
    let world = Rule.made("rule", to: ["world"], requires: [Self.strong])
    #expect(try decide([plain], to: "SG", headquarters: "CN").policy == .free)
    #expect(try decide([reaching], to: "SG", headquarters: "CN").policy == .license)
    #expect(try decide([reaching], to: "SG", headquarters: "SG").policy == .free)
    #expect(try decide([plain], to: "CN", headquarters: "US").policy == .license)
    #expect(try decide([world], to: "FR").policy == .license)
  }

  @Test func aChipMadeWhereItIsUsedCrossesNoBorder() throws {
    var domestic = TestChips.h100
    domestic.designedIn = "CN"
    let american = Rule.made("export", requires: [Self.strong])
    let chinese = Rule.made("import", by: "CN", requires: [Self.strong])
    #expect(try decide([american], on: domestic).policy == .free)
    #expect(try decide([chinese], on: domestic).policy == .license)
    #expect(try decide([american], on: TestChips.h100).policy == .license)
  }

  @Test func theStricterOfTwoGovernmentsWins() throws {
    func rule(_ government: String, _ policy: ReviewPolicy) -> Rule {
      .made(
        government, by: government, requires: [Self.strong],
        reviews: [.init(policy: policy, conditions: nil)])
    }
    for mine in ReviewPolicy.allCases {
      for theirs in ReviewPolicy.allCases {
        let decision = try decide([rule("US", mine), rule("CN", theirs)])
        #expect(decision.policy == max(mine, theirs))
        #expect(decision.government == (theirs > mine ? "CN" : "US"))
      }
    }
    #expect(ReviewPolicy.allCases.sorted() == ReviewPolicy.allCases)
    #expect(ReviewPolicy.allCases.filter(\.isOpen) == [.free, .notify])
  }
}

@Suite struct ReviewTests {
  private func policy(_ rules: [Rule], day: String = "2024-06-15") throws -> Decision {
    let day = try #require(Day(iso: day))
    return RuleBook(rules).decision(
      on: TestChips.h100.chip, for: Sale(to: "CN", headquarters: "CN", on: day))
  }

  private static let caught = RequirementClause.when(.named(["h100"]))

  private func review(
    _ id: String, from effective: String, _ policy: ReviewPolicy, supersedes: [String] = []
  ) -> Rule {
    .made(
      id, from: effective,
      reviews: [.init(policy: policy, conditions: [.named(["h100"])])], supersedes: supersedes)
  }

  @Test func aRequirementWithoutReviewIsCaseByCase() throws {
    let decision = try policy([.made("rule", requires: [Self.caught])])
    #expect(decision.policy == .license)
    #expect(decision.requiredBy == "rule" && decision.reviewedBy == nil)
  }

  @Test func aReviewWithoutRequirementSaysNothing() throws {
    #expect(try policy([review("review", from: "2023-01-01", .deny)]).policy == .free)
  }

  @Test func theLatestReviewCountsEvenWhenItIsLooser() throws {
    let strict = Rule.made(
      "strict", from: "2022-10-21", requires: [Self.caught],
      reviews: [.init(policy: .deny, conditions: nil)])
    let loose = review("loose", from: "2024-01-01", .notify)
    for order in [[strict, loose], [loose, strict]] {
      #expect(try policy(order, day: "2023-12-31").policy == .deny)
      let decision = try policy(order)
      #expect(decision.policy == .notify)
      #expect(decision.requiredBy == "strict" && decision.reviewedBy == "loose")
    }
  }

  @Test func aReviewThatDoesNotNameTheChipIsPassedOver() throws {
    let strict = Rule.made(
      "strict", requires: [Self.caught], reviews: [.init(policy: .deny, conditions: nil)])
    let other = Rule.made(
      "other", from: "2024-01-01",
      reviews: [.init(policy: .free, conditions: [.named(["h20"])])])
    let empty = Rule.made(
      "empty", from: "2024-02-01", reviews: [.init(policy: .free, conditions: nil)])
    #expect(try policy([strict, other, empty]).reviewedBy == "strict")
  }

  @Test func onOneDayTheStricterCountsUnlessItIsSuperseded() throws {
    let base = Rule.made("base", requires: [Self.caught])
    let mild = review("mild", from: "2024-01-01", .notify)
    let hard = review("hard", from: "2024-01-01", .deny)
    #expect(try policy([base, mild, hard]).reviewedBy == "hard")
    #expect(try policy([base, hard, mild]).reviewedBy == "hard")
    let winner = review("mild", from: "2024-01-01", .notify, supersedes: ["hard"])
    #expect(try policy([base, winner, hard]).reviewedBy == "mild")
    #expect(try policy([base, hard, winner]).reviewedBy == "mild")
  }

  @Test func supersedingDoesNotBeatALaterDate() throws {
    let base = Rule.made("base", requires: [Self.caught])
    let early = review("early", from: "2023-06-01", .deny, supersedes: ["late"])
    let late = review("late", from: "2024-01-01", .notify)
    #expect(try policy([base, early, late]).reviewedBy == "late")
  }

  @Test func theFirstClauseThatNamesTheChipDecides() throws {
    var terms = LicenseTerms()
    terms.capUnits = 1000
    let rule = Rule.made(
      "rule", requires: [Self.caught],
      reviews: [
        .init(policy: .free, conditions: [.named(["h20"])]),
        .init(
          policy: .presumptionOfDenial, conditions: [.threshold(.tpp, atLeast: 1, below: nil)],
          terms: terms),
        .init(policy: .free, conditions: nil),
      ])
    let decision = try policy([rule])
    #expect(decision.policy == .presumptionOfDenial && decision.terms.capUnits == 1000)
  }
}

@Suite struct ExplanationTests {
  private func explanation(
    _ rules: [Rule], _ figures: TestChips.Figures = TestChips.h100
  ) throws -> String {
    let day = try #require(Day(iso: "2024-06-15"))
    return RuleBook(rules).decision(
      on: figures.chip, for: Sale(to: "CN", headquarters: "CN", on: day)
    ).explanation
  }

  private static let october = Rule.made(
    "october",
    requires: [
      .when(
        .threshold(.tpp, atLeast: 4800, below: nil),
        .threshold(.interconnect, atLeast: 600, below: nil), label: "3A090")
    ])

  @Test func saysWhatCaughtAChip() throws {
    #expect(
      try explanation([Self.october])
        == "TPP 15,832 >= 4,800 and interconnect 900 >= 600 GB/s: 3A090")
  }

  @Test func saysWhatSavedAChip() throws {
    #expect(
      try explanation([Self.october], TestChips.h800)
        == "TPP 15,832 >= 4,800, but interconnect 400 < 600 GB/s: not controlled")
    #expect(
      try explanation([Self.october], TestChips.h20)
        == "interconnect 900 >= 600 GB/s, but TPP 2,368 < 4,800: not controlled")
  }

  @Test func saysBothBoundsOfADensity() throws {
    let rule = Rule.made(
      "rule",
      requires: [.when(.threshold(.performanceDensity, atLeast: 1.6, below: 5.92))])
    #expect(
      try explanation([rule], TestChips.h20)
        == "performance density 2.91 >= 1.60 and < 5.92 TPP/mm2: license required")
    #expect(
      try explanation([rule])
        == "performance density 19.45 >= 5.92 TPP/mm2: not controlled")
  }

  @Test func saysOtherConditionsInWords() throws {
    var gaming = TestChips.h20
    gaming.isForDataCenters = false
    func text(_ condition: Condition, _ figures: TestChips.Figures) throws -> String {
      try explanation([.made("rule", requires: [.when(condition)])], figures)
    }
    #expect(try text(.named(["h20"]), gaming) == "h20 is named: license required")
    #expect(try text(.named(["x"]), gaming) == "h20 is not named: not controlled")
    #expect(
      try text(.forDataCenters(true), gaming) == "not marketed for data centers: not controlled")
    #expect(try text(.vendors(["NVIDIA"]), gaming) == "sold by NVIDIA: license required")
    #expect(try text(.designedIn(["CN"]), gaming) == "designed in US: not controlled")
    #expect(try text(.classified(["a", "b"]), gaming) == "not a or b: not controlled")
    #expect(try text(.notClassified(["a"]), gaming) == "not a: license required")
  }

  @Test func saysWhichReviewDecidedWhenAnotherRuleReviews() throws {
    let review = Rule.made(
      "later", from: "2024-01-01",
      reviews: [
        .init(policy: .license, conditions: [.threshold(.tpp, atLeast: nil, below: 21_000)])
      ])
    #expect(
      try explanation([Self.october, review])
        == "TPP 15,832 >= 4,800 and interconnect 900 >= 600 GB/s: 3A090; "
        + "case-by-case: TPP 15,832 < 21,000")
  }

  /// Of clauses that miss by one condition each, the one that missed by least is told.
  @Test func saysTheNearestMiss() throws {
    let far = RequirementClause.when(.threshold(.tpp, atLeast: 30_000, below: nil))
    let near = RequirementClause.when(.threshold(.interconnect, atLeast: 950, below: nil))
    let text = "interconnect 900 < 950 GB/s: not controlled"
    #expect(try explanation([.made("rule", requires: [far, near])]) == text)
    #expect(try explanation([.made("rule", requires: [near, far])]) == text)
  }

  /// A figure that rounds to its threshold is not printed as if it were equal to it.
  @Test func figuresNearAThresholdKeepTheirDifference() throws {
    var near = TestChips.h100
    near.bf16 = 299.98
    near.fp8 = nil
    #expect(
      try explanation([Self.october], near)
        == "interconnect 900 >= 600 GB/s, but TPP 4799.68 < 4,800: not controlled")
  }

  @Test(arguments: [
    (0.0, "0"), (5.92, "5.92"), (1.6, "1.60"), (2.0, "2"), (2.004, "2"), (999.99, "999.99"),
    (999.996, "1,000"), (1000.4, "1,000"), (20_919.2, "20,919"), (1_234_567, "1,234,567"),
    (0.05, "0.05"),
  ])
  func figuresAsPeopleWriteThem(value: Double, text: String) { #expect(grouped(value) == text) }
}
