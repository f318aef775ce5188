extension SchemaChecker {
  /// A constant or a distribution, every number of it that is a value of the quantity in range.
  mutating func quantity(
    _ node: SourceNode, _ range: NumberRange, _ unit: String, _ path: String
  ) -> DistributionForm? {
    var reader = QuantityReader(range: range, unit: unit, path: path)
    defer { found += reader.checker.faults }
    return reader.form(node, path)
  }
}

/// Reads one quantity.
private struct QuantityReader {
  let range: NumberRange
  let unit: String
  let path: String
  var checker = SchemaChecker()

  init(range: NumberRange, unit: String, path: String) {
    (self.range, self.unit, self.path) = (range, unit, path)
  }

  mutating func form(_ node: SourceNode, _ path: String) -> DistributionForm? {
    guard case .mapping(let entries) = node.content else {
      return point(node, path).map {
        DistributionForm(law: .constant($0), location: node.location, path: path)
      }
    }
    let laws = LawForm.all.map(\.key)
    let notes = DistributionForm.notes(range, unit: unit)
    for entry in entries where !(laws + notes.map(\.key)).contains(entry.key) {
      checker.unknownKey(entry, among: laws + notes.map(\.key), path)
    }
    let isMisspelt = !checker.found.isEmpty
    let written = entries.compactMap { entry in LawForm.named(entry.key).map { ($0, entry.value) } }
    guard written.count == 1, let (law, value) = written.first else {
      if written.isEmpty, isMisspelt { return nil }
      let found = written.map(\.0.key).joined(separator: " and ")
      checker.report(
        node, path, written.isEmpty ? "no value or distribution is given" : "found both \(found)",
        advice: "wanted: exactly one of \(laws.joined(separator: ", "))")
      return nil
    }
    let faultsBefore = checker.found.count
    let read = self.law(law, value, joined(path, law.key))
    let noted = self.notes(notes, node, path)
    guard let read, checker.found.count == faultsBefore else { return nil }
    return DistributionForm(
      law: read, minimum: noted["min"]?.number, maximum: noted["max"]?.number,
      published: noted["published"]?.number, source: noted["source"]?.text,
      confidence: noted["confidence"]?.text.flatMap(DistributionForm.Confidence.init),
      location: node.location, path: path)
  }

  /// The notes that are given; a faulty one is told of and left out.
  private mutating func notes(
    _ notes: [Field], _ node: SourceNode, _ path: String
  ) -> [String: DocumentNode] {
    var found: [String: DocumentNode] = [:]
    for note in notes {
      guard let value = node[note.key] else { continue }
      found[note.key] = checker.check(value, note.schema, path: joined(path, note.key))
    }
    return found
  }

  /// What stands under the key of a law.
  private mutating func law(
    _ form: LawForm, _ node: SourceNode, _ path: String
  ) -> DistributionForm.Law? {
    switch form.shape {
    case .number:
      return point(node, path).map { .init(form: form, numbers: [$0]) }
    case .points(let names):
      return points(node, names.count, of: form, path).map { .init(form: form, numbers: $0) }
    case .members(let arguments):
      return sound(node, form, path).map { law in
        .init(form: form, numbers: arguments.compactMap { law[$0.key]?.number })
      }
    case .weightedValues:
      return sound(node, form, path).flatMap { weighted($0, form) }
    case .parts:
      return sound(node, form, path).map { list in
        .init(
          form: form, weights: list.items.compactMap { $0["weight"]?.number },
          parts: list.items.compactMap { $0["of"]?.distribution })
      }
    case .column:
      return sound(node, form, path).flatMap { column($0, form) }
    }
  }

  // MARK: - Shapes

  private mutating func point(_ node: SourceNode, _ path: String) -> Double? {
    if case .scalar(let text, true) = node.content, isNothing(text) {
      checker.report(
        node, path, "there is no value",
        advice: "wanted: \(Schema.quantity(range, unit: unit).inWords)")
      return nil
    }
    return checker.number(node, range, unit, path)
  }

  private mutating func points(
    _ node: SourceNode, _ count: Int, of form: LawForm, _ path: String
  ) -> [Double]? {
    guard case .list(let items) = node.content, items.count == count else {
      guard node.shape != nil else { return nil }
      var found = node.inWords
      if case .list(let items) = node.content { found = "a list of \(items.count)" }
      checker.report(
        node, path, "found \(found)",
        advice: "wanted: a list of \(count) numbers, as \(form.example)")
      return nil
    }
    let numbers = items.enumerated().compactMap { point($1, "\(path)[\($0)]") }
    return numbers.count == items.count ? numbers : nil
  }

  /// A value that follows the schema of the law's shape in all its parts; nil also where a part was refused
  /// before any schema, of which nothing more is said.
  private mutating func sound(
    _ node: SourceNode, _ form: LawForm, _ path: String
  ) -> DocumentNode? {
    let faultsBefore = checker.found.count
    let checked = checker.check(node, form.shape.schema(range, unit: unit), path: path)
    return checker.found.count == faultsBefore && !node.hasRefusedPart ? checked : nil
  }

  private mutating func weighted(
    _ node: DocumentNode, _ form: LawForm
  ) -> DistributionForm.Law? {
    let values = node["values"]?.items.compactMap(\.number) ?? []
    let weights = node["weights"]?.items.compactMap(\.number) ?? []
    guard values.count == weights.count else {
      checker.found.append(
        node.fault(
          "found \(values.count) values and \(weights.count) weights",
          advice: "wanted: one weight for each value"))
      return nil
    }
    return .init(form: form, numbers: values, weights: weights)
  }

  private mutating func column(_ node: DocumentNode, _ form: LawForm) -> DistributionForm.Law? {
    var reader = NumberColumnReader(node, range, unit)
    do {
      let (numbers, column) = try reader.read()
      return .init(form: form, numbers: numbers, column: column)
    } catch {
      checker.found += error.faults
      return nil
    }
  }
}
