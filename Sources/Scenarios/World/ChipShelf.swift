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
    for node in changes?.items ?? [] {
      guard let id = node["id"]?.text else { continue }
      checkParts(of: node, id)
      if let chip = Chip(facts.whole(chip: node), changing: chips[id]) {
        chips[id] = chip
      } else {
        refused.insert(id)
      }
    }
    for node in changes?.items ?? [] { checkVariant(node) }
  }

  /// A chip that is not built in needs more than its id.
  private mutating func checkParts(of node: DocumentNode, _ id: String) {
    let missing = ChipSchema.needed.filter { node.lacks($0) }
    guard chips[id] == nil, !missing.isEmpty else { return }
    faults.append(
      node.fault(
        "\(quoted(id)) is not a built-in chip, and a new one needs "
          + missing.joined(separator: ", "), suggestion: likelyWords(for: id, among: ids),
        advice: "`chokepoint rules` lists the built-in chips"))
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
      "unknown chip \(quoted(id))", suggestion: likelyWords(for: id, among: ids),
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

/// What the model needs to know of a chip that somebody uses.
struct ChipFigures {
  let parameters: ParameterTable
  /// Parameters that the file gives a value which is at fault.
  let refused: Set<String>

  /// The keys of figures that nobody published and the file does not give.
  ///
  /// - Parameters:
  ///   - format: the number format whose peak counts.
  ///   - isRented: whether its rent is needed too.
  func missing(of chip: Chip, format: NumberFormat = .bf16, isRented: Bool = false) -> [String] {
    var missing: [String] = []
    if chip.interconnect == nil { missing.append("interconnect_gb_s") }
    if chip.power == nil { missing.append("power_w") }
    if chip.peak[format] == nil { missing.append("\(format.rawValue)_tflops") }
    if !hasPrice(chip, "purchase_price_usd", chip.purchasePrices) {
      missing.append("purchase_price_usd")
    }
    if isRented, !hasPrice(chip, "rent_usd_per_hour", chip.rentalPrices) {
      missing.append("rent_usd_per_hour")
    }
    return missing
  }

  private func hasPrice(_ chip: Chip, _ key: String, _ history: PriceHistory) -> Bool {
    let name = "chips.\(chip.id).\(key)"
    return !history.entries.isEmpty || parameters.contains(name) || refused.contains(name)
  }
}
