import Quantities

/// What the rules of one regime make of the economy in one month.
struct MonthlyTerms: Sendable {
  /// The step from which they hold; before the first month, -1. Within a run no two terms have the same.
  let since: Int
  /// The cells whose sales are under other terms than in the step before.
  let changed: [Cell]
  /// The terms of every chip in every market, by cell.
  let sales: SaleTermsTable
  /// What rules on anything but sales amount to.
  let measures: MonthlyMeasures
  /// The cells in which a sale depends on approvals that are drawn, rising.
  let reviewed: [Cell]
  /// By market: share of the month's days on which a rule that has been announced will close a chip that
  /// is open.
  let notice: [Double]
  /// The caps in force.
  let caps: [CapInForce]

  /// Whether two months are under the same terms.
  func isSame(as other: MonthlyTerms) -> Bool {
    measures == other.measures && sales == other.sales && caps == other.caps
  }

  /// Every chip is free for everybody, and nothing else is regulated.
  static func unrestricted(
    markets: Int, chips: Int, suppliers: Int, places: Int
  ) -> MonthlyTerms {
    MonthlyTerms(
      sales: Array(repeating: .free, count: markets * chips),
      measures: MonthlyMeasures(supplierCount: suppliers, placeCount: places),
      chipCount: max(chips, 1))
  }

  init(
    since: Int = -1, changed: [Cell] = [], sales: [SaleTerms], measures: MonthlyMeasures,
    chipCount: Int, caps: [CapInForce] = []
  ) {
    (self.since, self.changed) = (since, changed)
    self.sales = SaleTermsTable(sales)
    self.measures = measures
    self.caps = caps
    reviewed = sales.indices.filter { !sales[$0].reviewed.isEmpty }.map { Cell(position: $0) }
    let rows = stride(from: 0, to: sales.count, by: chipCount).map {
      sales[$0..<min($0 + chipCount, sales.count)]
    }
    notice = rows.map { row in row.reduce(DaySet.none) { $0.union($1.closing) }.share }
  }

  /// The terms of a regime, month by month.
  ///
  /// - Parameters:
  ///   - onSale: the first month in which buyers can have a chip, and hurry to; nil for never.
  ///   - caps: where the caps of its rules stand in the state.
  static func all(
    under book: RuleBook, onSale: (Chip) -> Month? = \.onSale, layout: EconomyLayout,
    caps table: CapTable, start: Month, months: Int
  ) -> [MonthlyTerms] {
    let economy = layout.economy
    var sales: [SaleTermsHistory.MonthOfSales] = []
    var changes = Array(
      repeating: [(cell: Int, sales: SaleTermsHistory.MonthOfSales)](), count: months)
    for market in economy.markets {
      let rules = MarketAddress.parts(of: market, under: book, in: economy).map {
        (share: $0.share, rules: MarketRules(of: book, on: $0.address))
      }
      for chip in layout.chips {
        let history = SaleTermsHistory(of: chip, onSale: onSale(chip), under: rules)
          .changes(from: start, months: months)
        for (step, change) in history.dropFirst() { changes[step].append((sales.count, change)) }
        sales.append(history[0].sales)
      }
    }
    var all: [MonthlyTerms] = []
    for step in 0..<months {
      let measures = MonthlyMeasures(of: book, in: start + step, economy: economy)
      // Most months are like the one before, and share its tables.
      if let last = all.last, last.measures == measures, changes[step].isEmpty {
        all.append(last)
      } else {
        for (cell, change) in changes[step] { sales[cell] = change }
        all.append(
          MonthlyTerms(
            since: step, changed: changes[step].map { Cell(position: $0.cell) },
            sales: sales.map(\.terms), measures: measures, chipCount: layout.chipCount,
            caps: CapInForce.all(sales.map(\.caps), in: table, layout)))
      }
    }
    return all
  }
}

/// A cap with the sales that count under it in a month.
struct CapInForce: Hashable, Sendable {
  let cap: CapOnSales
  /// Its place in the state.
  let place: Int
  /// Where sales count under it, rising, and how much of them.
  let counts: [Count]
  /// The chips whose sales into the leader's jurisdiction it is a share of.
  let base: [ChipIndex]

  /// Sales of a cell that count: a part of them where the cap is on a member of the place.
  struct Count: Hashable, Sendable {
    let cell: Cell
    let share: Double
  }

