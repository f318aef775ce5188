internal import Yams

/// The lines of a file, to place what the YAML reader speaks of.
struct SourceLines {
  let file: String
  private let lines: [Substring]

  init(_ text: String, file: String) {
    self.file = file
    self.lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// The place of `mark`, or the end of the file when the mark lies behind it: the reader ends its
  /// last line with a break that the file may not have.
  func location(of mark: Mark?) -> SourceLocation {
    guard let mark else { return .start(of: file) }
    guard mark.line > lines.count, let last = lines.last else {
      return SourceLocation(file: file, line: mark.line, column: mark.column)
    }
    return SourceLocation(
      file: file, line: lines.count, column: last.unicodeScalars.count + 1)
  }

  /// The character at `mark`, if there is one.
  func scalar(at mark: Mark) -> Unicode.Scalar? {
    guard mark.line <= lines.count else { return nil }
    return lines[mark.line - 1].unicodeScalars.dropFirst(mark.column - 1).first
  }
}
