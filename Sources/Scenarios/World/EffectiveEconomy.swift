import Documents
import PolicyModel
import Quantities

extension WorldPlan {
  /// Who makes, sells and owns chips, written out; nothing in a world without them.
  func writtenEconomy(
    from start: Month, forms: [String: DistributionForm]
  ) -> [(String, DocumentValue?)] {
    guard !economy.isEmpty else { return [] }
    return [
      (
        "compared",
        .fields([("leader", code(economy.leader)), ("follower", code(economy.follower))])
      ),
      ("chips_left_out", .nonEmpty(chipsLeftOut.map { .text($0) })),
      ("jurisdictions", .list(economy.jurisdictions.map(\.written))),
      ("suppliers", .list(economy.suppliers.indices.map { written(supplier: $0) })),
      ("owners", .list(economy.owners.map { written(owner: $0, forms: forms) })),
      ("reference_models", .nonEmpty(economy.referenceModels.map { written(model: $0, start) })),
    ]
  }

  /// Built-in chips that its families would bring in, were they not left out.
  private var chipsLeftOut: [String] {
    let used = Set(chips.map(\.id))
    return BuiltInFacts.current.chips.filter { chip in
      !used.contains(chip.id)
        && economy.families.contains {
          $0.id == chip.dieFamily && economy.suppliers[$0.supplier].id == chip.vendor.lowercased()
        }
    }.map(\.id).sorted()
  }

  private func code(_ jurisdiction: Int) -> DocumentValue {
    .text(economy.jurisdictions[jurisdiction].id)
  }

  private func written(supplier place: Int) -> DocumentValue {
    let supplier = economy.suppliers[place]
    let families = economy.families.filter { $0.supplier == place }
    return .fields([
      ("id", .text(supplier.id)), ("jurisdiction", code(supplier.jurisdiction)),
      ("domestic", .flag(supplier.isDomestic)),
      (
        "families",
        .list(
          families.map { family in
            .fields([
              ("id", .text(family.id)),
              ("captive_to", family.captiveTo.map { .text(economy.owners[$0].id) }),
              ("dies_per_year", .nonEmpty(family.diesPerYear.map(\.written))),
            ])
          })
      ),
    ])
  }

  private func written(owner: Owner, forms: [String: DistributionForm]) -> DocumentValue {
    let factor = Owner.spendingFactorParameter(ofOwner: owner.id).name
    return .fields([
      ("id", .text(owner.id)), ("jurisdiction", code(owner.location)),
      ("headquarters", code(owner.headquarters)),
      ("spending_usd_per_year", .list(owner.spending.map(\.written))),
      ("spending_factor", forms[factor]?.selfContained.value),
      ("opening", written(holdings: owner.opening)),
    ])
  }

  private func written(model: ReferenceModel, _ start: Month) -> DocumentValue {
    .fields([
      ("id", .text(model.id)), ("jurisdiction", code(model.jurisdiction)),
      ("released", .month(start + model.released)),
      ("effective_flop", .number(model.effectiveFlop)),
      ("open_weights", .flag(model.hasOpenWeights)), ("source", model.source.map { .text($0) }),
    ])
  }

  /// Chips that somebody holds, or nothing.
  func written(holdings: [FleetHolding]) -> DocumentValue? {
    .nonEmpty(
      holdings.map {
        .fields([
          ("chip", .text(self[$0.chip].id)), ("count", .number($0.count.value)),
          ("source", $0.source.map { .text($0) }),
        ])
      })
  }
}

extension Jurisdiction {
  fileprivate var written: DocumentValue {
    .fields([
      ("id", .text(id)), ("name", .text(name)), ("countries", .number(countries)),
      ("tier", .integer(tier)), ("hosts_remote", .flag(hostsRemote)),
      ("transships", .flag(transships)),
      ("imports_domestic_chips", .flag(importsDomesticChips)),
    ])
  }
}

extension YearlyFigure {
  fileprivate var written: DocumentValue {
    .fields(
      [
        ("year", .integer(year)), ("value", .number(value)),
        ("low", low.map { .number($0) }), ("high", high.map { .number($0) }),
      ] + (provenance?.fields ?? []))
  }
}

extension Lab {
  /// The lab written out.
  func written(in world: WorldPlan, forms: [String: DistributionForm]) -> DocumentValue {
    .fields(
      [
        ("id", .text(id)), ("jurisdiction", .text(jurisdiction)),
        ("headquarters", .text(headquarters)), ("fleet", world.written(holdings: fleet)),
      ] + (developer.map { written($0, in: world, forms: forms) } ?? []))
  }

  private func written(
    _ developer: Developer, in world: WorldPlan, forms: [String: DistributionForm]
  ) -> [(String, DocumentValue?)] {
    let share = Developer.fleetShareParameter(ofLab: id).name
    return [
      ("fleet_of", .list(developer.fleetOwners.map { .text(world.economy.owners[$0].id) })),
      ("fleet_share", forms[share]?.selfContained.value),
      ("active_from", developer.activeFrom.map { .month($0) }),
      ("openness", .number(developer.openness)),
      ("open_weights", .flag(developer.releasesWeights)), ("distils", .flag(developer.distils)),
      ("parallelism", .text(developer.parallelism.rawValue)),
    ]
  }
}
