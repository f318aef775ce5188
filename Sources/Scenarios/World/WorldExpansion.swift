import Documents

extension SourceDocument {
  /// The document with the built-in world that its `world` uses laid under it; the same document
  /// when it uses none. After a fault nothing more can be said of the world, which is left refused.
  func usingBuiltInWorld() -> SourceDocument {
    guard case .mapping(let entries) = root.content,
      let place = entries.firstIndex(where: { $0.key == "world" }),
      case .mapping(let world) = entries[place].value.content,
      let use = world.first(where: { $0.key == "use" })
    else { return self }
    guard case .scalar(let name, _) = use.value.content, let base = BuiltInWorld.named(name) else {
      return refusing(use.value, at: place, of: entries)
    }
    var document = self
    var changed = entries
    changed[place].value.content = .mapping(world.filter { $0.key != "use" })
    document.root.content = .mapping(changed)
    return document.overlaid(on: base.document, following: ScenarioSchema.file)
  }

  private func refusing(
    _ name: SourceNode, at place: Int, of entries: [SourceEntry]
  ) -> SourceDocument {
    let known = BuiltInWorld.all.map(\.name)
    var document = self
    var entries = entries
    entries[place].value.content = .refused
    document.root.content = .mapping(entries)
    guard name.shape != nil else { return document }
    var word: String?
    if case .scalar(let text, _) = name.content { word = text }
    document.faults.append(
      Fault(
        at: name.location, path: "world.use",
        word.map { "unknown world \(quoted($0))" } ?? "found \(name.inWords)",
        suggestion: word.flatMap { nearestWord(to: $0, among: known) },
        advice: "built in: \(known.joined(separator: ", "))"))
    return document
  }
}
