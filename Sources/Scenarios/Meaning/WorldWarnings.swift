import Documents
import PolicyModel

/// Chips, labs and places of the file that take part in nothing.
struct WorldWarnings {
  private let scenario: Scenario
  private let plan: WorldPlan
  private let world: DocumentNode
  private(set) var faults: [Fault] = []

  /// Looks at what the file itself writes; a built-in world is complete as it is.
  init(of scenario: Scenario) {
    self.scenario = scenario
    plan = scenario.blueprint.world
    world = scenario.document["world"] ?? scenario.document
    checkChips()
    checkSuppliers()
    checkOwners()
    checkLabs()
    checkPlaces()
  }

  private func own(_ list: String) -> [(id: String, node: DocumentNode)] {
    (world[list]?.items ?? []).filter { !$0.location.isBuiltIn }.compactMap { node in
      node["id"]?.text.map { ($0, node) }
    }
  }

  private mutating func checkChips() {
    let leftOut = (world["chips_left_out"]?.items ?? []).compactMap(\.text)
    for (id, node) in own("chips") {
      guard let chip = scenario.chips.first(where: { $0.id == id }) else { continue }
      if leftOut.contains(id) {
        faults.append(
          node.fault("is changed here, and left out", advice: "take it out of chips_left_out"))
      } else if !plan.chips.contains(where: { $0.id == id }) {
        faults.append(unused(chip, node))
      } else if !isHeld(id) {
        checkDate(of: chip, node)
      }
    }
  }

  /// Whether anybody has or takes a chip that need not be bought first.
  private func isHeld(_ id: String) -> Bool {
    let opening = plan.economy.owners.flatMap(\.opening) + plan.labs.flatMap(\.fleet)
    let stages = plan.runs.flatMap(\.stages).flatMap { [$0.chips.documented] + $0.chips.candidates }
    let held = opening.map(\.chip) + stages + [plan.referenceChip]
    return held.contains { plan[$0].id == id }
  }

  private func unused(_ chip: Chip, _ node: DocumentNode) -> Fault {
    guard !plan.economy.isEmpty else {
      return node.fault(
        "no run or lab uses this chip",
        advice: "name it under choose_from, documented_on or fleet, or leave it out")
    }
    let families = plan.economy.families.filter {
      plan.economy.suppliers[$0.supplier].id == chip.vendor.lowercased()
    }.map(\.id)
    let reason =
      chip.dieFamily.map { "no supplier here makes its die family \(quoted($0))" }
      ?? "it has no die_family, so no supplier makes it"
    return node.fault(
      "this chip cannot be bought: \(reason)",
      advice: families.isEmpty
        ? "add its supplier, or leave it out"
        : "die families of \(chip.vendor) here: \(families.joined(separator: ", "))")
  }

  private mutating func checkDate(of chip: Chip, _ node: DocumentNode) {
    let end = scenario.run.end
    guard let available = chip.available else {
      // A part that is cut down comes on sale when its parent is barred, once it has appeared.
      faults.append(
        node.fault(
          "this chip cannot be bought: it has no month from which it is available",
          advice: "give available: YYYY-MM"))
      return
    }
    guard available > end else { return }
    faults.append(
      (node["available"] ?? node).fault(
        "this chip cannot be bought: it comes on sale in \(available), after the last month \(end)",
        advice: "give an earlier month, or a later run.end"))
  }

  /// A key that the file itself writes.
  private func own(_ key: String, of node: DocumentNode) -> DocumentNode? {
    node.written(key).flatMap { $0.location.isBuiltIn ? nil : $0 }
  }

  private mutating func checkSuppliers() {
    for (id, node) in own("suppliers") {
      guard let share = own("industry_share", of: node),
        plan.economy.suppliers.contains(where: { $0.id == id && !$0.isDomestic })
      else { continue }
      faults.append(
        share.fault(
          "changes nothing: \(id) has no part of the domestic industry",
          advice: "leave it out, or make the supplier domestic"))
    }
    for (id, node) in own("chips") {
      guard let memory = own("own_memory", of: node), memory.flag == true,
        let chip = plan.chips.first(where: { $0.id == id }),
        !plan.economy.suppliers.contains(where: { $0.isDomestic && $0.makes(chip) })
      else { continue }
      faults.append(
        memory.fault(
          "changes nothing: only the memory of domestic suppliers' chips is counted",
          advice: "leave it out"))
    }
  }

  private mutating func checkOwners() {
    let follower = plan.economy.follower
    for (id, node) in own("owners") {
      guard let large = own("large_cloud", of: node), large.flag == true,
        plan.economy.owners.contains(where: { $0.id == id && $0.location != follower })
      else { continue }
      faults.append(
        large.fault(
          "changes nothing: only buyers in \(plan.economy.jurisdictions[follower].id) take diverted chips",
          advice: "leave it out"))
    }
  }

  private mutating func checkLabs() {
    let acting = Set(plan.runs.map(\.lab))
    for (id, node) in own("labs") {
      guard let place = plan.labs.firstIndex(where: { $0.id == id }) else { continue }
      let lab = plan.labs[place]
      guard !acting.contains(place), lab.developer == nil, lab.fleet.isEmpty else { continue }
      faults.append(
        node.fault(
          "this lab does nothing: it has no run, no fleet and no fleet_of",
          advice: "give it one of them, or leave it out"))
    }
  }

  private mutating func checkPlaces() {
    let economy = plan.economy
    let used = Set(
      economy.owners.flatMap { [$0.location, $0.headquarters] }
        + economy.suppliers.map(\.jurisdiction)
        + [economy.leader, economy.follower] + economy.referenceModels.map(\.jurisdiction))
    let seats = plan.labs.flatMap { [$0.jurisdiction, $0.headquarters] }
    for (id, node) in own("jurisdictions") {
      guard let place = economy.jurisdictions.firstIndex(where: { $0.id == id }),
        !used.contains(place), !seats.contains(id)
      else { continue }
      faults.append(
        node.fault(
          "no owner, supplier or lab is in this jurisdiction, so nothing happens in it",
          advice: "add an owner there, or leave it out"))
    }
  }
}

extension Supplier {
  /// Whether a chip is one of its own.
  fileprivate func makes(_ chip: Chip) -> Bool { chip.vendor.lowercased() == id }
}
