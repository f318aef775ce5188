public import Quantities

/// What one rule book says of a chip that goes to some buyers, on some days of a month.
public struct RuleOnSale: Hashable, Sendable {
  /// The first and the last of the days.
  public let days: ClosedRange<Day>
  /// Where the buyers have their headquarters; the buyer, by id, where rules name it.
  public let buyers: String
  /// The member of the place that it is about; nil for all the rest.
  public let member: String?
  /// What the rule bears on: the chip, its buyer, caps on the place, or what buyers are told.
  public let subject: RuleSubject
  /// Whose decision it is, and the clause in words.
  public let decision: Decision
  /// Whether it is on record that no license was granted.
  public let isKnown: Bool

  /// What it says, in a word or two.
  package var label: String {
    switch subject {
    case .tiers: "capped"
    case .demand: "advice"
    default: decision.policy.label + (isKnown ? ", none on record" : "")
    }
  }
}

extension LicenseTerms {
  /// Whether they limit how much may be sold.
  package var hasCap: Bool {
    [capUnits, unitsPerFirm, capTPP, capShareOfSales].contains { $0 != nil }
  }
}

extension PolicyModel {
  /// What the rules of a regime say of a sale, government by government and buyer by buyer, on the days of the
  /// month: by the same rulings as the terms under which it is sold.
  public func rules(on question: SaleQuestion, regime: Int) -> [RuleOnSale] {
    guard !blueprint.switchedOff.contains(RulesInForce.name) else { return [] }
    let (book, economy) = (blueprint.regimes[regime].rules, blueprint.world.economy)
    let chip = blueprint.world.chips[question.chip]
    let month = blueprint.start + question.step
    let markets = economy.markets.filter { $0.location == question.place }
    return markets.flatMap { market in
      MarketAddress.parts(of: market, under: book, in: economy).flatMap { _, address in
        book.rulings(on: chip, in: address, during: month)
          + MarketRules(of: book, on: address).others(on: chip, in: address, during: month)
      }
    }
  }
}

extension RuleBook {
  /// What each government says of a chip for the buyers of a market, on the days of a month.
  fileprivate func rulings(
    on chip: Chip, in market: MarketAddress, during month: Month
  ) -> [RuleOnSale] {
    let (first, end) = (month.firstDay, (month + 1).firstDay)
    let days = [first] + changeDays.filter { first < $0 && $0 < end }
    return governments.flatMap { government in
      days.indices.reduce(into: [RuleOnSale]()) { told, place in
        let last = Day(number: (place + 1 < days.count ? days[place + 1] : end).number - 1)
        let sale = market.sale(on: days[place])
        guard !rules(of: government, on: chip, for: sale).isEmpty else { return }
        let decision = decision(by: government, on: chip, for: sale)
        let isKnown =
          ruling(by: government, on: chip, for: sale)?.isKnown(on: days[place]) ?? false
        let isSame = told.last.map { $0.decision == decision && $0.isKnown == isKnown } ?? false
        let begin = isSame ? told.removeLast().days.lowerBound : days[place]
        told.append(
          RuleOnSale(
            days: begin...last, buyers: market.buyers, member: market.member, subject: .chips,
            decision: decision, isKnown: isKnown))
      }
    }
  }
}

extension MarketRules {
  /// What rules on anything but the chip itself make of its sale: lists of buyers, caps on places, and what
  /// buyers are told.
  fileprivate func others(
    on chip: Chip, in market: MarketAddress, during month: Month
  ) -> [RuleOnSale] {
    guard chip.designedIn != market.location else { return [] }
    let told: [(rule: Rule, policy: ReviewPolicy, words: String)] =
      entities.map { ($0, .deny, "the buyer is on a list of those who get no chips") }
      + tiers.filter { $0.concerns(chip) }.map { ($0, .license, "sales into the place are capped") }
      + demand.filter { $0.concerns(chip) }.map {
        ($0, .free, "buyers are discouraged from buying it")
      }
    let last = Day(number: (month + 1).firstDay.number - 1)
    return told.filter { !$0.rule.daysInForce(in: month).isEmpty }.map { rule, policy, words in
      let begin = max(rule.firstDayInForce ?? month.firstDay, month.firstDay)
      let end = rule.ends.map { min(Day(number: $0.number - 1), last) } ?? last
      return RuleOnSale(
        days: begin...max(begin, end), buyers: market.buyers, member: market.member,
        subject: rule.subject,
        decision: Decision(
          government: rule.government, policy: policy, requiredBy: rule.id, reviewedBy: nil,
          terms: LicenseTerms(), explanation: words), isKnown: false)
    }
  }
}

extension MarketAddress {
  /// Whose purchases they are: one buyer, by id, or all with headquarters in one place.
  fileprivate var buyers: String { namedBuyer ?? headquarters }
}
