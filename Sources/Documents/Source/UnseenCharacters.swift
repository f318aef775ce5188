/// Characters that a reader does not see and a terminal obeys: control characters, and the marks that turn
/// the direction of a text around.
///
/// A title goes to terminals, tables and pages; one that may move the cursor or swap the order of a line can
/// show a figure that is not there.
enum UnseenCharacters {
  /// The first such character of a text that may have several lines; nil where there is none.
  static func first(in text: String) -> Unicode.Scalar? {
    text.unicodeScalars.first { isUnseen($0) }
  }

  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0: true
    // Marks of direction, alone and as brackets.
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    // Breaks of lines and paragraphs, the byte order mark, and tags that spell out nothing.
    case 0x2028, 0x2029, 0xFEFF, 0xE0000...0xE007F: true
    default: false
    }
  }
}
