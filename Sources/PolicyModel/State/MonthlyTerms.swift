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
