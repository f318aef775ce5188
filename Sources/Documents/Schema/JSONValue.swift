import Wording

/// A JSON value whose objects keep the order they were written in, so that a text is the same on
/// every run and reads in the order of its source.
indirect enum JSONValue: Hashable, Sendable {
  case object([Member])
  case array([JSONValue])
  case string(String)
  case integer(Int)
  case number(Double)
  case bool(Bool)

  struct Member: Hashable, Sendable {
    let key: String
    let value: JSONValue
  }

  /// An object without the members that have no value.
  static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
  }

  /// An array of strings.
  static func strings(_ strings: some Sequence<String>) -> JSONValue {
    .array(strings.map { .string($0) })
  }

  /// Indented text, one member or item to a line.
  var text: String {
    var text = ""
    write(to: &text, indent: "")
    return text + "\n"
  }

  private func write(to text: inout String, indent: String) {
    switch self {
    case .object(let members):
      Self.writeBlock(members, ("{", "}"), to: &text, indent) { member, inner, text in
        Self.write(member.key, to: &text)
        text += ": "
        member.value.write(to: &text, indent: inner)
      }
    case .array(let items):
      Self.writeBlock(items, ("[", "]"), to: &text, indent) { item, inner, text in
        item.write(to: &text, indent: inner)
      }
    case .string(let string): Self.write(string, to: &text)
    case .integer(let integer): text += String(integer)
    case .number(let number): text += plainNumber(number)
    case .bool(let bool): text += bool ? "true" : "false"
    }
  }

  private static func writeBlock<Element>(
    _ elements: [Element], _ marks: (open: String, close: String), to text: inout String,
    _ indent: String, _ write: (Element, String, inout String) -> Void
  ) {
    guard !elements.isEmpty else { return text += marks.open + marks.close }
    let inner = indent + "  "
    text += marks.open
    for (index, element) in elements.enumerated() {
      text += index == 0 ? "\n" + inner : ",\n" + inner
      write(element, inner, &text)
    }
    text += "\n" + indent + marks.close
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      default:
        if scalar.value < 0x20 {
          text += "\\u" + InvisibleCharacters.hex(scalar.value)
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }
}
