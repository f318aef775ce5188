/// The values of a slice, turned from rows (what a replicate recorded, run after run) into columns
/// (what all replicates recorded in one cell).
///
/// Rows come in stripes that a cache can hold. Turning a whole slice at once would fetch every line
/// of it from memory eight times, once for each value in it.
struct SliceColumns {
  /// Replicates in a stripe: with 8 a value takes 4.1 ns to turn, with 32 or 64 it takes 2.8, with
  /// 128, which no cache holds, 4.8.
  static let stripe = 32

  private let values: UnsafeMutableBufferPointer<Double>
  private let columns: Int
  private let rows: Int
  private var filled = 0

  /// The values of a slice, column by column, in it replicate by replicate.
  ///
  /// - Parameter fill: adds all rows. The room for them is new memory: it is written to once.
  static func values(
    columns: Int, rows: Int, filledBy fill: (inout SliceColumns) -> Void
  ) -> [Double] {
    Array(unsafeUninitializedCapacity: columns * rows) { values, count in
      var slice = SliceColumns(values: values, columns: columns, rows: rows)
      fill(&slice)
      precondition(columns == 0 || slice.filled == rows, "\(slice.filled) of \(rows) rows")
      count = columns * rows
    }
  }

  private init(values: UnsafeMutableBufferPointer<Double>, columns: Int, rows: Int) {
    self.values = values
    self.columns = columns
    self.rows = rows
  }

  /// Adds the next rows, one after another.
  mutating func append(rows added: UnsafeBufferPointer<Double>) {
    guard columns > 0 else { return }
    let count = added.count / columns
    precondition(
      count * columns == added.count && filled + count <= rows,
      "\(added.count) values are not whole rows of \(columns), or more than \(rows) rows")
    for column in 0..<columns {
      let first = column * rows + filled
      for row in 0..<count { values[first + row] = added[row * columns + column] }
    }
    filled += count
  }
}
