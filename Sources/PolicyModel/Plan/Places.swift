/// Where something stands among its like: one number in memory, and of no use for anything else.
///
/// A market handed over for a chip does not compile.
protocol Place: Hashable, Sendable, BitwiseCopyable {
  /// The place, from 0.
  var position: Int { get }
  /// Points at a place.
  init(position: Int)
}

/// A market's place in ``Economy/markets``.
struct MarketIndex: Place {
  let position: Int
}

/// A chip in a market: its place in what is kept by cell (``EconomyLayout/cell(_:_:)``).
struct Cell: Place {
  let position: Int
}

extension ChipIndex: Place {}

/// The places from 0 on: a loop over them is one over numbers.
struct Places<Index: Place>: RandomAccessCollection, Sendable {
  let count: Int

  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(position: Int) -> Index { Index(position: position) }
}

extension Array {
  /// What is known of somebody.
  @inline(__always) subscript(place: some Place) -> Element { self[place.position] }
}
