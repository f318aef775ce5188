/// Parts of a document that a schema has been found to hold for, to be looked at once where many
/// documents share them.
package struct SoundParts {
  /// By the path of a mapping, then by key.
  private var parts: [String: [String: (source: SourceNode, checked: DocumentNode)]] = [:]

  /// Records of the lists among them, by path.
  private var records: [String: (source: SourceNode, checked: DocumentNode)] = [:]

  /// No parts.
  package init() {}

  /// The outermost two levels of a document that has no fault, and the items of their lists.
  package init(of root: SourceNode, checked: DocumentNode) {
    add(root, checked)
    for entry in checked.entries {
      if let source = root[entry.key] { add(source, entry.value) }
    }
  }

  private mutating func add(_ source: SourceNode, _ checked: DocumentNode) {
    for entry in checked.entries {
      guard let part = source[entry.key] else { continue }
      parts[checked.path, default: [:]][entry.key] = (part, entry.value)
      for (source, item) in zip(part.items, entry.value.items) {
        records[item.path] = (source, item)
      }
    }
  }

  /// What a record of a list has been found to be; nil where nothing is known of this one.
  func record(_ source: SourceNode, path: String) -> DocumentNode? {
    records[path].flatMap { $0.source == source ? $0.checked : nil }
  }

  /// What a mapping's entries were, by key; nil where nothing is known.
  subscript(path: String) -> [String: (source: SourceNode, checked: DocumentNode)]? {
    parts.isEmpty ? nil : parts[path]
  }
}
