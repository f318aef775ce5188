/// Characters that a reader does not see and a terminal obeys: control characters, and the marks that turn
/// the direction of a text around.
///
/// A title goes to terminals, tables and pages; one that may move the cursor or swap the order of a line can
/// show a figure that is not there.
enum InvisibleCharacters {
  /// The first such character of a text that may have several lines; nil where there is none.
  static func first(in text: String) -> Unicode.Scalar? {
    // Most texts are plain ASCII.
    guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return nil }
    return text.unicodeScalars.first { contains($0) }
  }

  /// Whether a character is one of them. Tabs and line feeds are not.
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
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
  static func isOddBlank(_ scalar: Unicode.Scalar) -> Bool {
    guard !scalar.isASCII else { return false }
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .format: return true
    default: return false
    }
  }

  /// What to do about such a blank in what may have none; nil where there is none.
  static func advice(on text: String) -> String? {
    text.unicodeScalars.first(where: isOddBlank).map { blank in
      "remove the \(blank.properties.name?.lowercased() ?? "blank") (U+\(hex(blank)))"
    }
  }
}
