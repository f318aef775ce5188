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
    for (path, value) in overrides.settings {
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
    var change = value
    let place = isInFile ? keys : self.place(ofParameter: keys)
    change.root = try nested(node, at: place, in: ScenarioSchema.file, under: root, origin)
    return change.overlaid(on: self, following: ScenarioSchema.file)
  }

  private static let sections =
    if case .mapping(let fields) = ScenarioSchema.file { fields.map(\.key) } else { [String]() }
  /// What the names of parameters begin with.
  private static let parameterGroups =
    ["chips", "runs"] + Catalogue.mechanisms.filter { !$0.parameters.isEmpty }.map(\.name)

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

  private func keepingRegimes(_ ids: [String]) throws(ScenarioFaults) -> SourceDocument {
    let known = root["regimes"]?.records(by: "id") ?? [:]
    var kept: [SourceNode] = []
    for id in ids {
      guard let regime = known[id] else {
        throw Self.fault(
          "--regimes", "", "there is no regime \(quoted(id))",
          suggestion: nearestWord(to: id, among: known.keys.sorted()),
          advice: "this scenario has: \(known.keys.sorted().joined(separator: ", "))")
      }
      kept.append(regime)
    }
    var document = self
    guard case .mapping(let entries) = root.content else { return self }
    // What is published was published of one regime: without it there is nothing to hold it to.
    let dropped = keepsHeadline(ids) ? [] : ["headline", "claims"]
    document.root.content = .mapping(
      entries.filter { !dropped.contains($0.key) }.map { entry in
        guard entry.key == "regimes" else { return entry }
        var entry = entry
        entry.value.content = .list(kept)
        return entry
      })
    return document
  }

  /// Whether the regime that the headline is about, by name or as the reference, is kept.
  private func keepsHeadline(_ ids: [String]) -> Bool {
    if case .scalar(let regime, _) = root["headline"]?["regime"]?.content {
      return ids.contains(regime)
    }
    guard case .list(let regimes) = root["regimes"]?.content,
      case .scalar(let reference, _) = regimes.first?["id"]?.content
    else { return true }
    return ids.first == reference
  }

  private static func mapping(_ key: String, _ value: SourceNode) -> SourceNode {
    let entry = SourceEntry(key: key, keyLocation: value.location, value: value)
    return SourceNode(content: .mapping([entry]), location: value.location)
  }

  private static func fault(
    _ origin: String, _ path: String, _ problem: String, suggestion: String? = nil,
    advice: String? = nil
  ) -> ScenarioFaults {
    ScenarioFaults([
      Fault(
        at: .start(of: origin), path: path, problem, suggestion: suggestion, advice: advice)
    ])
  }
}

extension SourceNode {
  /// The items of a list of records, by identifier.
  fileprivate func records(by key: String) -> [String: SourceNode] {
    guard case .list(let items) = content else { return [:] }
    var found: [String: SourceNode] = [:]
    for item in items {
      guard case .scalar(let id, _) = item[key]?.content, found[id] == nil else { continue }
      found[id] = item
    }
    return found
  }
}
