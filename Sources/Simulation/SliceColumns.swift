/// The values of a slice, turned from rows (what a replicate recorded, run after run) into columns
/// (what all replicates recorded in one cell).
///
/// Rows come in stripes that a cache can hold. Turning a whole slice at once would fetch every line
/// of it from memory eight times, once for each value in it.
struct SliceColumns {
  /// Replicates in a stripe: with 8 a value takes 4.1 ns to turn, with 32 or 64 it takes 2.8, with
  /// 128, which no cache holds, 4.8.
  static let stripe = 32

  /// Column by column, in it replicate by replicate.
  private(set) var values: [Double]

  private let columns: Int
  private let rows: Int
  private var filled = 0

  /// Room for a slice.
  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    values = Array(repeating: .nan, count: columns * rows)
  }

  /// Adds the next rows, one after another.
  mutating func append(rows added: [Double]) {
    guard columns > 0 else { return }
    let count = added.count / columns
    precondition(
      count * columns == added.count && filled + count <= rows,
      "\(added.count) values are not whole rows of \(columns), or more than \(rows) rows")
    // Spans: asking an array for each value whether it is shared took most of the time.
    let (rows, columns, filled) = (rows, columns, filled)
    let source = added.span
    var target = values.mutableSpan
    for column in 0..<columns {
      let first = column * rows + filled
      for row in 0..<count { target[first + row] = source[row * columns + column] }
    }
    self.filled += count
  }
}
