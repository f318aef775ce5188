/// Text that is broken into lines between words.
package enum Paragraph {
  /// The lines of a text, each no longer than `width` unless a word is.
  ///
  /// - Parameters:
  ///   - first: what the first line begins with.
  ///   - rest: what all other lines begin with.
  package static func text(
    _ words: String, width: Int = 98, first: String = "", rest: String = ""
  ) -> String {
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in words.split(whereSeparator: \.isWhitespace) {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        (line, isEmpty) = (rest, true)
      }
      line += isEmpty ? String(word) : " \(word)"
      isEmpty = false
    }
    return (lines + [line]).joined(separator: "\n")
  }
}