  /// - Parameter caps: by cell: those under which its sales count.
  fileprivate static func all(
    _ caps: [[SaleTermsHistory.MonthOfSales.Count]], in table: CapTable, _ layout: EconomyLayout
  ) -> [CapInForce] {
    guard caps.contains(where: { !$0.isEmpty }) else { return [] }
    var counts = Array(repeating: [Count](), count: table.caps.count)
    for cell in caps.indices {
      for known in caps[cell] {
        guard let place = table.place(of: known.cap) else { continue }
        counts[place].append(Count(cell: Cell(position: cell), share: known.share))
      }
    }
    return counts.indices.filter { !counts[$0].isEmpty }.map { place in
      CapInForce(
        cap: table.caps[place], place: place, counts: counts[place],
        base: base(of: table.caps[place], over: counts[place].map(\.cell), layout))
    }
  }

  /// Chips that owners build for themselves, or that the follower makes, are no sales at home.
  private static func base(
    of cap: CapOnSales, over cells: [Cell], _ layout: EconomyLayout
  ) -> [ChipIndex] {
    guard case .shareOfSales(_, let named) = cap.limit else { return [] }
    let governed = Set(cells.map { layout.chip(at: $0) })
    return layout.chipIndices.filter { chip in
      layout.captiveTo[chip] == nil && !layout.isDomestic[chip]
        && (named.isEmpty
          ? governed.contains(chip) : named.contains(layout.chips[chip].id))
    }
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
  /// How far models of the leader's labs are closed to the follower.
  var leaderModels = ModelClosing()
  /// How far models of labs of third parties are.
  var otherModels = ModelClosing()
  /// By jurisdiction: whether its clouds must know their customers.
  var cloudNotice: [Double]
  /// By jurisdiction: whether its clouds are closed to the follower.
  var cloudClosed: [Double]
  /// By jurisdiction: whether it has a permit of its own on what leaves it again for the follower.
  var transit: [Double]
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
    // Of several rules on a part of a place each adds its own.
    func shares(
      _ subject: RuleSubject, where holds: (Rule) -> Bool, places: (Rule) -> [String]
    ) -> [Double] {
      let those = rules.filter {
        $0.rule.subject == subject && $0.rule.reaches(follower) && holds($0.rule)
      }
      return economy.jurisdictions.map { place in
        let whole = those.filter { place.share(of: places($0.rule)) == 1 }
          .reduce(DaySet.none) { $0.union($1.days) }.share
        return those.reduce(whole) { sum, entry in
          let part = place.share(of: places(entry.rule))
          return part < 1 ? min(1, sum + part * entry.days.share) : sum
        }
      }
    }
    let everywhere = ["world"]
    cloudClosed = shares(.cloud, where: \.closesClouds) { $0.hosts.isEmpty ? everywhere : $0.hosts }
    cloudNotice = shares(.cloud, where: { !$0.closesClouds }) {
      $0.hosts.isEmpty ? everywhere : $0.hosts
    }
    transit = shares(.transit, where: { _ in true }) { [$0.government] }
    memory = share(.memory) { $0.reaches(follower) }
    foundry = share(.foundry) { $0.reaches(follower) }
    minerals = share(.minerals) { $0.government == follower }
    leaderModels = ModelClosing { channel in
      share(.models) { $0.government == leader && $0.reaches(follower) && $0.bars(channel) }
    }
    otherModels = ModelClosing { channel in
      share(.models) {
        ![leader, follower].contains($0.government) && $0.reaches(follower) && $0.bars(channel)
      }
    }
    locationVerification = share(.locationVerification) { _ in true }
    listedSuppliers = economy.suppliers.map { supplier in
      share(.entities) { $0.entities.contains(supplier.id) }
    }
  }

  /// Nothing is in force.
  init(supplierCount: Int, placeCount: Int) {
    listedSuppliers = Array(repeating: 0, count: supplierCount)
    cloudNotice = Array(repeating: 0, count: placeCount)
    cloudClosed = cloudNotice
    transit = cloudNotice
  }
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
  fileprivate func bars(_ channel: ModelChannel) -> Bool {
    self.closes.contains(channel)
      && (self.review.isEmpty || self.review.contains { !$0.policy.isOpen })
  }

  /// Whether a rule on clouds closes them, instead of having them know their customers.
  fileprivate var closesClouds: Bool { self.review.contains { !$0.policy.isOpen } }
}
