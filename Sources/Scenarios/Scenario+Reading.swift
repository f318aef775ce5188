extension Scenario {
  /// Reads and validates a scenario file.
  ///
  /// Throws every fault of the file at once, each with its line and column.
  public init(contentsOf path: String) throws(ScenarioFaults) {
    let source = try SourceDocument(contentsOf: path)
    try self.init(source, name: Self.name(ofFile: path))
  }

  /// Validates a scenario that has been read as YAML.
  public init(_ source: SourceDocument, name: String) throws(ScenarioFaults) {
    let (document, faults) = source.check(against: ScenarioSchema.file)
    guard let document else { throw ScenarioFaults(faults) }
    var reader = ScenarioReader(document, facts: .current, faults: faults)
    self = try reader.scenario(name: name)
  }

  /// A file's name without folders and ending.
  static func name(ofFile path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return last }
    return String(last[..<dot])
  }
}
