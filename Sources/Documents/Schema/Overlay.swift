extension SourceDocument {
  /// This document laid over `base`: what is written here replaces what is written there.
  ///
  /// Mappings are joined key by key, the base's keys first; where `schema` asks for records, so are
  /// the items with the same identifier, new ones following. An item that says `remove: true` takes
  /// the base's away. Any other list or value replaces the base's whole, and so does a quantity,
  /// whose keys make sense only together. Every value keeps the place it was written at, so that
  /// faults name the right file; what fits nothing of the base is among the result's faults.
  public func overlaid(on base: SourceDocument, following schema: Schema) -> SourceDocument {
    var overlay = Overlay()
    var result = self
    result.root = overlay.node(root, on: base.root, schema, path: "")
    result.faults = base.faults + faults + overlay.faults
    return result
  }
}

/// The key by which a record of an overlay takes the base's away.
let removalKey = "remove"

/// Lays one tree over another.
private struct Overlay {
  var faults: [Fault] = []

  mutating func node(
    _ node: SourceNode, on base: SourceNode, _ schema: Schema?, path: String
  ) -> SourceNode {
    switch (schema, node.content, base.content) {
    case (.mapping?, .mapping(let entries), .mapping(let baseEntries)),
      (.dictionary?, .mapping(let entries), .mapping(let baseEntries)):
      let joined = self.entries(entries, on: baseEntries, schema, path)
      return SourceNode(content: .mapping(joined), location: node.location)
    case (.records(let fields, let key, _)?, .list(let items), .list(let baseItems)):
      let joined = records(items, on: baseItems, fields, key, path)
      return SourceNode(content: .list(joined), location: node.location)
    case (.either(let forms)?, .mapping, .mapping):
      return self.node(node, on: base, forms.first { $0.shapes == [.mapping] }, path: path)
    case (_, .mapping, .refused), (_, .list, .refused):
      // What is laid over something that could not be read cannot be judged either.
      return base
    default:
      return node
    }
  }

  /// The base's entries, those that have a counterpart merged with it, then the others.
  private mutating func entries(
    _ entries: [SourceEntry], on base: [SourceEntry], _ schema: Schema?, _ path: String
  ) -> [SourceEntry] {
    var rest = entries
    var merged: [SourceEntry] = []
    for old in base {
      guard let index = rest.firstIndex(where: { $0.key == old.key }) else {
        merged.append(old)
        continue
      }
      var entry = rest.remove(at: index)
      entry.value = node(
        entry.value, on: old.value, schema?[[entry.key]], path: joined(path, entry.key))
      merged.append(entry)
    }
    return merged + rest
  }

  /// The base's items, those that have a counterpart merged with it or taken away, then the others.
  private mutating func records(
    _ items: [SourceNode], on base: [SourceNode], _ fields: [Field], _ key: String, _ path: String
  ) -> [SourceNode] {
    var rest = items
    var merged: [SourceNode] = []
    for old in base {
      guard let name = old.identifier(key),
        let index = rest.firstIndex(where: { $0.identifier(key) == name })
      else {
        merged.append(old)
        continue
      }
      let item = rest.remove(at: index)
      guard !item.isRemoval else { continue }
      merged.append(
        node(item.withoutRemoval, on: old, .mapping(fields), path: joined(path, name)))
    }
    let known = base.compactMap { $0.identifier(key) }
    return merged + rest.map { added($0, to: known, fields, key, path) }
  }

  /// An item that the base does not have: it must be whole, and cannot be taken away.
  private mutating func added(
    _ item: SourceNode, to known: [String], _ fields: [Field], _ key: String, _ path: String
  ) -> SourceNode {
    guard let name = item.identifier(key) else { return item }
    let missing = fields.filter { $0.isRequired && item[$0.key] == nil }.map(\.key)
    guard item.isRemoval || !missing.isEmpty else { return item.withoutRemoval }
    let need = item.isRemoval ? "" : ", and a new one needs \(missing.joined(separator: ", "))"
    faults.append(
      Fault(
        at: item.location, path: joined(path, name),
        "there is no \(quoted(name)) here to \(item.isRemoval ? "remove" : "change")\(need)",
        suggestion: likelyWords(for: name, among: known),
        advice: known.isEmpty ? nil : "known here: \(known.joined(separator: ", "))"))
    return SourceNode(content: .refused, location: item.location)
  }
}

extension SourceNode {
  fileprivate func identifier(_ key: String) -> String? {
    guard case .scalar(let name, _) = self[key]?.content else { return nil }
    return name
  }

  fileprivate var isRemoval: Bool {
    if case .scalar("true", true) = self[removalKey]?.content { true } else { false }
  }

  /// The same without `remove: false`; any other value is left for the schema to refuse.
  fileprivate var withoutRemoval: SourceNode {
    guard case .mapping(let entries) = content,
      case .scalar("false", true) = self[removalKey]?.content
    else { return self }
    let kept = entries.filter { $0.key != removalKey }
    return SourceNode(content: .mapping(kept), location: location)
  }
}
