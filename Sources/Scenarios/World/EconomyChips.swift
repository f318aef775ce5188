import Documents
import PolicyModel

/// Puts the chips of an economy on the shelf: those that somebody holds, and those that are cut from
/// the dies of its suppliers.
struct EconomyChips {
  private let node: DocumentNode
  /// The chips, each with the value that brings it in.
  private var chips: [(chip: Chip, node: DocumentNode)] = []
  private(set) var faults: [Fault] = []

  /// Takes the `world` section.
  init(_ node: DocumentNode) { self.node = node }

  /// Names every chip, so that it gets its place in the plan.
  mutating func name(on shelf: inout ChipShelf) {
    for owner in node["owners"]?.items ?? [] {
      var held: Set<String> = []
      for holding in owner["opening"]?.items ?? [] {
        guard let name = holding["chip"], let chip = shelf.chip(name) else { continue }
        chips.append((chip, name))
        if !held.insert(chip.id).inserted {
          faults.append(
            name.fault("\(quoted(chip.id)) is there twice", advice: "add the two counts"))
        }
      }
    }
    let leftOut = (node["chips_left_out"]?.items ?? []).compactMap { shelf.chip(leftOut: $0) }
    var suppliers: [String: String] = [:]
    for supplier in node["suppliers"]?.itemsByID ?? [] {
      guard let id = supplier["id"]?.text else { continue }
      for family in supplier["families"]?.items ?? [] {
        guard let name = family["id"]?.text else { continue }
        if let other = suppliers.updateValue(id, forKey: name), other != id {
          faults.append(
            family.fault("\(other) makes \(quoted(name)) too", advice: "give each its own id"))
        }
        let made = shelf.chips(ofVendor: id, family: name)
        if made.isEmpty { faults.append(shelf.fault(ofFamily: family, vendor: id)) }
        for chip in made where !leftOut.contains(chip.id) {
          if let used = shelf.chip(id: chip.id) { chips.append((used, family)) }
        }
      }
    }
  }

  /// Tells of chips that lack a figure which the economy needs.
  mutating func check(_ figures: ChipFigures) {
    var told: Set<String> = []
    for (chip, node) in chips where told.insert(chip.id).inserted {
      let missing = figures.missing(of: chip)
      guard !missing.isEmpty else { continue }
      faults.append(
        node.fault(
          "\(chip.id) has no published \(missing.joined(separator: ", "))",
          advice: "give it under world.chips, or leave the chip out with world.chips_left_out"))
    }
  }
}

extension ChipShelf {
  /// The chips that a vendor cuts from a family of dies.
  fileprivate func chips(ofVendor vendor: String, family: String) -> [Chip] {
    chips(ofVendor: vendor).filter { $0.dieFamily == family }
  }

  fileprivate func fault(ofFamily family: DocumentNode, vendor: String) -> Fault {
    let name = family["id"]?.text ?? ""
    let known = Set(chips(ofVendor: vendor).compactMap(\.dieFamily)).sorted()
    return family.fault(
      "no chip of \(vendor) has the die family \(quoted(name))",
      suggestion: likelyWords(for: name, among: known),
      advice: known.isEmpty
        ? "no chip here has this vendor; a supplier's id is its chips' vendor in lower case"
        : "its chips have: \(known.joined(separator: ", "))")
  }
}
