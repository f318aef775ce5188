import Quantities

/// What the rules of a regime make of one chip in one market in one month.
///
/// Days inside a month weight its flows: a chip that is open on ten of thirty days sells a third of
/// what it would.
struct SaleTerms: Hashable, Sendable {
  /// Which review of a government a sale has to pass.
  enum Review: Hashable, Sendable { case none, license, presumptionOfDenial }

  /// The days on which nobody has to be asked.
  var open = DaySet.none
  /// The days on which licenses decide.
  var licensed = DaySet.none
  /// The review of governments that the chip leaves.
  var exportReview = Review.none
  /// The review of the government where it goes to.
  var importReview = Review.none
  /// At most so many units in all while the terms hold.
  var capUnits = Double.infinity
  /// At most so much TPP in all, together with the other chips under such a cap.
  var capTPP = Double.infinity
  /// At most this share of what has been sold elsewhere.
  var capShareOfSales = Double.infinity
  /// Share of the revenue that goes to the exporting government.
  var revenueShare = 0.0
  /// Duty on the value.
  var duty = 0.0
  /// Share of the month's days on which buyers are told not to want it.
  var discouraged = 0.0
  /// The days on which it is on sale and open, and a rule that has been announced will close it.
  var closing = DaySet.none

  /// Nobody has anything to say.
  static let free = SaleTerms(open: .all)
}

/// One sale as one day's rules see it.
private struct DayTerms: Hashable {
  var policyOfExporter = ReviewPolicy.free
  var policyOfImporter = ReviewPolicy.free
  var terms = LicenseTerms()

  var isOpen: Bool { policyOfExporter.isOpen && policyOfImporter.isOpen }
  var isBarred: Bool { policyOfExporter == .deny || policyOfImporter == .deny }
}

/// The rules that bear on sales in one market, whatever the chip: looked for once, and not for each.
struct MarketRules {
  fileprivate let market: MarketAddress
  fileprivate let chips: RuleBook
  // On chips that come from elsewhere.
  fileprivate let tiers: [Rule]
  fileprivate let demand: [Rule]
  fileprivate let duties: [Rule]
  fileprivate let entities: [Rule]

  init(of book: RuleBook, on market: MarketAddress) {
    self.market = market
    let sale = market.sale(on: Day(number: 0))
    let reaching = book.rules.filter { $0.isEnforced && $0.effective != nil && $0.reaches(sale) }
    chips = RuleBook(reaching.filter { $0.subject == .chips })
    tiers = reaching.filter { $0.subject == .tiers && market.tier == 2 }
    demand = reaching.filter { $0.subject == .demand }
    duties = reaching.filter { $0.subject == .duty && market.isRestricted }
    entities = reaching.filter { rule in
      rule.subject == .entities && market.namedBuyer.map { rule.entities.contains($0) } ?? false
    }
  }
}

/// The terms of one chip in one market, month by month.
struct SaleTermsHistory {
  private let chip: Chip
  private let rules: MarketRules
  private let isExport: Bool
  private let segments: [(from: Day, terms: DayTerms)]
  /// The months in which the terms can differ from those of the month before, rising.
  private let eventMonths: [Month]

  /// Works out everything that depends on no month.
  init(of chip: Chip, under rules: MarketRules) {
    self.chip = chip
    self.rules = rules
    isExport = chip.designedIn != rules.market.location
    segments = Self.segments(of: chip, in: rules.market, under: rules.chips)
    let onExports = isExport ? [rules.tiers, rules.demand, rules.duties, rules.entities] : []
    let days = ([rules.chips.rules] + onExports).joined().flatMap {
      [$0.announced, $0.effective, $0.complianceFrom, $0.ends].compactMap(\.self)
    }
    // A month that a change cuts in two differs from the one before and from the one after.
    // So does the one in which the chip comes on sale.
    let onSale = chip.available ?? chip.responseTo?.announced
    eventMonths =
      days.isEmpty
      ? [] : Set(days.flatMap { [$0.month, $0.month + 1] } + [onSale].compactMap(\.self)).sorted()
  }

  /// The days on which the terms change: a rule that changes nothing leaves no trace, neither in the
  /// sums over a month's days nor in what buyers expect.
  private static func segments(
    of chip: Chip, in market: MarketAddress, under book: RuleBook
  ) -> [(from: Day, terms: DayTerms)] {
    ([Day(number: .min)] + book.changeDays).reduce(into: []) { segments, day in
      let terms = terms(of: chip, in: market, under: book, on: day)
      if segments.last?.terms != terms { segments.append((day, terms)) }
    }
  }

  /// The terms of the first month, and those of each later one in which they change.
  func changes(from start: Month, months: Int) -> [(step: Int, terms: SaleTerms)] {
    guard !eventMonths.isEmpty else { return [(0, .free)] }
    var changes = [(step: 0, terms: terms(in: start))]
    for month in eventMonths where start < month && month < start + months {
      let terms = terms(in: month)
      if changes.last?.terms != terms { changes.append((month - start, terms)) }
    }
    return changes
  }

  private static func terms(
    of chip: Chip, in market: MarketAddress, under book: RuleBook, on day: Day
  ) -> DayTerms {
    var found = DayTerms()
    for government in book.governments {
      guard let ruling = book.ruling(by: government, on: chip, for: market.sale(on: day)) else {
        continue
      }
      let isImporter = government == market.location || government == market.headquarters
      if isImporter {
        found.policyOfImporter = max(found.policyOfImporter, ruling.policy)
      } else {
        found.policyOfExporter = max(found.policyOfExporter, ruling.policy)
      }
      found.terms = found.terms.tightened(by: ruling.terms)
    }
    return found
  }

