/// The approval states of governments, by market.
struct Licenses: ~Copyable {
  /// Whether the exporting government grants case-by-case licenses.
  var exports: Cells<Bool>
  /// Whether the importing government lets reviewed chips in.
  var imports: Cells<Bool>
  /// Whether licenses are granted against a presumption of denial.
  var presumptions: Cells<Bool>

  init(markets: Int, in arena: inout Arena) {
    exports = arena.cells(markets, of: false)
    imports = arena.cells(markets, of: false)
    presumptions = arena.cells(markets, of: false)
  }

  func isAny(_ market: MarketIndex) -> Bool {
    exports[market] || imports[market] || presumptions[market]
  }

  /// Whether a sale under review passes every government.
  func isGranted(_ terms: SaleTerms, in market: MarketIndex) -> Bool {
    func passes(_ review: SaleTerms.Review, _ caseByCase: Bool) -> Bool {
      switch review {
      case .none: true
      case .license: caseByCase
      case .presumptionOfDenial: presumptions[market]
      }
    }
    return passes(terms.exportReview, exports[market])
      && passes(terms.importReview, imports[market])
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
