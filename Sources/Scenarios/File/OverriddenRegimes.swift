import Documents

extension SourceDocument {
  /// The document with only these regimes, in this order; the first is the reference.
  ///
  /// - Parameter file: the scenario's.
  func keepingRegimes(_ ids: [String], file: String) throws(ScenarioFaults) -> SourceDocument {
    let known = root["regimes"]?.records(by: "id") ?? [:]
    var kept: [SourceNode] = []
    for id in ids {
      guard let regime = known[id] else {
        throw ScenarioFaults(UnknownWord("regime", id, known: known.keys.sorted()), file: file)
      }
      guard ids.count(where: { $0 == id }) == 1 else {
        throw ScenarioFaults(
          UnknownWord(description: "regime \(quoted(id)) is asked for more than once"), file: file)
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
}
