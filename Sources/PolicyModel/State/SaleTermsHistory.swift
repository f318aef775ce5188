import Quantities

/// The rules that bear on sales in one market, whatever the chip: looked for once, and not for each.
final class MarketRules {
  fileprivate let market: MarketAddress
  fileprivate let chips: RuleBook
  /// By the days on which anything changes: what each government says of chips.
  fileprivate let courseOnChips: [(day: Day, standing: [StandingRules])]
  // On chips that come from elsewhere.
  let tiers: [Rule]
  let demand: [Rule]
  fileprivate let duties: [Rule]
  let entities: [Rule]
  /// The months in which rules on chips can change something, rising.
  fileprivate let monthsOfChips: [Month]
  /// The same with the rules on chips that come from elsewhere.
  fileprivate let monthsOfExports: [Month]

  init(of book: RuleBook, on market: MarketAddress) {
    self.market = market
    let sale = market.sale(on: Day(number: 0))
    let reaching = book.rules.filter { $0.isEnforced && $0.effective != nil && $0.reaches(sale) }
    let chips = RuleBook(reaching.filter { $0.subject == .chips })
    self.chips = chips
    courseOnChips = Self.course(of: chips)
    tiers = reaching.filter { !market.placeCaps(of: $0).isEmpty }
    demand = reaching.filter { $0.subject == .demand }
    duties = reaching.filter { $0.subject == .duty && market.isRestricted }
    entities = reaching.filter { rule in
      rule.subject == .entities && market.namedBuyer.map { rule.entities.contains($0) } ?? false
    }
    monthsOfChips = Self.months(of: chips.rules)
    monthsOfExports = Self.months(of: chips.rules + tiers + demand + duties + entities)
  }

  private static func course(of chips: RuleBook) -> [(day: Day, standing: [StandingRules])] {
    let issued = chips.governments.map { government in
      chips.rules.filter { $0.government == government }
    }
    var before: [[Int]?] = issued.map { _ in nil }
    return ([Day(number: .min)] + chips.changeDays).map { day in
      let standing = issued.indices.map { place in
        let inForce = issued[place].indices.filter { issued[place][$0].isInForce(on: day) }
        defer { before[place] = inForce }
        return StandingRules(
          government: chips.governments[place], rules: inForce.map { issued[place][$0] },
          areNew: inForce != before[place])
      }
      return (day, standing)
    }
  }

  /// A month that a change cuts in two differs from the one before and from the one after.
  private static func months(of rules: [Rule]) -> [Month] {
    let days = rules.flatMap {
      [$0.announced, $0.effective, $0.complianceFrom, $0.ends, $0.licensesKnownUntil]
        .compactMap(\.self)
    }
    return Set(days.flatMap { [$0.month, $0.month + 1] }).sorted()
  }
}

/// What a government says of chips in a market on a day.
struct StandingRules {
  let government: String
  let rules: [Rule]
  /// Whether they are others than on the day before.
  let areNew: Bool
}

/// The terms of one chip in one market, month by month.
struct SaleTermsHistory {
  private let chip: Chip
  private let parts: [Part]
  private let isExport: Bool
  /// From when on buyers can have it; nil for never.
  private let onSale: Month?
  /// The months in which the terms can differ from those of the month before, rising.
  private let eventMonths: [Month]

  /// A part of the market, and the course of its terms.
  private struct Part {
    let share: Double
    let rules: MarketRules
    let segments: [(from: Day, terms: DayTerms)]
  }

  /// Works out everything that depends on no month.
  ///
  /// - Parameters:
  ///   - onSale: from when on buyers can have the chip; nil for never.
  ///   - parts: the parts of the market, with how much of it each is.
  init(of chip: Chip, onSale: Month?, under parts: [(share: Double, rules: MarketRules)]) {
    self.chip = chip
    self.onSale = onSale
    let isExport = parts.contains { chip.designedIn != $0.rules.market.location }
    self.isExport = isExport
    self.parts = parts.map { share, rules in
      Part(
        share: share, rules: rules,
        segments: Self.segments(of: chip, under: rules))
    }
    eventMonths = Self.eventMonths(
      of: parts.map { isExport ? $0.rules.monthsOfExports : $0.rules.monthsOfChips }, onSale)
  }

