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
    // Breaks of lines and paragraphs, the byte order mark, what is no character, and tags that spell nothing.
    case 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF, 0xE0000...0xE007F: true
    default: false
    }
  }
}
