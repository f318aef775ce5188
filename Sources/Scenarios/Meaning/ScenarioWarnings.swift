public import Documents
import PolicyModel

extension Scenario {
  /// What is written in the scenario and does nothing, or not what it looks like, in the order of its
  /// files and lines: rules that change nothing, chips that nobody can buy, settings that are overruled.
  ///
  /// Worked out on each call, from the file and from what rules make of its world; nothing is run.
  public var warnings: [Warning] { [self].warnings }

  /// The same in no order.
  ///
  /// - Parameter known: what was found out of rules in another point of its sweep, and then in this one.
  fileprivate func faultsOfMeaning(knowing known: inout RuleEffects?) -> [Fault] {
    let rules = RuleWarnings(of: self, knowing: known)
    known = rules.effects
    return rules.faults + ParameterWarnings(of: self).faults + WorldWarnings(of: self).faults
      + AnswerWarnings(of: self).faults
  }

  /// The rules that regimes write themselves, or use with other dates, as they stand in the file. A
  /// built-in rule that is named by its id alone is part of a list, and no claim that it acts.
  var writtenRules: [(regime: Int, rule: Rule, node: DocumentNode)] {
    let nodes = document["regimes"]?.items ?? []
    return zip(blueprint.regimes.indices, nodes).flatMap { place, node in
      // Most regimes write no rule of their own.
      var known: Set<Rule>?
      func isOfSet(_ rule: Rule) -> Bool {
        let rules = known ?? rules(ofSetsIn: node)
        known = rules
        return rules.contains(rule)
      }
      return (node["rules"]?.items ?? []).compactMap { entry -> (Int, Rule, DocumentNode)? in
        guard let id = (entry["use"] ?? entry["id"])?.text,
          let rule = blueprint.regimes[place].rules.rules.first(where: { $0.id == id })
        else { return nil }
        // An effective scenario has built-in rules written out.
        guard !isOfSet(rule) else { return nil }
        let known = BuiltInFacts.current.rule(id)
        return known.map { rule.hasDates(of: $0) } ?? false ? nil : (place, rule, entry)
      }
    }
  }

  /// The rules of the built-in sets that a regime was written with: as a set has them, they are nobody's own.
  private func rules(ofSetsIn regime: DocumentNode) -> Set<Rule> {
    let names = (regime[RegimeSchema.setsOfRules]?.items ?? []).compactMap(\.text)
    return Set(names.compactMap { try? RuleSet(named: $0) }.flatMap(\.rules))
  }
}

extension [Scenario] {
  /// The warnings of all of them, such as the points of a sweep, each told once.
  public var warnings: [Warning] {
    var known: RuleEffects?
    var found: [Fault] = []
    for scenario in self { found += scenario.faultsOfMeaning(knowing: &known) }
    return ScenarioFaults(found).faults.map { Warning($0) }
  }
}

extension Rule {
  fileprivate func hasDates(of other: Rule) -> Bool {
    self.effective == other.effective && self.ends == other.ends
      && self.complianceFrom == other.complianceFrom
      && self.isEnforced == other.isEnforced
  }
}
