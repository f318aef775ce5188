extension Scenario {
  /// Reads and validates a scenario file.
  ///
  /// Throws every fault of the file at once, each with its line and column.
  ///
  /// - Parameter overrides: what the command line changes.
  public init(
    contentsOf path: String, overrides: Overrides = Overrides()
  ) throws(ScenarioFaults) {
    let source = try SourceDocument(contentsOf: path).changed(by: overrides)
    try self.init(source, name: Self.name(ofFile: path))
  }

  /// Validates a scenario that has been read as YAML.
  ///
  /// - Parameter name: what it is called unless it says so itself.
  public init(_ source: SourceDocument, name: String) throws(ScenarioFaults) {
    let (document, faults) = source.usingBuiltInWorld().check(against: ScenarioSchema.expanded)
    guard let document else { throw ScenarioFaults(faults) }
    var reader = ScenarioReader(document, facts: .current, faults: faults)
    self = try reader.scenario(name: document["about"]?["name"]?.text ?? name)
  }

  /// A file's name without folders and ending, in the letters that ids have.
  static func name(ofFile path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    let stem = last.lastIndex(of: ".").map { String(last[..<$0]) } ?? last
    let letters = stem.lowercased().map { letter in
      letter.isASCII && (letter.isLetter || letter.isNumber) || "-_".contains(letter)
        ? letter : "-"
    }
    let name = String(letters.drop { !$0.isLetter })
    return name.isEmpty ? "scenario" : name
  }
}
