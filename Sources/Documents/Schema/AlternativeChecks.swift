extension SchemaChecker {
  /// A word that is wrong is told of in the schema's own words.
  mutating func worded(
    _ node: SourceNode, _ schema: Schema, _ words: String, _ path: String
  ) -> DocumentNode.Content? {
    var attempt = SchemaChecker()
    if let content = attempt.content(of: node, schema, path), attempt.found.isEmpty {
      return content
    }
    report(node, path, "found \(node.inWords)", advice: "wanted: \(words)")
    return nil
  }

  /// Checks against the one form of the node's shape; among several, the first that has no fault.
  mutating func either(_ node: SourceNode, _ forms: [Schema], _ path: String)
    -> DocumentNode.Content?
  {
    let fitting = forms.filter { schema in node.shape.map(schema.shapes.contains) ?? false }
    if fitting.count == 1 { return content(of: node, fitting[0], path) }
    for form in fitting {
      var attempt = SchemaChecker()
      if let content = attempt.content(of: node, form, path), attempt.found.isEmpty {
        return content
      }
    }
    let wanted = fitting.map(\.inWords).joined(separator: "; or ")
    report(node, path, "found \(node.inWords)", advice: "wanted: \(wanted)")
    return nil
  }
}