  /// The months in which rules can change something in a part of the market, and that in which the chip comes on sale.
  private static func eventMonths(of parts: [[Month]], _ onSale: Month?) -> [Month] {
    let months = parts.count == 1 ? parts[0] : Set(parts.joined()).sorted()
    guard let onSale, !months.isEmpty, !months.contains(onSale) else { return months }
    return (months + [onSale]).sorted()
  }

  /// The days on which the terms change: a rule that changes nothing leaves no trace, neither in the
  /// sums over a month's days nor in what buyers expect.
  private static func segments(
    of chip: Chip, under rules: MarketRules
  ) -> [(from: Day, terms: DayTerms)] {
    // Of several governments' rules those of one change on most days: what others say is not looked up again.
    var words: [Word?] = rules.chips.governments.map { _ in nil }
    return rules.courseOnChips.reduce(into: []) { segments, course in
      for place in words.indices where course.standing[place].areNew {
        words[place] = Word(of: course.standing[place], on: chip, in: rules.market)
      }
      var terms = DayTerms()
      for word in words { word?.add(to: &terms, on: course.day) }
      if segments.last?.terms != terms { segments.append((course.day, terms)) }
    }
  }

  /// The terms of a month, and the caps under which sales count in it.
  struct MonthOfSales: Hashable {
    var terms = SaleTerms()
    var caps: [Count] = []

    /// A cap, and the share of sales that count under it.
    struct Count: Hashable {
      let cap: CapOnSales
      let share: Double
    }
  }

  /// Those of the first month, and of each later one in which they change.
  func changes(from start: Month, months: Int) -> [(step: Int, sales: MonthOfSales)] {
    guard !eventMonths.isEmpty else { return [(0, MonthOfSales(terms: .free))] }
    var changes = [(step: 0, sales: sales(in: start))]
    for month in eventMonths where start < month && month < start + months {
      let sales = sales(in: month)
      if changes.last?.sales != sales { changes.append((month - start, sales)) }
    }
    return changes
  }

  /// Days of the month stand for the parts of a market: each is sold to on so many as it has of it.
  private func sales(in month: Month) -> MonthOfSales {
    guard parts.count > 1 else { return sales(in: month, to: parts[0]) }
    var result = MonthOfSales()
    var (first, before) = (0, 0.0)
    for part in parts {
      before += part.share
      let end = Int((before * Double(month.dayCount)).rounded())
      let own = DaySet(first..<end, of: month.dayCount)
      result.add(sales(in: month, to: part), on: own, share: part.share)
      first = end
    }
    return result
  }

  private func sales(in month: Month, to part: Part) -> MonthOfSales {
    var result = MonthOfSales()
    let first = month.firstDay
    let days = month.dayCount
    let last = Day(number: first.number + days - 1)
    let segments = part.segments
    for (place, segment) in segments.enumerated() {
      let start = max(segment.from, first)
      let end = place + 1 < segments.count ? segments[place + 1].from : Day(number: .max)
      guard start <= last, end > first, start < end else { continue }
      let upTo = min(end.number, last.number + 1)
      let those = DaySet((start.number - first.number)..<(upTo - first.number), of: days)
      result.add(segment.terms, on: those)
      if segment.terms.isOpen, isOnSale(in: month) {
        result.terms.closing = result.terms.closing.union(
          daysOfNotice(of: part, before: end, from: start, upTo: upTo, in: month))
      }
    }
    if isExport { addRulesOnExports(to: &result, in: month, part.rules) }
    return result
  }

