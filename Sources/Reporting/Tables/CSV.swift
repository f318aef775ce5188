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
      lines.end(with: UInt8(ascii: place == columns ? "\n" : ","))
      if place == columns { place = 0 }
    }
    return lines.text.bytes
  }
}

/// Lines being written.
private struct Lines {
  private(set) var text = TextBytes()
  /// By column: its last text, and where that stands. Rows name the same regime and metric again and again, and
  /// to look for what has to be quoted took most of the time of a text.
  private var last: [(text: String, written: Range<Int>)?]

  init(columns: Int) { last = Array(repeating: nil, count: columns) }

  mutating func end(with mark: UInt8) { text.bytes.append(mark) }

  mutating func append(_ cell: Cell, in column: Int) {
    switch cell {
    case .text(let word):
      if let known = last[column], known.text == word {
        // Not as a slice, which would share the bytes and have all of them copied.
        for place in known.written { text.bytes.append(text.bytes[place]) }
      } else {
        let start = text.bytes.count
        append(word)
        last[column] = (word, start..<text.bytes.count)
      }
    case .number(let number): if !number.isNaN { text.append(number) }
    case .integer(let number): text.write(String(number))
    case .flag(let flag): text.write(flag ? "true" : "false")
    case .missing: break
    }
  }

  /// Quoted where it must be. What a spreadsheet would take for a formula gets an apostrophe, so
  /// that opening a result file runs nothing; a number is none. Spreadsheets look past leading blanks.
  private mutating func append(_ written: String) {
    let word = InvisibleCharacters.escaped(written)
    // Byte by byte: a quote with an accent on it is one Character.
    let quote = UInt8(ascii: "\"")
    let isQuoted = word.utf8.contains { $0 <= UInt8(ascii: ",") && ",\"\n".utf8.contains($0) }
    if isQuoted { text.bytes.append(quote) }
    if isFormula(word) { text.bytes.append(UInt8(ascii: "'")) }
    if isQuoted {
      for byte in word.utf8 { text.bytes += repeatElement(byte, count: byte == quote ? 2 : 1) }
      text.bytes.append(quote)
    } else {
      text.write(word)
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
}
