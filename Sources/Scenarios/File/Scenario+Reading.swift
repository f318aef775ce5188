public import Documents

extension Scenario {
  /// Reads and validates a scenario file: the file without its sweep, or one point of it.
  ///
  /// Throws every fault of the file at once, each with its line and column. Of a sweep it is the
  /// form that is looked at, and no point but the one asked for.
  ///
  /// - Parameter overrides: what the command line changes.
  public init(
    contentsOf path: String, overrides: Overrides = Overrides()
  ) throws(ScenarioFaults) {
    let file = try ScenarioFile(SourceDocument(contentsOf: path), name: Self.name(ofFile: path))
    self = try file.scenario(overrides)
  }

  /// Reads and validates every point of a scenario file's sweep, in order; a file without a sweep
  /// gives itself.
  ///
  /// Throws every fault of the file and of all points at once. A fault that several points share is
  /// told once, with their number.
  ///
  /// - Parameter overrides: what the command line changes; its `point` is left aside.
  public static func points(
    contentsOf path: String, overrides: Overrides = Overrides()
  ) throws(ScenarioFaults) -> [Scenario] {
    try ScenarioFile(SourceDocument(contentsOf: path), name: name(ofFile: path)).points(overrides)
  }

  /// Validates every point of a scenario that has been read as YAML.
  ///
  /// - Parameter name: what it is called unless it says so itself.
  public static func points(
    _ source: SourceDocument, name: String
  ) throws(ScenarioFaults) -> [Scenario] {
    try ScenarioFile(source, name: name).points(Overrides())
  }

  /// Validates a scenario that has been read as YAML.
  ///
  /// - Parameter name: what it is called unless it says so itself.
  public init(_ source: SourceDocument, name: String) throws(ScenarioFaults) {
    self = try ScenarioFile(source, name: name).scenario(Overrides())
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
