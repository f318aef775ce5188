/// The records and fields of a CSV text, by RFC 4180: commas divide fields and line breaks records, and a
/// field in double quotes may hold both, with "" for a quote.
///
/// Blanks around a field and its quotes, and a byte order mark, count for nothing.
struct DelimitedText {
  /// One field of a record.
  struct Cell {
    /// What it holds, without quotes; nil where they are never closed, or something follows them.
    let text: String?
    let line: Int
    /// Counted in Unicode scalars.
    let column: Int
  }

  private static let (comma, quote, blank) = (
    UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: " ")
  )
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// No table of numbers has more columns; a record of commas alone would take much memory.
  private static let mostFields = 10_000

  private let bytes: [UInt8]
  private var place = 0
  private var line = 1
  /// The scalars of this line up to a place, counted once.
  private var counted = (place: 0, column: 1)

  /// Takes bytes that are known to be UTF-8.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: Self.mark) { skip(Self.mark.count) }
  }

  /// The fields of the next record; nil after the last.
  mutating func next() -> [Cell]? {
    guard place < bytes.count else { return nil }
    var fields = [field()]
    while place < bytes.count, bytes[place] == Self.comma {
      place += 1
      let next = field()
      if fields.count < Self.mostFields { fields.append(next) }
    }
    takeBreak()
    return fields
  }

  private mutating func field() -> Cell {
    skipBlanks()
    let (line, column) = (line, columnHere())
    let isQuoted = place < bytes.count && bytes[place] == Self.quote
    let text = isQuoted ? quotedText() : plainText()
    return Cell(text: text, line: line, column: column)
  }

  private mutating func columnHere() -> Int {
    let more = bytes[counted.place..<place].count { $0 & 0xC0 != 0x80 }
    counted = (place, counted.column + more)
    return counted.column
  }

  private var isAtEnd: Bool { place == bytes.count || bytes[place] == Self.comma || isAtBreak }

  private var isAtBreak: Bool { bytes[place] == 10 || bytes[place] == 13 }

  private mutating func skipBlanks() {
    while place < bytes.count, bytes[place] == Self.blank { place += 1 }
  }

  private mutating func takeBreak() {
    guard place < bytes.count else { return }
    skip(bytes[place...].starts(with: [13, 10]) ? 2 : 1)
    line += 1
  }

  /// Goes on to where a line begins.
  private mutating func skip(_ count: Int) {
    place += count
    counted = (place, 1)
  }

  private mutating func plainText() -> String {
    let begin = place
    while !isAtEnd { place += 1 }
    return Self.trimmed(bytes[begin..<place])
  }

  /// What stands in the quotes that begin here, up to what divides it from the next field.
  private mutating func quotedText() -> String? {
    place += 1
    var text: [UInt8] = []
    var isClosed = false
    while place < bytes.count, !isClosed {
      if bytes[place] != Self.quote {
        text.append(bytes[place])
        if isAtBreak { takeBreak() } else { place += 1 }
      } else {
        let isDoubled = place + 1 < bytes.count && bytes[place + 1] == Self.quote
        if isDoubled { text.append(Self.quote) }
        isClosed = !isDoubled
        place += isDoubled ? 2 : 1
      }
    }
    let rest = plainText()
    return isClosed && rest.isEmpty ? Self.trimmed(text[...]) : nil
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    let end = bytes.lastIndex { $0 != blank }.map { $0 + 1 } ?? bytes.startIndex
    return String(decoding: bytes[..<end].drop { $0 == blank }, as: UTF8.self)
  }
}
