import Quantities

/// What the rules of one regime make of the economy in one month.
struct MonthlyTerms: Sendable {
  /// The terms of every chip in every market, by cell.
  let sales: [SaleTerms]
  /// What rules on anything but sales amount to.
  let measures: MonthlyMeasures
  /// By market: the reviews that some chip would have to pass.
  let reviews: [Reviews]
  /// By market: share of the month's days on which a rule that has been announced will close a chip that
  /// is open.
  let notice: [Double]
  /// By market: whether some chip is under a cap.
  let hasCaps: [Bool]

  /// The reviews that sales into a market have to pass.
  struct Reviews: Hashable, Sendable {
    var export = false
    var imports = false
    var presumption = false
    var isAny: Bool { export || imports || presumption }
  }

  /// Whether two months are under the same terms.
  func isSame(as other: MonthlyTerms) -> Bool {
    measures == other.measures && sales == other.sales
  }

  /// Every chip is free for everybody, and nothing else is regulated.
  static func unrestricted(markets: Int, chips: Int, suppliers: Int) -> MonthlyTerms {
    MonthlyTerms(
      sales: Array(repeating: .free, count: markets * chips),
      measures: MonthlyMeasures(supplierCount: suppliers), chipCount: max(chips, 1))
  }

  init(sales: [SaleTerms], measures: MonthlyMeasures, chipCount: Int) {
    self.sales = sales
    self.measures = measures
    let rows = stride(from: 0, to: sales.count, by: chipCount).map {
      sales[$0..<min($0 + chipCount, sales.count)]
    }
    reviews = rows.map { row in
      row.filter { !$0.licensed.isEmpty }.reduce(into: Reviews()) { reviews, terms in
        let sides = [terms.exportReview, terms.importReview]
        reviews.export = reviews.export || terms.exportReview == .license
        reviews.imports = reviews.imports || terms.importReview == .license
        reviews.presumption = reviews.presumption || sides.contains(.presumptionOfDenial)
      }
    }
    hasCaps = rows.map { row in
      row.contains {
        $0.capUnits.isFinite || $0.capTPP.isFinite || $0.capShareOfSales.isFinite
      }
    }
    notice = rows.map { row in row.reduce(DaySet.none) { $0.union($1.closing) }.share }
  }

  /// The terms of a regime, month by month.
  static func all(
    under book: RuleBook, layout: EconomyLayout, start: Month, months: Int
  ) -> [MonthlyTerms] {
    let economy = layout.economy
    var sales: [SaleTerms] = []
    var changes = Array(repeating: [(cell: Int, terms: SaleTerms)](), count: months)
    for market in economy.markets {
      let rules = MarketRules(of: book, on: MarketAddress(of: market, in: economy))
      for chip in layout.chips {
        let history = SaleTermsHistory(of: chip, under: rules).changes(from: start, months: months)
        for (step, terms) in history.dropFirst() { changes[step].append((sales.count, terms)) }
        sales.append(history[0].terms)
      }
    }
    var all: [MonthlyTerms] = []
    for step in 0..<months {
      let measures = MonthlyMeasures(of: book, in: start + step, economy: economy)
      // Most months are like the one before, and share its tables.
      if let last = all.last, last.measures == measures, changes[step].isEmpty {
        all.append(last)
      } else {
        for (cell, terms) in changes[step] { sales[cell] = terms }
        all.append(MonthlyTerms(sales: sales, measures: measures, chipCount: layout.chipCount))
      }
    }
    return all
  }
}

/// What rules that bear on anything but the sale of chips amount to in one month: shares of its
/// days on which they are in force.
struct MonthlyMeasures: Hashable, Sendable {
  /// Rules of the leader's government on chip-making tools for the follower, added up.
  var leaderTools = 0.0
  /// Rules of other governments on such tools, added up.
  var alliedTools = 0.0
  /// Rules of the leader's government on servicing such tools, and parts for them.
  var leaderServicing = 0.0
  /// Rules of other governments on that.
  var alliedServicing = 0.0
  /// Whether high-bandwidth memory is barred from the follower.
  var memory = 0.0
  /// Whether contract manufacturers owe a duty of care.
  var foundry = 0.0
  /// Whether the follower holds back minerals.
  var minerals = 0.0
  /// Whether clouds must know their customers.
  var cloudNotice = 0.0
  /// Whether clouds are closed to the follower.
  var cloudClosed = 0.0
  /// How far models of the leader's labs are closed to the follower.
  var leaderModels = ModelClosing()
  /// How far models of labs of third parties are.
  var otherModels = ModelClosing()
  /// Whether chips that are sold must tell where they are.
  var locationVerification = 0.0
  /// By supplier: whether it is on an entity list.
  var listedSuppliers: [Double] = []

  /// Adds up the rules of a regime.
  init(of book: RuleBook, in month: Month, economy: Economy) {
    let leader = economy.jurisdictions[economy.leader].id
    let follower = economy.jurisdictions[economy.follower].id
    let rules = book.rules.map { (rule: $0, days: $0.daysInForce(in: month)) }
      .filter { !$0.days.isEmpty }
    // Rules of one sort hold on the days of any of them; those on new tools add up.
    func share(_ subject: RuleSubject, where holds: (Rule) -> Bool) -> Double {
      rules.filter { $0.rule.subject == subject && holds($0.rule) }
        .reduce(DaySet.none) { $0.union($1.days) }.share
    }
    for (rule, days) in rules where rule.subject == .tools && rule.reaches(follower) {
      if rule.government == leader { leaderTools += days.share } else { alliedTools += days.share }
    }
    leaderServicing = share(.servicing) { $0.reaches(follower) && $0.government == leader }
    alliedServicing = share(.servicing) { $0.reaches(follower) && $0.government != leader }
    memory = share(.memory) { $0.reaches(follower) }
    foundry = share(.foundry) { $0.reaches(follower) }
    minerals = share(.minerals) { $0.government == follower }
    cloudClosed = share(.cloud) { $0.reaches(follower) && $0.closesClouds }
    cloudNotice = share(.cloud) { $0.reaches(follower) && !$0.closesClouds }
    leaderModels = ModelClosing { channel in
      share(.models) { $0.government == leader && $0.reaches(follower) && $0.closes(channel) }
    }
    otherModels = ModelClosing { channel in
      share(.models) {
        ![leader, follower].contains($0.government) && $0.reaches(follower) && $0.closes(channel)
      }
    }
    locationVerification = share(.locationVerification) { _ in true }
    listedSuppliers = economy.suppliers.map { supplier in
      share(.entities) { $0.entities.contains(supplier.id) }
    }
  }

  /// Nothing is in force.
  init(supplierCount: Int) { listedSuppliers = Array(repeating: 0, count: supplierCount) }
}

/// How far some labs' models are closed to the follower, as shares of a month's days.
struct ModelClosing: Hashable, Sendable {
  var served = 0.0
  var weights = 0.0

  /// Nothing is closed.
  init() {}

  /// Asks for each channel.
  init(_ share: (ModelChannel) -> Double) { (served, weights) = (share(.served), share(.weights)) }
}

extension Rule {
  /// Whether a rule on models closes a channel; one that leaves it open to all who ask does not.
  fileprivate func closes(_ channel: ModelChannel) -> Bool {
    closes.contains(channel) && (review.isEmpty || review.contains { !$0.policy.isOpen })
  }

  /// Whether a rule on clouds closes them, instead of having them know their customers.
  fileprivate var closesClouds: Bool { review.contains { !$0.policy.isOpen } }
}
