import Documents

/// Works out what regimes leave to others: which rules their sets stand for, and what they have from the
/// regime that they are like.
///
/// What comes out are regimes that name all their rules one by one.
struct RegimeComposer {
  private(set) var faults: [Fault] = []
  private var sets: RuleSetReader
  private let list: DocumentNode
  private var known: [String: Whole] = [:]

  /// A regime with all that it has.
  private struct Whole {
    let node: DocumentNode
    let rules: ComposedRules
  }

  init(_ regimes: DocumentNode, sets: RuleSetReader) {
    list = regimes
    self.sets = sets
  }

  /// The regimes.
  ///
  /// - Parameter ids: those that are wanted, in this order; nil for all.
  mutating func regimes(_ ids: [String]?) -> DocumentNode {
    checkOthers()
    let composed = list.items.map { whole($0, within: []).node }
    faults += sets.faults
    guard let ids else { return list.with(items: composed) }
    let picked = ids.compactMap { id in composed.first { $0["id"]?.text == id } }
    // A regime cannot be held to one that is not run; it still is to the reference.
    return list.with(
      items: picked.map { node in
        node[RegimeSchema.against]?.text.map { ids.contains($0) } ?? true
          ? node : node.with(RegimeSchema.against, nil)
      })
  }

  /// Tells of regimes that are held to what is no other regime.
  private mutating func checkOthers() {
    guard list.refused.isEmpty else { return }
    for node in list.items {
      guard let against = node[RegimeSchema.against], let name = against.text else { continue }
      let others = list.items.compactMap { $0["id"]?.text }.filter { $0 != node["id"]?.text }
      guard !others.contains(name) else { continue }
      faults.append(
        against.fault(
          name == node["id"]?.text
            ? "a regime cannot be compared with itself" : "unknown regime \(quoted(name))",
          suggestion: likelyWords(for: name, among: others),
          advice: others.isEmpty
            ? "there is no other regime" : "known here: \(others.joined(separator: ", "))"))
    }
  }

  private mutating func whole(_ node: DocumentNode, within heirs: [String]) -> Whole {
    guard let id = node["id"]?.text else { return Whole(node: node, rules: ComposedRules()) }
    if let known = known[id] { return known }
    let model = model(of: node, within: heirs + [id])
    let rules = sets.rules(node["rules"], from: model?.rules)
    let whole = Whole(node: node.like(model?.node).having(rules, sets: rules.sets), rules: rules)
    known[id] = whole
    return whole
  }

  /// The regime that one is like; nil where it is like none.
  private mutating func model(of node: DocumentNode, within heirs: [String]) -> Whole? {
    guard let like = node["like"], let name = like.text else { return nil }
    if let start = heirs.firstIndex(of: name) {
      let circle = (heirs[start...] + [name]).joined(separator: ", ")
      faults.append(
        like.fault(
          name == heirs.last
            ? "a regime cannot be like itself" : "the regimes are like each other: \(circle)",
          advice: "take out one like"))
      return nil
    }
    if let model = list.items.first(where: { $0["id"]?.text == name }) {
      return whole(model, within: heirs)
    }
    guard list.refused.isEmpty else { return nil }
    let others = list.items.compactMap { $0["id"]?.text }.filter { $0 != heirs.last }
    faults.append(
      like.fault(
        "unknown regime \(quoted(name))", suggestion: likelyWords(for: name, among: others),
        advice: sets.isSet(name)
          ? "it is a set of rules: write rules: \(name)"
          : others.isEmpty
            ? "there is no other regime" : "known here: \(others.joined(separator: ", "))"))
    return nil
  }
}

extension DocumentNode {
  /// A regime with what another one has and it does not write itself; of what both set, its own.
  fileprivate func like(_ model: DocumentNode?) -> DocumentNode {
    guard let model else { return self }
    let whole = with("like", nil).over(
      model, without: ["id", "name", "title", "rules", RegimeSchema.against])
    guard let own = written("set"), let its = model.written("set") else { return whole }
    return whole.with("set", own.over(its))
  }

  /// A regime with these rules.
  fileprivate func having(_ rules: ComposedRules, sets: [String]) -> DocumentNode {
    guard !rules.isAsWritten else { return self }
    let place = written("rules") ?? saying(.list([]), at: "\(path).rules")
    let names = place.saying(
      .list(sets.map { place.saying(.text($0)) }), at: "\(path).\(RegimeSchema.setsOfRules)")
    return with("rules", place.with(items: rules.members))
      .with(RegimeSchema.setsOfRules, sets.isEmpty ? nil : names)
  }
}
