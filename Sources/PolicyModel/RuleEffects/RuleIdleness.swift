package import Quantities

/// Why a rule changes nothing.
package enum RuleIdleness: Hashable {
  /// It says itself that it is not enforced.
  case unenforced
  /// It is in force from this day only, after the last month.
  case tooLate(Day)
  /// It ended on this day, before the first month.
  case over(Day)
  /// Nobody buys in its destinations, or has its headquarters there.
  case reachesNobody
  /// What it bears on is done by, or to, this jurisdiction, which it does not reach.
  case missesFollower(String)
  /// The mechanism that it acts through is off.
  case mechanismOff(String)
  /// It closes to this jurisdiction what is its own.
  case ofFollower(String)
  /// All that it says of a license is that none is needed.
  case leavesOpen
  /// It would have to be of this government.
  case notOf(government: String)
  /// Nothing is diverted from the place of its government.
  case namesNoTransit
  /// None of the suppliers and owners that it names is affected.
  case namesNobody
  /// No chip of the world is under any of its clauses.
  case namesNoChip
  /// It reviews licenses that no rule requires.
  case requiredByNobody
  /// Others decide: these rules, by id.
  case overruled(by: [String])
  /// Nothing more is known.
  case unknown
}

extension RuleEffects {
  /// Why a rule changes nothing in a book, which it is known not to.
  package func idleness(of rule: Rule, in book: RuleBook) -> RuleIdleness {
    guard rule.isEnforced else { return .unenforced }
    if let begin = rule.firstDayInForce, begin >= end { return .tooLate(begin) }
    if let over = rule.ends, over <= blueprint.start.firstDay { return .over(over) }
    return rule.subject == .chips
      ? idleness(ofRuleOnChips: rule, in: book) : idleness(ofMeasure: rule)
  }

  private func idleness(ofMeasure rule: Rule) -> RuleIdleness {
    let economy = blueprint.world.economy
    guard !economy.isEmpty else { return .unknown }
    let follower = economy.jurisdictions[economy.follower].id
    let reachesFollower = rule.reaches(follower)
    switch rule.subject {
    case .tools, .servicing, .memory, .foundry, .cloud:
      return reachesFollower ? .unknown : .missesFollower(follower)
    case .models:
      if !reachesFollower { return .missesFollower(follower) }
      if rule.government == follower { return .ofFollower(follower) }
      return rule.review.isEmpty || rule.review.contains { !$0.policy.isOpen }
        ? .unknown : .leavesOpen
    case .transit:
      guard reachesFollower else { return .missesFollower(follower) }
      let passing = economy.jurisdictions.filter { $0.share(of: [rule.government]) > 0 }
      return passing.contains { $0.transshipment > 0 } ? .unknown : .namesNoTransit
    case .minerals: return rule.government == follower ? .unknown : .notOf(government: follower)
    case .entities: return .namesNobody
    case .chips, .tiers, .duty, .demand, .locationVerification, .nothing:
      return addresses.contains { rule.reaches($0.sale(on: end)) } ? .unknown : .reachesNobody
    }
  }

  private func idleness(ofRuleOnChips rule: Rule, in book: RuleBook) -> RuleIdleness {
    let reached = addresses.filter { rule.reaches($0.sale(on: end)) }
    guard !reached.isEmpty else { return .reachesNobody }
    var (isNamed, isRequired, others) = (false, false, [String]())
    for address in reached {
      for day in days(of: rule, in: book) {
        for chip in chips {
          let sale = address.sale(on: day)
          let rules = book.rules(of: rule.government, on: chip, for: sale)
          guard rules.contains(rule) else { continue }
          let classes = RuleBook.classes(of: chip, under: rules)
          let isCaught = rule.requirement.contains { $0.catches(chip, classes: classes) }
          let isReviewed = rule.reviewClause(naming: chip, for: sale, classes: classes) != nil
          guard isCaught || isReviewed else { continue }
          isNamed = true
          guard let decision = book.ruling(by: rule.government, on: chip, for: sale) else {
            continue
          }
          isRequired = true
          let decider = decision.review?.rule.id ?? decision.requirement.rule.id
          if decider != rule.id, !others.contains(decider) { others.append(decider) }
        }
      }
    }
    guard isNamed else { return .namesNoChip }
    guard isRequired else { return .requiredByNobody }
    return others.isEmpty ? .unknown : .overruled(by: others.sorted())
  }

  /// The days on which something changes while a rule is in force within the months.
  func days(of rule: Rule, in book: RuleBook) -> [Day] {
    let first = max(blueprint.start.firstDay, rule.firstDayInForce ?? blueprint.start.firstDay)
    let last = min(end, rule.ends ?? end)
    return ([first] + book.changeDays.filter { $0 > first }).filter { $0 < last }
  }

  /// Where chips go to: markets, and labs that have runs.
  var addresses: [Address] {
    let economy = blueprint.world.economy
    let markets = economy.markets.flatMap { market in
      let place = economy.jurisdictions[market.location]
      return ([nil] + place.members.map(\.id)).map { member in
        Address(
          location: place.id, member: member,
          headquarters: economy.jurisdictions[market.headquarters].id, buyer: market.namedBuyer)
      }
    }
    let seats = labs.map {
      Address(
        location: $0.jurisdiction, member: nil, headquarters: $0.headquarters, buyer: nil)
    }
    return (markets + seats).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Where a buyer is, and where its headquarters are.
  struct Address: Hashable {
    let location: String
    let member: String?
    let headquarters: String
    let buyer: String?

    func sale(on day: Day) -> Sale {
      Sale(to: location, member: member, headquarters: headquarters, buyer: buyer, on: day)
    }
  }
}
