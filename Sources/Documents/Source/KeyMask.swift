/// Makes equal keys of one mapping different for a while.
///
/// The composer refuses a mapping with equal keys and then shows nothing else of the document. So
/// the first character of one key is replaced by a private-use character that stands for it, which
/// moves nothing, until the document composes and equal keys can be told of with its other faults.
struct KeyMask {
  /// Bytes that may be composed again; each key costs one composition of the whole text.
  private static let budget = 1 << 21
  private static let firstMask: UInt32 = 0xF0000

  private var hidden: [Unicode.Scalar] = []

  /// `text` with the key at a line and column masked; nil if there is nothing there to mask.
  mutating func hide(line: Int, column: Int, of text: String) -> String? {
    guard hidden.count < 32, hidden.count * text.utf8.count < Self.budget,
      let mask = Unicode.Scalar(Self.firstMask + UInt32(hidden.count))
    else { return nil }
    var scalars = text.unicodeScalars
    guard var index = Self.index(line: line, column: column, in: scalars) else { return nil }
    if scalars[index] == "\"" || scalars[index] == "'" { scalars.formIndex(after: &index) }
    guard index < scalars.endIndex, !"\"'\\?&!".unicodeScalars.contains(scalars[index]) else {
      return nil
    }
    hidden.append(scalars[index])
    scalars.replaceSubrange(index...index, with: [mask])
    return String(scalars)
  }

  /// `key` as it was before it was masked.
  func shown(_ key: String) -> String {
    guard let first = key.unicodeScalars.first, first.value >= Self.firstMask,
      Int(first.value - Self.firstMask) < hidden.count
    else { return key }
    let original = hidden[Int(first.value - Self.firstMask)]
    return String(original) + String(key.unicodeScalars.dropFirst())
  }

  /// The index at a line and column, counted from 1 as the YAML reader counts them.
  private static func index(line: Int, column: Int, in scalars: String.UnicodeScalarView)
    -> String.Index?
  {
    var index = scalars.startIndex
    var (atLine, atColumn) = (1, 1)
    while index < scalars.endIndex, (atLine, atColumn) < (line, column) {
      let scalar = scalars[index]
      scalars.formIndex(after: &index)
      let isHalfBreak = scalar == "\r" && index < scalars.endIndex && scalars[index] == "\n"
      let isBreak = scalar == "\n" || (scalar == "\r" && !isHalfBreak)
      (atLine, atColumn) = isBreak ? (atLine + 1, 1) : (atLine, atColumn + 1)
    }
    return (atLine, atColumn) == (line, column) && index < scalars.endIndex ? index : nil
  }
}
