package import Quantities

/// What rule books make of a world: whether two of them are the same to everything that is simulated,
/// and why a rule changes nothing.
///
/// Nothing is drawn and nothing is run: it is the terms of sales, the measures of each month and what
/// labs may buy that are held to each other. Two books that differ in them may still give the same
/// results, where nobody buys what they are about.
package struct RuleEffects {
  private let blueprint: Blueprint
  private let chips: [Chip]
  private let labs: [Lab]
  private var known: [(book: RuleBook, course: Course)] = []

  /// Takes a scenario.
  package init(in blueprint: Blueprint) {
    self.blueprint = blueprint
    chips = blueprint.world.chips
    let acting = Set(blueprint.world.runs.map(\.lab))
    labs = blueprint.world.labs.indices.filter { acting.contains($0) }
      .map { blueprint.world.labs[$0] }
  }

  /// Whether books amount to the same in another scenario: its months are these, and of its world all that
  /// rules ask for. What labs are like that have no runs is no matter of theirs.
  package func hold(in other: Blueprint) -> Bool {
    blueprint.start == other.start && blueprint.monthCount == other.monthCount
      && chips == other.world.chips && blueprint.world.economy == other.world.economy
      && labs == RuleEffects(in: other).labs
  }

  /// A policy on a chip for a lab from a day of a month on.
  fileprivate struct Access: Hashable {
    let from: Day
    let policy: ReviewPolicy

    /// The policies of a month without days on which nothing changes.
    static func all(of history: AccessHistory, in month: Month) -> [Access] {
      history.changes(in: month).reduce(into: []) { found, change in
        guard found.last?.policy != change.policy else { return }
        found.append(Access(from: max(change.from, month.firstDay), policy: change.policy))
      }
    }
  }

  /// What a book amounts to, month by month.
  package struct Course {
    fileprivate let terms: [MonthlyTerms]
    // By month, and in it by lab and chip: the policies, each from its first day.
    fileprivate let access: [[[Access]]]
    // Memory is stocked up on between the day on which a rule is announced and the one from which it binds.
    fileprivate let memory: [[Day?]]

    /// Whether two books amount to the same in every month.
    package func isSame(as other: Course) -> Bool {
      memory == other.memory
        && terms.elementsEqual(other.terms) { $0.isSame(as: $1) }
        && access == other.access
    }
  }

  /// What a book amounts to, worked out once, however many regimes and points of a sweep have it.
  package mutating func course(of book: RuleBook) -> Course {
    if let found = known.first(where: { $0.book == book }) { return found.course }
    let course = newCourse(of: book)
    known.append((book, course))
    return course
  }

  private func newCourse(of book: RuleBook) -> Course {
    let (world, months) = (blueprint.world, blueprint.monthCount)
    let plan = WorldPlan(
      chips: chips, referenceChip: world.referenceChip, labs: labs, runs: [], economy: .empty)
    let histories = AccessHistory.all(of: plan, under: book)
    return Course(
      terms: world.economy.isEmpty
        ? []
        : MonthlyTerms.all(
          under: book, layout: blueprint.layout, caps: CapTable(of: [book], in: blueprint.layout),
          start: blueprint.start, months: months),
      access: labs.isEmpty
        ? []
        : (0..<months).map { step in
          histories.map { Access.all(of: $0, in: blueprint.start + step) }
        },
      memory: world.economy.isEmpty
        ? []
        : book.rules.filter { rule in
          rule.subject == .memory && rule.isEnforced
            && rule.reaches(world.economy.jurisdictions[world.economy.follower].id)
            && rule.firstDayInForce.map { $0 > blueprint.start.firstDay } ?? false
            && rule.announced.map { $0 < end } ?? false
        }.map { [$0.announced, $0.firstDayInForce] })
  }

  /// The first day after the last month.
  private var end: Day { (blueprint.start + blueprint.monthCount).firstDay }

  /// The mechanism that a rule acts through, where that is switched off.
  package func mechanismOff(for rule: Rule) -> RuleIdleness? {
    let name: String? =
      switch rule.subject {
      case .models: CatchUp.name
      case .cloud: RemoteAccess.name
      case .tools, .servicing, .memory, .foundry: DomesticProduction.name
      default: nil
      }
    guard let name, blueprint.switchedOff.contains(name) else { return nil }
    return .mechanismOff(name)
  }

  /// Whether suppliers design parts for the rule, which then acts whatever else there is.
  package func isDesignedFor(_ rule: Rule, in regime: Regime) -> Bool {
    regime.variants == .responsive && rule.subject == .chips && !blueprint.world.economy.isEmpty
  }
}

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
    default:
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

