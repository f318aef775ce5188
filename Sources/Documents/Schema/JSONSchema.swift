/// The JSON Schema (draft 2020-12) of documents that follow `schema`, for editors and validators.
///
/// It is as strict as JSON Schema can be about what a YAML library hands it; it cannot see
/// duplicate keys, anchors, quotes or unusual spellings of numbers. Since YAML 1.1 libraries read
/// `on` and `off` as true and false, these are allowed there too. `id` is the schema's address;
/// documents of the form of a variant, the first that fits, follow its schema instead.
public func jsonSchema(
  of schema: Schema, title: String, id: String, variants: [SchemaVariant] = []
) -> String {
  var members: [JSONValue.Member] = [
    .init(key: "$schema", value: .string("https://json-schema.org/draft/2020-12/schema")),
    .init(key: "$id", value: .string(id)),
    .init(key: "title", value: .string(title)),
  ]
  members += variants.reversed().reduce(body(of: json(schema, doc: nil))) { rest, variant in
    [
      .init(key: "if", value: variant.condition),
      .init(key: "then", value: json(variant.schema, doc: nil)),
      .init(key: "else", value: .object(rest)),
    ]
  }
  members.append(.init(key: "$defs", value: .object(["distribution": distributionSchema])))
  return JSONValue.object(members).text
}

/// Documents that follow a schema of their own, as their keys tell.
public struct SchemaVariant: Sendable {
  private let key: String
  private let absent: String?
  let schema: Schema

  /// Documents that have a key, and have not the other.
  public init(with key: String, without absent: String? = nil, schema: Schema) {
    (self.key, self.absent, self.schema) = (key, absent, schema)
  }

  var condition: JSONValue {
    .object([
      "required": .strings([key]),
      "not": absent.map { .object(["required": .strings([$0])]) },
    ])
  }
}

private func body(of schema: JSONValue) -> [JSONValue.Member] {
  if case .object(let members) = schema { members } else { [] }
}

private let identifierPattern = "[a-z][a-z0-9_-]*"

func json(_ schema: Schema, doc: String?) -> JSONValue {
  switch schema {
  case .mapping(let fields): return object(fields, doc: doc)
  case .list(let item, let minimum): return array(json(item, doc: nil), minimum, doc)
  case .records(let fields, _, let minimum): return array(object(fields, doc: nil), minimum, doc)
  case .dictionary(let value, let keys):
    return .object([
      "description": doc.map(JSONValue.string), "type": .string("object"),
      "propertyNames": .object(["pattern": .string(pattern(keys))]),
      "additionalProperties": json(value, doc: nil),
    ])
  case .either(let forms):
    return .object([
      "description": doc.map(JSONValue.string), "anyOf": .array(forms.map { json($0, doc: nil) }),
    ])
  case .worded(let schema, _): return json(schema, doc: doc)
  case .anything: return .object(["description": doc.map(JSONValue.string)])
  default: return scalar(schema, doc)
  }
}

private func scalar(_ schema: Schema, _ doc: String?) -> JSONValue {
  switch schema {
  case .text: return typed("string", doc)
  case .identifier, .reference:
    return typed("string", doc, pattern: "^\(identifierPattern)$")
  case .name: return typed("string", doc, pattern: "^\(identifierPattern)(\\.[a-z0-9_-]+)*$")
  case .date: return typed("string", doc, pattern: "^\\d{4}-\\d{2}-\\d{2}$")
  case .month: return typed("string", doc, pattern: "^\\d{4}-\\d{2}$")
  case .choice(let words):
    return .object(["description": doc.map(JSONValue.string), "enum": .strings(words)])
  case .flag: return typed("boolean", doc)
  case .onOff:
    let words: [JSONValue] = [.string("on"), .string("off"), .bool(true), .bool(false)]
    return .object(["description": doc.map(JSONValue.string), "enum": .array(words)])
  case .integer(let range, let unit):
    return .object([
      "description": described(doc, unit), "type": .string("integer"),
      "minimum": range.lowerBound == .min ? nil : .integer(range.lowerBound),
      "maximum": range.upperBound == .max ? nil : .integer(range.upperBound),
    ])
  case .quantity(let range, let unit):
    return .object([
      "description": described(doc, unit),
      "oneOf": .array([
        number(range, description: nil), .object(["$ref": .string("#/$defs/distribution")]),
      ]),
    ])
  case .number(let range, let unit): return number(range, description: described(doc, unit))
  default: return .object([:])
  }
}

/// The doc text with the unit in brackets behind it.
private func described(_ doc: String?, _ unit: String) -> JSONValue? {
  let text = [doc, unit.isEmpty ? nil : "[\(unit)]"].compactMap(\.self).joined(separator: " ")
  return text.isEmpty ? nil : .string(text)
}

private func typed(_ type: String, _ doc: String?, pattern: String? = nil) -> JSONValue {
  .object([
    "description": doc.map(JSONValue.string), "type": .string(type),
    "pattern": pattern.map(JSONValue.string),
  ])
}

func number(_ range: NumberRange, description: JSONValue?) -> JSONValue {
  let range = range.withAllEnds
  func bound(_ bound: NumberRange.Bound?, _ isIncluded: Bool) -> JSONValue? {
    bound?.isIncluded == isIncluded ? bound.map { .number($0.value) } : nil
  }
  return .object([
    "description": description, "type": .string("number"),
    "minimum": bound(range.lower, true), "exclusiveMinimum": bound(range.lower, false),
    "maximum": bound(range.upper, true), "exclusiveMaximum": bound(range.upper, false),
  ])
}

private func array(_ item: JSONValue, _ minimum: Int, _ doc: String?) -> JSONValue {
  .object([
    "description": doc.map(JSONValue.string), "type": .string("array"), "items": item,
    "minItems": minimum > 0 ? .integer(minimum) : nil,
  ])
}

func object(_ fields: [Field], doc: String?) -> JSONValue {
  let required = fields.filter(\.isRequired).map(\.key)
  return .object([
    "description": doc.map(JSONValue.string), "type": .string("object"),
    "properties": .object(
      fields.map { .init(key: $0.key, value: $0.json) }),
    "required": required.isEmpty ? nil : .strings(required),
    "additionalProperties": .bool(false),
  ])
}

extension Field {
  /// The value's schema, with the default as a value, or in words where it depends on the document.
  fileprivate var json: JSONValue {
    let value = usual?.json
    let words = value == nil ? usual.map { " Default: \($0.inWords)." } ?? "" : ""
    let text = doc + words
    guard let value, case .object(let members) = Documents.json(schema, doc: text) else {
      return Documents.json(schema, doc: text.isEmpty ? nil : text)
    }
    return .object(members + [.init(key: "default", value: value)])
  }
}

private func pattern(_ keys: KeyForm) -> String {
  switch keys {
  case .identifier: "^\(identifierPattern)$"
  case .variable: "^[a-z][a-z0-9_]*$"
  case .path: "^\(identifierPattern)(\\.(\(identifierPattern)|[A-Z][A-Z0-9_]*))*$"
  case .setting: "^[^.]+(\\.[^.]+)*$"
  }
}
