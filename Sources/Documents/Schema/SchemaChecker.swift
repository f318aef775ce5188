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
