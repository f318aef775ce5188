import PolicyModel

/// The chips that a scenario can refer to: built-in ones, changed ones, and its own.
struct ChipShelf {
  private var chips: [String: Chip]
  /// Ids that the scenario refers to.
  private var used: Set<String> = []
  private(set) var faults: [Fault] = []

  /// Takes the built-in chips, and what the scenario changes and adds.
  init(facts: BuiltInFacts, changes: DocumentNode?) {
    chips = Dictionary(uniqueKeysWithValues: facts.chips.map { ($0.id, $0) })
    var reader = ChipReader(sources: .none)
    for node in changes?.items ?? [] {
      guard let id = node["id"]?.text else { continue }
      if let chip = reader.chip(node, changing: chips[id]) { chips[id] = chip }
    }
    faults = reader.faults
  }

  /// The ids of all chips, sorted.
  var ids: [String] { chips.keys.sorted() }

  /// A chip that a node names.
  mutating func chip(_ node: DocumentNode) -> Chip? {
    guard let id = node.text else { return nil }
    if let chip = chips[id] {
      used.insert(id)
      return chip
    }
    faults.append(
      node.fault(
        "unknown chip \(quoted(id))", suggestion: nearestWord(to: id, among: ids),
        advice: "`chokepoint rules` lists the chips; add your own under world.chips"))
    return nil
  }

  /// The chip of this id, if there is one.
  mutating func chip(id: String) -> Chip? {
    guard let chip = chips[id] else { return nil }
    used.insert(id)
    return chip
  }

  /// The chips that the scenario refers to, by id.
  var usedChips: [Chip] { used.sorted().compactMap { chips[$0] } }
}
