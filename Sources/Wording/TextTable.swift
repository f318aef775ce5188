/// A table for a terminal: columns as wide as they need to be, two spaces between them.
package struct TextTable {
  private var rows: [[String]]
  private let rightAligned: Set<Int>

  /// - Parameter rightAligned: places of columns that hold numbers.
  package init(header: [String], rightAligned: Set<Int>) {
    rows = [header]
    self.rightAligned = rightAligned
  }

  /// Adds a row; a cell stays in its line, whatever is in it.
  package mutating func append(_ row: [String]) {
    rows.append(row.map { InvisibleCharacters.escaped($0, as: .name) })
  }

  /// The table, each line indented by two spaces.
  package var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { place, cell in
        let padding = String(repeating: " ", count: widths[place] - cell.count)
        return rightAligned.contains(place) ? padding + cell : cell + padding
      }
      var line = "  " + cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
