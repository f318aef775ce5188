import Quantities
internal import Yams

/// Writes a tree as YAML that the strict reader of this module, and any YAML 1.1 or 1.2 reader,
/// reads back as the same tree.
///
/// Mappings and lists are in block form, short lists of numbers in one line; numbers have the
/// fewest digits that read back exactly; text is in quotes wherever some reader could take it for
/// something else.
public enum YAMLEmitter {
  /// The YAML text of `value`, with a line break at its end.
  ///
  /// Throws for what could not be read back: a number that is not finite, or a text with the
  /// character U+0000 or a byte order mark at its beginning.
  public static func text(of value: DocumentValue) throws(UnwritableValue) -> String {
    let root = try NodeWriter().node(value)
    do {
      return try serialize(node: root, width: -1, allowUnicode: true)
    } catch {
      throw UnwritableValue(problem: "the document cannot be written as YAML")
    }
  }

}

/// Makes the nodes that Yams writes; of a tag there is one for all, since making one takes longer than
/// making the node.
private struct NodeWriter {
  /// Longest list of numbers written in one line.
  private static let shortList = 12

  private let map = Tag(.map)
  private let seq = Tag(.seq)
  private let str = Tag(.str)

  func node(_ value: DocumentValue) throws(UnwritableValue) -> Node {
    switch value {
    case .mapping(let pairs):
      let style: Node.Mapping.Style = pairs.isEmpty ? .flow : .block
      var nodes: [(Node, Node)] = []
      for pair in pairs { nodes.append((try scalar(pair.key), try node(pair.value))) }
      return Node(nodes, map, style)
    case .list(let items):
      let isShort = items.count <= Self.shortList && items.allSatisfy(\.isNumber)
      var nodes: [Node] = []
      for item in items { nodes.append(try node(item)) }
      return Node(nodes, seq, isShort ? .flow : .block)
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

  private func plain(_ text: String) -> Node { Node(text, str, .plain) }

  private func scalar(_ text: String) throws(UnwritableValue) -> Node {
    guard text.unicodeScalars.first != "\u{FEFF}", !text.utf8.contains(0) else {
      throw UnwritableValue(problem: "\(quoted(text)) has a character that YAML cannot carry")
    }
    if isSafelyPlain(text) { return plain(text) }
    return Node(text, str, isSafelyLiteral(text) ? .literal : .doubleQuoted)
  }

  /// Words, digits and harmless signs in one line, that no reader takes for anything but text.
  private func isSafelyPlain(_ text: String) -> Bool {
    guard text.utf8.count <= 1_000, let first = text.utf8.first, isWord(first),
      text.utf8.last != UInt8(ascii: " ")
    else { return false }
    return text.utf8.allSatisfy { isWord($0) || isHarmless($0) } && misreading(of: text) == nil
  }

  private func isWord(_ byte: UInt8) -> Bool {
    isLowerCaseLetter(byte | 0x20) || isDigit(byte) || byte == UInt8(ascii: "_")
  }

  private func isHarmless(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  /// Several lines of printable text, none of which begins or ends with white space.
  private func isSafelyLiteral(_ text: String) -> Bool {
    guard text.utf8.contains(UInt8(ascii: "\n")), text.utf8.first != UInt8(ascii: "\n") else {
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
