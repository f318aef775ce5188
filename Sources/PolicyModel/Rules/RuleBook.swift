public import Quantities

/// The rules of one regime.
///
/// Requirement and review are two questions. A license is needed if any rule in force
/// catches the chip. How applications are judged is what the latest effective rule that names the
/// chip says, even when that is looser than an earlier one. Between governments the stricter wins.
public struct RuleBook: Hashable, Sendable {
  /// The rules, in file order.
  public let rules: [Rule]
  /// The governments that issued a rule here, in order of first appearance.
  public let governments: [String]
  /// The days on which anything changes, rising.
  public let changeDays: [Day]
  /// What each government says of chips. A book is asked of every chip, buyer and day: it is sorted once.
  private let onChips: [String: [Rule]]

  /// Collects rules.
  public init(_ rules: [Rule]) {
    self.rules = rules
    governments = rules.reduce(into: []) {
      if !$0.contains($1.government) { $0.append($1.government) }
    }
    let days = rules.flatMap {
      [$0.effective, $0.complianceFrom, $0.ends, $0.licensesKnownUntil].compactMap(\.self)
    }
    changeDays = Set(days).sorted()
    onChips = Dictionary(grouping: rules.filter { $0.subject == .chips }, by: { $0.government })
  }

  /// The rules are all that there is to a book.
  public static func == (left: RuleBook, right: RuleBook) -> Bool { left.rules == right.rules }

  /// Hashes the rules.
  public func hash(into hasher: inout Hasher) { hasher.combine(rules) }

  /// The strictest decision of any government; the first such one in rule order.
  public func decision(on chip: Chip, for sale: Sale) -> Decision {
    // Of the others no words are needed, which take longer to find than what they say.
    let policies = governments.map { ruling(by: $0, on: chip, for: sale)?.policy ?? .free }
    guard let strictest = policies.max(), let place = policies.firstIndex(of: strictest) else {
      return .unregulated(by: "no government")
    }
    return decision(by: governments[place], on: chip, for: sale)
  }

  /// What one government says.
  public func decision(by government: String, on chip: Chip, for sale: Sale) -> Decision {
    let rules = rules(of: government, on: chip, for: sale)
    let classes = Self.classes(of: chip, under: rules)
    guard let ruling = Self.ruling(on: chip, for: sale, under: rules, classes: classes) else {
      let reason = Self.nearestMiss(of: chip, under: rules, classes: classes)
      return .unregulated(by: government, because: reason)
    }
    return Decision(
      government: government, policy: ruling.policy, requiredBy: ruling.requirement.rule.id,
      reviewedBy: ruling.review?.rule.id, terms: ruling.terms,
      explanation: Self.explanation(
        of: ruling.requirement, reviewedBy: ruling.review, for: chip, classes: classes))
  }

  /// What one government says, without its words; nil where no license is needed.
  func ruling(by government: String, on chip: Chip, for sale: Sale) -> Ruling? {
    Self.ruling(on: chip, for: sale, under: rules(of: government, on: chip, for: sale))
  }

  /// What the rules of one government that bear on a chip's sale say; nil where no license is needed.
  static func ruling(on chip: Chip, for sale: Sale, under rules: [Rule]) -> Ruling? {
    ruling(on: chip, for: sale, under: rules, classes: classes(of: chip, under: rules))
  }

  /// Why a license is needed and, where another rule says how applications are judged, why so.
  private static func explanation(
    of requirement: (rule: Rule, clause: RequirementClause),
    reviewedBy review: (rule: Rule, clause: ReviewClause)?, for chip: Chip, classes: Set<String>
  ) -> String {
    let reason = requirement.clause.explanation(for: chip, classes: classes)
    guard let review, review.rule.id != requirement.rule.id,
      let conditions = review.clause.conditions
    else { return reason }
    return "\(reason); \(review.clause.policy.label): "
      + conditions.inWords(for: chip, classes: classes)
      + review.rule.missedReview(before: review.clause, of: chip, classes: classes)
  }

  /// The policy of the strictest government: ``decision(on:for:)`` without its words.
  package func policy(on chip: Chip, for sale: Sale) -> ReviewPolicy {
    governments.compactMap { ruling(by: $0, on: chip, for: sale)?.policy }.max() ?? .free
  }

  /// The rule that decides, and how: ``decision(on:for:)`` without its words; nil where no license is needed.
  package func deciding(
    on chip: Chip, for sale: Sale
  ) -> (rule: String, policy: ReviewPolicy)? {
    var strictest: Ruling?
    for government in governments {
      guard let ruling = ruling(by: government, on: chip, for: sale) else { continue }
      if let strictest, ruling.policy <= strictest.policy { continue }
      strictest = ruling
    }
    return strictest.map { ($0.review?.rule.id ?? $0.requirement.rule.id, $0.policy) }
  }

  func rules(of government: String, on chip: Chip, for sale: Sale) -> [Rule] {
    Self.watches(government, chip, in: sale) ? rules(of: government, for: sale) : []
  }

  /// What one government says of chips that bears on a sale.
  func rules(of government: String, for sale: Sale) -> [Rule] {
    onChips[government]?.filter { $0.isInForce(on: sale.day) && $0.reaches(sale) } ?? []
  }

  /// Whether a government's rules bear on a chip: one that is designed where it is used crosses no border that
  /// another government watches.
  static func watches(_ government: String, _ chip: Chip, in sale: Sale) -> Bool {
    chip.designedIn != sale.destination || government == sale.destination
      || government == sale.member
  }
}

/// Why a chip needs a license of one government, and how an application would be judged.
struct Ruling {
  let requirement: (rule: Rule, clause: RequirementClause)
  let review: (rule: Rule, clause: ReviewClause)?

