/// How far prices and rents stand above the dated ones, and the shortage that moves them.
struct PriceIndices: ~Copyable {
  /// How short chips have been, 0 (all orders served, nothing left) to 1 (nothing served), below 0 where dies
  /// are left.
  struct Shortage: Sendable {
    /// What dated prices have in them.
    var usual = 0.0
    /// By the last months, smoothed.
    var recent = 0.0

    /// Takes up a month's shortage, while dated prices have it in them.
    mutating func settle(_ now: Double, weight: Double) {
      usual += (now - usual) * weight
      recent = usual
    }

    /// Takes up a month's shortage that no dated price knows of.
    mutating func move(_ now: Double, weight: Double) { recent += (now - recent) * weight }

    /// How much shorter chips are than dated prices know.
    var beyond: Double { recent - usual }
  }

  /// By supplier: what multiplies its list prices.
  var prices: Cells<Double>
  /// By supplier.
  var shortages: Cells<Shortage>

  var figures = Figures()

  /// What is no column.
  struct Figures {
    /// What multiplies rents.
    var rents = 1.0
    /// Of all suppliers together.
    var shortage = Shortage()
  }

  init(suppliers: Int, in arena: inout Arena) {
    prices = arena.cells(suppliers, of: 1)
    shortages = arena.cells(suppliers, of: Shortage())
  }
}
