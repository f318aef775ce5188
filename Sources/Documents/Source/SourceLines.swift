internal import Yams

/// The lines of a file, to place what the YAML reader speaks of.
struct SourceLines {
  let file: String
  private let text: String
  private let count: Int

  init(_ text: String, file: String) {
    self.file = file
    self.text = text
    var (count, last) = (1, UInt8(0))
    for byte in text.utf8 {
      if byte == 13 || byte == 10 && last != 13 { count += 1 }
      last = byte
    }
    self.count = count
  }

  /// Cut only for faults: the text has no other line breaks.
  private var lines: [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// The place of `mark`, or the end of the file when the mark lies behind it: the reader ends its
  /// last line with a break that the file may not have.
  func location(of mark: Mark?) -> SourceLocation {
    guard let mark else { return .start(of: file) }
    guard mark.line > count, let last = lines.last else {
      return SourceLocation(file: file, line: mark.line, column: mark.column)
    }
    return SourceLocation(
      file: file, line: count, column: last.unicodeScalars.count + 1)
  }

  /// The character at `mark`, if there is one.
  func scalar(at mark: Mark) -> Unicode.Scalar? {
    guard mark.line <= count else { return nil }
    return lines[mark.line - 1].unicodeScalars.dropFirst(mark.column - 1).first
  }
}
