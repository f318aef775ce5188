import Documents
import CFacts

extension SourceLocation {
  /// What the names of files that ship inside the program begin with.
  static let builtIn = "built-in "

  /// Whether it is in such a file, and not in one of the user's.
  var isBuiltIn: Bool { file.hasPrefix(Self.builtIn) }
}

extension SourceDocument {
  /// A file that ships inside the program; see ``init(facts:named:)``.
  init(_ file: chokepoint_data_file, named name: String) throws(ScenarioFaults) {
    try self.init(
      facts: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)), named: name)
  }

  /// Reads facts, with sources written out where values name them: a scenario has no table of them.
  init(facts bytes: [UInt8], named name: String) throws(ScenarioFaults) {
    try self.init(bytes: bytes, file: SourceLocation.builtIn + name)
    guard let table = root["sources"] else { return }
    var writer = SourceWriter(table)
    root = writer.written(root, path: "")
    guard writer.faults.isEmpty else { throw ScenarioFaults(writer.faults) }
  }
}

/// Writes out the sources that values name.
private struct SourceWriter {
  private var citations: [String: String] = [:]
  var faults: [Fault]

  init(_ table: SourceNode) {
    var checker = SchemaChecker()
    for entry in checker.check(table, SourceSchema.table, path: "sources")?.entries ?? [] {
      guard let citation = entry.value["citation"]?.text, let date = entry.value["date"]?.text
      else { continue }
      citations[entry.key] = "\(citation) [\(date)]"
    }
    faults = checker.faults
  }

  mutating func written(_ node: SourceNode, path: String) -> SourceNode {
    var node = node
    switch node.content {
    case .list(let items):
      node.content = .list(items.enumerated().map { written($1, path: "\(path)[\($0)]") })
    case .mapping(let entries):
      node.content = .mapping(
        entries.map { entry in
          var entry = entry
          let place = joined(path, entry.key)
          entry.value =
            entry.key == "source"
            ? citation(entry.value, path: place) : written(entry.value, path: place)
          return entry
        })
    case .scalar, .refused: break
    }
    return node
  }

  private mutating func citation(_ node: SourceNode, path: String) -> SourceNode {
    guard case .scalar(let name, let isPlain) = node.content else { return node }
    if let citation = citations[name] {
      return SourceNode(content: .scalar(citation, isPlain: false), location: node.location)
    }
    // One word is the name of a source; a citation has more.
    if isPlain, isIdentifier(name) {
      faults.append(
        Fault(
          at: node.location, path: path, "unknown source \(quoted(name))",
          suggestion: likelyWords(for: name, among: citations.keys.sorted())))
    }
    return node
  }
}
