public import Documents
public import PolicyModel
import Quantities

/// A named set of built-in rules: those that were published by the end of a month and do something, as
/// they were known then.
///
/// An end that was not known yet is left out, and a rule that was not enforced in the end counts as
/// long as nobody could know that.
public struct RuleSet: Sendable {
  /// What scenarios call it: `current-law@2025-12`.
  public let name: String
  private let facts: BuiltInFacts
  /// The same as a regime would name them: what is left of a built-in rule's dates.
  let members: [Member]

  /// A built-in rule, and what was not known of it.
  struct Member: Hashable, Sendable {
    let id: String
    let isOpenEnded: Bool
    let isTakenAsEnforced: Bool
    /// The first day for which its licenses were not known, where that is not as the rule has it.
    let licensesKnownUntil: Day?

    /// Whether it is as the facts have it today.
    var isWhole: Bool { !isOpenEnded && !isTakenAsEnforced && licensesKnownUntil == nil }
  }

  /// The name of the set of all, before the month.
  static let currentLaw = "current-law"

  /// Whether a name can be meant as that of a built-in set.
  static func isMeant(by name: String) -> Bool {
    name == currentLaw || name.hasPrefix(currentLaw + "@")
  }

  /// Looks up a set: `current-law` is what is known today, `current-law@YYYY-MM` what was then.
  public init(named name: String) throws(CommandLineFault) {
    try self.init(named: name, in: .current)
  }

  init(named name: String, in facts: BuiltInFacts) throws(CommandLineFault) {
    guard Self.isMeant(by: name) else {
      throw CommandLineFault(
        unknown: "set of rules", name, known: [Self.currentLaw],
        see: "\(Self.currentLaw)@YYYY-MM is what was published by the end of a month")
    }
    let today = facts.rulesKnownUntil.month
    guard name != Self.currentLaw else {
      self.init(asOf: today, in: facts)
      return
    }
    guard let month = Month(iso: String(name.dropFirst(Self.currentLaw.count + 1))) else {
      throw CommandLineFault(
        "\(quoted(name)) does not end in a month; write \(Self.currentLaw)@YYYY-MM")
    }
    guard month <= today else {
      throw CommandLineFault(
        "\(quoted(name)) is not known: rules are known until "
          + "\(facts.rulesKnownUntil); write \(Self.currentLaw) for all of them")
    }
    self.init(asOf: month, in: facts)
    guard members.isEmpty else { return }
    let first = facts.rules.compactMap(\.published).min()
    throw CommandLineFault(
      "\(quoted(name)) is empty: "
        + "the first built-in rule was published on \(first.map(\.description) ?? "no day")")
  }

  private init(asOf month: Month, in facts: BuiltInFacts) {
    self.facts = facts
    name = "\(Self.currentLaw)@\(month)"
    let next = (month + 1).firstDay
    members = facts.rules.compactMap { rule in
      guard let published = rule.published, published < next, rule.doesSomething else { return nil }
      let isOpenEnded = facts.dayOnWhichEndIsKnown(of: rule).map { $0 >= next } ?? false
      guard rule.isEnforced || isOpenEnded else { return nil }
      let known = rule.licensesKnownUntil.flatMap { next < $0 ? next : nil }
      return Member(
        id: rule.id, isOpenEnded: isOpenEnded, isTakenAsEnforced: !rule.isEnforced,
        licensesKnownUntil: known)
    }
  }

  /// The rules, by file order. Those of which not all was known are read anew on each call: who only names them
  /// has no use for it.
  public var rules: [Rule] {
    var reader = RuleReader()
    return members.compactMap { member in
      member.isWhole
        ? facts.rule(member.id) : facts.whole(member: member).flatMap { reader.rule($0) }
    }
  }
}

extension RuleSet.Member {
  /// The rule as a regime would write it, in the place of something else.
  func node(in place: DocumentNode) -> DocumentNode {
    guard !isWhole else { return place.saying(.text(id)) }
    let entries = [
      place.entry("use", .text(id)), isOpenEnded ? place.entry("open_ended", .flag(true)) : nil,
      isTakenAsEnforced ? place.entry("enforced", .flag(true)) : nil,
      licensesKnownUntil.map { place.entry("licenses_known_until", .date($0)) },
    ]
    return place.saying(.mapping(entries.compactMap(\.self)))
  }
}

extension BuiltInFacts {
  /// A member of a set, written out in full.
  fileprivate func whole(member: RuleSet.Member) -> DocumentNode? {
    record(ofRule: member.id).flatMap { whole(rule: member.node(in: $0)) }
  }

  /// The day on which it was known that a rule ends: when one that supersedes it was announced, else the
  /// day on which it ends; nil where it does not.
  fileprivate func dayOnWhichEndIsKnown(of rule: Rule) -> Day? {
    rule.ends.map { end in
      // An end that is still to come can only be one that the rule had from the first.
      let own = end > rulesKnownUntil ? rule.published ?? end : end
      return rules.filter { $0.supersedes.contains(rule.id) }.compactMap(\.published)
        .reduce(own, min)
    }
  }
}

extension Rule {
  /// When it was made known.
  fileprivate var published: Day? { self.announced ?? self.effective }

  /// Whether it was ever put in force and acts on something that is simulated.
  fileprivate var doesSomething: Bool {
    self.effective != nil && self.subject != .nothing
      && !(self.subject == .entities && self.entities.isEmpty)
  }
}
