public import Quantities

/// A checked value of a document, with its place in the file and in the tree.
///
/// The accessors give nil when the value is not of that type, which cannot happen where the schema
/// asked for the type, and for keys that are absent.
public struct DocumentNode: Hashable, Sendable {
  /// What the value is.
  public indirect enum Content: Hashable, Sendable {
    /// Keys and values in the order of the file.
    case mapping([Entry])
    /// Items in the order of the file.
    case list([DocumentNode])
    /// A text, identifier or choice.
    case text(String)
    /// `true` or `false`.
    case flag(Bool)
    /// `on` or `off`.
    case onOff(Bool)
    /// A whole number.
    case integer(Int)
    /// A finite number.
    case number(Double)
    /// A day.
    case date(Day)
    /// A month.
    case month(Month)
    /// A quantity, constant or uncertain.
    case distribution(DistributionForm)
    /// Kept as written, for `check(against:)`.
    case unchecked(SourceNode)
  }

  /// A key and its value.
  public struct Entry: Hashable, Sendable {
    /// The key as written.
    public let key: String
    /// Where the key stands.
    public let keyLocation: SourceLocation
    /// The value under the key.
    public internal(set) var value: DocumentNode
  }

  /// What the value is.
  public internal(set) var content: Content
  /// Where the value begins; for a mapping or list in block form, where its key stands.
  public let location: SourceLocation
  /// Its path from the top of the document (`regimes.h20-only.rules[1]`, counted from 0).
  public let path: String
  /// Keys of a mapping, or places in a list, that are written in the file and were refused; a key
  /// that looks misspelt stands here as it was probably meant.
  public internal(set) var refused: Set<String> = []
  /// What the keys of a mapping are that it does not have.
  var defaults: [Entry] = []
}

extension DocumentNode {
  /// Whether nothing at all is written under `key`: a value that was refused has been told of, and
  /// is not missing.
  public func lacks(_ key: String) -> Bool {
    !refused.contains(key) && !entries.contains { $0.key == key }
  }

  /// The value under `key`, or its default where this mapping has none that is sound.
  public subscript(key: String) -> DocumentNode? {
    (entries.first { $0.key == key } ?? defaults.first { $0.key == key })?.value
  }

  /// The value under `key`, where it is written.
  public func written(_ key: String) -> DocumentNode? {
    entries.first { $0.key == key }?.value
  }

  /// The word under `key`, as one of a known set.
  public func word<Word: RawRepresentable<String>>(_ key: String) -> Word? {
    self[key]?.text.flatMap(Word.init)
  }

  /// A mapping that says what this one writes, and of other keys what `base` says.
  ///
  /// - Parameter removed: keys of `base` that are left out.
  package func over(_ base: DocumentNode, without removed: Set<String> = []) -> DocumentNode {
    let keys = Set(entries.map(\.key))
    let kept = base.entries.filter { !keys.contains($0.key) && !removed.contains($0.key) }
    var whole = self
    whole.content = .mapping(kept + entries)
    whole.defaults = base.defaults.filter { !keys.contains($0.key) }
    return whole
  }

  /// A mapping with this under a key, where the key stands or else at the end; without the key for nil.
  package func with(_ key: String, _ value: DocumentNode?) -> DocumentNode {
    var whole = self
    let place = entries.firstIndex { $0.key == key }
    var changed = entries.filter { $0.key != key }
    if let value {
      let entry = Entry(key: key, keyLocation: value.location, value: value)
      changed.insert(entry, at: place ?? changed.endIndex)
    }
    whole.content = .mapping(changed)
    return whole
  }

  /// Something else at the same place, which nobody has written.
  package func saying(_ content: Content, at path: String? = nil) -> DocumentNode {
    DocumentNode(content: content, location: location, path: path ?? self.path)
  }

  /// An entry of such a mapping.
  package func entry(_ key: String, _ content: Content) -> Entry {
    Entry(key: key, keyLocation: location, value: saying(content, at: joined(path, key)))
  }

  /// The same with these items, of which none is refused that was not.
  package func with(items: [DocumentNode]) -> DocumentNode {
    var list = self
    list.content = .list(items)
    return list
  }

  /// The keys and values of a mapping in the order of the file; empty for anything else.
  public var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  /// The items of a list in the order of the file; empty for anything else.
  public var items: [DocumentNode] {
    if case .list(let items) = content { items } else { [] }
  }

  /// The text, identifier or choice.
  public var text: String? { if case .text(let text) = content { text } else { nil } }

  /// True for `true` and `on`, false for `false` and `off`.
  public var flag: Bool? {
    switch content {
    case .flag(let flag), .onOff(let flag): flag
    default: nil
    }
  }

  /// The whole number.
  public var integer: Int? { if case .integer(let integer) = content { integer } else { nil } }

  /// The number, whole or not; for a quantity given as a constant, its value.
  public var number: Double? {
    switch content {
    case .number(let number): number
    case .integer(let integer): Double(integer)
    case .distribution(let form): form.constant
    default: nil
    }
  }

  /// The day.
  public var date: Day? { if case .date(let date) = content { date } else { nil } }

  /// The month.
  public var month: Month? { if case .month(let month) = content { month } else { nil } }

  /// The quantity, constant or uncertain.
  public var distribution: DistributionForm? {
    if case .distribution(let form) = content { form } else { nil }
  }

  /// A fault at this value.
  public func fault(_ problem: String, suggestion: Suggestion? = nil, advice: String? = nil)
    -> Fault
  {
    Fault(at: location, path: path, problem, suggestion: suggestion, advice: advice)
  }

  /// Checks a value that the schema let pass as `anything` against the schema it should follow.
  public func check(against schema: Schema) -> (node: DocumentNode?, faults: [Fault]) {
    guard case .unchecked(let source) = content else { return (self, []) }
    var checker = SchemaChecker()
    let node = checker.check(source, schema, path: path)
    return (node, ScenarioFaults(checker.faults).faults)
  }
}
