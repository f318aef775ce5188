/// A key of a mapping: all that there is to say about it.
///
/// The checker holds documents to it, readers get its default where a document leaves it out, and the
/// JSON Schema and the reference page are made from it.
public struct Field: Sendable {
  /// The key as written in the file.
  public let key: String
  /// What its value may be.
  public let schema: Schema
  /// Whether a mapping without it is at fault.
  public let isRequired: Bool
  /// What it is where it is not written; nil for nothing.
  public let usual: Default?
  /// Keys of the same mapping without any of which it would mean nothing; empty where it always does.
  public let beside: [String]
  /// One sentence on what the value means.
  public let doc: String
  /// What may stand under the key, as YAML: such a key is a section of the reference page.
  public let example: String?

  private init(
    _ key: String, _ schema: Schema, isRequired: Bool, usual: Default? = nil, beside: [String] = [],
    doc: String, example: String?
  ) {
    (self.key, self.schema, self.isRequired, self.usual) = (key, schema, isRequired, usual)
    (self.beside, self.doc, self.example) = (beside, doc, example)
  }

  /// An optional key.
  public static func optional(
    _ key: String, _ schema: Schema, default usual: Default? = nil, beside: [String] = [],
    _ doc: String, example: String? = nil
  ) -> Field {
    Field(
      key, schema, isRequired: false, usual: usual, beside: beside, doc: doc, example: example)
  }

  /// A key that must be there.
  public static func required(
    _ key: String, _ schema: Schema, _ doc: String, example: String? = nil
  ) -> Field {
    Field(key, schema, isRequired: true, doc: doc, example: example)
  }

  /// The key with its example, as YAML; nil where it has none.
  package var exampleText: String? {
    example.map { example in
      let isBlock = !example.hasPrefix("{") && example.contains(where: { ":\n".contains($0) })
      let lines = example.split(separator: "\n")
      return isBlock
        ? "\(key):\n" + lines.map { "  \($0)\n" }.joined() : "\(key): \(example)\n"
    }
  }

  /// The same where it is not always required: what it is without it, in words.
  package func optional(without words: String) -> Field {
    .optional(
      key, schema, default: isRequired ? .stated(words) : usual, beside: beside, doc,
      example: example)
  }

  /// The same in a record of a mapping that says it for all of its records, which is called `holder`.
  ///
  /// - Parameter other: a key without which alone the record has it from there.
  package func handedDown(by holder: String, unless other: String? = nil) -> Field {
    .optional(key, schema, default: .holder(holder, unless: other), beside: beside, doc)
  }

  /// The same for a document that changes another, in which what is not written stays what it is.
  package var partial: Field { .optional(key, schema.partial, beside: beside, doc) }
}

/// What a key is where it is not written.
public enum Default: Sendable {
  /// This word or text.
  case text(String)
  /// This whole number.
  case integer(Int)
  /// This number.
  case number(Double)
  /// Whether it is so.
  case flag(Bool)
  /// What another key of the same mapping says.
  case key(String)
  /// What the same key says in the mapping that holds the record, which is called this; nothing where
  /// the record has the other key.
  case holder(String, unless: String?)
  /// Something that no key says, in words; a reader must know it.
  case stated(String)

  /// The word of a known set.
  public static func word<Word: RawRepresentable<String>>(_ word: Word) -> Default {
    .text(word.rawValue)
  }

  /// Whether it changes with what the document says elsewhere.
  var follows: Bool {
    switch self {
    case .key, .holder: true
    default: false
    }
  }

  /// The default in words: `1`, `as jurisdiction`.
  package var inWords: String {
    switch self {
    case .text(let text): text
    case .integer(let integer): "\(integer)"
    case .number(let number): plainNumber(number)
    case .flag(let flag): flag ? "true" : "false"
    case .key(let key): "as \(key)"
    case .holder(let holder, let other):
      "as the \(holder)" + (other.map { ", unless it has `\($0)` of its own" } ?? "")
    case .stated(let words): words
    }
  }

  /// As a value of the JSON Schema; nil for what depends on the document.
  var json: JSONValue? {
    switch self {
    case .text(let text): .string(text)
    case .integer(let integer): .integer(integer)
    case .number(let number): .number(number)
    case .flag(let flag): .bool(flag)
    case .key, .holder, .stated: nil
    }
  }

  /// As what a document would hold there; nil for what depends on it.
  fileprivate func content(
    of schema: Schema, _ location: SourceLocation, _ path: String
  ) -> DocumentNode.Content? {
    switch (self, schema) {
    case (.number(let number), .quantity):
      .distribution(DistributionForm(law: .constant(number), location: location, path: path))
    case (.text(let text), _): .text(text)
    case (.integer(let integer), _): .integer(integer)
    case (.number(let number), _): .number(number)
    case (.flag(let flag), .onOff): .onOff(flag)
    case (.flag(let flag), _): .flag(flag)
    default: nil
    }
  }
}

extension [Field] {
  /// What the keys are that a mapping does not have.
  ///
  /// - Parameters:
  ///   - entries: what it has.
  ///   - location: where it stands.
  func defaults(
    besides entries: [DocumentNode.Entry], _ location: SourceLocation, _ path: String
  ) -> [DocumentNode.Entry] {
    func value(_ key: String) -> DocumentNode? { entries.first { $0.key == key }?.value }
    return compactMap { field in
      guard let usual = field.usual, value(field.key) == nil,
        field.beside.isEmpty || field.beside.contains(where: { value($0) != nil })
      else { return nil }
      if case .key(let other) = usual {
        return value(other).map { .init(key: field.key, keyLocation: location, value: $0) }
      }
      let place = Documents.joined(path, field.key)
      return usual.content(of: field.schema, location, place).map { content in
        let node = DocumentNode(content: content, location: location, path: place)
        return .init(key: field.key, keyLocation: location, value: node)
      }
    }
  }

  /// What a mapping says for all records of its lists, each record with what it has not itself.
  func handDown(in mapping: inout DocumentNode) {
    for field in self {
      guard case .records(let inner, _, _) = field.schema else { continue }
      for key in inner {
        guard case .holder(_, let other)? = key.usual else { continue }
        mapping.hand(key.key, toItemsOf: field.key, unless: other)
      }
    }
  }
}

extension DocumentNode {
  fileprivate mutating func hand(_ key: String, toItemsOf list: String, unless other: String?) {
    guard case .mapping(var entries) = content,
      let place = entries.firstIndex(where: { $0.key == list }),
      case .list(var items) = entries[place].value.content
    else { return }
    let value = self[key]
    for index in items.indices where items[index].written(key) == nil {
      if refused.contains(key) { items[index].refused.insert(key) }
      guard let value, other.map({ items[index].written($0) == nil }) ?? true else { continue }
      items[index].defaults.append(Entry(key: key, keyLocation: location, value: value))
    }
    entries[place].value.content = .list(items)
    content = .mapping(entries)
  }
}
