@testable import PolicyModel
import Quantities
import Scenarios
import TestSupport

/// Rules that say something else: each of the built-in ones on chips taken away, and readings of all of them that
/// are wrong in one respect.
enum RuleMutants {
  static let all: [Mutant] = absent + misread

  private static let check = "FactsRuleCaseTests and FactsRuleBookTests"

  /// Rules whose absence changes no decision, and why.
  private static let equivalent = [
    "us_h200_trump": "us_2026_01_rule carries it out from the same day"
  ]

  private static let absent = BuiltInFacts.current.rules.filter {
    $0.subject == .chips && $0.isEnforced && $0.firstDayInForce != nil
  }.map { rule in
    mutant(rule.id, "is not there", equivalent: equivalent[rule.id]) { rules in
      rules.filter { $0.id != rule.id }
    }
  }

  private static let misread = [
    mutant("effective dates", "everything begins a day late") { rules in
      rules.map { $0.altered(effective: $0.effective.map { Day(number: $0.number + 1) }) }
    },
    mutant("effective dates", "everything begins a day early") { rules in
      rules.map { $0.altered(effective: $0.effective.map { Day(number: $0.number - 1) }) }
    },
    mutant("ends", "nothing ever ends") { rules in rules.map { $0.altered(ends: .some(nil)) } },
    mutant("thresholds", "those of TPP are 5% higher") { rules in
      rules.map { rule in
        rule.altered(conditions: { conditions in
          conditions.map { condition in
            guard case .threshold(.tpp, let low, let high) = condition else { return condition }
            return .threshold(.tpp, atLeast: low.map { $0 * 1.05 }, below: high.map { $0 * 1.05 })
          }
        })
      }
    },
    mutant("conditions", "the bandwidth of links is not looked at") { rules in
      rules.map { rule in
        rule.altered(conditions: { conditions in
          conditions.filter {
            if case .threshold(.interconnect, _, _) = $0 { false } else { true }
          }
        })
      }
    },
    mutant("conditions", "it does not matter what a chip is marketed for") { rules in
      rules.map { rule in
        rule.altered(conditions: { conditions in
          conditions.filter { if case .forDataCenters = $0 { false } else { true } }
        })
      }
    },
    mutant("headquarters", "only the destination counts") { rules in
      rules.map { $0.altered(reachesHeadquarters: false) }
    },
    mutant("headquarters", "they always count") { rules in
      rules.map { $0.altered(reachesHeadquarters: true) }
    },
    mutant("reviews", "all applications are judged case by case") { rules in
      rules.map { $0.altered(review: []) }
    },
    mutant("reviews", "nobody may sell on notice") { rules in
      rules.map { $0.altered(review: $0.review.filter { $0.policy != .notify }) }
    },
    mutant("reviews", "no license is known to be granted") { rules in
      rules.map { $0.altered(review: $0.review.filter { $0.policy != .granted }) }
    },
    mutant("governments", "the importer's rules are taken for the exporter's") { rules in
      rules.map { $0.altered(government: "US") }
    },
    mutant("superseding", "no rule replaces another of its day") { rules in
      rules.map { $0.altered(supersedes: []) }
    },
  ]

  private static func mutant(
    _ rule: String, _ words: String, equivalent: String? = nil,
    _ reading: @escaping @Sendable ([Rule]) -> [Rule]
  ) -> Mutant {
    Mutant(.rule, rule, words, rejectedBy: check, equivalent: equivalent) {
      try UnderTest.$reading.withValue(reading, operation: expectThePublishedTable)
    }
  }

  /// Every decision that the suite holds the built-in rules to.
  private static func expectThePublishedTable() throws {
    let cases = FactsRuleCaseTests()
    for row in FactsRuleCaseTests.table {
      try cases.verdicts(row)
      try cases.verdictsOfTheTextsAlone(row)
    }
    try cases.byDate()
    try cases.theA100WasNeverFreeBetweenLetterAndRule()
    try cases.theRTX4090IsANotifiedException()
    try cases.requirementAndReviewAreToldApart()
    let books = FactsRuleBookTests()
    try books.betweenGovernmentsTheStricterWins()
    try books.theImporterMayRefuseWhatTheExporterAllows()
    try books.aChipDesignedInTheDestinationIsNoExport()
    try books.headquarters()
    try books.rulesThatFollowEachOther()
  }
}

extension Rule {
  /// The same rule, which says something else in some respects.
  fileprivate func altered(
    government: String? = nil, effective: Day?? = nil, ends: Day?? = nil,
    reachesHeadquarters: Bool? = nil, review: [ReviewClause]? = nil,
    conditions: ([Condition]) -> [Condition] = { $0 }, supersedes: [String]? = nil
  ) -> Rule {
    Rule(
      id: self.id, government: government ?? self.government, title: self.title, kind: self.kind,
      announced: self.announced, effective: effective ?? self.effective, ends: ends ?? self.ends,
      complianceFrom: self.complianceFrom, isEnforced: self.isEnforced, subject: self.subject,
      destinations: self.destinations,
      reachesHeadquarters: reachesHeadquarters ?? self.reachesHeadquarters,
      entities: self.entities, hosts: self.hosts, closes: self.closes,
      requirement: self.requirement.map {
        RequirementClause(label: $0.label, conditions: conditions($0.conditions))
      },
      review: (review ?? self.review).map {
        ReviewClause(
          policy: $0.policy, conditions: $0.conditions.map(conditions), buyers: $0.buyers,
          terms: $0.terms)
      },
      licensesKnownUntil: self.licensesKnownUntil, supersedes: supersedes ?? self.supersedes,
      provenance: self.provenance, note: self.note)
  }
}
