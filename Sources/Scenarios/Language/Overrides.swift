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
    guard let node = value.root["value"] else {
      throw Self.fault(origin, path, "has no value", advice: "write --set path=value")
    }
    let keys = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = keys.first, !keys.contains(""), first != "value" else {
      throw Self.fault(origin, path, "is not a path", advice: "write --set run.replicates=100")
    }
    var change = value
    if ScenarioSchema.file[[first]] != nil {
      change.root = try nested(node, at: keys, in: ScenarioSchema.file, under: root, origin)
    } else if root["mechanisms"]?[first] != nil, keys.count == 2 {
      change.root = Self.mapping("mechanisms", Self.mapping(first, Self.mapping(keys[1], node)))
    } else {
      change.root = Self.mapping("uncertainties", Self.mapping(path, node))
    }
    let changed = change.overlaid(on: self, following: ScenarioSchema.file)
    guard case .scalar = node.content else { return changed }
    return changed.withoutCorrelations(of: path)
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

  /// A document that holds one value at a path, in the shape that the schema has there.
  private func nested(
    _ value: SourceNode, at keys: [String], in schema: Schema, under existing: SourceNode?,
    _ origin: String
  ) throws(ScenarioFaults) -> SourceNode {
    guard let key = keys.first else { return value }
    let rest = Array(keys.dropFirst())
    guard case .records(let fields, let identifier, _) = schema else {
      let inner = try nested(
        value, at: rest, in: schema[[key]] ?? .anything, under: existing?[key], origin)
      return Self.mapping(key, inner)
    }
    let known = existing?.records(by: identifier) ?? [:]
    guard let record = known[key] else {
      throw Self.fault(
        origin, "", "there is nothing called \(quoted(key)) here",
        suggestion: nearestWord(to: key, among: known.keys.sorted()))
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
