import Documents
import PolicyModel
import Quantities

/// Reads who makes, sells and owns chips.
struct EconomyReader {
  private let node: DocumentNode
  /// Ids in the order of the plan; nil when some of them could not be read.
  let jurisdictions: [String]?
  let owners: [String]?
  private let suppliers: [String]?
  private(set) var faults: [Fault] = []

  /// Takes the `world` section.
  init(_ node: DocumentNode) {
    self.node = node
    // Without any there is nothing to look a name up in: that they are missing is told once.
    jurisdictions = node.lacks("jurisdictions") ? nil : node.ids(under: "jurisdictions")
    owners = node.ids(under: "owners")
    suppliers = node.ids(under: "suppliers")
  }

  /// What a world with owners needs beside them, and what one without has no use for.
  private static let needed = ["compared", "jurisdictions", "suppliers"]
  private static let idle = needed + ["reference_models", "chips_left_out", "as_of"]

  /// Tells of parts that are missing, or that nothing would use.
  mutating func checkParts(hasEconomy: Bool) {
    if hasEconomy {
      let missing = Self.needed.filter { node.lacks($0) }
      guard !missing.isEmpty else { return }
      faults.append(
        node.fault(
          "a world with owners needs \(missing.joined(separator: ", "))",
          advice: "or take a built-in world and change it, with use: world-2022"))
    } else {
      for key in Self.idle where !node.lacks(key) {
        faults.append(
          (node[key] ?? node).fault(
            "is of no use in a world without owners",
            advice: "add owners, or leave it out"))
      }
    }
  }

  /// The economy, as far as it is sound.
  ///
  /// - Parameters:
  ///   - chips: the places of all chips that anything here refers to.
  ///   - start: the first month; nil when it is at fault.
  ///   - namedBuyers: ids that rules name.
  mutating func economy(
    chips: [String: ChipIndex], parameters: ParameterTable, start: Month?,
    namedBuyers: Set<String>
  ) -> Economy? {
    let jurisdictionList = (node["jurisdictions"]?.itemsByID ?? []).map { jurisdiction($0) }
    let supplierNodes = node["suppliers"]?.itemsByID ?? []
    let supplierList = supplierNodes.compactMap { supplier($0) }
    var families: [DieFamily] = []
    for (place, supplier) in supplierNodes.enumerated() {
      families += dieFamilies(of: supplier, at: place)
    }
    let ownerList = (node["owners"]?.itemsByID ?? []).compactMap {
      owner($0, chips: chips, parameters: parameters)
    }
    let models = (node["reference_models"]?.itemsByID ?? []).compactMap {
      referenceModel($0, start: start)
    }
    let leader = side("leader")
    let follower = side("follower")
    guard let leader, let follower, supplierList.count == supplierNodes.count else { return nil }
    let economy = Economy(
      jurisdictions: jurisdictionList, leader: leader, follower: follower,
      suppliers: supplierList, families: families, owners: ownerList,
      referenceModels: models.sorted { ($0.released, $0.id) < ($1.released, $1.id) },
      namedBuyers: namedBuyers)
    faults += sharedLuckFaults(
      of: "markets", economy.marketNames.map { ($0, self.node["jurisdictions"] ?? self.node) })
    return economy
  }

  private mutating func jurisdiction(_ node: DocumentNode) -> Jurisdiction {
    if let fault = codeFault(node["id"]) { faults.append(fault) }
    let id = node["id"]?.text ?? ""
    return Jurisdiction(
      id: id, name: node["name"]?.text ?? id, countries: node["countries"]?.number ?? 1,
      tier: node["tier"]?.integer ?? 1, hostsRemote: node["hosts_remote"]?.flag ?? false,
      transships: node["transships"]?.flag ?? false,
      importsDomesticChips: node["imports_domestic_chips"]?.flag ?? false)
  }

