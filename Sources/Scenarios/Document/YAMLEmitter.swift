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
  /// Numbers must be finite.
  public static func text(of value: DocumentValue) -> String {
    // Serialising fails only for events out of order, which a tree cannot produce.
    (try? serialize(node: node(value), width: -1, allowUnicode: true)) ?? ""
  }

  private static func node(_ value: DocumentValue) -> Node {
    switch value {
    case .mapping(let pairs):
      let style: Node.Mapping.Style = pairs.isEmpty ? .flow : .block
      return Node(pairs.map { (scalar($0.key), node($0.value)) }, Tag(.map), style)
    case .list(let items):
      let isShort = items.count <= shortList && items.allSatisfy(\.isNumber)
      return Node(items.map(node), Tag(.seq), isShort ? .flow : .block)
    case .text(let text): return scalar(text)
    case .flag(let flag): return plain(flag ? "true" : "false")
    case .onOff(let flag): return plain(flag ? "on" : "off")
    case .integer(let integer): return plain(String(integer))
    case .number(let number): return plain(plainNumber(number))
    case .date(let date): return plain(date.description)
    case .month(let month): return plain(month.description)
    }
  }

  private static func plain(_ text: String) -> Node { Node(text, Tag(.str), .plain) }

  private static func scalar(_ text: String) -> Node {
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

extension DocumentValue {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .number: true
    default: false
    }
  }
}
