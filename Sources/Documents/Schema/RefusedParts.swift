extension SourceNode {
  /// What is written in a mapping or a list and is not in the checked `content`: keys, or places.
  ///
  /// A key that the schema does not know counts as the one that it was probably meant to be too.
  func parts(missingFrom content: DocumentNode.Content, under schema: Schema) -> Set<String> {
    switch (self.content, content) {
    case (.mapping(let entries), .mapping(let kept)) where entries.count > kept.count:
      let lost = Set(entries.map(\.key)).subtracting(kept.map(\.key))
      let known = schema.fixedKeys
      let meant = lost.subtracting(known).compactMap { nearestWord(to: $0, among: known) }
      return lost.union(meant)
    case (.list(let items), .list(let kept)) where items.count > kept.count:
      let places = Set(kept.map(\.location))
      return Set(items.indices.filter { !places.contains(items[$0].location) }.map { "\($0)" })
    default:
      return []
    }
  }
}

extension Schema {
  /// The keys of a mapping, whichever form it takes.
  fileprivate var fixedKeys: [String] {
    switch self {
    case .mapping(let fields): fields.map(\.key)
    case .either(let forms): forms.flatMap(\.fixedKeys)
    case .worded(let schema, _): schema.fixedKeys
    default: []
    }
  }
}
