public import Quantities

/// What one rule says of a chip that goes to a place, on some days of a month.
public struct RuleOnSale: Hashable, Sendable {
  /// The first and the last of the days.
  public let days: ClosedRange<Day>
  /// Where the buyers have their headquarters, or the buyer by id where rules name it.
  public let buyers: String
  /// The member of the place that it is about; nil for all the rest.
  public let member: String?
  /// Whose decision it is, and the clause in words.
  public let decision: Decision
  /// Whether it is on record that no license was granted.
  public let isKnown: Bool
}

extension PolicyModel {
  /// What the rules of a regime say of a sale, government by government and buyer by buyer, on the days of the
  /// month: by the same rulings as the terms under which it is sold.
  public func rules(on question: SaleQuestion, regime: Int) -> [RuleOnSale] {
    guard !blueprint.switchedOff.contains(RulesInForce.name) else { return [] }
    let (book, economy) = (blueprint.regimes[regime].rules, blueprint.world.economy)
    let chip = blueprint.world.chips[question.chip]
    let markets = economy.markets.filter { $0.location == question.place }
    return markets.flatMap { market in
      MarketAddress.parts(of: market, under: book, in: economy).flatMap { _, address in
        book.rules(on: chip, in: address, during: blueprint.start + question.step)
      }
    }
  }
}

extension RuleBook {
  /// What each government says of a chip for the buyers of a market, on the days of a month.
  fileprivate func rules(
    on chip: Chip, in market: MarketAddress, during month: Month
  ) -> [RuleOnSale] {
    let (first, end) = (month.firstDay, (month + 1).firstDay)
    let days = [first] + changeDays.filter { first < $0 && $0 < end }
    let buyers = market.namedBuyer ?? market.headquarters
    return governments.flatMap { government in
      days.indices.reduce(into: [RuleOnSale]()) { told, place in
        let last = Day(number: (place + 1 < days.count ? days[place + 1] : end).number - 1)
        let sale = market.sale(on: days[place])
        let decision = decision(by: government, on: chip, for: sale)
        guard decision.requiredBy != nil || !rules(of: government, on: chip, for: sale).isEmpty
        else { return }
        let isKnown =
          ruling(by: government, on: chip, for: sale)?.isKnown(on: days[place]) ?? false
        let isSame = told.last.map { $0.decision == decision && $0.isKnown == isKnown } ?? false
        let begin = isSame ? told.removeLast().days.lowerBound : days[place]
        told.append(
          RuleOnSale(
            days: begin...last, buyers: buyers, member: market.member, decision: decision,
            isKnown: isKnown))
      }
    }
  }
}
