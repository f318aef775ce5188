import Quantities

/// A limit that a clause of a rule puts on sales, counted once over all that the clause governs: every buyer
/// that the rule reaches, and every chip that the clause names.
///
/// Two caps are one where all of this is the same, whatever their rules are called.
struct CapOnSales: Hashable, Sendable {
  /// What is counted.
  enum Measure: Hashable, Sendable { case units, tpp }

  /// How much there may be.
  enum Limit: Hashable, Sendable {
    /// So many units, or so much TPP.
    case amount(Double)
    /// A share of what has been sold into the leader's jurisdiction so far, of these chips by id; of all that
    /// the clause governs where none are named.
    case shareOfSales(Double, of: [String])
  }

  /// Whose purchases count.
  enum Scope: Hashable, Sendable {
    /// Those of everybody whom the clause reaches.
    case everybody
    /// Those of all buyers in one place.
    case place(String)
    /// Those of the buyers with one location and headquarters; of one buyer, where a rule names it.
    case market(location: String, member: String?, headquarters: String, buyer: String?)
  }

  /// What tells a clause from others.
  struct Clause: Hashable, Sendable {
    let government: String
    let firstDay: Day?
    let destinations: [String]
    let reachesHeadquarters: Bool
    let requirement: [RequirementClause]
    let conditions: [Condition]?
    let buyers: [String]

    init(_ clause: ReviewClause, of rule: Rule) {
      government = rule.government
      firstDay = rule.firstDayInForce
      destinations = rule.destinations
      reachesHeadquarters = rule.reachesHeadquarters
      requirement = rule.requirement
      conditions = clause.conditions
      buyers = clause.buyers
    }
  }

  let clause: Clause
  let scope: Scope
  let measure: Measure
  let limit: Limit
  /// Over how many months the amount is delivered, evenly, from the first on in which any of it may be sold;
  /// 0 where all of it may go at once.
  let deliveryMonths: Double
}

extension ReviewClause {
  /// The caps that its terms come to for buyers in a market.
  ///
  /// - Parameters:
  ///   - firms: how many firms the market's buyers stand for.
  ///   - scope: the market.
  func caps(of rule: Rule, firms: Double, in scope: CapOnSales.Scope) -> [CapOnSales] {
    func cap(
      _ measure: CapOnSales.Measure, _ limit: CapOnSales.Limit,
      of scope: CapOnSales.Scope = .everybody
    ) -> CapOnSales {
      CapOnSales(
        clause: CapOnSales.Clause(self, of: rule), scope: scope, measure: measure, limit: limit,
        deliveryMonths: terms.deliveryMonths ?? 0)
    }
    let perFirm = terms.unitsPerFirm
    let ofFirms = perFirm.flatMap { units in terms.firms.map { units * $0 } }
    let share = terms.capShareOfSales.map {
      CapOnSales.Limit.shareOfSales($0, of: terms.shareOf)
    }
    return [
      terms.capUnits.map { cap(.units, .amount($0)) },
      ofFirms.map { cap(.units, .amount($0)) },
      perFirm.map { cap(.units, .amount($0 * firms), of: scope) },
      terms.capTPP.map { cap(.tpp, .amount($0)) },
      share.map { cap(.tpp, $0) },
    ].compactMap(\.self)
  }
}
