import Foundation
import PolicyModel
import Quantities

/// The reference world as it could be written at a date: what is different from world-2022, as the text of a
/// built-in world.
struct Vintage {
  /// What scenarios call it.
  let name: String
  /// The file.
  let text: String
  /// The fitted numbers in it.
  let fits: [Fit]

  init(_ observations: Observations, _ world: ReferenceWorld, until cutoff: Month) throws {
    let fitted = try Fits(observations, world)
    let name = "world-2022-at-\(cutoff)"
    let next = cutoff.year + 1
    let change = try observations.judged("lab_share_change.\(next)")
    fits = fitted.all
    self.name = name
    text =
      ([Self.head(name, cutoff)] + Self.suppliers(fitted, world, until: cutoff)
      + Self.owners(fitted.all, world, until: cutoff)
      + Self.labs(world, change: change, until: cutoff) + Self.chips(world, until: cutoff))
      .joined(separator: "\n") + "\n"
  }

  private static func head(_ name: String, _ cutoff: Month) -> String {
    """
    # The reference world as it could be written at the end of \(cutoff): what is different from world-2022.
    #
    # Written by `make calibrate CUTOFF=\(cutoff)` from the tables in Benchmarks/Calibration: change those. Fitted
    # are figures to \(cutoff.year); spending of \(cutoff.year + 1) and what suppliers make from then on is what was planned and
    # expected by that date; prices and labs' shares are the last that were known. docs/calibration.md says how.

    name: \(name)

    sources:
      observed: {citation: "As world-2022 has it, fitted to observations to \(cutoff) alone", date: "\(cutoff)"}
      plans: {citation: "Spending of \(cutoff.year) grown as capital spending was to grow by what was forecast or announced", date: "\(cutoff)"}
      roadmap: {citation: "What was to be made, over what was made in \(cutoff.year): announced capacity, and judgements (J)", date: "\(cutoff)"}
      ahead: {citation: "As world-2022 has it, and how far a lab's share may move in the year ahead (J)", date: "\(cutoff)"}

    world:
      use: world-2022
    """
  }

  // MARK: - Suppliers

