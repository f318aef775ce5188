extension Schema {
  /// What is wanted, in words: `a number, above 0 [USD/hour]`.
  package var inWords: String {
    switch self {
    case .mapping: "a mapping of keys to values"
    case .list(let item, _): "a list, each item \(item.inWords)"
    case .records(_, let key, _): "a list of mappings, each with its own \(key)"
    case .dictionary(let value, _): "a mapping of free keys, each value \(value.inWords)"
    case .text: "text"
    case .identifier, .reference: "an identifier (\(identifierRule))"
    case .name: "a name (\(nameRule))"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .flag: "true or false"
    case .onOff: "on or off"
    case .integer(let range, let unit): "a whole number" + limits(range.inWords, unit)
    case .number(let range, let unit): "a number" + limits(range.description, unit)
    case .quantity(let range, let unit):
      "a number or a distribution" + limits(range.description, unit)
    case .date: "a day, written YYYY-MM-DD"
    case .month: "a month, written YYYY-MM"
    case .either(let forms): forms.map(\.inWords).joined(separator: "; or ")
    case .worded(_, let words): words
    case .anything: "any value"
    }
  }

  /// The keys of a mapping; nil for one of free keys, and for what can be none.
  package var fixedFields: [Field]? {
    switch self {
    case .mapping(let fields): fields
    case .either(let forms): forms.lazy.compactMap(\.fixedFields).first
    case .worded(let schema, _): schema.fixedFields
    default: nil
    }
  }

  /// The kinds of node that this schema may accept.
  var shapes: Set<Shape> {
    switch self {
    case .mapping, .dictionary: [.mapping]
    case .list, .records: [.list]
    case .quantity: [.scalar, .mapping]
    case .worded(let schema, _): schema.shapes
    case .either(let forms): forms.reduce(into: []) { $0.formUnion($1.shapes) }
    case .anything: Set(Shape.allCases)
    default: [.scalar]
    }
  }
}

/// The three kinds of node there are.
package enum Shape: CaseIterable {
  case scalar, list, mapping
}

extension SourceNode {
  /// The kind of node, nil for one that has already been refused.
  package var shape: Shape? {
    switch content {
    case .scalar: .scalar
    case .list: .list
    case .mapping: .mapping
    case .refused: nil
    }
  }
}

/// A range and a unit after a comma, without what does not limit anything.
func limits(_ range: String, _ unit: String) -> String {
  (range.hasPrefix("any") ? "" : ", \(range)") + (unit.isEmpty ? "" : " [\(unit)]")
}
