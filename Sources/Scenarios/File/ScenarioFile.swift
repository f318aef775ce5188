public import Documents

/// A scenario file laid over its bases, with its sweep taken out of it.
struct ScenarioFile {
  private let document: SourceDocument
  private let name: String
  private let sweep: Sweep?
  private let sweepFaults: [Fault]
  private let sweepNotes: [Note]

  /// Takes a document apart.
  ///
  /// - Parameter name: what the scenario is called unless it says so itself.
  init(_ source: SourceDocument, name: String) throws(ScenarioFaults) {
    var notes: [Note] = []
    let whole = try source.laidOverBases().withNumbersInSweep(notes: &notes)
    var reader = SweepReader()
    sweep = whole.root[ScenarioSchema.sweep].flatMap { reader.sweep($0) }
    sweepFaults = reader.faults
    sweepNotes = notes
    document = whole.withoutSweep.withSoleRegime
    self.name = name
  }

  /// The file without its sweep, or the one point of it that `overrides` asks for.
  func scenario(_ overrides: Overrides) throws(ScenarioFaults) -> Scenario {
    let changes = try overrides.changes()
    let document = try self.document.observing(overrides.observationFiles)
    let whole = try scenario(of: document.changed(by: changes).keeping(overrides.regimes))
    guard let id = overrides.point else { return whole }
    if let sweep { try sweep.refuse(changes) }
    let point: Sweep.Point
    do throws(CommandLineFault) { point = try self.point(id) } catch {
      throw ScenarioFaults(error, file: document.root.location.file)
    }
    do throws(ScenarioFaults) {
      return try scenario(
        at: point, of: document.changed(by: changes), overrides, like: whole)
    } catch {
      throw ScenarioFaults(error.faults.map { $0.told(of: [point.id]) })
    }
  }

  private func point(_ id: String) throws(CommandLineFault) -> Sweep.Point {
    guard let sweep else {
      throw CommandLineFault(
        "no point is called \(quoted(id, limit: 200)): the file has no sweep")
    }
    return try sweep.point(id)
  }

  /// Every point of the sweep, in its order; the file alone where it has none.
  func points(_ overrides: Overrides) throws(ScenarioFaults) -> [Scenario] {
    let changes = try overrides.changes()
    var (whole, faults): (Scenario?, [Fault]) = (nil, [])
    do throws(ScenarioFaults) {
      whole = try scenario(of: document.changed(by: changes).keeping(overrides.regimes))
    } catch { faults = error.faults }
    guard let sweep else {
      guard let whole else { throw ScenarioFaults(faults) }
      return [whole]
    }
    try sweep.refuse(changes)
    let base = try document.changed(by: changes)
    let known = base.soundParts(under: ScenarioSchema.expanded(of: base.root))
    var (scenarios, told) = ([Scenario](), PointFaults(besides: faults))
    for place in 0..<sweep.count where !told.areEnough {
      let point = sweep[place]
      do throws(ScenarioFaults) {
        let read = try scenario(at: point, of: base, overrides, like: whole, knowing: known)
        scenarios.append((scenarios.last ?? whole).map { read.sharing($0) } ?? read)
      } catch { told.add(error.faults, at: point.id) }
    }
    faults += told.faults
    guard faults.isEmpty else { throw ScenarioFaults(faults) }
    return scenarios
  }

  /// - Parameters:
  ///   - whole: the file without its sweep, whose order of draws all points share, so that they have
  ///     what they do not change in common.
  ///   - known: parts of the file that are sound.
  private func scenario(
    at point: Sweep.Point, of base: SourceDocument, _ overrides: Overrides, like whole: Scenario?,
    knowing known: SoundParts = SoundParts()
  ) throws(ScenarioFaults) -> Scenario {
    let changed = try base.changed(by: point.changes).keeping(overrides.regimes)
    var reader = try ScenarioReader(changed, knowing: known)
    var scenario = try reader.scenario(name: name, drawsOf: whole)
    scenario.point = point.told
    scenario.sweepNotes = sweepNotes
    return scenario
  }

  private func scenario(of document: SourceDocument) throws(ScenarioFaults) -> Scenario {
    var reader = try ScenarioReader(document, besides: sweepFaults)
    var scenario = try reader.scenario(name: name, drawsOf: nil)
    scenario.sweep = sweep
    scenario.sweepNotes = sweepNotes
    return scenario
  }
}

/// What is wrong at points of a sweep and not with the file as it stands, each thing told once.
private struct PointFaults {
  /// What is wrong at more points than this is not looked for.
  private static let enough = 100

  private let known: Set<Fault>
  private var found: [Fault: [String]] = [:]

  init(besides faults: [Fault]) { known = Set(faults.map(\.withoutPlace)) }

  var areEnough: Bool { found.count >= Self.enough }

  mutating func add(_ faults: [Fault], at point: String) {
    for fault in faults where !known.contains(fault.withoutPlace) {
      found[fault, default: []].append(point)
    }
  }

  /// The faults, each with the points that have it.
  var faults: [Fault] {
    found.map { $0.key.told(of: $0.value) }.sorted { $0.description < $1.description }
  }
}

extension Fault {
  /// The same, whatever the place: what a point lays over a mapping moves its place.
  fileprivate var withoutPlace: Fault {
    Fault(at: .start(of: ""), path: path, problem, suggestion: suggestion, advice: advice)
  }

  /// The same, told of points of a sweep.
  fileprivate func told(of points: [String]) -> Fault {
    let first = points.first.map { quoted($0, limit: 200) } ?? ""
    let more = points.count > 1 ? " and \(points.count - 1) more" : ""
    return Fault(
      at: location, path: path, "\(problem) (at point \(first)\(more))", suggestion: suggestion,
      advice: advice)
  }
}

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

  /// A file's name without folders and ending, in the letters that ids have; no word that tables are read
  /// otherwise for.
  static func name(ofFile path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    let stem = last.lastIndex(of: ".").map { String(last[..<$0]) } ?? last
    let letters = stem.lowercased().map { letter in
      letter.isASCII && (letter.isLetter || letter.isNumber) || "-_".contains(letter)
        ? letter : "-"
    }
    let name = String(letters.drop { !$0.isLetter })
    if name.isEmpty { return "scenario" }
    return wordsReadAsValues.contains(name) ? "scenario-\(name)" : name
  }
}
