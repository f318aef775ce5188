import Quantities

/// What rules know of a market, or of a part of it: a member of its place that a rule names.
struct MarketAddress {
  let location: String
  /// The member of the location; nil for what no rule tells apart.
  let member: String?
  let headquarters: String
  let tier: Int
  let countries: Double
  let namedBuyer: String?
  /// How many firms the buyers of the whole market stand for.
  private let firms: Double
  /// The members of the location.
  private let members: [Jurisdiction.Member]
  /// Whether it is a market of the side that rules hold back.
  let isRestricted: Bool

  init(of market: Market, member: Jurisdiction.Member? = nil, in economy: Economy) {
    let place = economy.jurisdictions[market.location]
    location = place.id
    self.member = member?.id
    headquarters = economy.jurisdictions[market.headquarters].id
    tier = place.tier
    countries = place.countries
    namedBuyer = market.namedBuyer
    firms = market.owners.reduce(0) { $0 + economy.owners[$1].firms }
    members = place.members
    isRestricted = market.location == economy.follower || market.headquarters == economy.follower
  }

  func sale(on day: Day) -> Sale {
    Sale(
      to: location, member: member, headquarters: headquarters, buyer: namedBuyer, on: day)
  }

  /// Whether a government is that of the side that the chip goes to.
  func isHome(of government: String) -> Bool {
    government == location || government == member || government == headquarters
  }

  /// The parts of a market that the rules of a book tell apart, with how much of it each is: the members of
  /// its place that a rule names, and the rest.
  static func parts(
    of market: Market, under book: RuleBook, in economy: Economy
  ) -> [(share: Double, address: MarketAddress)] {
    let named = economy.jurisdictions[market.location].members.filter { member in
      book.rules.contains { $0.subject.bearsOnSales && $0.names(member) }
    }
    let rest = 1 - named.reduce(0) { $0 + $1.share }
    let whole = (share: rest, address: MarketAddress(of: market, in: economy))
    let parts = named.map {
      (share: $0.share, address: MarketAddress(of: market, member: $0, in: economy))
    }
    return rest > 1e-9 || parts.isEmpty ? parts + [whole] : parts
  }
}

extension Rule {
  /// Whether it is about this member of a place, or is a rule of its government.
  fileprivate func names(_ member: Jurisdiction.Member) -> Bool {
    self.destinations.contains(member.id) || self.government == member.id
  }
}

extension RuleSubject {
  /// Whether rules on it are part of the terms of a sale.
  fileprivate var bearsOnSales: Bool {
    switch self {
    case .chips, .entities, .tiers, .duty, .demand: true
    case .memory, .foundry, .tools, .servicing, .minerals, .cloud, .models, .transit,
      .locationVerification, .nothing:
      false
    }
  }
}

extension MarketAddress {
  /// The caps that the terms of a clause come to for its buyers.
  ///
  /// Members are told apart as far as the rule itself does: what other rules say of one divides no cap.
  func caps(under clause: ReviewClause, of rule: Rule) -> [CapOnSales] {
    let named = members.filter(rule.names)
    let own = named.first { $0.id == member }
    let part = own?.share ?? max(0, 1 - named.reduce(0) { $0 + $1.share })
    return clause.caps(
      of: rule, firms: firms * part,
      in: .market(
        location: location, member: own?.id, headquarters: headquarters, buyer: namedBuyer))
  }

  /// The caps of a rule with tiers, one for each place of the middle tier, as large as it has countries, or
  /// for the member of it that the rule names.
  func placeCaps(of rule: Rule) -> [CapOnSales] {
    guard rule.subject == .tiers, tier == 2 else { return [] }
    let named = member.flatMap { rule.destinations.contains($0) ? $0 : nil }
    return rule.review.filter { !$0.policy.isOpen }.compactMap { clause in
      clause.terms.capTPP.map { cap in
        CapOnSales(
          clause: CapOnSales.Clause(clause, of: rule), scope: .place(named ?? location),
          measure: .tpp, limit: .amount(named == nil ? cap * countries : cap),
          deliveryMonths: clause.terms.deliveryMonths ?? 0)
      }
    }
  }
}
