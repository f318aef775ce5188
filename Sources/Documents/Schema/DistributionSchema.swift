/// The JSON Schema of a quantity given as a mapping: one object form for each law, told apart by
/// the key that names it, each with the same notes.
let distributionSchema = JSONValue.object([
  "description": .string("A constant or a distribution, with where it comes from."),
  "oneOf": .array(laws.map { law in form(law.key, law.numbers, law.doc) }),
])

private let anyNumber = number(.any, description: nil)
private let positive = number(.above(0), description: nil)
private let notNegative = number(.atLeast(0), description: nil)

private let laws: [(key: String, numbers: JSONValue, doc: String)] = [
  ("value", anyNumber, "A constant."),
  ("ci90", tuple(2), "Lognormal through these 5% and 95% points."),
  ("normal", members(["mean": anyNumber, "sd": notNegative]), "Normal."),
  (
    "lognormal", members(["median": anyNumber, "sigma": notNegative]),
    "Lognormal, sigma being the standard deviation of the natural logarithm."
  ),
  ("uniform", tuple(2), "Uniform from the first to the second."),
  ("triangular", tuple(3), "Triangular: lowest, most likely, highest."),
  ("pert", tuple(3), "Beta-PERT: lowest, most likely, highest."),
  ("beta", members(["mean": anyNumber, "sd": notNegative]), "Beta on 0 to 1."),
  (
    "discrete", members(["values": list(of: anyNumber), "weights": list(of: notNegative)]),
    "One of these values, each drawn as often as its weight says."
  ),
  (
    "mixture",
    list(
      of: members([
        "weight": positive,
        "of": .object(["oneOf": .array([anyNumber, .object(["$ref": reference])])]),
      ])),
    "One of these parts, each drawn from as often as its weight says."
  ),
  (
    "empirical", .object(["type": .string("string")]),
    "The numbers of a one-column CSV file, named relative to this file."
  ),
]

private let reference = JSONValue.string("#/$defs/distribution")

private let notes: [Field] = [
  .optional("min", .number(.any), "Draws below are not made."),
  .optional("max", .number(.any), "Draws above are not made."),
  .optional("published", .number(.any), "The single value that the source gives."),
  .optional("source", .text, "Where the value comes from."),
  .optional(
    "confidence", .choice(DistributionForm.Confidence.allCases.map(\.rawValue)),
    "How well the value is known."),
]

private func form(_ key: String, _ numbers: JSONValue, _ doc: String) -> JSONValue {
  let noted = notes.map { JSONValue.Member(key: $0.key, value: json($0.schema, doc: $0.doc)) }
  return .object([
    "description": .string(doc), "type": .string("object"),
    "properties": .object([JSONValue.Member(key: key, value: numbers)] + noted),
    "required": .strings([key]), "additionalProperties": .bool(false),
  ])
}

private func tuple(_ count: Int) -> JSONValue {
  .object([
    "type": .string("array"), "items": anyNumber, "minItems": .integer(count),
    "maxItems": .integer(count),
  ])
}

private func list(of item: JSONValue) -> JSONValue {
  .object(["type": .string("array"), "items": item, "minItems": .integer(1)])
}

/// An object with exactly these members.
private func members(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
  .object([
    "type": .string("object"),
    "properties": .object(members.map { .init(key: $0.key, value: $0.value) }),
    "required": .strings(members.map(\.key)), "additionalProperties": .bool(false),
  ])
}
