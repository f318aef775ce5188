/// A reference of all the keys that `schema` allows, for the help of a command: one line for each
/// key with what is wanted and what it means, its own keys below it and indented.
public func helpText(of schema: Schema) -> String {
  var lines: [String] = []
  describe(schema, indent: "", to: &lines)
  return lines.joined(separator: "\n") + "\n"
}

private func describe(_ schema: Schema, indent: String, to lines: inout [String]) {
  switch schema {
  case .mapping(let fields), .records(let fields, _, _):
    for field in fields {
      let need = field.isRequired ? " (required)" : ""
      lines.append("\(indent)\(field.key): \(field.schema.inWords)\(need). \(field.doc)")
      describe(field.schema, indent: indent + "  ", to: &lines)
    }
  case .list(let inner, _), .dictionary(let inner, _):
    describe(inner, indent: indent, to: &lines)
  case .either(let forms):
    for form in forms { describe(form, indent: indent, to: &lines) }
  default: break
  }
}
