import Documents
import PolicyModel
import Quantities

/// Reads labs: what they hold, and how they develop models of their own accord.
struct LabReader {
  /// Ids in the order of the plan; nil when some of them could not be read.
  let owners: [String]?
  /// Nil in a world without an economy too, where any code will do.
  let jurisdictions: [String]?
  let chips: [String: ChipIndex]
  let parameters: ParameterTable

  /// A lab.
  ///
  /// - Parameter fleet: what it is reported to hold.
  func lab(
    _ node: DocumentNode, fleet: [NamedHolding], faults: inout [Fault]
  ) -> Lab {
    for place in [node["jurisdiction"], node["headquarters"]] {
      if let fault = codeFault(place) {
        faults.append(fault)
      } else {
        _ = lookUp(place, among: jurisdictions, "jurisdiction", faults: &faults)
      }
    }
    let jurisdiction = node["jurisdiction"]?.text ?? ""
    return Lab(
      id: node["id"]?.text ?? "", jurisdiction: jurisdiction,
      headquarters: node["headquarters"]?.text ?? jurisdiction,
      fleet: fleet.compactMap { holding in
        chips[holding.chip.id].map {
          FleetHolding(
            chip: $0, count: Chips(holding.count), source: holding.node["source"]?.text)
        }
      }, developer: developer(node, faults: &faults))
  }

  private func developer(_ node: DocumentNode, faults: inout [Fault]) -> Developer? {
    guard !node.lacks("fleet_of") else {
      for key in WorldSchema.keysOfDeveloper where !node.lacks(key) {
        faults.append(
          (node[key] ?? node).fault(
            "is of no use without fleet_of",
            advice: "say whose chips the lab uses, or leave it out"))
      }
      return nil
    }
    if let reported = node["fleet"] {
      faults.append(
        reported.fault(
          "a lab with fleet_of is booked what its owners hold and buy, and would be booked this too",
          advice: "leave fleet out"))
    }
    if node.lacks("fleet_share") {
      faults.append(
        node.fault("fleet_of is given without fleet_share", advice: "give the lab's share of it"))
    }
    let fleets = (node["fleet_of"]?.items ?? []).compactMap {
      lookUp($0, among: owners, "owner", faults: &faults)
    }
    if Set(fleets).count < fleets.count, let list = node["fleet_of"] {
      faults.append(list.fault("an owner is there twice", advice: "keep one"))
    }
    guard let id = node["id"]?.text else { return nil }
    let share = Developer.fleetShareParameter(ofLab: id).name
    guard parameters.contains(share) else { return nil }
    return Developer(
      fleetOwners: fleets, fleetShare: parameters.index(of: share),
      activeFrom: node["active_from"]?.month, openness: node["openness"]?.number ?? 0.5,
      releasesWeights: node["open_weights"]?.flag ?? false, distils: node["distils"]?.flag ?? false,
      parallelism: node["parallelism"]?.text.flatMap(Parallelism.init(rawValue:)) ?? .unknown)
  }

  /// Tells of fleets of which labs take more than there is, at the shares' point values.
  func checkShares(of labs: [DocumentNode], faults: inout [Fault]) {
    var taken: [String: Double] = [:]
    for lab in labs {
      guard let id = lab["id"]?.text else { continue }
      let name = Developer.fleetShareParameter(ofLab: id).name
      let share = parameters.parameters.first { $0.declaration.name == name }?.pointValue ?? 0
      for owner in lab["fleet_of"]?.items ?? [] {
        guard let owner = owner.text, let fleets = lab["fleet_of"] else { continue }
        let before = taken[owner, default: 0]
        taken[owner] = before + share
        // Told once, at the lab that goes too far; sums of rounded shares are not held to the last digit.
        guard before <= Self.whole, before + share > Self.whole else { continue }
        faults.append(
          fleets.fault(
            "labs take more than the whole fleet of \(owner): \(plain(before + share)) of it",
            advice: "bring the shares down to 1 in all"))
      }
    }
  }

  private static let whole = 1 + 1e-9
}