extension RuleEffects {
  /// Where two courses part.
  package struct Parting {
    /// The first month in which they differ.
    package let month: Month
    /// The chips whose sales are under other terms in that month, by place in the world; empty where it
    /// is something else that differs.
    package let chips: [Chip]
  }

  /// The first month in which two courses differ; nil where they do not.
  package func parting(of one: Course, from other: Course) -> Parting? {
    let steps = (0..<blueprint.monthCount).filter { step in
      let terms = one.terms.isEmpty || one.terms[step].isSame(as: other.terms[step])
      let access = one.access.isEmpty || one.access[step] == other.access[step]
      return !(terms && access)
    }
    guard let step = steps.first else { return nil }
    let places = chips.indices.filter { chip in
      let cells = one.terms.isEmpty ? [] : Array(one.terms[step].sales.indices)
      return cells.contains {
        $0 % chips.count == chip && one.terms[step].sales[$0] != other.terms[step].sales[$0]
      }
    }
    return Parting(month: blueprint.start + step, chips: places.map { chips[$0] })
  }
}

/// Two rules that took effect on one day, and judge the same chips differently.
package struct RuleTie {
  /// The rule that decides, and the one that does not.
  package let winner, loser: Rule
  /// What the two say of the first chip that they are both about.
  package let policies: (winner: ReviewPolicy, loser: ReviewPolicy)
  /// The chips.
  package var chips: [String]
}

extension RuleEffects {
  /// The rules that tie with a rule in a book: of one government, in effect from one day, judging a chip
  /// of the world differently for the same buyer, without either replacing the other.
  package func ties(of rule: Rule, in book: RuleBook) -> [RuleTie] {
    let rivals = book.rules.filter { other in
      other.id != rule.id && other.subject == .chips && other.government == rule.government
        && other.effective == rule.effective && !other.supersedes.contains(rule.id)
        && !rule.supersedes.contains(other.id)
    }
    guard rule.subject == .chips, !rivals.isEmpty else { return [] }
    var ties: [RuleTie] = []
    for address in addresses {
      for day in days(of: rule, in: book) {
        for chip in chips {
          let sale = address.sale(on: day)
          guard let ruling = book.ruling(by: rule.government, on: chip, for: sale),
            let review = ruling.review, let mine = clause(of: rule, on: chip, for: sale, in: book)
          else { continue }
          for rival in rivals {
            guard let its = clause(of: rival, on: chip, for: sale, in: book),
              its.policy != mine.policy || its.terms != mine.terms,
              [rule.id, rival.id].contains(review.rule.id)
            else { continue }
            let wins = review.rule.id == rule.id
            let tie = RuleTie(
              winner: wins ? rule : rival, loser: wins ? rival : rule,
              policies: wins ? (mine.policy, its.policy) : (its.policy, mine.policy),
              chips: [chip.id])
            if let known = ties.firstIndex(where: {
              $0.winner.id == tie.winner.id && $0.loser.id == tie.loser.id
            }) {
              if !ties[known].chips.contains(chip.id) { ties[known].chips.append(chip.id) }
            } else {
              ties.append(tie)
            }
          }
        }
      }
    }
    return ties
  }

  /// What a rule says of a license for a chip; nil while it is not in force, or says nothing of it.
  private func clause(
    of rule: Rule, on chip: Chip, for sale: Sale, in book: RuleBook
  ) -> ReviewClause? {
    let rules = book.rules(of: rule.government, on: chip, for: sale)
    guard rules.contains(rule) else { return nil }
    return rule.reviewClause(
      naming: chip, for: sale, classes: RuleBook.classes(of: chip, under: rules))
  }
}

extension Blueprint {
  /// Whether no rule acts, whatever regimes say: what puts them in force is switched off.
  package var ignoresRules: Bool { switchedOff.contains(RulesInForce.name) }
}
