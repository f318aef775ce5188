/// How far prices and rents stand above the dated ones, and the shortages that move them.
@dynamicMemberLookup
struct PriceIndices: ~Copyable {
  /// By supplier: what multiplies its list prices.
  var prices: Cells<Double>
  /// By supplier: how short its chips were last month (``ScarcityPrices``), and by the last months, smoothed.
  var latest: Cells<Double>
  var shortages: Cells<Double>

  var figures = Figures()

  /// What is no column.
  struct Figures {
    /// What multiplies rents.
    var rents = 1.0
    /// How short the chips of all suppliers have been.
    var shortage = 0.0
  }

  /// The figures, as if they were the part's own.
  @inline(__always) subscript<Value>(dynamicMember path: WritableKeyPath<Figures, Value>) -> Value {
    get { figures[keyPath: path] }
    set { figures[keyPath: path] = newValue }
  }

  init(suppliers: Int, in arena: inout Arena) {
    prices = arena.cells(suppliers, of: 1)
    latest = arena.cells(suppliers)
    shortages = arena.cells(suppliers)
  }
}
