import Documents
import PolicyModel
import Quantities

extension WorldSchema {
  static let jurisdiction: [Field] = [
    .required("id", .text, "Its code, in capitals, such as CN."),
    .optional("name", .text, default: .key("id"), "What people call it."),
    .optional(
      "countries", .number(.above(0, atMost: 300), unit: "countries"), default: .number(1),
      "How many it stands for."),
    .optional(
      "tier", .integer(1...3), default: .integer(1), "Its tier under rules that have tiers."),
    .optional(
      "hosts_remote", .flag, default: .flag(false),
      "Whether its clouds rent chips to restricted labs."),
    .optional(
      "transships", .number(.between(0, 1)), default: .number(0),
      "How easily chips sold into it are diverted: 0 never, 1 as where it is easiest."),
    .optional(
      "imports_domestic_chips", .flag, default: .flag(false),
      "Whether it buys chips of restricted jurisdictions."),
    .optional(
      "members",
      .list(
        of: .mapping([
          .required("id", .text, "Its code, in capitals, such as AE."),
          .required("share", .number(.above(0, atMost: 1)), "Its part of the jurisdiction."),
        ])),
      "Countries in it that rules may name: such a rule acts on that part of it."),
    .optional(
      "enforcement", .quantity(NumberRange(Jurisdiction.enforcementRange)), default: .number(1),
      "What multiplies the effort of enforcement on chips that are diverted from it."),
  ]

  static let owner: [Field] = [
    .required("id", .identifier, "Its id in scenarios; fleet.ID in results."),
    displayName,
    .required("jurisdiction", .text, "Where its chips stand."),
    .optional(
      "headquarters", .text, default: .key("jurisdiction"), "Where its headquarters are."),
    .required(
      "spending_usd_per_year", yearlyPlanned(Plausible.dollars, unit: "USD/year"),
      "What it means to spend on accelerators, by calendar year."),
    .optional(
      "spending_factor", .quantity(NumberRange(Owner.factorRange)), default: .number(1),
      "What multiplies that."),
    .optional(
      "large_cloud", .flag, default: .flag(false),
      "Whether it is one of the largest clouds, few of which take diverted chips."),
    .optional(
      "firms", .number(.above(0, atMost: 1e6), unit: "firms"), default: .number(1),
      "How many firms it stands for, where a license counts them."),
    .optional("opening", holdings, "What it holds in the first month."),
  ]

  static let referenceModel: [Field] = [
    .required("id", .identifier, "Its id in results."),
    .required("jurisdiction", .text, "Whose it was."),
    .required("released", .month, "When it was released."),
    .required(
      "effective_flop", Plausible.effectiveFlop,
      "Training FLOP times the algorithmic efficiency of its time, relative to October 2022."),
    .optional(
      "open_weights", .flag, default: .flag(false), "Whether anybody could download it."),
    .optional(
      "openness", .number(.between(0, 1)), default: .number(0.5),
      "How much of its methods was published."),
    .optional("source", .text, "Where this is written."),
  ]
}

/// Reads who makes, sells and owns chips.
struct EconomyReader {
  private let node: DocumentNode
  /// Ids in the order of the plan; nil when some of them could not be read.
  let jurisdictions: [String]?
  let owners: [String]?
  private(set) var faults: [Fault] = []
  private var membersSeen: Set<String> = []

