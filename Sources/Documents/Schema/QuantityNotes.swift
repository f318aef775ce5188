/// What may be said about a quantity besides its law.
struct QuantityNotes {
  var minimum: Double?
  var maximum: Double?
  var published: Double?
  var source: String?
  var confidence: DistributionForm.Confidence?
}

extension SchemaChecker {
  /// The notes that are given; a faulty one is told of and left out.
  mutating func notes(
    _ node: SourceNode, _ range: NumberRange, _ unit: String, _ path: String
  ) -> QuantityNotes {
    let levels = DistributionForm.Confidence.allCases.map(\.rawValue)
    let schemas: [(String, Schema)] = [
      ("min", .number(range, unit: unit)), ("max", .number(range, unit: unit)),
      ("published", .number(range, unit: unit)), ("source", .text), ("confidence", .choice(levels)),
    ]
    var found: [String: DocumentNode] = [:]
    for (key, schema) in schemas {
      guard let value = node[key] else { continue }
      found[key] = check(value, schema, path: joined(path, key))
    }
    return QuantityNotes(
      minimum: found["min"]?.number, maximum: found["max"]?.number,
      published: found["published"]?.number, source: found["source"]?.text,
      confidence: found["confidence"]?.text.flatMap(DistributionForm.Confidence.init))
  }
}
