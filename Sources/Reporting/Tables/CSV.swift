/// Comma-separated values as RFC 4180 has them: UTF-8, one header line, dot decimals, empty for
/// missing, and LF at the end of every line.
enum CSV {
  /// The file that a table makes.
  static func bytes(of table: Table) -> [UInt8] { header(of: table) + bytes(of: table.rows) }

  /// The first line of a file.
  static func header(of table: Table) -> [UInt8] {
    var bytes: [UInt8] = []
    append(table.fields.map { text($0.name) }, to: &bytes)
    return bytes
  }

  /// The file that a table makes, but for its first line: each piece to be made when it is needed.
  static func pieces(of table: Table) -> [@Sendable () -> [UInt8]] {
    table.rowsInPieces.map { rows in { bytes(of: rows()) } }
  }

  /// The lines of some rows.
  static func bytes(of rows: [[Cell]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for row in rows { append(row.map(text), to: &bytes) }
    return bytes
  }

  private static func append(_ cells: [String], to bytes: inout [UInt8]) {
    for (place, cell) in cells.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: cell.utf8)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func text(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): self.text(text)
    case .number(let number): self.text(number)
    case .integer(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .missing: ""
    }
  }

  /// Quoted where it must be. What a spreadsheet would take for a formula gets an apostrophe, so
  /// that opening a result file runs nothing; a number is none.
  private static func text(_ text: String) -> String {
    // Scalar by scalar: a carriage return and its line feed are one Character, and so is a quote
    // with an accent on it.
    let isFormula =
      text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
      && !isNegativeNumber(text)
    let safe = isFormula ? "'" + text : text
    guard safe.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else {
      return safe
    }
    let doubled = safe.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }
    return "\"" + doubled.joined() + "\""
  }

  private static func isNegativeNumber(_ text: String) -> Bool {
    text.hasPrefix("-") && Double(text)?.isFinite == true
  }

  /// The shortest text that reads back as the same number, without `.0`.
  private static func text(_ number: Double) -> String {
    guard !number.isNaN else { return "" }
    precondition(number.isFinite, "an infinite number must not reach a file")
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
