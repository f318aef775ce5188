/// What mappings, dictionaries and lists can have wrong: keys that are missing, unknown or not allowed, ids given twice, too few
/// items.
extension SchemaChecker {
  mutating func mapping(
    _ node: SourceNode, _ entries: [SourceEntry], _ fields: [Field], _ path: String
  ) -> [DocumentNode.Entry] {
    for field in fields where field.isRequired && !entries.contains(where: { $0.key == field.key })
    {
      report(
        node, path, "the key \(quoted(field.key)) is missing",
        advice: "wanted: \(field.schema.inWords)")
    }
    let earlier = known[path]
    return entries.compactMap { entry in
      if let part = earlier?[entry.key], part.source == entry.value {
        return DocumentNode.Entry(
          key: entry.key, keyLocation: entry.keyLocation, value: part.checked)
      }
      guard let field = fields.first(where: { $0.key == entry.key }) else {
        unknownKey(entry, among: fields.map(\.key), path)
        return nil
      }
      return self.entry(entry, field.schema, path)
    }
  }

  /// Tells of a key that is not among `keys`.
  mutating func unknownKey(_ entry: SourceEntry, among keys: [String], _ path: String) {
    guard !found.isFull(of: entry.keyLocation.file) else {
      return found.count(in: entry.keyLocation.file)
    }
    let nearest = nearestWord(to: entry.key, among: keys).map { Suggestion($0) }
    // A long list would hide the one word that is wanted.
    let isLong = keys.count > Self.mostKeysBesideOne && nearest != nil
    found.append(
      Fault(
        at: entry.keyLocation, path: joined(path, entry.key), "unknown key \(quoted(entry.key))",
        suggestion: nearest,
        advice: isLong
          ? "`chokepoint schema` has all \(keys.count) that are allowed here"
          : "allowed here: \(keys.sorted().joined(separator: ", "))"))
  }

  private static let mostKeysBesideOne = 24

  mutating func dictionary(
    _ entries: [SourceEntry], _ schema: Schema, _ keys: KeyForm, _ path: String
  ) -> [DocumentNode.Entry] {
    entries.compactMap { entry in
      guard keys.allows(entry.key) else {
        found.append(
          Fault(
            at: entry.keyLocation, path: path, "the key \(quoted(entry.key)) is not allowed here",
            advice: "wanted: \(keys.description)"))
        return nil
      }
      return self.entry(entry, schema, path)
    }
  }

  private mutating func entry(_ entry: SourceEntry, _ schema: Schema, _ path: String)
    -> DocumentNode.Entry?
  {
    check(entry.value, schema, path: joined(path, entry.key)).map {
      DocumentNode.Entry(key: entry.key, keyLocation: entry.keyLocation, value: $0)
    }
  }

  mutating func list(
    _ node: SourceNode, _ items: [SourceNode], _ schema: Schema, _ minimum: Int, _ path: String
  ) -> [DocumentNode] {
    require(items.count, minimum, node, path)
    return items.enumerated().compactMap { check($1, schema, path: "\(path)[\($0)]") }
  }

  mutating func records(
    _ node: SourceNode, _ items: [SourceNode], _ fields: [Field], _ key: String, _ minimum: Int,
    _ path: String
  ) -> [DocumentNode] {
    require(items.count, minimum, node, path)
    var lines: [String: Int] = [:]
    return items.enumerated().compactMap { index, item in
      guard let id = item[key], case .scalar(let name, _) = id.content,
        fields.allows(name, asThe: key)
      else {
        return check(item, .mapping(fields), path: "\(path)[\(index)]")
      }
      let itemPath = joined(path, name)
      if let line = lines[name] {
        report(
          id, itemPath, "the \(key) \(quoted(name)) is already given on line \(line)",
          advice: "give each its own")
      } else {
        lines[name] = id.location.line
      }
      return known.record(item, path: itemPath) ?? check(item, .mapping(fields), path: itemPath)
    }
  }

  private mutating func require(_ count: Int, _ minimum: Int, _ node: SourceNode, _ path: String) {
    guard count < minimum else { return }
    let items = minimum == 1 ? "one item is" : "\(minimum) items are"
    report(node, path, "found a list of \(count)", advice: "at least \(items) wanted")
  }
}

extension [Field] {
  /// Whether a record's identifier can be shown in a path; another one is told of by its own schema.
  fileprivate func allows(_ name: String, asThe key: String) -> Bool {
    if case .identifier = first(where: { $0.key == key })?.schema { return isIdentifier(name) }
    return isPathWord(name)
  }
}
