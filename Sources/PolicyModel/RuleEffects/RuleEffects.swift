package import Quantities

/// What rule books make of a world: whether two of them are the same to everything that is simulated,
/// and why a rule changes nothing.
///
/// Nothing is drawn and nothing is run: it is the terms of sales, the measures of each month and what
/// labs may buy that are held to each other. Two books that differ in them may still give the same
/// results, where nobody buys what they are about.
package struct RuleEffects {
  let blueprint: Blueprint
  let chips: [Chip]
  let labs: [Lab]
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
          rule.barsMemory(from: world.economy.jurisdictions[world.economy.follower].id)
            && rule.firstDayInForce.map { $0 > blueprint.start.firstDay } ?? false
            && rule.announced.map { $0 < end } ?? false
        }.map { [$0.announced, $0.firstDayInForce] })
  }

  /// The first day after the last month.
  var end: Day { (blueprint.start + blueprint.monthCount).firstDay }

  /// The mechanism that a rule acts through, where that is switched off.
  package func mechanismOff(for rule: Rule) -> RuleIdleness? {
    let name: String? =
      switch rule.subject {
      case .models: CatchUp.name
      case .cloud: RemoteAccess.name
      case .tools, .servicing, .memory, .foundry: DomesticProduction.name
      case .minerals: SupplierCapacity.name
      case .transit, .locationVerification: GreyMarket.name
      case .chips, .entities, .tiers, .duty, .demand, .nothing: nil
      }
    guard let name, blueprint.switchedOff.contains(name) else { return nil }
    return .mechanismOff(name)
  }

  /// Whether suppliers design parts for the rule, which then acts whatever else there is.
  package func isDesignedFor(_ rule: Rule, in regime: Regime) -> Bool {
    regime.variants == .responsive && rule.subject == .chips && !blueprint.world.economy.isEmpty
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

extension Blueprint {
  /// Whether no rule acts, whatever regimes say: what puts them in force is switched off.
  package var ignoresRules: Bool { switchedOff.contains(RulesInForce.name) }
}
