import Documents

extension SourceDocument {
  /// The most files that may stand under one another.
  private static let mostBases = 8

  /// The document laid over the file that it names under `base`, that one over its own base, and so
  /// on; the same document where it names none.
  ///
  /// What is laid over what goes by id, as changes of a built-in world do. The name of a scenario is
  /// never its base's.
  func laidOverBases() throws(ScenarioFaults) -> SourceDocument {
    var files = [self]
    while let last = files.last, let base = last.root["base"] {
      do throws(ScenarioFaults) {
        files.append(try last.base(named: base, under: files))
      } catch {
        // Without its base nothing can be said of a file but what its YAML has wrong.
        throw ScenarioFaults(files.flatMap(\.faults) + error.faults)
      }
    }
    return files.count == 1 ? withoutPicks : Self.joined(files)
  }

  /// Reads the file that `name` names, which must be none of `files`.
  private func base(
    named name: SourceNode, under files: [SourceDocument]
  ) throws(ScenarioFaults) -> SourceDocument {
    var checker = SchemaChecker()
    guard let text = checker.check(name, .text, path: "base")?.text else {
      throw ScenarioFaults(checker.faults)
    }
    func fault(_ problem: String, _ advice: String) -> ScenarioFaults {
      ScenarioFaults([Fault(at: name.location, path: "base", problem, advice: advice)])
    }
    let path = text.hasPrefix("/") ? text : fileBeside(file, named: text)
    if let first = files.firstIndex(where: { isSameFile($0.file, path) }) {
      let circle = (files[first...].map(\.file) + [path]).joined(separator: ", ")
      throw fault(
        first == files.count - 1
          ? "a file cannot be its own base" : "the bases lead in a circle: \(circle)",
        "take out one base")
    }
    guard files.count <= Self.mostBases else {
      throw fault(
        "more than \(Self.mostBases) bases stand under one another", "join some of them")
    }
    let base = try SourceDocument(contentsOfBase: path, namedAt: name.location)
    try base.requireScenario()
    return base
  }

  /// Refuses a base that is no scenario, and tells nothing of what stands in it: whoever writes a scenario
  /// for somebody else may name a file that only that one can read.
  private func requireScenario() throws(ScenarioFaults) {
    let known = Set(ScenarioSchema.keys)
    let keys = root.entries.map(\.key)
    let ofScenario = keys.count { known.contains($0) }
    let found: String? =
      switch root.content {
      case .mapping where keys.count > 2 * ofScenario: "keys, most of which no scenario has"
      case .mapping: nil
      case .list: "a list, where a mapping of keys was expected"
      case .scalar, .refused: "text, where a mapping of keys was expected"
      }
    guard let found else { return }
    throw ScenarioFaults([
      Fault(
        at: .start(of: file), path: "base", "found \(found)",
        advice: "name a scenario file as the base")
    ])
  }

  /// One document of a file, its base, the base's base, and so on.
  private static func joined(_ files: [SourceDocument]) -> SourceDocument {
    // A built-in world lies under all of them, whichever says so; the last word counts.
    let use = files.lazy.compactMap { file in
      file.root["world"]?.entries.first { $0.key == "use" }
    }.first
    var layers = files.enumerated().map { place, file in
      var layer = file
      layer.root = layer.root.removing(["base"]).removing(["world", "use"])
      if place > 0 { layer.root = layer.root.removing(["about", "name"]) }
      return layer
    }
    var result = layers.removeLast().withoutPicks
    if let use { result = result.using(use).usingBuiltInWorld() }
    for layer in layers.reversed() {
      result = layer.laid(over: result).picking(layer, of: result)
    }
    return result
  }

  /// The document with a built-in world.
  private func using(_ world: SourceEntry) -> SourceDocument {
    func mapping(_ entry: SourceEntry) -> SourceNode {
      SourceNode(content: .mapping([entry]), location: entry.keyLocation)
    }
    var layer = self
    layer.faults = []
    layer.root = mapping(
      SourceEntry(key: "world", keyLocation: world.keyLocation, value: mapping(world)))
    return layer.overlaid(on: self, following: ScenarioSchema.file)
  }
}
