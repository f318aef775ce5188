/// The JSON Schema of a quantity given as a mapping: one object form for each law, told apart by
/// the key that names it, each with the same notes.
let distributionSchema = JSONValue.object([
  "description": .string("A constant or a distribution, with where it comes from."),
  "oneOf": .array(LawForm.all.map(form)),
])

private func form(_ law: LawForm) -> JSONValue {
  let notes = DistributionForm.notes(.any, unit: "").map {
    JSONValue.Member(key: $0.key, value: json($0.schema, doc: $0.doc))
  }
  return .object([
    "description": .string(law.doc), "type": .string("object"),
    "properties": .object([JSONValue.Member(key: law.key, value: json(law.shape))] + notes),
    "required": .strings([law.key]), "additionalProperties": .bool(false),
  ])
}

private func json(_ shape: LawForm.Shape) -> JSONValue {
  guard case .points(let names) = shape else {
    return json(shape.schema(.any, unit: "").withoutDocs, doc: nil)
  }
  return .object([
    "type": .string("array"), "items": json(.number(.any), doc: nil),
    "minItems": .integer(names.count), "maxItems": .integer(names.count),
  ])
}

extension Schema {
  /// The law's own sentence says what its numbers are.
  fileprivate var withoutDocs: Schema {
    switch self {
    case .mapping(let fields):
      .mapping(fields.map { .required($0.key, $0.schema.withoutDocs, "") })
    case .list(let item, let minimum): .list(of: item.withoutDocs, minimum: minimum)
    default: self
    }
  }
}
