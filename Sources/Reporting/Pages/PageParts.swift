import CPages

/// The parts of pages that are not written in Swift, which the build takes in.
enum PageParts {
  /// How pages look.
  static let style = text(chokepoint_page_style())
  /// What pages do.
  static let program = text(chokepoint_page_program())
  /// Vega, Vega-Lite and Vega-Embed; nil in a build that was made without them.
  static let vega: String? = {
    let part = chokepoint_page_vega()
    return part.count == 0 ? nil : text(part)
  }()

  private static func text(_ part: chokepoint_page_part) -> String {
    String(decoding: UnsafeBufferPointer(start: part.bytes, count: part.count), as: UTF8.self)
  }
}
