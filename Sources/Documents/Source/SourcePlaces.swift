extension SourceNode {
  /// The value at a path of keys, where the key of a list of records is an item's identifier.
  package func value(at place: some Collection<String>) -> SourceNode? {
    place.reduce(self as SourceNode?) { node, key in
      node?[key] ?? node?.records(by: "id")[key]
    }
  }

  /// The same without the key at a path; the same if there is none.
  package func removing(_ place: some Collection<String>) -> SourceNode {
    guard let key = place.first else { return self }
    let rest = place.dropFirst()
    var node = self
    switch content {
    case .mapping(let entries):
      node.content = .mapping(
        entries.compactMap { entry in
          guard entry.key == key else { return entry }
          guard !rest.isEmpty else { return nil }
          var entry = entry
          entry.value = entry.value.removing(rest)
          return entry
        })
    case .list(let items):
      node.content = .list(
        items.map { item in
          guard case .scalar(key, _) = item["id"]?.content else { return item }
          return item.removing(rest)
        })
    case .scalar, .refused: break
    }
    return node
  }

  /// The items of a list of records, by identifier.
  package func records(by key: String) -> [String: SourceNode] {
    var found: [String: SourceNode] = [:]
    for item in items {
      guard case .scalar(let id, _) = item[key]?.content, found[id] == nil else { continue }
      found[id] = item
    }
    return found
  }
}
