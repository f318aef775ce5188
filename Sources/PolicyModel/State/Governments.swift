/// The approval states of governments, by cell: a license is for a product and a buyer.
struct Licenses: ~Copyable {
  /// Whether the exporting government grants case-by-case licenses.
  var exports: Cells<Bool>
  /// Whether the importing government lets reviewed chips in.
  var imports: Cells<Bool>
  /// Whether licenses are granted against a presumption of denial.
  var presumptions: Cells<Bool>
  /// The last step in which any of these changed.
  private(set) var lastChange: Cells<Int>
  /// The last step in which the sale was under review.
  private var lastReview: Cells<Int>

  init(cells: Int, in arena: inout Arena) {
    exports = arena.cells(cells, of: false)
    imports = arena.cells(cells, of: false)
    presumptions = arena.cells(cells, of: false)
    lastChange = arena.cells(cells, of: -1)
    lastReview = arena.cells(cells, of: -2)
  }

  /// Begins a month of review; a review that was interrupted begins anew, with nothing granted.
  mutating func review(_ cell: Cell, in step: Int) {
    if lastReview[cell] != step - 1 {
      decide(cell, exports: false, imports: false, presumptions: false, in: step)
    }
    lastReview[cell] = step
  }

  /// Takes down what governments grant from a month on.
  mutating func decide(
    _ cell: Cell, exports isExported: Bool, imports isImported: Bool,
    presumptions isPresumed: Bool, in step: Int
  ) {
    if exports[cell] != isExported || imports[cell] != isImported
      || presumptions[cell] != isPresumed
    {
      lastChange[cell] = step
    }
    exports[cell] = isExported
    imports[cell] = isImported
    presumptions[cell] = isPresumed
  }

  func isAny(_ cell: Cell) -> Bool { exports[cell] || imports[cell] || presumptions[cell] }

  /// The days under review on which a sale passes every government.
  func approvedDays(of terms: SaleTerms, in cell: Cell) -> DaySet {
    var days = terms.reviewed
    guard !days.isEmpty else { return days }
    if !exports[cell] { days = days.subtracting(terms.exportLicense) }
    if !imports[cell] { days = days.subtracting(terms.importLicense) }
    if !presumptions[cell] { days = days.subtracting(terms.presumedDenial) }
    return days
  }
}

/// Episodes beyond the rules.
struct Reactions: Sendable {
  /// The first step after the episode of tightening, and so on; the past when there is none.
  var tightUntil = 0
  var relievedUntil = 0
  var retaliationUntil = 0
  /// How many have begun.
  var tightenings = 0
  var retaliations = 0

  /// TPP from which chips are closed to the follower this month; infinite without tightening.
  private(set) var closedFromTPP = Double.infinity
  /// Whether sales under review pass without a license this month.
  private(set) var isRelieved = false
  /// Whether the follower's government stops imports under review this month.
  private(set) var isRetaliating = false
  /// Share of foreign suppliers' output that is lost this month.
  private(set) var supplyLoss = 0.0

  mutating func update(at step: Int, tightenedTPP: Double, loss: Double) {
    closedFromTPP = step < tightUntil ? tightenedTPP : .infinity
    isRelieved = step < relievedUntil
    isRetaliating = step < retaliationUntil
    supplyLoss = isRetaliating ? loss : 0
  }
}
