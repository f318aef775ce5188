import Wording

/// A piece of HTML. Text is escaped on its way in, and names of elements and attributes are literals of this
/// program, so that nothing that a scenario says can be markup.
struct Markup {
  private(set) var html: String

  private init(html: String) { self.html = html }

  /// Text as a person wrote it.
  static func text(_ text: String) -> Markup { Markup(html: escaped(text)) }

  /// An element with what is in it.
  static func element(_ name: StaticString, _ children: [Markup]) -> Markup {
    element(name, [:], children)
  }

  /// An element with attributes and what is in it.
  static func element(
    _ name: StaticString, _ attributes: Attributes, _ children: [Markup]
  ) -> Markup {
    Markup(html: "<\(name)\(attributes.html)>" + children.map(\.html).joined() + "</\(name)>\n")
  }

  /// An element with text in it.
  static func element(_ name: StaticString, text: String) -> Markup {
    element(name, [:], [.text(text)])
  }

  /// An element with attributes and text in it.
  static func element(_ name: StaticString, _ attributes: Attributes, text: String) -> Markup {
    element(name, attributes, [.text(text)])
  }

  /// An element that holds nothing and has no end.
  static func void(_ name: StaticString, _ attributes: Attributes) -> Markup {
    Markup(html: "<\(name)\(attributes.html)>\n")
  }

  /// A program or a style sheet of this program's own, which holds no end of its element.
  static func own(_ name: StaticString, _ source: String) -> Markup {
    precondition(!source.mayEnd(name), "\(name) ends in itself")
    return Markup(html: "<\(name)>\(source)</\(name)>\n")
  }

  /// JSON that a program of the page reads: nothing in it can end its element, since `<` is spelt out.
  static func json(id: String, _ bytes: [UInt8]) -> Markup {
    // Byte by byte: looking for a string in a megabyte of charts took longer than writing the tables.
    let parts = bytes.split(separator: UInt8(ascii: "<"), omittingEmptySubsequences: false)
    let json = String(decoding: Array(parts.joined(separator: "\\u003C".utf8)), as: UTF8.self)
    return Markup(
      html: "<script type=\"application/json\" id=\"\(escaped(id))\">\(json)</script>\n")
  }

  fileprivate static func escaped(_ text: String) -> String {
    var html = ""
    for character in InvisibleCharacters.escaped(text).unicodeScalars {
      switch character {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      default: html.unicodeScalars.append(character)
      }
    }
    return html
  }
}

extension String {
  /// Whether a text has `</` and a name in it, in whatever case.
  fileprivate func mayEnd(_ name: StaticString) -> Bool {
    var rest = Substring(self).utf8
    let name = "\(name)".utf8
    while let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
      let isEnd = rest[..<slash].last == UInt8(ascii: "<")
      rest = rest[slash...].dropFirst()
      if isEnd, rest.prefix(name.count).elementsEqual(name, by: { $0 | 0x20 == $1 }) { return true }
    }
    return false
  }
}

/// Attributes of an element, in the order in which they are given.
struct Attributes: ExpressibleByDictionaryLiteral {
  fileprivate let html: String

  init(dictionaryLiteral pairs: (StaticString, String)...) {
    html = pairs.map { " \($0)=\"\(Markup.escaped($1))\"" }.joined()
  }
}
