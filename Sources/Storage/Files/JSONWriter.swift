import Wording

/// Writes values as JSON straight into bytes, keys sorted.
///
/// The library's encoder, which puts a box around each value first, took half of a run of one replicate.
package final class JSONWriter {
  private var text = TextBytes()
  private let isPretty: Bool
  private var depth = 0

  init(isPretty: Bool) { self.isPretty = isPretty }

  /// Adds a value.
  package func write(_ value: some Encodable) throws {
    if let value = value as? any DirectJSON { return value.write(to: self) }
    let place = JSONPlace(self)
    try value.encode(to: place)
    place.end()
  }

  /// What is written so far.
  var bytes: [UInt8] { text.bytes }

  /// How many bytes are written so far.
  var count: Int { text.bytes.count }

  /// Adds something as it is.
  package func write(word: String) { text.write(word) }

  /// Adds a number.
  package func write(number: Double) { text.append(number) }

  /// Puts the elements at the end of what is written, but for what separates them, into this order.
  func rearrange(_ elements: [Range<Int>]) {
    guard let start = elements.map(\.lowerBound).min() else { return }
    let written = Array(text.bytes[start...])
    text.bytes.removeSubrange(start...)
    for (place, element) in elements.enumerated() {
      if place > 0 { separate(isFirst: false) }
      text.bytes += written[element.lowerBound - start..<element.upperBound - start]
    }
  }

  /// Adds a text in quotes, with what a reader would not see spelt out.
  package func write(text string: String) {
    let isPlain = string.utf8.allSatisfy {
      $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    write(mark: "\"")
    text.write(isPlain ? string : Self.escaped(string))
    write(mark: "\"")
  }

  private static func escaped(_ string: String) -> String {
    var escaped = ""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": escaped += "\\\""
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\t": escaped += "\\t"
      case "\r": escaped += "\\r"
      case "\u{8}": escaped += "\\b"
      case "\u{C}": escaped += "\\f"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return InvisibleCharacters.escaped(escaped, as: .json)
  }

  /// Begins an array or an object.
  package func open(_ mark: Unicode.Scalar) {
    write(mark: mark)
    depth += 1
  }

  /// Comes before each element.
  package func separate(isFirst: Bool) {
    if !isFirst { write(mark: ",") }
    breakLine()
  }

  /// Adds a key, with what stands behind it.
  package func write(key: String) {
    write(text: key)
    if isPretty { text.write(" : ") } else { write(mark: ":") }
  }

  /// Ends an array or an object; one with nothing in it has an empty line, as the library has it.
  package func close(_ mark: Unicode.Scalar, isEmpty: Bool) {
    if isEmpty, isPretty { write(mark: "\n") }
    depth -= 1
    breakLine()
    write(mark: mark)
  }

  /// Adds a sign of ASCII: half of all that is written are single ones.
  private func write(mark: Unicode.Scalar) { text.bytes.append(UInt8(ascii: mark)) }

  private func breakLine() {
    if isPretty { text.write("\n" + String(repeating: "  ", count: depth)) }
  }
}

/// What is written without being asked what it is made of.
package protocol DirectJSON {
  /// Adds the value.
  func write(to writer: JSONWriter)
}

extension String: DirectJSON {
  package func write(to writer: JSONWriter) { writer.write(text: self) }
}

extension Double: DirectJSON {
  package func write(to writer: JSONWriter) { writer.write(number: self) }
}

extension Int: DirectJSON {
  package func write(to writer: JSONWriter) { writer.write(word: String(self)) }
}

extension UInt64: DirectJSON {
  package func write(to writer: JSONWriter) { writer.write(word: String(self)) }
}

extension Bool: DirectJSON {
  package func write(to writer: JSONWriter) { writer.write(word: self ? "true" : "false") }
}

extension Optional: DirectJSON where Wrapped: DirectJSON {
  package func write(to writer: JSONWriter) {
    if let self { self.write(to: writer) } else { writer.write(word: "null") }
  }
}

extension Array: DirectJSON where Element: DirectJSON {
  package func write(to writer: JSONWriter) {
    writer.open("[")
    for place in indices {
      writer.separate(isFirst: place == 0)
      self[place].write(to: writer)
    }
    writer.close("]", isEmpty: isEmpty)
  }
}
