import Documents
import PolicyModel
import Quantities

/// What a lab uses of whose chips, as its record says it: owners by id, with one share of them all, or each with
/// the lab's share of it at the ends of years.
struct FleetUse {
  private let lab: DocumentNode

  /// Takes the record of a lab that has `fleet_of`.
  init(_ lab: DocumentNode) { self.lab = lab }

  /// What `fleet_of` holds.
  static let schema = Schema.list(
    of: .either([
      .identifier,
      .mapping([
        .required("owner", .identifier, "Whose chips."),
        .required(
          "share", WorldSchema.yearly(.between(0, 1), unit: ""),
          "Its share of them at the ends of years; straight lines between, level outside."),
      ]),
    ]), minimum: 1)

  /// Whether a lab's shares have dates.
  static func isDated(_ lab: DocumentNode) -> Bool {
    lab[WorldSchema.uses]?.items.contains { $0["owner"] != nil } ?? false
  }

  /// The parameter of a lab's shares, with its key: the share itself, which must be given, or what multiplies
  /// shares with dates.
  static func parameter(
    ofLab id: String, _ lab: DocumentNode
  ) -> (declaration: ParameterDeclaration, key: String, otherwise: Double?) {
    isDated(lab)
      ? (Developer.fleetFactorParameter(ofLab: id), "fleet_share_factor", 1)
      : (Developer.fleetShareParameter(ofLab: id), "fleet_share", nil)
  }

  /// The shares, as far as they are sound.
  ///
  /// - Parameter owners: ids in the order of the plan; nil when some of them could not be read.
  func shares(owners: [String]?, faults: inout [Fault]) -> [FleetShare] {
    checkKeys(faults: &faults)
    let shares = (lab[WorldSchema.uses]?.items ?? []).compactMap { item -> FleetShare? in
      let figures = item["share"].map { yearlyFigures($0, faults: &faults) } ?? []
      let found = lookUp(item["owner"] ?? item, among: owners, "owner", faults: &faults)
      return found.map { FleetShare(owner: $0, atEnds: figures) }
    }
    if Set(shares.map(\.owner)).count < shares.count, let list = lab[WorldSchema.uses] {
      faults.append(list.fault("an owner is there twice", advice: "keep one"))
    }
    return shares
  }

  /// Each form has a key of its own; what a built-in world says under the other's goes with the form.
  private func checkKeys(faults: inout [Fault]) {
    let isDated = Self.isDated(lab)
    if isDated, let list = lab[WorldSchema.uses], list.items.contains(where: { $0["owner"] == nil })
    {
      faults.append(
        list.fault(
          "some owners have shares by year, others none",
          advice: "give each owner a share by year, or none and fleet_share"))
    }
    let idle = isDated ? "fleet_share" : "fleet_share_factor"
    if let node = lab.written(idle), !node.location.isBuiltIn {
      faults.append(
        node.fault(
          isDated
            ? "is of no use where fleet_of gives shares by year"
            : "is of no use where fleet_of gives no shares by year",
          advice: isDated
            ? "give fleet_share_factor, or fleet_of: [ids] beside it" : "give fleet_share"))
    }
    if !isDated, lab.lacks("fleet_share") {
      faults.append(
        lab.fault("fleet_of is given without fleet_share", advice: "give the lab's share of it"))
    }
  }

  // MARK: - Sums

  /// Tells of fleets of which labs take more than there is in some year, at the parameters' point values.
  static func faults(ofSumsIn labs: [DocumentNode], _ parameters: ParameterTable) -> [Fault] {
    let takings = labs.flatMap { FleetUse($0).takings(parameters) }
    // Sums of straight lines are largest where one of them bends.
    let bends = Set(takings.flatMap { $0.share.atEnds.map(\.year) }).sorted()
    var taken: [String: [Double]] = [:]
    return takings.compactMap { taking in
      let values = (bends.isEmpty ? [0] : bends).map(taking.value)
      let before = taken[taking.owner] ?? values.map { _ in 0 }
      let after = zip(before, values).map(+)
      taken[taking.owner] = after
      // Told once, at the lab that goes too far; sums of rounded shares are not held to the last digit.
      guard let most = after.indices.max(by: { after[$0] < after[$1] }), after[most] > whole,
        !before.contains(where: { $0 > whole })
      else { return nil }
      let when = bends.isEmpty ? "" : " at the end of \(bends[most])"
      return taking.node.fault(
        "labs take more than the whole fleet of \(taking.owner)\(when): \(after[most].inFull) of it",
        advice: "bring the shares down to 1 in all")
    }
  }

  private static let whole = 1 + 1e-9

  /// A lab's part of an owner's chips.
  private struct Taking {
    let owner: String
    let share: FleetShare
    let factor: Double
    let node: DocumentNode

    func value(_ year: Int) -> Double {
      min(1, share.value(in: .december(of: year)) * factor)
    }
  }

  private func takings(_ parameters: ParameterTable) -> [Taking] {
    guard let id = lab["id"]?.text, let fleets = lab[WorldSchema.uses] else { return [] }
    let factor = parameters.pointValue(of: Self.parameter(ofLab: id, lab).declaration.name) ?? 0
    let isDated = Self.isDated(lab)
    return fleets.items.compactMap { item in
      guard let owner = (item["owner"] ?? item).text, (item["share"] != nil) == isDated
      else { return nil }
      // Faults of the figures are told where the lab is read.
      var told: [Fault] = []
      let share = FleetShare(owner: 0, atEnds: yearlyFigures(item["share"], faults: &told))
      return Taking(owner: owner, share: share, factor: factor, node: fleets)
    }
  }
}
