/// The terms of every chip in every market in one month, by cell.
///
/// Most sales are under one of a few terms, each of which is held once: side by side for all cells they would be too
/// large for a processor's cache, and to read one would be to wait for memory.
struct SaleTermsTable: RandomAccessCollection, Hashable, Sendable {
  /// The different terms, by the first cell that is under each: tables that say the same have the same.
  private let kinds: [SaleTerms]
  /// By cell: the place of its terms in `kinds`.
  private let places: [UInt32]

  /// Takes down the terms of all cells.
  init(_ sales: [SaleTerms]) {
    var kinds: [SaleTerms] = []
    places = sales.map { terms in
      if let known = kinds.firstIndex(of: terms) { return UInt32(known) }
      kinds.append(terms)
      return UInt32(kinds.count - 1)
    }
    self.kinds = kinds
  }

  var startIndex: Int { 0 }
  var endIndex: Int { places.count }

  /// The terms of the cell at a place.
  @inline(__always) subscript(place: Int) -> SaleTerms { kinds[Int(places[place])] }

  /// The terms of a chip in a market.
  @inline(__always) subscript(cell: Cell) -> SaleTerms { self[cell.position] }
}
