/// The keys that each name a law, and the sibling keys that any law may have.
enum QuantityKeys {
  static let laws = [
    "value", "ci90", "normal", "lognormal", "uniform", "triangular", "pert", "beta", "discrete",
    "mixture", "empirical",
  ]
  static let notes = ["min", "max", "published", "source", "confidence"]
}

extension SchemaChecker {
  /// A constant or a distribution, every number of it that is a value of the quantity in range.
  mutating func quantity(
    _ node: SourceNode, _ range: NumberRange, _ unit: String, _ path: String
  ) -> DistributionForm? {
    var reader = QuantityReader(range: range, unit: unit, path: path)
    defer { faults += reader.checker.faults }
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
    for entry in entries where !(QuantityKeys.laws + QuantityKeys.notes).contains(entry.key) {
      checker.unknownKey(entry, among: QuantityKeys.laws + QuantityKeys.notes, path)
    }
    let isMisspelt = !checker.faults.isEmpty
    let written = entries.filter { QuantityKeys.laws.contains($0.key) }
    guard written.count == 1 else {
      if written.isEmpty, isMisspelt { return nil }
      let found = written.map(\.key).joined(separator: " and ")
      checker.report(
        node, path, written.isEmpty ? "no value or distribution is given" : "found both \(found)",
        advice: "wanted: exactly one of \(QuantityKeys.laws.joined(separator: ", "))")
      return nil
    }
    let faultsBefore = checker.faults.count
    let law = law(written[0].key, written[0].value, joined(path, written[0].key))
    let notes = checker.notes(node, range, unit, path)
    guard let law, checker.faults.count == faultsBefore else { return nil }
    return DistributionForm(
      law: law, minimum: notes.minimum, maximum: notes.maximum, published: notes.published,
      source: notes.source, confidence: notes.confidence, location: node.location, path: path)
  }

  private mutating func law(_ key: String, _ node: SourceNode, _ path: String)
    -> DistributionForm.Law?
  {
    switch key {
    case "value": point(node, path).map { .constant($0) }
    case "ci90": points(node, 2, path).map { .ci90(low: $0[0], high: $0[1]) }
    case "uniform": points(node, 2, path).map { .uniform(low: $0[0], high: $0[1]) }
    case "triangular":
      points(node, 3, path).map { .triangular(low: $0[0], mode: $0[1], high: $0[2]) }
    case "pert": points(node, 3, path).map { .pert(low: $0[0], mode: $0[1], high: $0[2]) }
    case "normal": pair(node, ("mean", "sd"), path).map { .normal(mean: $0, sd: $1) }
    case "lognormal":
      pair(node, ("median", "sigma"), path).map { .lognormal(median: $0, sigma: $1) }
    case "beta": pair(node, ("mean", "sd"), path).map { .beta(mean: $0, sd: $1) }
    case "discrete": discrete(node, path)
    case "mixture": mixture(node, path)
    default: empirical(node, path)
    }
  }

  // MARK: - Laws

  private mutating func point(_ node: SourceNode, _ path: String) -> Double? {
    if case .scalar(let text, true) = node.content, isNothing(text) {
      checker.report(
        node, path, "there is no value",
        advice: "wanted: \(Schema.quantity(range, unit: unit).inWords)")
      return nil
    }
    return checker.number(node, range, unit, path)
  }

  private mutating func points(_ node: SourceNode, _ count: Int?, _ path: String) -> [Double]? {
    guard case .list(let items) = node.content, count.map({ $0 == items.count }) ?? !items.isEmpty
    else {
      wrongForm(node, path, "a list of \(count.map(String.init) ?? "") numbers", count)
      return nil
    }
    let numbers = items.enumerated().compactMap { point($1, "\(path)[\($0)]") }
    return numbers.count == items.count ? numbers : nil
  }

  private mutating func wrongForm(
    _ node: SourceNode, _ path: String, _ wanted: String, _ count: Int?
  ) {
    guard node.shape != nil else { return }
    var found = node.inWords
    if case .list(let items) = node.content { found = "a list of \(items.count)" }
    let example = count == 3 ? ", as [1, 2, 5]" : ", as [1, 5]"
    checker.report(node, path, "found \(found)", advice: "wanted: \(wanted)\(example)")
  }

  /// A centre, which is a value of the quantity, and a spread, which is at least 0.
  private mutating func pair(_ node: SourceNode, _ keys: (String, String), _ path: String)
    -> (Double, Double)?
  {
    let spreadUnit = keys.1 == "sd" ? unit : ""
    let schema = Schema.mapping([
      .required(keys.0, .number(range, unit: unit), "The centre."),
      .required(keys.1, .number(.atLeast(0), unit: spreadUnit), "The spread."),
    ])
    guard let law = checker.check(node, schema, path: path), let centre = law[keys.0]?.number,
      let spread = law[keys.1]?.number
    else { return nil }
    return (centre, spread)
  }

  private mutating func discrete(_ node: SourceNode, _ path: String) -> DistributionForm.Law? {
    let weight = Schema.number(.atLeast(0))
    let schema = Schema.mapping([
      .required("values", .list(of: .number(range, unit: unit), minimum: 1), "The values."),
      .required("weights", .list(of: weight, minimum: 1), "How often each is drawn."),
    ])
    let faultsBefore = checker.faults.count
    guard let law = checker.check(node, schema, path: path), checker.faults.count == faultsBefore
    else { return nil }
    let values = law["values"]?.items.compactMap(\.number) ?? []
    let weights = law["weights"]?.items.compactMap(\.number) ?? []
    guard values.count == weights.count else {
      checker.report(
        node, path, "found \(values.count) values and \(weights.count) weights",
        advice: "wanted: one weight for each value")
      return nil
    }
    return .discrete(values: values, weights: weights)
  }

  private mutating func mixture(_ node: SourceNode, _ path: String) -> DistributionForm.Law? {
    let part = Schema.mapping([
      .required("weight", .number(.above(0)), "How often this part is drawn from."),
      .required("of", .quantity(range, unit: unit), "The part."),
    ])
    let faultsBefore = checker.faults.count
    let parts = checker.check(node, .list(of: part, minimum: 1), path: path)?.items ?? []
    guard checker.faults.count == faultsBefore else { return nil }
    let components = parts.compactMap { part -> DistributionForm.Component? in
      guard let weight = part["weight"]?.number, let form = part["of"]?.distribution else {
        return nil
      }
      return DistributionForm.Component(weight: weight, form: form)
    }
    return components.count == parts.count && !parts.isEmpty ? .mixture(components) : nil
  }

  private mutating func empirical(_ node: SourceNode, _ path: String) -> DistributionForm.Law? {
    guard let file = checker.check(node, .text, path: path)?.text else { return nil }
    do {
      let values = try numberColumn(file, beside: node.location, path: path, range, unit)
      return .empirical(file: file, values: values)
    } catch {
      checker.faults += error.faults
      return nil
    }
  }
}
