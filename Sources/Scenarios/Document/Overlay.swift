extension SourceDocument {
  /// This document laid over `base`: what is written here replaces what is written there.
  ///
  /// Mappings are joined key by key, the base's keys first; where `schema` asks for records, so are
  /// the items with the same identifier, new ones following. Any other list or value replaces the
  /// base's whole, and so does a quantity, whose keys make sense only together. Every value keeps
  /// the place it was written at, so that faults name the right file.
  public func overlaid(on base: SourceDocument, following schema: Schema) -> SourceDocument {
    var result = self
    result.faults = base.faults + faults
    result.root = overlay(root, on: base.root, schema)
    return result
  }
}

private func overlay(_ node: SourceNode, on base: SourceNode, _ schema: Schema?) -> SourceNode {
  switch (schema, node.content, base.content) {
  case (.mapping?, .mapping(let entries), .mapping(let baseEntries)),
    (.dictionary?, .mapping(let entries), .mapping(let baseEntries)):
    let joined = joined(entries, baseEntries, key: \.key) { entry, base in
      let value = overlay(entry.value, on: base.value, schema?[[entry.key]])
      return SourceEntry(key: entry.key, keyLocation: entry.keyLocation, value: value)
    }
    return SourceNode(content: .mapping(joined), location: node.location)
  case (.records(let fields, let key, _)?, .list(let items), .list(let baseItems)):
    let joined = joined(items, baseItems, key: { $0.identifier(key) }) { item, base in
      overlay(item, on: base, .mapping(fields))
    }
    return SourceNode(content: .list(joined), location: node.location)
  case (.either(let forms)?, .mapping, .mapping):
    return overlay(node, on: base, forms.first { $0.shapes == [.mapping] })
  default:
    return node
  }
}

/// The base's elements, those that have a counterpart merged with it, then the others.
private func joined<Element, Key: Hashable>(
  _ elements: [Element], _ base: [Element], key: (Element) -> Key?,
  merge: (Element, Element) -> Element
) -> [Element] {
  var rest = elements
  let merged = base.map { old in
    guard let name = key(old), let index = rest.firstIndex(where: { key($0) == name }) else {
      return old
    }
    return merge(rest.remove(at: index), old)
  }
  return merged + rest
}

extension SourceNode {
  fileprivate func identifier(_ key: String) -> String? {
    guard case .scalar(let name, _) = self[key]?.content else { return nil }
    return name
  }
}