  /// A license that no rule says more of is judged case by case.
  var policy: ReviewPolicy { review?.clause.policy ?? .license }
  var terms: LicenseTerms { review?.clause.terms ?? LicenseTerms() }

  /// Whether it is known which licenses were granted under it by a day: none, but for recorded ones.
  func isKnown(on day: Day) -> Bool {
    guard policy == .license else { return false }
    return (review?.rule ?? requirement.rule).licensesKnownUntil.map { day < $0 } ?? false
  }
}

extension RuleBook {
  /// Requirement and review of a chip under the rules of one government that bear on a sale.
  private static func ruling(
    on chip: Chip, for sale: Sale, under rules: [Rule], classes: Set<String>
  ) -> Ruling? {
    requirement(on: chip, under: rules, classes: classes).map {
      Ruling(
        requirement: $0, review: review(of: chip, for: sale, under: rules, classes: classes))
    }
  }

  /// The labels of all requirement clauses that catch a chip.
  static func classes(of chip: Chip, under rules: [Rule]) -> Set<String> {
    var labels: Set<String> = []
    for rule in rules {
      for clause in rule.requirement {
        if let label = clause.label, clause.catches(chip, classes: []) { labels.insert(label) }
      }
    }
    return labels
  }

  private static func requirement(
    on chip: Chip, under rules: [Rule], classes: Set<String>
  ) -> (rule: Rule, clause: RequirementClause)? {
    for rule in rules {
      if let clause = rule.requirement.first(where: { $0.catches(chip, classes: classes) }) {
        return (rule, clause)
      }
    }
    return nil
  }

  /// The review clause of the latest effective rule that names the chip; of several that took
  /// effect on one day the strictest that no other of them supersedes.
  private static func review(
    of chip: Chip, for sale: Sale, under rules: [Rule], classes: Set<String>
  ) -> (rule: Rule, clause: ReviewClause)? {
    // By their places: a rule is large, and copied slowly.
    let naming = rules.indices.compactMap { place in
      rules[place].placeOfReview(naming: chip, for: sale, classes: classes)
        .map { (rule: place, clause: $0) }
    }
    let latest = naming.compactMap { rules[$0.rule].effective }.max()
    let contenders = naming.filter { rules[$0.rule].effective == latest }
    let standing = contenders.filter { candidate in
      !contenders.contains { rules[$0.rule].supersedes.contains(rules[candidate.rule].id) }
    }
    func clause(_ place: (rule: Int, clause: Int)) -> ReviewClause {
      rules[place.rule].review[place.clause]
    }
    return standing.max { clause($0).policy < clause($1).policy }
      .map { (rules[$0.rule], clause($0)) }
  }

  /// The clause that came closest to catching a chip, with what saved it.
  private static func nearestMiss(
    of chip: Chip, under rules: [Rule], classes: Set<String>
  ) -> String? {
    let misses = rules.flatMap { $0.requirement }.map { clause in
      clause.conditions.map { $0.finding(for: chip, classes: classes) }
    }
    // The fewest conditions unmet, and of those clauses the one that is missed by least.
    let nearest = misses.min { left, right in
      (left.count { !$0.isMet }, left.reduce(0) { $0 + $1.gap })
        < (right.count { !$0.isMet }, right.reduce(0) { $0 + $1.gap })
    }
    guard let nearest else { return nil }
    let met = nearest.filter(\.isMet).map(\.text).joined(separator: " and ")
    let unmet = nearest.filter { !$0.isMet }.map(\.text).joined(separator: " and ")
    return (met.isEmpty ? "" : "\(met), but ") + "\(unmet): not controlled"
  }
}

extension RequirementClause {
  func catches(_ chip: Chip, classes: Set<String>) -> Bool {
    conditions.allSatisfy { $0.isMet(by: chip, classes: classes) }
  }

  fileprivate func explanation(for chip: Chip, classes: Set<String>) -> String {
    "\(conditions.inWords(for: chip, classes: classes)): \(label ?? "license required")"
  }
}

extension [Condition] {
  /// What was found of a chip, condition by condition.
  fileprivate func inWords(for chip: Chip, classes: Set<String>) -> String {
    map { $0.finding(for: chip, classes: classes).text }.joined(separator: " and ")
  }
}

extension Rule {
  /// The clause that judges a chip for a buyer.
  func reviewClause(naming chip: Chip, for sale: Sale, classes: Set<String>) -> ReviewClause? {
    placeOfReview(naming: chip, for: sale, classes: classes).map { self.review[$0] }
  }

  /// The place of that clause among those of the rule.
  fileprivate func placeOfReview(
    naming chip: Chip, for sale: Sale, classes: Set<String>
  ) -> Int? {
    self.review.firstIndex { clause in
      guard clause.buyers.isEmpty || sale.buyer.map(clause.buyers.contains) ?? false else {
        return false
      }
      guard let conditions = clause.conditions else {
        return self.requirement.contains { $0.catches(chip, classes: classes) }
      }
      return conditions.allSatisfy { $0.isMet(by: chip, classes: classes) }
    }
  }

  /// What kept a chip out of the review clauses that stand before the one that names it.
  fileprivate func missedReview(
    before clause: ReviewClause, of chip: Chip, classes: Set<String>
  ) -> String {
    let missed = self.review.prefix { $0 != clause }.map { earlier in
      let unmet = (earlier.conditions ?? []).map { $0.finding(for: chip, classes: classes) }
        .filter { !$0.isMet }.map(\.text).joined(separator: " and ")
      return " (not \(earlier.policy.label), as \(unmet))"
    }
    return missed.joined()
  }
}
