/// A table of text, each column as wide as it must be: the first to the left, numbers to the right.
struct ReportTable {
  private var rows: [[String]]

  /// A table with its header.
  init(_ header: [String]) { rows = [header] }

  /// Adds a row with as many cells as the header has.
  mutating func append(_ row: [String]) { rows.append(row) }

  /// The lines of the table.
  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).enumerated().map { column, cell in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + padding : padding + cell.0
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

extension Double {
  /// The number with so many digits after the point.
  func rounded(to decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
    let scaled = Int((self * Double(scale)).rounded())
    guard decimals > 0 else { return "\(scaled)" }
    let digits = String(scaled % scale)
    let zeros = String(repeating: "0", count: decimals - digits.count)
    return "\(scaled / scale).\(zeros)\(digits)"
  }
}
