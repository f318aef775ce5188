import Documents
import PolicyModel

/// Rules that change nothing, rules that tie, and regimes that come to the same.
struct RuleWarnings {
  private let scenario: Scenario
  private(set) var effects: RuleEffects
  private(set) var faults: [Fault] = []

  /// Looks at every regime.
  ///
  /// - Parameter known: what was found out of another point of the scenario's sweep.
  init(of scenario: Scenario, knowing known: RuleEffects?) {
    self.scenario = scenario
    effects =
      known.flatMap { $0.hold(in: scenario.blueprint) ? $0 : nil }
      ?? RuleEffects(in: scenario.blueprint)
    guard !scenario.blueprint.ignoresRules else { return }
    var idle: Set<Int> = []
    for (place, rule, node) in scenario.writtenRules where isIdle(rule, node, in: place) {
      idle.insert(place)
    }
    checkSameRegimes(besides: idle)
  }

  /// Tells of what does nothing in a rule; whether all of it does nothing, and that was told.
  private mutating func isIdle(_ rule: Rule, _ node: DocumentNode, in place: Int) -> Bool {
    let regime = scenario.blueprint.regimes[place]
    // A copy of a built-in rule keeps its words, and gives way to later ones as that does.
    let isCopy = BuiltInFacts.current.rule(rule.id) != nil
    if !isCopy { checkReferences(of: rule, node, in: regime) }
    let ties = effects.ties(of: rule, in: regime.rules)
    for tie in ties { faults.append(fault(of: tie, node)) }
    if let off = effects.mechanismOff(for: rule) {
      faults.append(off.fault(of: rule, node, in: scenario))
      return true
    }
    guard !effects.isDesignedFor(rule, in: regime) else { return false }
    let rest = RuleBook(regime.rules.rules.filter { $0.id != rule.id })
    guard effects.course(of: rest).isSame(as: effects.course(of: regime.rules)) else {
      if !isCopy { checkClauses(of: rule, node, in: regime) }
      return false
    }
    // A tie says already why the loser does nothing.
    guard ties.isEmpty else { return true }
    let reason = effects.idleness(of: rule, in: regime.rules)
    if isCopy, case .overruled = reason { return false }
    faults.append(reason.fault(of: rule, node, in: scenario))
    return true
  }

  private func fault(of tie: RuleTie, _ node: DocumentNode) -> Fault {
    let same = tie.policies.winner == tie.policies.loser
    let chips =
      tie.chips.count > 3
      ? "\(tie.chips.prefix(3).joined(separator: ", ")) and \(tie.chips.count - 3) more"
      : tie.chips.joined(separator: ", ")
    let reason =
      same
      ? "the first in the list wins"
      : "the stricter wins (\(tie.policies.winner.label), not \(tie.policies.loser.label))"
    let mine = node["id"]?.text ?? node["use"]?.text
    let other = mine == tie.winner.id ? tie.loser.id : tie.winner.id
    return (node["effective"] ?? node).fault(
      "\(tie.winner.id) and \(tie.loser.id) take effect on the same day and both judge \(chips): "
        + "\(tie.winner.id) decides, since of rules of one day \(reason)",
      advice: node["use"] == nil
        ? "write supersedes: [\(other)] for yours to decide, or give it another day"
        : "give one of them another day")
  }

  /// Words of a rule that refer to nothing in its regime.
  private mutating func checkReferences(of rule: Rule, _ node: DocumentNode, in regime: Regime) {
    let ids = regime.rules.rules.map(\.id)
    for name in node["supersedes"]?.items ?? [] {
      guard let id = name.text, !ids.contains(id) else { continue }
      faults.append(
        name.fault(
          "\(regime.id) has no rule \(quoted(id)), so there is nothing to supersede",
          advice: "add the rule to the regime, or leave this out"))
    }
    let classes = Set(regime.rules.rules.flatMap(\.requirement).compactMap(\.label))
    for clause in (node["requirement"]?.items ?? []) + (node["review"]?.items ?? []) {
      let words =
        (clause["when"]?["class"]?.items ?? []) + (clause["when"]?["not_class"]?.items ?? [])
      for word in words {
        guard let name = word.text, !classes.contains(name) else { continue }
        faults.append(
          word.fault(
            "no rule of \(regime.id) puts a chip in the class \(quoted(name))",
            advice: classes.isEmpty
              ? "its rules have no classes: give a requirement one"
              : "its classes are \(classes.sorted().joined(separator: ", "))"))
      }
    }
  }

  /// Clauses that name chips of which the world has none, in a rule that acts by others.
  private mutating func checkClauses(of rule: Rule, _ node: DocumentNode, in regime: Regime) {
    guard rule.subject == .chips else { return }
    let used = Set(scenario.blueprint.world.chips.map(\.id))
    for clause in (node["requirement"]?.items ?? []) + (node["review"]?.items ?? []) {
      guard let names = clause["when"]?["chips"],
        names.items.allSatisfy({ !used.contains($0.text ?? "") })
      else { continue }
      faults.append(
        names.fault(
          "\(names.items.count == 1 ? "this chip is" : "these chips are") not made, held or used in this world",
          advice: "the chips of this world are \(scenario.chipsInWords)"))
    }
  }

  /// Regimes that differ in nothing that acts.
  private mutating func checkSameRegimes(besides idle: Set<Int>) {
    let regimes = scenario.blueprint.regimes
    let nodes = document(regimes.count)
    for place in regimes.indices.dropFirst() where !idle.contains(place) {
      guard
        let twin = (0..<place).first(where: {
          !idle.contains($0) && isSame($0, place)
        })
      else { continue }
      faults.append(
        nodes[place].fault(
          "does in these months and this world exactly what \(quoted(regimes[twin].id)) does",
          advice: "leave one of them out, or change its rules or settings"))
    }
  }

  private func document(_ count: Int) -> [DocumentNode] {
    let items = scenario.document["regimes"]?.items ?? []
    return items.count == count ? items : Array(repeating: scenario.document, count: count)
  }

  private mutating func isSame(_ one: Int, _ other: Int) -> Bool {
    let (first, second) = (scenario.blueprint.regimes[one], scenario.blueprint.regimes[other])
    func laws(_ place: Int) -> [String: DistributionForm.Law] {
      Dictionary(scenario.regimeForms[place].map { ($0.name, $0.form.law) }) { first, _ in first }
    }
    guard first.variants == second.variants, laws(one) == laws(other) else { return false }
    guard first.rules != second.rules else { return true }
    return first.variants != .responsive
      && effects.course(of: first.rules).isSame(as: effects.course(of: second.rules))
  }
}