  /// The terms in a month.
  private func terms(in month: Month) -> SaleTerms {
    var result = SaleTerms()
    let first = month.firstDay
    let days = month.dayCount
    let last = Day(number: first.number + days - 1)
    for (place, segment) in segments.enumerated() {
      let start = max(segment.from, first)
      let end = place + 1 < segments.count ? segments[place + 1].from : Day(number: .max)
      guard start <= last, end > first, start < end else { continue }
      let upTo = min(end.number, last.number + 1)
      let those = DaySet((start.number - first.number)..<(upTo - first.number), of: days)
      result.add(segment.terms, on: those)
      if segment.terms.isOpen, isOnSale(in: month) {
        result.closing = result.closing.union(
          daysOfNotice(before: end, from: start, upTo: upTo, in: month))
      }
    }
    if isExport { addRulesOnExports(to: &result, in: month) }
    return result
  }

  private func addRulesOnExports(to result: inout SaleTerms, in month: Month) {
    let barred = rules.entities.reduce(DaySet.none) { $0.union($1.daysInForce(in: month)) }
    result.open = result.open.subtracting(barred)
    result.licensed = result.licensed.subtracting(barred)
    result.closing = result.closing.subtracting(barred)
    addTiers(to: &result, in: month)
    result.discouraged =
      rules.demand.filter { $0.concerns(chip) }
      .reduce(DaySet.none) { $0.union($1.daysInForce(in: month)) }.share
    result.duty += rules.duties.reduce(0) { sum, rule in
      let rate = rule.review.first { $0.names(chip) }?.terms.duty ?? 0
      return sum + rate * rule.shareInForce(in: month)
    }
  }

  /// Country caps count for jurisdictions of the middle tier.
  private func addTiers(to result: inout SaleTerms, in month: Month) {
    for rule in rules.tiers where rule.concerns(chip) {
      guard rule.shareInForce(in: month) > 0 else { continue }
      for cap in rule.review.filter({ !$0.policy.isOpen }).compactMap(\.terms.capTPP) {
        result.capTPP = min(result.capTPP, cap * rules.market.countries)
      }
    }
  }

  /// Nobody stocks up on what cannot be bought yet.
  private func isOnSale(in month: Month) -> Bool {
    (chip.available ?? chip.responseTo?.announced).map { $0 <= month } ?? false
  }

  /// The days of a month, from `start` and before `upTo`, on which the chip is open and buyers know
  /// that a rule will close it on the day `close` or later.
  private func daysOfNotice(
    before close: Day, from start: Day, upTo: Int, in month: Month
  ) -> DaySet {
    let announced = segments.compactMap { segment -> Day? in
      guard segment.from >= close, !segment.terms.isOpen else { return nil }
      return rules.chips.rules.filter {
        $0.firstDayInForce == segment.from
      }.compactMap(\.announced).min()
    }.min()
    guard let announced, announced.number < upTo else { return .none }
    let first = month.firstDay.number
    return DaySet(
      (max(announced, start).number - first)..<(upTo - first), of: month.dayCount)
  }
}

extension SaleTerms {
  fileprivate mutating func add(_ day: DayTerms, on days: DaySet) {
    guard !day.isBarred else { return }
    capUnits = min(capUnits, day.terms.capUnits ?? .infinity)
    capTPP = min(capTPP, day.terms.capTPP ?? .infinity)
    capShareOfSales = min(capShareOfSales, day.terms.capShareOfSales ?? .infinity)
    revenueShare = max(revenueShare, day.terms.revenueShare ?? 0)
    duty = max(duty, day.terms.duty ?? 0)
    if day.isOpen {
      open = open.union(days)
    } else {
      licensed = licensed.union(days)
      exportReview = Review(day.policyOfExporter)
      importReview = Review(day.policyOfImporter)
    }
  }
}

extension SaleTerms.Review {
  fileprivate init(_ policy: ReviewPolicy) {
    switch policy {
    case .free, .notify: self = .none
    case .license: self = .license
    case .presumptionOfDenial, .deny: self = .presumptionOfDenial
    }
  }
}

extension LicenseTerms {
  /// The stricter of two sets of terms, one by one.
  fileprivate func tightened(by other: LicenseTerms) -> LicenseTerms {
    func least(_ first: Double?, _ second: Double?) -> Double? {
      [first, second].compactMap(\.self).min()
    }
    var terms = LicenseTerms()
    terms.capUnits = least(capUnits, other.capUnits)
    terms.capTPP = least(capTPP, other.capTPP)
    terms.capShareOfSales = least(capShareOfSales, other.capShareOfSales)
    terms.revenueShare = [revenueShare, other.revenueShare].compactMap(\.self).max()
    terms.duty = [duty, other.duty].compactMap(\.self).max()
    return terms
  }
}

/// What rules know of a market.
struct MarketAddress {
  let location: String
  let headquarters: String
  let tier: Int
  let countries: Double
  let namedBuyer: String?
  /// Whether it is a market of the side that rules hold back.
  let isRestricted: Bool

  init(of market: Market, in economy: Economy) {
    let place = economy.jurisdictions[market.location]
    location = place.id
    headquarters = economy.jurisdictions[market.headquarters].id
    tier = place.tier
    countries = place.countries
    namedBuyer = market.namedBuyer
    isRestricted = market.location == economy.follower || market.headquarters == economy.follower
  }

  func sale(on day: Day) -> Sale { Sale(to: location, headquarters: headquarters, on: day) }
}
