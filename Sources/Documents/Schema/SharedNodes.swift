extension DocumentNode {
  /// The same with the outer parts that are equal in another held once: of a record or a list, those in it.
  package func sharing(_ other: DocumentNode, levels: Int = 3) -> DocumentNode {
    if self == other { return other }
    guard levels > 0 else { return self }
    var node = self
    switch (content, other.content) {
    case (.mapping(var entries), .mapping(let others)):
      for (place, entry) in zip(entries.indices, others) where entry.key == entries[place].key {
        entries[place].value = entries[place].value.sharing(entry.value, levels: levels - 1)
      }
      node.content = .mapping(entries)
    case (.list(var items), .list(let others)):
      for (place, item) in zip(items.indices, others) {
        items[place] = items[place].sharing(item, levels: levels - 1)
      }
      node.content = .list(items)
    default: break
    }
    return node
  }
}
