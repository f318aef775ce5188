import Documents

/// Estimates in files that are laid over others, and under `--set`.
extension SourceNode {
  /// The same with every estimate written as a mapping, so that one over another changes what it is and keeps
  /// its unit: a number is its value, a text its formula, a distribution what is uncertain.
  var withEstimatesInFull: SourceNode {
    guard let section = self[EstimateSchema.key], case .mapping(let entries) = section.content
    else {
      return self
    }
    var whole = section
    whole.content = .mapping(
      entries.map { entry in
        SourceEntry(
          key: entry.key, keyLocation: entry.keyLocation, value: entry.value.estimateInFull)
      })
    return replacing(EstimateSchema.key, with: whole)
  }

  private func replacing(_ key: String, with value: SourceNode) -> SourceNode {
    var node = self
    node.content = .mapping(
      entries.map { entry in
        entry.key == key
          ? SourceEntry(key: key, keyLocation: entry.keyLocation, value: value) : entry
      })
    return node
  }

  private var estimateInFull: SourceNode {
    switch content {
    case .scalar(let text, let isPlain):
      let isNumber = isPlain && Double(text) != nil
      return under(isNumber ? EstimateSchema.value : EstimateSchema.formula)
    case .mapping(let entries):
      let laws = LawForm.all.map(\.key).filter { $0 != EstimateSchema.value }
      return entries.contains { laws.contains($0.key) } ? under(EstimateSchema.uncertain) : self
    case .list, .refused: return self
    }
  }

  private func under(_ key: String) -> SourceNode {
    let entry = SourceEntry(key: key, keyLocation: location, value: self)
    return SourceNode(content: .mapping([entry]), location: location)
  }
}

extension SourceDocument {
  /// The same with a regime, where a file of estimates alone names none.
  var withSoleRegime: SourceDocument {
    guard root["world"] == nil, root[ScenarioSchema.estimates] != nil,
      root[ScenarioSchema.regimes] == nil
    else { return self }
    func entry(_ key: String, _ content: SourceNode.Content) -> SourceEntry {
      SourceEntry(
        key: key, keyLocation: root.location,
        value: SourceNode(content: content, location: root.location))
    }
    let regime = SourceNode(
      content: .mapping([entry("id", .scalar("reference", isPlain: true))]),
      location: root.location)
    var document = self
    document.root.content = .mapping(
      root.entries + [entry(ScenarioSchema.regimes, .list([regime]))])
    return document
  }
}
