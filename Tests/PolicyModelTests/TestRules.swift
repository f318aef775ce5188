import PolicyModel
import Quantities

/// Small rules of an imagined government, with what a test is about spelled out and the rest plain.
extension Rule {
  static func made(
    _ id: String, by government: String = "US", from effective: String? = "2023-01-01",
    ends: String? = nil, complianceFrom: String? = nil, isEnforced: Bool = true,
    subject: RuleSubject = .chips, to destinations: [String] = ["CN"],
    reachesHeadquarters: Bool = false, requires: [RequirementClause] = [],
    reviews: [ReviewClause] = [], supersedes: [String] = []
  ) -> Rule {
    Rule(
      id: id, government: government, title: id, kind: "rule", announced: nil,
      effective: effective.flatMap { Day(iso: $0) }, ends: ends.flatMap { Day(iso: $0) },
      complianceFrom: complianceFrom.flatMap { Day(iso: $0) }, isEnforced: isEnforced,
      subject: subject, destinations: destinations, reachesHeadquarters: reachesHeadquarters,
      requirement: requires, review: reviews, supersedes: supersedes, provenance: nil, note: nil)
  }

  /// A rule on one chip.
  static func bar(
    _ chip: String, from effective: String, ends: String? = nil, policy: ReviewPolicy = .deny,
    reachesHeadquarters: Bool = false
  ) -> Rule {
    made(
      "bar-\(chip)", from: effective, ends: ends, reachesHeadquarters: reachesHeadquarters,
      requires: [.init(label: nil, conditions: [.named([chip])])],
      reviews: [.init(policy: policy, conditions: nil)])
  }

  /// A rule on everything from a TPP on, and from an interconnect on.
  static func threshold(tpp: Double, interconnect: Double = 0) -> Rule {
    made(
      "threshold", from: "2022-10-21",
      requires: [
        .init(
          label: nil,
          conditions: [
            .threshold(.tpp, atLeast: tpp, below: nil),
            .threshold(.interconnect, atLeast: interconnect, below: nil),
          ])
      ], reviews: [.init(policy: .deny, conditions: nil)])
  }
}

extension RequirementClause {
  /// A clause with one condition, or with some.
  static func when(_ conditions: Condition..., label: String? = nil) -> RequirementClause {
    RequirementClause(label: label, conditions: conditions)
  }
}
