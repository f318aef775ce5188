import Quantities
internal import Yams

/// Writes a tree as YAML that the strict reader of this module, and any YAML 1.1 or 1.2 reader,
/// reads back as the same tree.
///
/// Mappings and lists are in block form, short lists of numbers in one line; numbers have the
/// fewest digits that read back exactly; text is in quotes wherever some reader could take it for
/// something else.
public enum YAMLEmitter {
  /// Longest list of numbers written in one line.
  private static let shortList = 12

  /// The YAML text of `value`, with a line break at its end.
  ///
  /// Throws for what could not be read back: a number that is not finite, or a text with the
  /// character U+0000 or a byte order mark at its beginning.
  public static func text(of value: DocumentValue) throws(UnwritableValue) -> String {
    let root = try node(value)
    do {
      return try serialize(node: root, width: -1, allowUnicode: true)
    } catch {
      throw UnwritableValue(problem: "the document cannot be written as YAML")
    }
  }

  private static func node(_ value: DocumentValue) throws(UnwritableValue) -> Node {
    switch value {
    case .mapping(let pairs):
      let style: Node.Mapping.Style = pairs.isEmpty ? .flow : .block
      var nodes: [(Node, Node)] = []
      for pair in pairs { nodes.append((try scalar(pair.key), try node(pair.value))) }
      return Node(nodes, Tag(.map), style)
    case .list(let items):
      let isShort = items.count <= shortList && items.allSatisfy(\.isNumber)
      var nodes: [Node] = []
      for item in items { nodes.append(try node(item)) }
      return Node(nodes, Tag(.seq), isShort ? .flow : .block)
    case .text(let text): return try scalar(text)
    case .flag(let flag): return plain(flag ? "true" : "false")
    case .onOff(let flag): return plain(flag ? "on" : "off")
    case .integer(let integer): return plain(String(integer))
    case .number(let number):
      guard number.isFinite else { throw UnwritableValue(problem: "\(number) is not finite") }
      return plain(plainNumber(number))
    case .date(let date): return plain(date.description)
    case .month(let month): return plain(month.description)
    case .written(let text): return plain(text)
    }
  }

  private static func plain(_ text: String) -> Node { Node(text, Tag(.str), .plain) }

  private static func scalar(_ text: String) throws(UnwritableValue) -> Node {
    guard text.unicodeScalars.first != "\u{FEFF}", !text.unicodeScalars.contains("\0") else {
      throw UnwritableValue(problem: "\(quoted(text)) has a character that YAML cannot carry")
    }
    if isSafelyPlain(text) { return plain(text) }
    return Node(text, Tag(.str), isSafelyLiteral(text) ? .literal : .doubleQuoted)
  }

  /// Words, digits and harmless signs in one line, that no reader takes for anything but text.
  private static func isSafelyPlain(_ text: String) -> Bool {
    guard text.utf8.count <= 1_000, let first = text.unicodeScalars.first,
      let last = text.unicodeScalars.last, isWord(first), last != " ", misreading(of: text) == nil
    else { return false }
    return text.unicodeScalars.allSatisfy { isWord($0) || " -./()+".unicodeScalars.contains($0) }
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      || scalar == "_"
  }

  /// Several lines of printable text, none of which begins or ends with white space.
  private static func isSafelyLiteral(_ text: String) -> Bool {
    guard text.unicodeScalars.contains("\n"), text.unicodeScalars.first != "\n" else {
      return false
    }
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.allSatisfy { line in
      line.first != " " && line.last != " " && !line.contains { isControl($0) }
    }
  }
}

/// A value that has no YAML text that would read back as the same value.
public struct UnwritableValue: Error, Hashable, Sendable, CustomStringConvertible {
  /// What cannot be written.
  public let problem: String

  /// What cannot be written.
  public var description: String { problem }
}

extension DocumentValue {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .number: true
    case .written(let text): parsedNumber(text) != nil
    default: false
    }
  }
}