  private func addRulesOnExports(
    to result: inout MonthOfSales, in month: Month, _ rules: MarketRules
  ) {
    let barred = rules.entities.reduce(DaySet.none) { $0.union($1.daysInForce(in: month)) }
    result.terms.close(on: barred)
    for rule in rules.tiers where rule.concerns(chip) && rule.shareInForce(in: month) > 0 {
      result.caps += rules.market.placeCaps(of: rule).map { .init(cap: $0, share: 1) }
    }
    result.terms.discouraged =
      rules.demand.filter { $0.concerns(chip) }
      .reduce(DaySet.none) { $0.union($1.daysInForce(in: month)) }.share
    result.terms.duty += rules.duties.reduce(0) { sum, rule in
      let rate = rule.clause(naming: chip)?.terms.duty ?? 0
      return sum + rate * rule.shareInForce(in: month)
    }
  }

  /// Nobody stocks up on what cannot be bought yet.
  private func isOnSale(in month: Month) -> Bool { onSale.map { $0 <= month } ?? false }

  /// Whether a rule would keep the chip from a market if there were no other: it gives notice, even if another
  /// comes first.
  private func closesAlone(_ rule: Rule, for market: MarketAddress, from start: Day) -> Bool {
    let ruling = RuleBook([rule]).ruling(
      by: rule.government, on: chip, for: market.sale(on: start))
    return ruling.map { !$0.policy.isOpen } ?? false
  }

  /// The days of a month, from `start` and before `upTo`, on which the chip is open and buyers know
  /// that a rule will close it on the day `close` or later.
  private func daysOfNotice(
    of part: Part, before close: Day, from start: Day, upTo: Int, in month: Month
  ) -> DaySet {
    let announced = part.rules.chips.rules.filter { rule in
      guard let start = rule.firstDayInForce, start >= close else { return false }
      return part.segments.contains { $0.from == start && !$0.terms.isOpen }
        || closesAlone(rule, for: part.rules.market, from: start)
    }.compactMap { $0.announced }.min()
    guard let announced, announced.number < upTo else { return .none }
    let first = month.firstDay.number
    return DaySet(
      (max(announced, start).number - first)..<(upTo - first), of: month.dayCount)
  }
}

/// What a government says of a chip in a market while its rules stay as they are.
private struct Word {
  private let ruling: Ruling
  private let isHome: Bool
  private let caps: [CapOnSales]

  /// Nil where no license is needed.
  init?(of standing: StandingRules, on chip: Chip, in market: MarketAddress) {
    // Which day it is has been asked of the rules.
    let sale = market.sale(on: Day(number: 0))
    guard RuleBook.watches(standing.government, chip, in: sale),
      let ruling = RuleBook.ruling(on: chip, for: sale, under: standing.rules)
    else { return nil }
    self.ruling = ruling
    isHome = market.isHome(of: standing.government)
    caps = ruling.review.map { market.caps(under: $0.clause, of: $0.rule) } ?? []
  }

  func add(to terms: inout DayTerms, on day: Day) {
    if isHome {
      terms.policyOfImporter = max(terms.policyOfImporter, ruling.policy)
    } else {
      terms.policyOfExporter = max(terms.policyOfExporter, ruling.policy)
    }
    terms.isRefused = terms.isRefused || ruling.isKnown(on: day)
    terms.revenueShare = max(terms.revenueShare, ruling.terms.revenueShare ?? 0)
    terms.duty = max(terms.duty, ruling.terms.duty ?? 0)
    terms.caps += caps
  }
}

extension SaleTermsHistory.MonthOfSales {
  fileprivate mutating func add(_ day: DayTerms, on days: DaySet) {
    guard !day.isBarred else { return }
    // Under a license that nobody got nothing is sold that could count.
    for cap in day.caps where !day.isRefused && !caps.contains(where: { $0.cap == cap }) {
      caps.append(Count(cap: cap, share: 1))
    }
    terms.add(day, on: days)
  }

  /// Adds a part of the market, whose days these are.
  fileprivate mutating func add(_ part: Self, on days: DaySet, share: Double) {
    for count in part.caps {
      let before = caps.firstIndex { $0.cap == count.cap }
      let known = before.map { caps.remove(at: $0).share } ?? 0
      caps.append(Count(cap: count.cap, share: min(1, known + share * count.share)))
    }
    terms.add(part.terms, on: days, share: share)
  }
}
