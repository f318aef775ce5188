import Documents

extension SourceDocument {
  /// The document with only these regimes, in this order; the first is the reference. Without any, those
  /// that the file picks from its base's, else all of them.
  ///
  /// Regimes that one of them is like stay beside them, for what it has from them.
  func keeping(_ ids: [String]) throws(ScenarioFaults) -> SourceDocument {
    let picked = root.pickedRegimes
    guard let wanted = ids.isEmpty ? picked : ids else { return self }
    let known = root[ScenarioSchema.regimes]?.records(by: "id") ?? [:]
    for id in ids {
      let names = picked ?? known.keys.sorted()
      guard names.contains(id), known[id] != nil else {
        throw refusal(CommandLineFault(unknown: "regime", id, known: names))
      }
      guard ids.count(where: { $0 == id }) == 1 else {
        throw refusal(
          CommandLineFault("regime \(quoted(id)) is asked for more than once"))
      }
    }
    // What is published was published of one regime: without it there is nothing to hold it to.
    let dropped =
      (keepsHeadline(wanted) ? [] : ["headline", "claims"])
      + (keepsPublished(wanted) ? [] : [ScenarioSchema.published])
    let list = SourceNode(
      content: .list(root.regimes(wanted, among: known)),
      location: root[ScenarioSchema.regimes]?.location ?? root.location)
    var document = self
    document.root.content = .mapping(
      root.entries.filter { !(dropped + [ScenarioSchema.only]).contains($0.key) }.map { entry in
        guard entry.key == ScenarioSchema.regimes else { return entry }
        var entry = entry
        entry.value.content = list.content
        return entry
      })
    document.root = document.root.picking(wanted)
    return document
  }

  private func refusal(_ word: CommandLineFault) -> ScenarioFaults {
    ScenarioFaults(word, file: root.location.file)
  }

  /// Whether the regime that the headline is about, by name or as the reference, is kept.
  private func keepsHeadline(_ ids: [String]) -> Bool {
    if let regime = root["headline"]?["regime"]?.word { return ids.contains(regime) }
    return root.regimeIDs.first.map { ids.first == $0 } ?? true
  }

  /// Whether every regime that something published is about, by name or as the reference, is kept.
  private func keepsPublished(_ ids: [String]) -> Bool {
    let records = (root[ScenarioSchema.published]?.entries ?? []).flatMap(\.value.items)
    let named = records.flatMap { [$0["regime"], $0["over_regime"]] }.compactMap { $0?.word }
    let areOfReference = records.allSatisfy { $0["regime"] != nil }
    let keepsReference = root.regimeIDs.first.map { ids.first == $0 } ?? true
    return named.allSatisfy { ids.contains($0) } && (areOfReference || keepsReference)
  }
}

extension SourceNode {
  /// The text of a scalar.
  fileprivate var word: String? { if case .scalar(let text, _) = content { text } else { nil } }

  /// What a file picks from its base's regimes; nil where it picks none, or where they are not names.
  fileprivate var pickedRegimes: [String]? {
    self[ScenarioSchema.only].flatMap { only in
      let words = only.items.compactMap(\.word)
      return words.isEmpty || words.count < only.items.count ? nil : words
    }
  }

  /// Regimes and those that they are like, each compared with another only where that is among them: else it still
  /// is with the reference.
  fileprivate func regimes(
    _ ids: [String], among known: [String: SourceNode]
  ) -> [SourceNode] {
    let kept = withModels(of: ids, among: known)
    return kept.compactMap { known[$0] }.map { node in
      guard let other = node[RegimeSchema.against]?.word, known[other] != nil,
        !kept.contains(other)
      else { return node }
      return node.removing([RegimeSchema.against])
    }
  }

  /// Regimes, and after them those that they are like.
  fileprivate func withModels(of ids: [String], among known: [String: SourceNode]) -> [String] {
    var found = ids
    var place = 0
    while place < found.count {
      if let model = known[found[place]]?["like"]?.word, !found.contains(model) {
        found.append(model)
      }
      place += 1
    }
    return found
  }

  /// A file that picks these regimes.
  fileprivate func picking(_ ids: [String]) -> SourceNode {
    let place = self[ScenarioSchema.only]?.location ?? location
    let words = ids.map { SourceNode(content: .scalar($0, isPlain: true), location: place) }
    var node = removing([ScenarioSchema.only])
    node.content = .mapping(
      node.entries + [
        SourceEntry(
          key: ScenarioSchema.only, keyLocation: place,
          value: SourceNode(content: .list(words), location: place))
      ])
    return node
  }

  /// The ids of regimes, in the order of the file.
  fileprivate var regimeIDs: [String] {
    (self[ScenarioSchema.regimes]?.items ?? []).compactMap { $0["id"]?.word }
  }
}

extension SourceDocument {
  /// This document, which came of laying one over another, with what they pick of the lower one's regimes.
  ///
  /// New regimes of the upper one are run in any case.
  func picking(_ upper: SourceDocument, of lower: SourceDocument) -> SourceDocument {
    let inherited = lower.root.pickedRegimes
    guard inherited != nil || upper.root.pickedRegimes != nil else { return self }
    var document = self
    let all = lower.root.regimeIDs
    let left = root.regimeIDs
    let new = upper.root.regimeIDs.filter { !all.contains($0) && left.contains($0) }
    let offered = (inherited ?? all).filter { left.contains($0) }
    var picks = upper.root.pickedRegimes ?? offered
    for (place, id) in picks.enumerated() where upper.root.pickedRegimes != nil {
      guard let node = upper.root[ScenarioSchema.only]?.items[place] else { continue }
      if !offered.contains(id), !new.contains(id) {
        document.faults.append(
          Fault(
            at: node.location, path: "\(ScenarioSchema.only)[\(place)]",
            "the base has no regime \(quoted(id))",
            suggestion: likelyWords(for: id, among: offered),
            advice: "it has \(offered.joined(separator: ", "))"))
      } else if picks[..<place].contains(id) {
        document.faults.append(
          Fault(
            at: node.location, path: "\(ScenarioSchema.only)[\(place)]",
            "the regime \(quoted(id)) is there twice", advice: "keep one"))
      }
    }
    picks = picks.filter { offered.contains($0) || new.contains($0) }
    let kept = picks + new.filter { !picks.contains($0) }
    document.root = kept.isEmpty ? root.removing([ScenarioSchema.only]) : root.picking(kept)
    return document
  }

  /// Tells of regimes that are picked where there is no base to pick them from.
  var withoutPicks: SourceDocument {
    guard let only = root[ScenarioSchema.only] else { return self }
    var document = self
    document.root = root.removing([ScenarioSchema.only])
    document.faults.append(
      Fault(
        at: only.location, path: ScenarioSchema.only,
        "there is no base whose regimes could be picked",
        advice: "leave out the regimes that are not wanted, or give a base"))
    return document
  }
}
