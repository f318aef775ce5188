/// Takes aliases (`*name`) out of a text before it is composed, so that none can multiply what an anchor
/// (`&name`) holds.
///
/// Every star becomes a character that no text may hold: nothing moves, and a word begins with it like with any
/// other. In comments, quotes and words it comes back as the star that it was; an unquoted word that begins
/// with it was an alias.
enum AliasMask {
  /// No character of Unicode, which the YAML reader takes for one.
  private static let mask: UInt32 = 0x10FFFF
  private static let bytesOfMask: [UInt8] = [0xF4, 0x8F, 0xBF, 0xBF]
  private static let star = UInt8(ascii: "*")

  /// The text without stars.
  static func hidden(_ text: String) -> String {
    guard text.utf8.contains(star) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if byte == star { bytes += bytesOfMask } else { bytes.append(byte) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A text of such a document as it was written.
  static func shown(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value == mask }) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value == mask ? "*" : $0 }))
  }

  /// Whether a plain text of such a document was an alias.
  static func isAlias(_ text: String) -> Bool { text.unicodeScalars.first?.value == mask }
}
