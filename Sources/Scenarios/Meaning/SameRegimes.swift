import Documents
import PolicyModel
import Quantities

extension Scenario {
  /// What made two regimes give the same, as far as rules and settings tell: the end of a sentence.
  ///
  /// - Parameters:
  ///   - regime: the one, by place.
  ///   - reference: the other.
  public func reasonOfSameness(of regime: Int, and reference: Int) -> String {
    let (one, other) = (blueprint.regimes[regime], blueprint.regimes[reference])
    let ids = Set(other.rules.rules.map(\.id))
    let added = one.rules.rules.filter { !other.rules.rules.contains($0) }
    guard !blueprint.ignoresRules else {
      return "rules_in_force is off, so no rule acts"
    }
    var effects = RuleEffects(in: blueprint)
    let course = effects.course(of: one.rules)
    if let parting = effects.parting(of: course, from: effects.course(of: other.rules)) {
      return "its rules differ from \(parting.month) on" + Self.words(of: parting.chips)
        + ", but no sale or run is affected by it"
    }
    guard let rule = added.first else {
      return other.rules.rules.count > one.rules.rules.count
        || !ids.isSubset(of: one.rules.rules.map(\.id))
        ? "the rules that it leaves out change nothing here"
        : "its rules are the same, and what it sets has no effect"
    }
    return added.count == 1
      ? effects.idleness(of: rule, in: one.rules).reason(of: rule, in: self)
      : "its \(added.count) other rules (\(rule.id) first) change the terms of no sale here"
  }

  private static func words(of chips: [Chip]) -> String {
    guard !chips.isEmpty else { return "" }
    let more = chips.count > 3 ? " and \(chips.count - 3) more" : ""
    return " for " + chips.prefix(3).map(\.id).joined(separator: ", ") + more
  }
}

extension RuleIdleness {
  /// Why a rule changes nothing, in a few words.
  fileprivate func reason(of rule: Rule, in scenario: Scenario) -> String {
    switch self {
    case .unenforced: "\(rule.id) is not enforced"
    case .tooLate(let day): "\(rule.id) binds from \(day) only, after the last month"
    case .over(let day): "\(rule.id) binds in no month: its end is \(day)"
    case .reachesNobody: "\(rule.id) reaches no buyer"
    case .missesFollower(let place): "\(rule.id) does not reach \(place)"
    case .mechanismOff(let name): "\(rule.id) acts through \(name), which is off"
    case .ofFollower(let place): "\(rule.id) is of \(place), whose models are its own"
    case .leavesOpen: "\(rule.id) leaves open what it acts on"
    case .notOf(let government): "\(rule.id) is not of \(government)"
    case .namesNoTransit: "no chips are diverted from the place of \(rule.id)"
    case .namesNobody: "the companies that \(rule.id) names buy nothing that it covers"
    case .namesNoChip: "\(rule.id) names no chip of this world"
    case .requiredByNobody: "\(rule.id) reviews licenses that no rule requires"
    case .overruled(let ids): "\(ids.joined(separator: ", ")) decides where \(rule.id) would"
    case .unknown: "\(rule.id) changes the terms of no sale here"
    }
  }
}

extension Scenario {
  /// Which facts the run goes beyond, and from when on: one sentence; nil where it does not. What comes
  /// later is a projection.
  public var beyondKnowledge: String? {
    let known = BuiltInFacts.current
    let usesBuiltIn = blueprint.regimes.contains { regime in
      regime.rules.rules.contains { known.rule($0.id) != nil }
    }
    var limits: [(what: String, until: String)] = []
    if usesBuiltIn, known.rulesKnownUntil.month < run.end {
      limits.append(("built-in rules", "\(known.rulesKnownUntil)"))
    }
    let economy = blueprint.world.economy
    let budgets = economy.owners.compactMap(\.spending.last?.year)
    if let year = budgets.min(), year < run.end.year {
      limits.append(("budgets of owners", Self.years(budgets)))
    }
    // A family of which nothing is made in its last year is closed, and nothing is left to be known of it.
    let dies = economy.families.compactMap(\.diesPerYear.last).filter { $0.value > 0 }.map(\.year)
    if let year = dies.min(), year < run.end.year {
      limits.append(("the planned output of suppliers", Self.years(dies)))
    }
    guard let first = limits.first else { return nil }
    let others = limits.dropFirst().map { ", \($0.what) until \($0.until)" }.joined()
    let verb = first.what.hasSuffix("s") && !first.what.hasPrefix("the ") ? "are" : "is"
    return
      "\(first.what.prefix(1).uppercased())\(first.what.dropFirst()) \(verb) known until \(first.until)\(others); "
      + "what is later, to \(run.end), follows growth priors, under the last known rules."
  }

  private static func years(_ years: [Int]) -> String {
    let (low, high) = (years.min() ?? 0, years.max() ?? 0)
    return low == high ? "\(low)" : "\(low) to \(high)"
  }
}
