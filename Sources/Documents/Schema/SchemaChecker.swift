/// Checks a tree against a schema, node by node, keeping what is sound and telling every fault.
///
/// A value with a fault is left out of the result, so that a later reader can go on with the rest
/// and add its own faults to these.
package struct SchemaChecker {
  /// What was found.
  var found = FaultList()
  package var faults: [Fault] { found.faults }
  /// What needs not be looked at again, being the same.
  var known = SoundParts()

  package init() {}

  /// The checked value, or nil with at least one fault told, here or when the tree was read.
  package mutating func check(_ node: SourceNode, _ schema: Schema, path: String) -> DocumentNode? {
    guard let shape = node.shape else { return nil }
    guard schema.shapes.contains(shape) else {
      report(node, path, "found \(node.inWords)", advice: "wanted: \(schema.inWords)")
      return nil
    }
    return content(of: node, schema, path).map { content in
      var checked = DocumentNode(
        content: content, location: node.location, path: path,
        refused: node.parts(missingFrom: content, under: schema))
      if case .mapping(let entries) = content, let fields = schema.fixedFields {
        checked.defaults = fields.defaults(besides: entries, node.location, path)
        fields.handDown(in: &checked)
      }
      return checked
    }
  }

  mutating func content(of node: SourceNode, _ schema: Schema, _ path: String)
    -> DocumentNode.Content?
  {
    switch (schema, node.content) {
    case (.anything, _):
      return .unchecked(node)
    case (.either(let forms), _):
      return either(node, forms, path)
    case (.worded(let schema, let words), .scalar):
      return worded(node, schema, words, path)
    case (.worded(let schema, _), _):
      return content(of: node, schema, path)
    case (.quantity(let range, let unit), _):
      return quantity(node, range, unit, path).map(DocumentNode.Content.distribution)
    case (.mapping(let fields), .mapping(let entries)):
      return .mapping(mapping(node, entries, fields, path))
    case (.dictionary(let value, let keys), .mapping(let entries)):
      return .mapping(dictionary(entries, value, keys, path))
    case (.list(let item, let minimum), .list(let items)):
      return .list(list(node, items, item, minimum, path))
    case (.records(let fields, let key, let minimum), .list(let items)):
      return .list(records(node, items, fields, key, minimum, path))
    case (_, .scalar(let text, let isPlain)):
      return scalar(node, text, isPlain, schema, path)
    default:
      return nil
    }
  }

  mutating func report(
    _ node: SourceNode, _ path: String, _ problem: String, suggestion: Suggestion? = nil,
    advice: String? = nil
  ) {
    found.append(
      Fault(at: node.location, path: path, problem, suggestion: suggestion, advice: advice))
  }

  // MARK: - Collections

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

  private mutating func dictionary(
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

  private mutating func list(
    _ node: SourceNode, _ items: [SourceNode], _ schema: Schema, _ minimum: Int, _ path: String
  ) -> [DocumentNode] {
    require(items.count, minimum, node, path)
    return items.enumerated().compactMap { check($1, schema, path: "\(path)[\($0)]") }
  }

  private mutating func records(
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

extension SourceDocument {
  /// Checks the whole document, telling every fault and keeping all that is sound.
  public func check(against schema: Schema) -> (document: DocumentNode?, faults: [Fault]) {
    check(against: schema, knowing: SoundParts())
  }

  /// The same, without looking again at parts that are known to be sound.
  package func check(
    against schema: Schema, knowing known: SoundParts
  ) -> (document: DocumentNode?, faults: [Fault]) {
    var checker = SchemaChecker()
    checker.known = known
    let document = checker.check(root, schema, path: "")
    return (document, ScenarioFaults(faults + checker.faults).faults)
  }

  /// The parts of the document that are sound; none if it has any fault.
  package func soundParts(under schema: Schema) -> SoundParts {
    let (document, faults) = check(against: schema)
    guard let document, faults.isEmpty else { return SoundParts() }
    return SoundParts(of: root, checked: document)
  }

  /// The whole document, when nothing at all is wrong with it.
  public func checked(against schema: Schema) throws(ScenarioFaults) -> DocumentNode {
    let (document, faults) = check(against: schema)
    guard faults.isEmpty, let document else { throw ScenarioFaults(faults) }
    return document
  }
}