  private mutating func side(_ key: String) -> Int? {
    let compared = node["compared"]
    let found = lookUp(compared?[key], among: jurisdictions, "jurisdiction", faults: &faults)
    if key == "follower", let id = compared?[key]?.text, id == compared?["leader"]?.text {
      faults.append(
        (compared?[key] ?? node).fault(
          "leader and follower are the same", advice: "name two jurisdictions"))
    }
    return found
  }

  private mutating func supplier(_ node: DocumentNode) -> Supplier? {
    guard let id = node["id"]?.text,
      let jurisdiction = lookUp(
        node["jurisdiction"], among: jurisdictions, "jurisdiction", faults: &faults)
    else { return nil }
    return Supplier(
      id: id, jurisdiction: jurisdiction, isDomestic: node["domestic"]?.flag ?? false)
  }

  private mutating func dieFamilies(of supplier: DocumentNode, at place: Int) -> [DieFamily] {
    (supplier["families"]?.itemsByID ?? []).compactMap { family in
      guard let id = family["id"]?.text else { return nil }
      checkOutput(of: family, isDomestic: supplier["domestic"]?.flag ?? false)
      return DieFamily(
        id: id, supplier: place,
        captiveTo: lookUp(
          family["captive_to"], among: owners, "owner", faults: &faults),
        diesPerYear: yearlyFigures(family["dies_per_year"], faults: &faults))
    }
  }

  private mutating func checkOutput(of family: DocumentNode, isDomestic: Bool) {
    if isDomestic {
      if let dies = family["dies_per_year"] {
        faults.append(
          dies.fault(
            "a domestic supplier's dies follow from its fabs, stocks and yields",
            advice: "leave them out, or domestic"))
      }
      if let captive = family["captive_to"] {
        faults.append(
          captive.fault(
            "a domestic supplier sells to everybody at home", advice: "leave captive_to out"))
      }
    } else if family.lacks("dies_per_year") {
      faults.append(
        family.fault(
          "does not say how many dies there are",
          advice: "give dies_per_year, or domestic: true for the supplier"))
    }
  }

  private mutating func owner(
    _ node: DocumentNode, chips: [String: ChipIndex], parameters: ParameterTable
  ) -> Owner? {
    let location = lookUp(
      node["jurisdiction"], among: jurisdictions, "jurisdiction", faults: &faults)
    let headquarters = lookUp(
      node["headquarters"] ?? node["jurisdiction"],
      among: node["headquarters"] == nil ? nil : jurisdictions, "jurisdiction", faults: &faults)
    let spending = yearlyFigures(node["spending_usd_per_year"], faults: &faults)
    guard let id = node["id"]?.text, let location else { return nil }
    let factor = Owner.spendingFactorParameter(ofOwner: id).name
    guard parameters.contains(factor) else { return nil }
    return Owner(
      id: id, location: location, headquarters: headquarters ?? location, spending: spending,
      spendingFactor: parameters.index(of: factor),
      opening: (node["opening"]?.items ?? []).compactMap { holding($0, chips: chips) })
  }

  private func holding(_ node: DocumentNode, chips: [String: ChipIndex]) -> FleetHolding? {
    guard let chip = node["chip"]?.text.flatMap({ chips[$0] }), let count = node["count"]?.number
    else { return nil }
    return FleetHolding(chip: chip, count: Chips(count), source: node["source"]?.text)
  }

  private mutating func referenceModel(
    _ node: DocumentNode, start: Month?
  ) -> ReferenceModel? {
    let jurisdiction = lookUp(
      node["jurisdiction"], among: jurisdictions, "jurisdiction", faults: &faults)
    guard let id = node["id"]?.text, let released = node["released"]?.month, let start,
      let flop = node["effective_flop"]?.number, let jurisdiction
    else { return nil }
    if released >= start {
      faults.append(
        node.fault(
          "was released in \(released), not before the first month \(start)",
          advice: "from then on models come from the labs: leave it out"))
    }
    return ReferenceModel(
      id: id, jurisdiction: jurisdiction, released: released - start, effectiveFlop: flop,
      hasOpenWeights: node["open_weights"]?.flag ?? false, source: node["source"]?.text)
  }
}
