import Documents
import PolicyModel

/// The chips that a scenario can refer to: built-in ones, changed ones, and its own.
struct ChipShelf {
  private var chips: [String: Chip]
  /// Ids that the scenario refers to.
  private var used: Set<String> = []
  /// Ids of new chips that are at fault: what names them is not.
  private var refused: Set<String> = []
  private(set) var faults: [Fault] = []

  /// Takes the built-in chips, and what the scenario changes and adds.
  init(facts: BuiltInFacts, changes: DocumentNode?) {
    chips = Dictionary(uniqueKeysWithValues: facts.chips.map { ($0.id, $0) })
    var reader = ChipReader(sources: .none)
    for node in changes?.items ?? [] {
      guard let id = node["id"]?.text else { continue }
      if let chip = reader.chip(node, changing: chips[id]) {
        chips[id] = chip
      } else {
        refused.insert(id)
      }
    }
    faults = reader.faults
    for node in changes?.items ?? [] { checkVariant(node) }
  }

  /// A variant is cut down from a chip that is known, and from another one.
  private mutating func checkVariant(_ node: DocumentNode) {
    guard let name = node["variant_of"], let id = name.text else { return }
    if id == node["id"]?.text {
      faults.append(name.fault("is a variant of itself", advice: "name the chip it was cut from"))
    } else if chips[id] == nil, !refused.contains(id) {
      faults.append(unknown(name))
    }
  }

  /// The ids of all chips, also of those with a fault, sorted.
  var ids: [String] { refused.union(chips.keys).sorted() }

  /// A chip that a node names.
  mutating func chip(_ node: DocumentNode) -> Chip? {
    guard let id = node.text else { return nil }
    if let chip = chips[id] {
      used.insert(id)
      return chip
    }
    // A chip that is named once for all stages of a run is looked up for each of them.
    let isTold = faults.contains { $0.location == node.location }
    guard !refused.contains(id), !isTold else { return nil }
    faults.append(unknown(node))
    return nil
  }

  private func unknown(_ node: DocumentNode) -> Fault {
    let id = node.text ?? ""
    return node.fault(
      "unknown chip \(quoted(id))", suggestion: nearestChip(to: id, among: ids),
      advice: "`chokepoint rules` lists the chips; add your own under world.chips")
  }

  /// The chip of this id, if there is one.
  mutating func chip(id: String) -> Chip? {
    guard let chip = chips[id] else { return nil }
    used.insert(id)
    return chip
  }

  /// The id of a chip that suppliers are not to make.
  mutating func chip(leftOut node: DocumentNode) -> String? {
    guard let id = node.text else { return nil }
    guard chips[id] == nil, !refused.contains(id) else { return id }
    faults.append(unknown(node))
    return nil
  }

  /// All chips of a vendor, in whatever case it is written, by id.
  func chips(ofVendor vendor: String) -> [Chip] {
    chips.values.filter { $0.vendor.lowercased() == vendor }.sorted { $0.id < $1.id }
  }

  /// All chips that are sound, by id.
  var allChips: [Chip] { chips.values.sorted { $0.id < $1.id } }

  /// The chips that the scenario refers to, by id.
  var usedChips: [Chip] { used.sorted().compactMap { chips[$0] } }
}

/// The chip that was probably meant: the shortest that begins with the word, as `h100_sxm` does with
/// `h100`, else the nearest.
func nearestChip(to id: String, among ids: [String]) -> String? {
  let longer = ids.filter { id.count > 1 && $0.hasPrefix(id) }
  return longer.min { ($0.count, $0) < ($1.count, $1) } ?? nearestWord(to: id, among: ids)
}
