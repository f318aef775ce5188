/// A value as written in a file, before any schema has said what it should be.
public struct SourceNode: Hashable, Sendable {
  /// What is written.
  package enum Content: Hashable, Sendable {
    /// A word, number or text; `isPlain` when it stands without quotes or block marks.
    case scalar(String, isPlain: Bool)
    case list([SourceNode])
    case mapping([SourceEntry])
    /// Something already reported as a fault, about which nothing more is to be said.
    case refused
  }

  package var content: Content
  /// Where the value begins; for a mapping or list in block form, where its key stands.
  public package(set) var location: SourceLocation

  package init(content: Content, location: SourceLocation) {
    (self.content, self.location) = (content, location)
  }
}

/// A key and its value as written in a file.
package struct SourceEntry: Hashable, Sendable {
  package let key: String
  package let keyLocation: SourceLocation
  package var value: SourceNode

  package init(key: String, keyLocation: SourceLocation, value: SourceNode) {
    (self.key, self.keyLocation, self.value) = (key, keyLocation, value)
  }
}

extension SourceNode {
  /// What is written, in words, for a message about what should be there instead.
  package var inWords: String {
    switch content {
    case .scalar(let text, true) where isNothing(text): "nothing"
    case .scalar(let text, true) where parsedNumber(text) != nil: "the number \(text)"
    case .scalar(let text, true): quoted(text)
    case .scalar(let text, false): "the text \(quoted(text))"
    case .list: "a list"
    case .mapping: "a mapping of keys to values"
    case .refused: "a value that cannot be used"
    }
  }

  /// Whether it, or anything in it, was reported as a fault before.
  package var hasRefusedPart: Bool {
    switch content {
    case .scalar: false
    case .list(let items): items.contains(where: \.hasRefusedPart)
    case .mapping(let entries): entries.contains { $0.value.hasRefusedPart }
    case .refused: true
    }
  }

  /// The value under `key`, when this is a mapping that has it.
  package subscript(key: String) -> SourceNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The keys and values of a mapping in the order of the file; empty for anything else.
  package var entries: [SourceEntry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  /// The items of a list in the order of the file; empty for anything else.
  package var items: [SourceNode] { if case .list(let items) = content { items } else { [] } }
}
