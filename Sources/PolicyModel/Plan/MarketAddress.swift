import Quantities

/// What rules know of a market.
struct MarketAddress {
  let location: String
  let headquarters: String
  let tier: Int
  let countries: Double
  let namedBuyer: String?
  /// How many firms its buyers stand for.
  let firms: Double
  /// Whether it is a market of the side that rules hold back.
  let isRestricted: Bool

  init(of market: Market, in economy: Economy) {
    let place = economy.jurisdictions[market.location]
    location = place.id
    headquarters = economy.jurisdictions[market.headquarters].id
    tier = place.tier
    countries = place.countries
    namedBuyer = market.namedBuyer
    firms = market.owners.reduce(0) { $0 + economy.owners[$1].firms }
    isRestricted = market.location == economy.follower || market.headquarters == economy.follower
  }

  func sale(on day: Day) -> Sale {
    Sale(to: location, headquarters: headquarters, buyer: namedBuyer, on: day)
  }
}

extension MarketAddress {
  /// The caps that the terms of a clause come to for its buyers.
  func caps(under clause: ReviewClause, of rule: Rule) -> [CapOnSales] {
    clause.caps(
      of: rule, firms: firms,
      in: .market(location: location, headquarters: headquarters, buyer: namedBuyer))
  }

  /// The caps of a rule with tiers, one for each place of the middle tier, as large as it has countries.
  func placeCaps(of rule: Rule) -> [CapOnSales] {
    guard rule.subject == .tiers, tier == 2 else { return [] }
    return rule.review.filter { !$0.policy.isOpen }.compactMap { clause in
      clause.terms.capTPP.map { cap in
        CapOnSales(
          clause: CapOnSales.Clause(clause, of: rule), scope: .place(location), measure: .tpp,
          limit: .amount(cap * countries), deliveryMonths: clause.terms.deliveryMonths ?? 0)
      }
    }
  }
}
