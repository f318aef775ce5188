import Documents
import PolicyModel

extension WorldSchema {
  static let supplier: [Field] = [
    .required("id", .identifier, "The vendor of its chips, in lower case."),
    displayName,
    .required("jurisdiction", .text, "Where it has its seat."),
    .optional(
      "domestic", .flag, default: .flag(false),
      "Whether its output follows from its own fabs, stocks and yields."),
    .optional(
      "industry_share", .number(.above(0, atMost: 1e6)), default: .number(1),
      "Of the domestic industry's wafers, packages and buyers, its part, against the other domestic suppliers'."
    ),
    .required(
      "families",
      .records(
        of: [
          .required("id", .text, "The die_family of its chips."),
          .optional("captive_to", .identifier, "The only owner that gets them."),
          .optional(
            "dies_per_year", yearly(Plausible.dies, unit: "dies/year"),
            "Dies by calendar year; not for domestic suppliers."),
        ], minimum: 1), "What it makes chips of."),
  ]
}

/// Reads who makes chips.
struct SupplierReader {
  /// Ids in the order of the plan; nil when some of them could not be read.
  let jurisdictions: [String]?
  let owners: [String]?

  /// A supplier.
  func supplier(_ node: DocumentNode, faults: inout [Fault]) -> Supplier? {
    guard let id = node["id"]?.text,
      let jurisdiction = lookUp(
        node["jurisdiction"], among: jurisdictions, "jurisdiction", faults: &faults),
      let isDomestic = node["domestic"]?.flag, let share = node["industry_share"]?.number
    else { return nil }
    return Supplier(
      id: id, name: node["name"]?.text, jurisdiction: jurisdiction, isDomestic: isDomestic,
      industryShare: share)
  }

  /// What a supplier cuts its chips from.
  ///
  /// - Parameter place: the supplier's.
  func families(
    of supplier: DocumentNode, at place: Int, faults: inout [Fault]
  ) -> [DieFamily] {
    (supplier["families"]?.itemsByID ?? []).compactMap { family in
      guard let id = family["id"]?.text else { return nil }
      checkOutput(of: family, isDomestic: supplier["domestic"]?.flag == true, faults: &faults)
      return DieFamily(
        id: id, supplier: place,
        captiveTo: lookUp(
          family["captive_to"], among: owners, "owner", faults: &faults),
        diesPerYear: yearlyFigures(family["dies_per_year"], faults: &faults))
    }
  }

  private func checkOutput(of family: DocumentNode, isDomestic: Bool, faults: inout [Fault]) {
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
}

/// Figures by year, rising without a gap.
func yearlyFigures(_ node: DocumentNode?, faults: inout [Fault]) -> [YearlyFigure] {
  var figures: [YearlyFigure] = []
  for item in node?.items ?? [] {
    guard let year = item["year"]?.integer, let value = item["value"]?.number else { continue }
    let figure = YearlyFigure(
      year: year, value: value, low: item["low"]?.number, high: item["high"]?.number,
      isPlanned: item["planned"]?.flag == true, provenance: item.provenance)
    if figure.low ?? value > value || figure.high ?? value < value {
      faults.append(
        item.fault("the value is outside low to high", advice: "put the three in order"))
    }
    figures.append(figure)
  }
  figures.sort { $0.year < $1.year }
  guard let node, node.refused.isEmpty else { return figures }
  for (earlier, later) in zip(figures, figures.dropFirst()) where later.year != earlier.year + 1 {
    let problem =
      later.year == earlier.year ? "\(later.year) is given twice" : "\(earlier.year + 1) is missing"
    faults.append(node.fault(problem, advice: "give each year once, without a gap"))
  }
  if let (plan, known) = zip(figures, figures.dropFirst()).first(where: {
    $0.isPlanned && !$1.isPlanned
  }) {
    faults.append(
      node.fault(
        "\(known.year) is known and \(plan.year) only planned",
        advice: "let plans come after all years that are known"))
  }
  return figures
}
