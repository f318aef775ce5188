import PolicyModel

/// What the command line changes in a scenario before it is checked.
public struct Overrides: Sendable {
  /// Values by path, in the order in which they were given.
  public var settings: [(path: String, value: String)] = []
  /// The regimes to keep, the first of which is the reference; empty for all.
  public var regimes: [String] = []

  /// Nothing changed.
  public init() {}
}

extension SourceDocument {
  /// The document with everything that `overrides` says.
  func changed(by overrides: Overrides) throws(ScenarioFaults) -> SourceDocument {
    var document = self
    let worlds = overrides.settings.filter { $0.path == Self.pathOfWorld }
    for (path, value) in worlds { document = try document.setting(path, to: value) }
    // What a built-in world gives can be set like what the file itself gives.
    document = document.usingBuiltInWorld()
    for (path, value) in overrides.settings where path != Self.pathOfWorld {
      document = try document.setting(path, to: value)
    }
    guard !overrides.regimes.isEmpty else { return document }
    return try document.keepingRegimes(overrides.regimes)
  }

  /// Sets one value: at a path of the file (`run.replicates`), or a parameter by its name
  /// (`throughput.mfu`).
  private func setting(_ path: String, to text: String) throws(ScenarioFaults) -> SourceDocument {
    let origin = "--set \(path)"
    let value = try SourceDocument(text: "value: \(text)\n", file: origin)
    guard case .mapping(let entries) = value.root.content, entries.count == 1,
      let node = value.root["value"]
    else {
      throw Self.fault(origin, path, "has no single value", advice: "write --set path=value")
    }
    let keys = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = keys.first, !keys.contains("") else {
      throw Self.fault(origin, path, "is not a path", advice: "write --set run.replicates=100")
    }
    let isInFile = Self.sections.contains(first)
    guard isInFile || Self.parameterGroups.contains(first) else {
      throw Self.fault(
        origin, path, "neither a section nor a parameter begins with \(quoted(first))",
        suggestion: nearestWord(to: first, among: Self.sections + Self.parameterGroups),
        advice: "known here: \((Self.sections + Self.parameterGroups).joined(separator: ", "))")
    }
    let place = isInFile ? keys : self.place(ofParameter: keys)
    var change = value
    change.root = try nested(node, at: place, in: ScenarioSchema.file, under: root, origin)
    let changed = change.overlaid(on: self, following: ScenarioSchema.file)
    guard case .scalar = node.content else { return changed }
    let isUncertainty = place.first == "uncertainties"
    return changed.withoutCorrelations(
      of: isUncertainty ? place.dropFirst().joined(separator: ".") : path)
  }

  /// The document without the correlations of a parameter that has become a constant.
  private func withoutCorrelations(of parameter: String) -> SourceDocument {
    guard case .mapping(var entries) = root.content,
      let place = entries.firstIndex(where: { $0.key == "correlations" }),
      case .list(let correlations) = entries[place].value.content
    else { return self }
    entries[place].value.content = .list(
      correlations.filter { correlation in
        guard case .list(let names) = correlation["between"]?.content else { return true }
        return !names.contains { name in
          if case .scalar(let text, _) = name.content { text == parameter } else { false }
        }
      })
    var document = self
    document.root.content = .mapping(entries)
    return document
  }

  private static let pathOfWorld = "world.use"
  private static let sections =
    if case .mapping(let fields) = ScenarioSchema.file { fields.map(\.key) } else { [String]() }
  /// What the names of parameters begin with.
  private static let parameterGroups =
    ["chips", "runs", "owners", "labs"]
    + Catalogue.mechanisms.filter { !$0.parameters.isEmpty }.map(\.name)

  /// Where a parameter stands in the file: with its chip, run, stage or mechanism if it is given
  /// there, else among the uncertainties.
  private func place(ofParameter keys: [String]) -> [String] {
    var places = [["mechanisms"] + keys, ["world"] + keys]
    if keys.count == 4 { places.append(["world", keys[0], keys[1], "stages", keys[2], keys[3]]) }
    let given = places.first { place in
      let value = place.reduce(root as SourceNode?) { node, key in
        node?[key] ?? node?.records(by: "id")[key]
      }
      // A list of prices is no parameter.
      return value.map { $0.shape != .list } ?? false
    }
    return given ?? ["uncertainties", keys.joined(separator: ".")]
  }

  /// A document that holds one value at a path, in the shape that the schema has there.
  private func nested(
    _ value: SourceNode, at keys: [String], in schema: Schema, under existing: SourceNode?,
    _ origin: String
  ) throws(ScenarioFaults) -> SourceNode {
    guard var key = keys.first else { return value }
    var rest = Array(keys.dropFirst())
    if case .dictionary(_, .path) = schema {
      // The dots of a parameter's name lead nowhere: it is one key.
      (key, rest) = (keys.joined(separator: "."), [])
    }
    guard case .records(let fields, let identifier, _) = schema else {
      let inner = try nested(
        value, at: rest, in: schema[[key]] ?? .anything, under: existing?[key], origin)
      return Self.mapping(key, inner)
    }
    let known = existing?.records(by: identifier) ?? [:]
    guard let record = known[key] else {
      throw Self.fault(
        origin, "", "there is nothing called \(quoted(key)) here",
        suggestion: nearestWord(to: key, among: known.keys.sorted()),
        advice: known.isEmpty
          ? "the file has no list of them"
          : "known here: \(known.keys.sorted().joined(separator: ", "))")
    }
    var item = try nested(value, at: rest, in: .mapping(fields), under: record, origin)
    let name = SourceNode(content: .scalar(key, isPlain: true), location: value.location)
    if case .mapping(let entries) = item.content {
      let id = SourceEntry(key: identifier, keyLocation: value.location, value: name)
      item.content = .mapping([id] + entries)
    }
    return SourceNode(content: .list([item]), location: value.location)
  }

  private static func mapping(_ key: String, _ value: SourceNode) -> SourceNode {
    let entry = SourceEntry(key: key, keyLocation: value.location, value: value)
    return SourceNode(content: .mapping([entry]), location: value.location)
  }

  static func fault(
    _ origin: String, _ path: String, _ problem: String, suggestion: String? = nil,
    advice: String? = nil
  ) -> ScenarioFaults {
    ScenarioFaults([
      Fault(
        at: .start(of: origin), path: path, problem, suggestion: suggestion, advice: advice)
    ])
  }
}
