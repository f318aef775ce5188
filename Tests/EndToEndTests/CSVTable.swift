import Foundation

/// A table read from CSV by RFC 4180 to the letter, but with LF at the end of every line.
struct CSVTable {
  let header: [String]
  let rows: [[String]]

  struct Malformed: Error {
    let reason: String
  }

  init(_ bytes: Data) throws {
    var records = try Self.records(bytes)
    guard !records.isEmpty else { throw Malformed(reason: "no header") }
    header = records.removeFirst()
    rows = records
    guard Set(header).count == header.count else { throw Malformed(reason: "a name twice") }
    for (number, row) in rows.enumerated() where row.count != header.count {
      throw Malformed(reason: "row \(number + 1): \(row.count) cells, not \(header.count)")
    }
    guard !rows.contains(header) else { throw Malformed(reason: "the header twice") }
  }

  /// The rows as dictionaries.
  var records: [[String: String]] {
    rows.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  private static func records(_ bytes: Data) throws -> [[String]] {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Malformed(reason: "not UTF-8")
    }
    guard bytes.last == UInt8(ascii: "\n") else { throw Malformed(reason: "no LF at the end") }
    var records: [[String]] = []
    var record: [String] = []
    var cell: [UInt8] = []
    var state = State.start
    for byte in bytes {
      switch (state, byte) {
      case (.start, UInt8(ascii: "\"")): state = .quoted
      case (.quoted, UInt8(ascii: "\"")): state = .closed
      case (.closed, UInt8(ascii: "\"")):
        cell.append(byte)
        state = .quoted
      case (.start, UInt8(ascii: ",")), (.plain, UInt8(ascii: ",")), (.closed, UInt8(ascii: ",")):
        record.append(String(decoding: cell, as: UTF8.self))
        (cell, state) = ([], .start)
      case (.start, UInt8(ascii: "\n")), (.plain, UInt8(ascii: "\n")),
        (.closed, UInt8(ascii: "\n")):
        records.append(record + [String(decoding: cell, as: UTF8.self)])
        (record, cell, state) = ([], [], .start)
      case (.plain, UInt8(ascii: "\"")), (.plain, UInt8(ascii: "\r")), (.start, UInt8(ascii: "\r")):
        throw Malformed(reason: "a bare quote or CR in record \(records.count + 1)")
      case (.closed, _):
        throw Malformed(reason: "text after a closing quote in record \(records.count + 1)")
      case (.quoted, _): cell.append(byte)
      case (.start, _), (.plain, _):
        cell.append(byte)
        state = .plain
      }
    }
    guard state == .start else { throw Malformed(reason: "an open quote") }
    return records
  }

  private enum State { case start, plain, quoted, closed }
}
