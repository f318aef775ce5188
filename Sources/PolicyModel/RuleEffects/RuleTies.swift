import Quantities

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
