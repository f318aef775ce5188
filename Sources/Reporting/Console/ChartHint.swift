/// What a study says of its charts where nobody asked for files.
enum ChartHint {
  /// A line that says how to get them, unless they are written.
  static func lines(unless isWritten: Bool) -> [String] {
    isWritten ? [] : ["Tables and charts of this: add --output DIR."]
  }
}
