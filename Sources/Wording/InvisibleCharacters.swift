/// Characters that a reader does not see and a terminal obeys: control characters, and the marks that turn
/// the direction of a text around.
///
/// A title goes to terminals, tables and pages; one that may move the cursor or swap the order of a line can
/// show a figure that is not there. Scenarios may not hold such characters. Names of files, words of the command
/// line, and what strangers' shards and plans say may: whatever leaves the program goes through
/// ``escaped(_:as:)``.
package enum InvisibleCharacters {
  /// The first such character of a text that may have several lines; nil where there is none.
  package static func first(in text: String) -> Unicode.Scalar? {
    // Most texts are plain ASCII.
    guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return nil }
    return text.unicodeScalars.first { contains($0) }
  }

  /// Whether a character is one of them. Tabs and line feeds are not.
  package static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0: true
    // Marks of direction, alone and as brackets.
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    // Breaks of lines and paragraphs, the byte order mark, and tags that spell nothing.
    case 0x2028, 0x2029, 0xFEFF, 0xE0000...0xE007F: true
    // What is no character.
    case 0xFDD0...0xFDEF: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }

  /// Whether a character is a blank other than that of the keyboard, or shows nothing at all.
  package static func isOddBlank(_ scalar: Unicode.Scalar) -> Bool {
    guard !scalar.isASCII else { return false }
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .format: return true
    default: return false
    }
  }

  /// What to do about such a blank in what may have none; nil where there is none.
  package static func advice(on text: String) -> String? {
    text.unicodeScalars.first(where: isOddBlank).map { blank in
      "remove the \(blank.properties.name?.lowercased() ?? "blank") (U+\(hex(blank.value)))"
    }
  }

  /// What a text is shown as.
  package enum Form {
    /// Lines, which stay lines.
    case lines
    /// A name in the midst of a line, which must not begin another: tabs and line feeds are escaped too.
    case name
    /// A JSON document, whose every such character stands within a string.
    case json
  }

  /// A text whose every such character is spelt out: `\u{1B}`, and in JSON `\u001B`.
  package static func escaped(_ text: String, as form: Form = .lines) -> String {
    let hasBreaks = form == .name && text.utf8.contains { $0 == 0x09 || $0 == 0x0A }
    guard hasBreaks || first(in: text) != nil else { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where form == .name: shown += "\\n"
      case "\t" where form == .name: shown += "\\t"
      case _ where !contains(scalar): shown.unicodeScalars.append(scalar)
      case _ where form == .json:
        shown += String(scalar).utf16.map { "\\u" + hex(UInt32($0)) }.joined()
      case "\r": shown += "\\r"
      default: shown += "\\u{\(hex(scalar.value))}"
      }
    }
    return shown
  }

  /// A code as Unicode charts write it, in at least four hexadecimal digits.
  package static func hex(_ code: UInt32) -> String {
    let digits = String(code, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
