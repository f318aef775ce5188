import Documents

/// What the command line changes in a scenario before it is checked.
public struct Overrides: Sendable {
  /// Values by path, in the order in which they were given.
  public var settings: [(path: String, value: String)] = []
  /// The value of the key that a command varies, set after the others; nil where none is varied.
  public var varied: (path: String, value: String)?
  /// The regimes to keep, the first of which is the reference; empty for all.
  public var regimes: [String] = []
  /// The point of the file's sweep that is wanted; nil for the file without its sweep.
  public var point: String?

  /// Files whose observations are laid over the file's own; where every point of a sweep is wanted, they are
  /// left aside.
  public var observationFiles: [String] = []

  /// Nothing changed.
  public init() {}

  /// The settings, read as YAML.
  func changes() throws(ScenarioFaults) -> [DocumentChange] {
    var changes: [DocumentChange] = []
    for (path, value) in settings {
      changes.append(try DocumentChange(path, to: value, by: "--set"))
    }
    if let (path, value) = varied {
      changes.append(try DocumentChange(path, to: value, by: "--vary"))
    }
    return changes
  }
}

/// A value to be set in a document, from the command line or from a sweep.
struct DocumentChange {
  /// Where it is to stand: a path of the file (`run.replicates`), or a parameter's name
  /// (`throughput.mfu`).
  let path: String
  let value: SourceNode
  /// Where the path is written, to tell what is wrong with it.
  let origin: SourceLocation
  /// What is wrong with the YAML of the value.
  let faults: [Fault]

  /// A value that stands in a file, whose faults are the file's.
  init(_ path: String, to value: SourceNode, at origin: SourceLocation) {
    (self.path, self.value, self.origin, self.faults) = (path, value, origin, [])
  }

  /// A value of the command line.
  ///
  /// - Parameter option: the option that it comes from.
  init(_ path: String, to text: String, by option: String) throws(ScenarioFaults) {
    let place = "\(option) \(path)"
    let source = try SourceDocument(text: "value: \(text)\n", file: place)
    origin = .start(of: place)
    guard source.root.entries.count == 1, let value = source.root["value"] else {
      throw ScenarioFaults([
        Fault(at: origin, path: path, "has no single value", advice: "write --set path=value")
      ])
    }
    (self.path, self.value, faults) = (path, value, source.faults)
  }

  /// Whether this sets something that the other sets too, in whatever way the path is written.
  func overlaps(_ other: DocumentChange) -> Bool {
    let mine = GivenParameter.name(atPath: path) + "."
    let its = GivenParameter.name(atPath: other.path) + "."
    return mine.hasPrefix(its) || its.hasPrefix(mine)
  }

  func fault(
    _ problem: String, path: String? = nil, suggestion: Suggestion? = nil, advice: String? = nil
  ) -> ScenarioFaults {
    ScenarioFaults([
      Fault(
        at: origin, path: path ?? self.path, problem, suggestion: suggestion, advice: advice)
    ])
  }
}

extension SourceDocument {
  /// The document with everything that `overrides` says, its point left aside.
  func changed(by overrides: Overrides) throws(ScenarioFaults) -> SourceDocument {
    try changed(by: overrides.changes()).keeping(overrides.regimes)
  }

  /// The document with changes made in turn.
  func changed(by changes: [DocumentChange]) throws(ScenarioFaults) -> SourceDocument {
    var document = self
    for change in changes where change.path == Self.pathOfWorld {
      document = try document.changed(by: change)
    }
    // What a built-in world gives can be set like what the file itself gives.
    document = document.usingBuiltInWorld()
    for change in changes where change.path != Self.pathOfWorld {
      document = try document.changed(by: change)
    }
    return document
  }

  private static let pathOfWorld = "world.use"

  private func changed(by change: DocumentChange) throws(ScenarioFaults) -> SourceDocument {
    let keys = change.path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = keys.first, !keys.contains("") else {
      throw change.fault("is not a path", advice: "write --set run.replicates=100")
    }
    let isInFile = ScenarioSchema.sections.contains(first)
    let known = ScenarioSchema.sections + ParameterCollector.groups
    guard known.contains(first) else {
      throw change.fault(
        "neither a section nor a parameter begins with \(quoted(first))",
        suggestion: likelyWords(for: first, among: known),
        advice: "known here: \(known.joined(separator: ", "))")
    }
    var layer = self
    layer.faults = change.faults
    layer.root = try change.nested(
      at: isInFile ? keys : place(ofParameter: change.path), in: ScenarioSchema.file, under: root)
    return layer.laid(over: self)
  }

  /// Where a parameter stands in the file: with its chip, run, stage or mechanism if it is given
  /// there, else among the uncertainties.
  private func place(ofParameter name: String) -> [String] {
    let places = GivenParameter.places(of: name)
    // A list of prices is no parameter.
    let given = places.first { root.value(at: $0).map { $0.shape != .list } ?? false }
    return given ?? ["uncertainties", name]
  }
}

extension DocumentChange {
  /// A document that holds the value at a path, in the shape that the schema has there.
  fileprivate func nested(
    at keys: [String], in schema: Schema, under existing: SourceNode?
  ) throws(ScenarioFaults) -> SourceNode {
    guard var key = keys.first else { return value }
    var rest = Array(keys.dropFirst())
    if case .dictionary(_, .path) = schema {
      // The dots of a parameter's name lead nowhere: it is one key.
      (key, rest) = (keys.joined(separator: "."), [])
    }
    guard case .records(let fields, let identifier, _) = schema else {
      let inner = try nested(at: rest, in: schema[[key]] ?? .anything, under: existing?[key])
      return mapping(key, inner, over: existing)
    }
    let known = existing?.records(by: identifier) ?? [:]
    guard let record = known[key] else {
      throw fault(
        "there is nothing called \(quoted(key)) here", path: "",
        suggestion: likelyWords(for: key, among: known.keys.sorted()),
        advice: known.isEmpty
          ? "the file has no list of them"
          : "known here: \(known.keys.sorted().joined(separator: ", "))")
    }
    var item = try nested(at: rest, in: .mapping(fields), under: record)
    if case .mapping(let entries) = item.content {
      let name = SourceNode(content: .scalar(key, isPlain: true), location: value.location)
      item.content = .mapping(
        [SourceEntry(key: identifier, keyLocation: value.location, value: name)] + entries)
    }
    return SourceNode(content: .list([item]), location: existing?.location ?? value.location)
  }

  /// A mapping of one key. It stands where the one that it changes does, so that what is missing there is
  /// told of the file.
  private func mapping(
    _ key: String, _ inner: SourceNode, over existing: SourceNode?
  ) -> SourceNode {
    let entry = SourceEntry(key: key, keyLocation: value.location, value: inner)
    return SourceNode(
      content: .mapping([entry]), location: existing?.location ?? value.location)
  }
}
