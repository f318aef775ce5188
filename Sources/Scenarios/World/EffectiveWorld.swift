import Documents
import PolicyModel
import Quantities

extension DocumentValue {
  /// A mapping of those fields that have a value.
  static func fields(_ fields: [(String, DocumentValue?)]) -> DocumentValue {
    .mapping(fields.compactMap { key, value in value.map { Pair(key, $0) } })
  }

  /// A list, or nothing when it would be empty.
  static func nonEmpty(_ items: [DocumentValue]) -> DocumentValue? {
    items.isEmpty ? nil : .list(items)
  }
}

extension Chip {
  /// The chip written out; `source` carries citation and date, as scenarios have no source table.
  ///
  /// - Parameter hasEconomy: whether what only an economy reads is written too.
  func written(hasEconomy: Bool) -> DocumentValue {
    .fields([
      ("id", .text(id)), ("name", .text(name)), ("vendor", .text(vendor)),
      ("designed_in", .text(designedIn)), ("die_family", dieFamily.map { .text($0) }),
      ("dies_per_chip", hasEconomy ? .number(diesPerChip) : nil),
      ("hbm_stacks", hasEconomy ? .number(memoryStacks) : nil),
      ("variant_of", hasEconomy ? variantOf.map { .text($0) } : nil),
      ("data_center", .flag(isForDataCenters)),
      ("available", available.map { sourced("available", .month($0)) }),
      ("bf16_tflops", figure("bf16_tflops", peak.bf16.value / 1e12)),
      ("fp8_tflops", figure("fp8_tflops", peak.fp8.map { $0.value / 1e12 })),
      ("fp4_tflops", figure("fp4_tflops", peak.fp4.map { $0.value / 1e12 })),
      ("die_area_mm2", figure("die_area_mm2", dieArea?.value)),
      ("memory_gb", figure("memory_gb", memory?.value)),
      ("memory_bandwidth_gb_s", figure("memory_bandwidth_gb_s", memoryBandwidth.value)),
      ("interconnect_gb_s", figure("interconnect_gb_s", interconnect?.value)),
      ("power_w", figure("power_w", power?.value)),
      ("stack_efficiency", .number(stackEfficiency.value)),
      ("purchase_price_usd", .nonEmpty(purchasePrices.entries.map(\.written))),
      ("rent_usd_per_hour", .nonEmpty(rentalPrices.entries.map(\.written))),
    ])
  }

  /// The same with a price that the file gives as a number or a law.
  func written(hasEconomy: Bool, forms: [String: DistributionForm]) -> DocumentValue {
    guard case .mapping(var pairs) = written(hasEconomy: hasEconomy) else { return .mapping([]) }
    for (key, name) in priceParameters {
      guard let form = forms[name] else { continue }
      pairs.removeAll { $0.key == key }
      pairs.append(.init(key, form.selfContained.value))
    }
    return .mapping(pairs)
  }

  /// The keys of its prices, with the parameters that they may be.
  var priceParameters: [(key: String, name: String)] {
    [
      ("purchase_price_usd", ChipPrices.purchaseParameter(ofChip: id).name),
      ("rent_usd_per_hour", ChipPrices.rentParameter(ofChip: id).name),
    ]
  }

  private func figure(_ key: String, _ number: Double?) -> DocumentValue? {
    number.map { sourced(key, .number($0)) }
  }

  private func sourced(_ key: String, _ value: DocumentValue) -> DocumentValue {
    guard let provenance = provenance[key] else { return value }
    return .fields([("value", value)] + provenance.fields)
  }
}

extension Provenance {
  /// The keys that say where a value comes from; citation and date are one text.
  var fields: [(String, DocumentValue?)] {
    let citation = date.map { "\(source) [\($0)]" } ?? source
    return [("source", .text(citation)), ("confidence", .text(confidence.rawValue))]
  }
}

extension PriceHistory.Entry {
  fileprivate var written: DocumentValue {
    .fields(
      [
        ("from", .month(from)), ("value", .number(value)),
        ("low", low.map { .number($0) }), ("high", high.map { .number($0) }),
      ] + (provenance?.fields ?? []))
  }
}

extension ScriptedRun {
  func written(in world: WorldPlan, forms: [String: DistributionForm]) -> DocumentValue {
    .fields([
      ("id", .text(id)), ("lab", .text(world.labs[lab].id)), ("start", .date(start)),
      ("after", after.map { .text(world.runs[$0].id) }),
      ("uses_cluster_of", usesClusterOf.map { .text(world.runs[$0].id) }),
      ("parallelism", .text(parallelism.rawValue)), ("format", .text(format.rawValue)),
      ("data_usd", forms["runs.\(id).data_usd"]?.selfContained.value),
      ("stages", .list(stages.map { $0.written(in: world, run: id, forms: forms) })),
    ])
  }
}

extension StagePlan {
  fileprivate func written(
    in world: WorldPlan, run: String, forms: [String: DistributionForm]
  ) -> DocumentValue {
    let work = ["chip_hours", "flop"].map { key in
      (key, forms["runs.\(run).\(id).\(key)"]?.selfContained.value)
    }
    return .fields(
      [("id", .text(id)), ("stage", .text(stage.rawValue))] + work + [
        ("active_parameters", activeParameters.map { .number($0) }),
        ("tokens", tokens.map { .number($0) }), ("source", source.map { .text($0) }),
        ("documented_on", .text(world[chips.documented].id)),
        ("choose_from", .list(chips.candidates.map { .text(world[$0].id) })),
        ("chips", .number(chips.count.value)), ("already_owned", .flag(chips.isAlreadyOwned)),
      ])
  }
}