  /// Takes the `world` section.
  init(_ node: DocumentNode) {
    self.node = node
    // Without any there is nothing to look a name up in: that they are missing is told once.
    jurisdictions = node.lacks("jurisdictions") ? nil : node.ids(under: "jurisdictions")
    owners = node.ids(under: "owners")
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
    let jurisdictionList = (node["jurisdictions"]?.itemsByID ?? []).compactMap {
      jurisdiction($0, parameters)
    }
    let supplierNodes = node["suppliers"]?.itemsByID ?? []
    let reader = SupplierReader(jurisdictions: jurisdictions, owners: owners)
    let supplierList = supplierNodes.compactMap { reader.supplier($0, faults: &faults) }
    let families = supplierNodes.enumerated().flatMap { place, supplier in
      reader.families(of: supplier, at: place, faults: &faults)
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

  private mutating func jurisdiction(
    _ node: DocumentNode, _ parameters: ParameterTable
  ) -> Jurisdiction? {
    if let fault = codeFault(node["id"]) { faults.append(fault) }
    guard let id = node["id"]?.text, let name = node["name"]?.text,
      let countries = node["countries"]?.number, let tier = node["tier"]?.integer,
      let hostsRemote = node["hosts_remote"]?.flag, let transships = node["transships"]?.number,
      let importsDomesticChips = node["imports_domestic_chips"]?.flag
    else { return nil }
    let enforcement = Jurisdiction.enforcementParameter(of: id).name
    return Jurisdiction(
      id: id, name: name, countries: countries, tier: tier, hostsRemote: hostsRemote,
      transshipment: transships, importsDomesticChips: importsDomesticChips,
      members: members(of: node),
      enforcement: parameters.contains(enforcement) ? parameters.index(of: enforcement) : nil)
  }

  /// The countries in a jurisdiction, which are in no other and together no more than the whole.
  private mutating func members(of node: DocumentNode) -> [Jurisdiction.Member] {
    let items = node["members"]?.items ?? []
    let members = items.compactMap { item -> Jurisdiction.Member? in
      if let fault = codeFault(item["id"]) { faults.append(fault) }
      guard let code = item["id"], let id = code.text, let share = item["share"]?.number else {
        return nil
      }
      if jurisdictions?.contains(id) ?? false || !membersSeen.insert(id).inserted {
        faults.append(
          code.fault("\(quoted(id)) is a place of the world already", advice: "name it once"))
      }
      return Jurisdiction.Member(id: id, share: share)
    }
    let sum = members.reduce(0) { $0 + $1.share }
    if sum > 1 + 1e-9, let list = node["members"] {
      faults.append(
        list.fault(
          "the members are \(plainNumber(sum)) of the jurisdiction",
          advice: "shares come to 1 at most"))
    }
    return members
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

  private mutating func owner(
    _ node: DocumentNode, chips: [String: ChipIndex], parameters: ParameterTable
  ) -> Owner? {
    let location = lookUp(
      node["jurisdiction"], among: jurisdictions, "jurisdiction", faults: &faults)
    let headquarters = lookUp(
      node["headquarters"], among: jurisdictions, "jurisdiction", faults: &faults)
    let spending = yearlyFigures(node["spending_usd_per_year"], faults: &faults)
    guard let id = node["id"]?.text, let location, let isLargeCloud = node["large_cloud"]?.flag,
      let firms = node["firms"]?.number
    else { return nil }
    let factor = Owner.spendingFactorParameter(ofOwner: id).name
    guard parameters.contains(factor) else { return nil }
    return Owner(
      id: id, name: node["name"]?.text, location: location, headquarters: headquarters ?? location,
      spending: spending,
      spendingFactor: parameters.index(of: factor), isLargeCloud: isLargeCloud,
      firms: firms, opening: (node["opening"]?.items ?? []).compactMap { holding($0, chips: chips) }
    )
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
      let flop = node["effective_flop"]?.number, let jurisdiction,
      let hasOpenWeights = node["open_weights"]?.flag, let openness = node["openness"]?.number
    else { return nil }
    if released >= start {
      faults.append(
        node.fault(
          "was released in \(released), not before the first month \(start)",
          advice: "from then on models come from the labs: leave it out"))
    }
    return ReferenceModel(
      id: id, jurisdiction: jurisdiction, released: released - start, effectiveFlop: flop,
      hasOpenWeights: hasOpenWeights, openness: openness, source: node["source"]?.text)
  }
}
