import Documents
import PolicyModel

/// Names of vendors, die families, suppliers and owners that nothing of a world provides.
struct ProvidedNames {
  private let world: DocumentNode
  private let facts: BuiltInFacts
  private let chips: [Chip]
  private let plan: WorldPlan

  /// Takes a world that is sound.
  ///
  /// - Parameter chips: every chip that can be named.
  init(_ world: DocumentNode, facts: BuiltInFacts, chips: [Chip], plan: WorldPlan) {
    (self.world, self.facts, self.chips, self.plan) = (world, facts, chips, plan)
  }

  /// The faults of chips that the file gives, and of rules that it writes out.
  func faults(ofRules rules: [DocumentNode]) -> [Fault] {
    let own = rules.filter { rule in rule["id"]?.text.map { facts.rule($0) == nil } ?? false }
    let clauses = own.flatMap { ($0["requirement"]?.items ?? []) + ($0["review"]?.items ?? []) }
    let vendors = Set(chips.map(\.vendor)).sorted()
    let ofVendors = clauses.flatMap { $0["when"]?["vendors"]?.items ?? [] }.compactMap {
      unknown($0, "vendor", among: vendors)
    }
    guard !plan.economy.isEmpty else { return ofVendors }
    let named = plan.economy.suppliers.map(\.id) + plan.economy.owners.map(\.id)
    let ofEntities = own.flatMap { $0["entities"]?.items ?? [] }.compactMap {
      unknown($0, "supplier or owner", among: named)
    }
    let owners = plan.economy.owners.map(\.id)
    let ofBuyers = own.flatMap { $0["review"]?.items ?? [] }.flatMap { $0["buyers"]?.items ?? [] }
      .compactMap { unknown($0, "owner", among: owners) }
    return ofVendors + ofEntities + ofBuyers + chipFaults
  }

  /// New chips that nobody in the world makes, though they say of what they are made.
  private var chipFaults: [Fault] {
    let used = Set(plan.chips.map(\.id))
    let leftOut = (world["chips_left_out"]?.items ?? []).compactMap(\.text)
    return (world["chips"]?.items ?? []).compactMap { node in
      guard let id = node["id"]?.text, !used.contains(id), !leftOut.contains(id),
        let chip = chips.first(where: { $0.id == id })
      else { return nil }
      let suppliers = plan.economy.suppliers
      guard let supplier = suppliers.firstIndex(where: { $0.id == chip.vendor.lowercased() }) else {
        return node.written("vendor").flatMap {
          unknown($0, "supplier", among: suppliers.map(\.id))
        }
      }
      let families = plan.economy.families.filter { $0.supplier == supplier }.map(\.id)
      return node.written("die_family").flatMap {
        unknown($0, "die family of \(chip.vendor)", among: families)
      }
    }
  }

  private func unknown(_ node: DocumentNode, _ what: String, among known: [String]) -> Fault? {
    guard let id = node.text, !known.contains(id) else { return nil }
    return node.fault(
      "unknown \(what) \(quoted(id))", suggestion: likelyWords(for: id, among: known),
      advice: "known here: \(known.joined(separator: ", "))")
  }
}
