import Documents
import PolicyModel
import Quantities

extension WorldSchema {
  static let lab: [Field] =
    [
      .required("id", .identifier, "Its id in results."),
      WorldSchema.displayName,
      .required("jurisdiction", .text, "Where it buys and runs its chips, such as CN."),
      .optional(
        "headquarters", .text, default: .key("jurisdiction"), "Where its headquarters are."),
      .optional(
        "fleet", holdings,
        "Chips it is reported to hold, without fleet_of. Regimes do not change them."),
      .optional(
        uses, FleetUse.schema,
        "The owners whose fleets it uses: ids, or each with the lab's share of it at the ends of years.",
        example: """
          - {owner: oracle, share: [{year: 2024, value: 0}, {year: 2025, value: 0.3}]}
          """),
    ] + developer

  /// The key that makes a lab develop models of its own accord.
  static let uses = "fleet_of"

  /// The keys of such a lab.
  static let developer: [Field] = [
    .optional(
      "fleet_share", .quantity(.between(0, 1)), beside: [uses],
      "Its share of those fleets, where they are ids."),
    .optional(
      "fleet_share_factor", .quantity(NumberRange(Developer.factorRange)),
      default: .stated("`1` where shares have years"), beside: [uses],
      "What multiplies its shares by year; none exceeds 1."),
    .optional(
      "active_from", .month, default: .stated("always"), beside: [uses],
      "From when it is there."),
    .optional(
      "openness", .number(.between(0, 1)), default: .number(0.5), beside: [uses],
      "How much of its methods it publishes."),
    .optional(
      "open_weights", .flag, default: .flag(false), beside: [uses],
      "Whether anybody can download its models."),
    .optional(
      "distils", .flag, default: .flag(false), beside: [uses],
      "Whether it learns from the outputs of others' models."),
    .optional(
      "parallelism", .word(of: Parallelism.self), default: .word(Parallelism.unknown),
      beside: [uses], "How its runs are spread over chips."),
  ]
}

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
    return Lab(
      id: node["id"]?.text ?? "", name: node["name"]?.text,
      jurisdiction: node["jurisdiction"]?.text ?? "",
      headquarters: node["headquarters"]?.text ?? "",
      fleet: fleet.compactMap { holding in
        chips[holding.chip.id].map {
          FleetHolding(
            chip: $0, count: Chips(holding.count), source: holding.node["source"]?.text)
        }
      }, developer: developer(node, faults: &faults))
  }

  private func developer(_ node: DocumentNode, faults: inout [Fault]) -> Developer? {
    guard !node.lacks(WorldSchema.uses) else {
      for key in WorldSchema.developer.map(\.key) where !node.lacks(key) {
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
    let use = FleetUse(node)
    let shares = use.shares(owners: owners, faults: &faults)
    guard let id = node["id"]?.text else { return nil }
    let factor = FleetUse.parameter(ofLab: id, node).declaration.name
    guard parameters.contains(factor), let openness = node["openness"]?.number,
      let releasesWeights = node["open_weights"]?.flag, let distils = node["distils"]?.flag,
      let parallelism: Parallelism = node.word("parallelism")
    else { return nil }
    return Developer(
      fleetShares: shares, fleetFactor: parameters.index(of: factor),
      activeFrom: node["active_from"]?.month, openness: openness,
      releasesWeights: releasesWeights, distils: distils, parallelism: parallelism)
  }
}