  private static func suppliers(
    _ fitted: Fits, _ world: ReferenceWorld, until cutoff: Month
  ) -> [String] {
    let economy = world.plan.economy
    let ranges = Dictionary(fitted.all.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    var lines = ["", "  suppliers:"]
    for (place, supplier) in economy.suppliers.enumerated() where !supplier.isDomestic {
      lines += ["    - id: \(supplier.id)", "      families:"]
      for family in economy.families where family.supplier == place {
        lines += ["        - id: \(family.id)", "          dies_per_year:"]
        for figure in family.diesPerYear where figure.year <= cutoff.year {
          lines.append("            - \(row(of: family.id, figure, ranges))")
        }
        for plan in fitted.dies.plans where plan.family == family.id {
          lines.append(
            "            - {year: \(plan.year), value: \(plan.value.shown), source: roadmap, "
              + "confidence: judgement}")
        }
      }
    }
    return lines
  }

  /// A year of a family to the cutoff: as it is fitted, or as the file has it where it is not.
  private static func row(
    of family: String, _ figure: YearlyFigure, _ ranges: [String: Double]
  ) -> String {
    let name = "dies_per_year.\(family).\(figure.year)"
    guard let value = ranges["\(name).value"], let low = ranges["\(name).low"],
      let high = ranges["\(name).high"]
    else {
      return "{year: \(figure.year), value: \(figure.value.shown), source: observed, "
        + "confidence: judgement}"
    }
    return "{year: \(figure.year), value: \(value.shown), low: \(low.shown), high: \(high.shown), "
      + "source: observed, confidence: derived}"
  }

  // MARK: - Owners

  private static func owners(
    _ fits: [Fit], _ world: ReferenceWorld, until cutoff: Month
  ) -> [String] {
    var lines = ["", "  owners:"]
    for owner in world.plan.economy.owners {
      let name = "spending_usd_per_year.\(owner.id)."
      let years = fits.filter { $0.name.hasPrefix(name) }
      guard !years.isEmpty else { continue }
      lines += ["    - id: \(owner.id)", "      spending_usd_per_year:"]
      for fit in years {
        let year = Int(fit.name.dropFirst(name.count)) ?? 0
        let provenance =
          year > cutoff.year
          ? "planned: true, source: plans, confidence: judgement"
          : "source: observed, confidence: derived"
        lines.append("        - {year: \(year), value: \(fit.value.shown), \(provenance)}")
      }
    }
    return lines
  }

  // MARK: - Labs

  /// Shares to the cutoff, level from there; how far they may be off is wider by how they may move.
  private static func labs(
    _ world: ReferenceWorld, change: Double, until cutoff: Month
  ) -> [String] {
    let owners = world.plan.economy.owners
    var lines = ["", "  labs:"]
    for lab in world.plan.labs {
      guard let developer = lab.developer else { continue }
      let dated = developer.fleetShares.filter { !$0.atEnds.isEmpty }
      let known = dated.compactMap { share -> (owner: String, ends: [YearlyFigure])? in
        let ends = share.atEnds.filter { $0.year <= cutoff.year }
        return ends.contains { $0.value > 0 } ? (owners[share.owner].id, ends) : nil
      }
      guard !known.isEmpty else { continue }
      lines += ["    - id: \(lab.id)", "      fleet_of:"]
      for (owner, ends) in known {
        lines += ["        - owner: \(owner)", "          share:"]
        lines += ends.map {
          "            - {year: \($0.year), value: \($0.value), source: observed, "
            + "confidence: \($0.provenance?.confidence.rawValue ?? "derived")}"
        }
      }
      let sigma = world.sigma(ofSharesOfLab: lab.id)
      let wider = String(format: "%.2f", (sigma * sigma + change * change).squareRoot())
      lines.append(
        "      fleet_share_factor: {lognormal: {median: 1, sigma: \(wider)}, source: ahead, "
          + "confidence: judgement}")
    }
    return lines
  }

  // MARK: - Chips

  /// Prices that were known, of chips that have later ones too.
  private static func chips(_ world: ReferenceWorld, until cutoff: Month) -> [String] {
    var lines = ["", "  # The last prices that were known by then."]
    var records: [String] = []
    for chip in world.plan.chips.sorted(by: { $0.id < $1.id }) where chip.responseTo == nil {
      let lists = [
        ("purchase_price_usd", chip.purchasePrices), ("rent_usd_per_hour", chip.rentalPrices),
      ].compactMap { key, prices in list(key, prices, until: cutoff) }
      if !lists.isEmpty { records += ["    - id: \(chip.id)"] + lists.joined() }
    }
    if !records.isEmpty { lines += ["  chips:"] + records }
    return lines
  }

  /// A list of prices without those from after the cutoff; nil where that leaves nothing out, or nothing over.
  private static func list(_ key: String, _ prices: PriceHistory, until cutoff: Month) -> [String]?
  {
    let known = prices.entries.filter { $0.from <= cutoff }
    guard !known.isEmpty, known.count < prices.entries.count else { return nil }
    return ["      \(key):"]
      + known.map { entry in
        let ends = [("low", entry.low), ("high", entry.high)].compactMap { name, end in
          end.map { "\(name): \($0.price)" }
        }
        let parts =
          ["from: \(entry.from)", "value: \(entry.value.price)"] + ends + [
            "source: observed",
            "confidence: \(entry.provenance?.confidence.rawValue ?? "unverified")",
          ]
        return "        - {\(parts.joined(separator: ", "))}"
      }
  }
}

extension Double {
  /// As facts write a price.
  fileprivate var price: String { String(format: "%g", self) }
}
