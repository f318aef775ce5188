import Documents
import CFacts

/// A world that ships inside the program: the `world` section of a scenario, to be used under the
/// name of its file.
struct BuiltInWorld: Sendable {
  /// What scenarios call it.
  let name: String
  /// A document that holds its `world` section, its sources written out.
  let document: SourceDocument

  /// The worlds of this build.
  static let all: [BuiltInWorld] = [chokepoint_world_2022()].map { file in
    do { return try BuiltInWorld(file) } catch {
      // The files are part of the program; a test reads them, so that this cannot ship.
      preconditionFailure("built-in world:\n\(error)")
    }
  }

  /// The world of this name.
  static func named(_ name: String) -> BuiltInWorld? { all.first { $0.name == name } }

  /// Whether a value stands in a built-in world, and not in a file of the user's.
  static func holds(_ location: SourceLocation) -> Bool {
    all.contains { $0.document.file == location.file }
  }

  private init(_ file: chokepoint_data_file) throws(ScenarioFaults) {
    let bytes = Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    try self.init(bytes: bytes)
  }

  /// Reads a world; throws what is wrong with its form. What it refers to is checked where it is
  /// used.
  init(bytes: [UInt8]) throws(ScenarioFaults) {
    var document = try SourceDocument(bytes: bytes, file: "built-in world")
    let checked = try document.checked(against: Self.file)
    name = checked["name"]?.text ?? ""
    var writer = SourceWriter(sources: SourceTable(checked["sources"]))
    guard let world = document.root["world"] else { throw ScenarioFaults(document.faults) }
    let entry = SourceEntry(
      key: "world", keyLocation: world.location, value: writer.written(world, path: "world"))
    guard writer.faults.isEmpty else { throw ScenarioFaults(writer.faults) }
    document.root = SourceNode(content: .mapping([entry]), location: document.root.location)
    self.document = document
  }

  /// The `world` section with its form checked, which its reading has made sure of.
  var contents: DocumentNode? {
    document.check(against: .mapping([.required("world", .mapping(WorldSchema.fields), "It.")]))
      .document?["world"]
  }

  private static let file = Schema.mapping([
    .required("name", .identifier, "What scenarios call it."),
    .required("sources", FactSchemas.sources, "Where the values come from."),
    .required("world", .mapping(WorldSchema.fields), "The world section."),
  ])
}

/// Writes out the sources that values name, since a scenario has no table of them.
private struct SourceWriter {
  let sources: SourceTable
  var faults: [Fault] = []

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
    if let citation = sources.citation(name) {
      return SourceNode(content: .scalar(citation, isPlain: false), location: node.location)
    }
    // One word is the name of a source; a citation has more.
    if isPlain, isIdentifier(name) {
      faults.append(
        Fault(
          at: node.location, path: path, "unknown source \(quoted(name))",
          suggestion: nearestWord(to: name, among: sources.names)))
    }
    return node
  }
}
