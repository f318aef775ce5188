import Wording

/// Comma-separated values as RFC 4180 has them: UTF-8, one header line, dot decimals, empty for
/// missing, and LF at the end of every line.
enum CSV {
  /// The file that a table makes.
  static func bytes(of table: Table) -> [UInt8] {
    pieces(of: table).reduce(into: header(of: table)) { $0 += $1() }
  }

  /// The first line of a file.
  static func header(of table: Table) -> [UInt8] {
    lines(of: table.fields.map { .text($0.name) }, columns: table.fields.count)
  }

  /// The file that a table makes, but for its first line: each piece to be made when it is needed.
  static func pieces(
    of table: Table
  ) -> some RandomAccessCollection<@Sendable () -> [UInt8]> {
    let columns = table.fields.count
    let pieces = table.rowsInPieces
    return (0..<pieces.count).lazy.map { place in
      let rows = pieces.rows(place)
      return { @Sendable in
        var cells: [Cell] = []
        rows(&cells)
        return lines(of: cells, columns: columns)
      }
    }
  }

  private static func lines(of cells: [Cell], columns: Int) -> [UInt8] {
    precondition(cells.count.isMultiple(of: max(columns, 1)), "a row has no \(columns) cells")
    var lines = Lines(columns: columns)
    var place = 0
    for cell in cells {
      lines.append(cell, in: place)
      place += 1
      lines.bytes.append(UInt8(ascii: place == columns ? "\n" : ","))
      if place == columns { place = 0 }
    }
    return lines.bytes
  }
}

/// Lines being written, with no String between a number and its digits in the file.
private struct Lines: TextOutputStream {
  var bytes: [UInt8] = []
  /// By column: its last text, and where that stands. Rows name the same regime and metric again and again, and
  /// to look for what has to be quoted took most of the time of a text.
  private var last: [(text: String, written: Range<Int>)?]

  init(columns: Int) { last = Array(repeating: nil, count: columns) }

  mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// The standard library hands the digits of a number over like this, where it may: 60 ns for one, of
  /// which a usual run has hundreds of thousands, against 130 by way of ``write(_:)``, which is as right.
  mutating func _writeASCII(_ text: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: text) }

  mutating func append(_ cell: Cell, in column: Int) {
    switch cell {
    case .text(let text):
      if let known = last[column], known.text == text {
        // Not as a slice, which would share the bytes and have all of them copied.
        for place in known.written { bytes.append(bytes[place]) }
      } else {
        let start = bytes.count
        append(text)
        last[column] = (text, start..<bytes.count)
      }
    case .number(let number): append(number)
    case .integer(let number): write(String(number))
    case .flag(let flag): write(flag ? "true" : "false")
    case .missing: break
    }
  }

  /// Quoted where it must be. What a spreadsheet would take for a formula gets an apostrophe, so
  /// that opening a result file runs nothing; a number is none. Spreadsheets look past leading blanks.
  private mutating func append(_ written: String) {
    let text = InvisibleCharacters.escaped(written)
    // Byte by byte: a quote with an accent on it is one Character.
    let quote = UInt8(ascii: "\"")
    let isQuoted = text.utf8.contains { $0 <= UInt8(ascii: ",") && ",\"\n".utf8.contains($0) }
    if isQuoted { bytes.append(quote) }
    if isFormula(text) { bytes.append(UInt8(ascii: "'")) }
    if isQuoted {
      for byte in text.utf8 { bytes += repeatElement(byte, count: byte == quote ? 2 : 1) }
      bytes.append(quote)
    } else {
      write(text)
    }
  }

  private func isFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return false }
    // Nearly every text begins with a letter.
    guard first < UInt8(ascii: "a") || first > UInt8(ascii: "z") else { return false }
    guard first != UInt8(ascii: "\t") else { return true }
    let shown = text.drop { $0.isWhitespace }
    switch shown.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "@"): return true
    case UInt8(ascii: "-"): return Double(shown)?.isFinite != true
    default: return false
    }
  }

  /// The shortest text that reads back as the same number, without `.0`.
  private mutating func append(_ number: Double) {
    guard !number.isNaN else { return }
    precondition(number.isFinite, "an infinite number must not reach a file")
    number.write(to: &self)
    // No number has fewer bytes than 0.0.
    if bytes[bytes.count - 1] == UInt8(ascii: "0"), bytes[bytes.count - 2] == UInt8(ascii: ".") {
      bytes.removeLast(2)
    }
  }
}
