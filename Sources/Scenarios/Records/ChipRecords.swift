import Documents
import PolicyModel
import Quantities

/// The form in which chips are written: in the built-in file and in scenarios alike.
enum ChipSchema {
  /// The keys of a chip.
  static let fields: [Field] =
    [
      .required("id", .identifier, "Its id: a built-in chip's, to change it, or a new one."),
      .required("name", .text, "What people call it."),
      .required("vendor", .text, "Who sells it."),
      .required("designed_in", .text, "The jurisdiction it was designed in."),
      .optional("die_family", .text, "Parts cut from the same silicon share one."),
      .optional(
        "dies_per_chip", .number(.above(0, atMost: Plausible.mostParts)), default: .number(1),
        "Dies that compute in it."),
      .optional(
        "hbm_stacks", .number(.between(0, Plausible.mostParts)), default: .number(0),
        "Stacks of high-bandwidth memory in it."),
      .optional(
        "own_memory", .flag, default: .flag(false),
        "Whether these are its designer's own, and not bought from makers of memory."),
      .optional("variant_of", .reference, "The chip it was cut down from, to be sold elsewhere."),
      .required("data_center", .flag, "Whether it is marketed for data centers."),
      .optional(
        "available",
        .either([
          .month, .mapping([.required("value", .month, "The month.")] + SourceSchema.provenance),
        ]), "The first month in which it could be bought."),
      .required("bf16_tflops", figure(Plausible.rate), "Peak dense BF16."),
      .optional("fp8_tflops", figure(Plausible.rate), "Peak dense FP8 or INT8."),
      .optional("fp4_tflops", figure(Plausible.rate), "Peak dense FP4."),
      .optional("die_area_mm2", figure(Plausible.area), "Area of its logic dies."),
      .optional("memory_gb", figure(Plausible.memory), "Memory in the package."),
      .required(
        "memory_bandwidth_gb_s", figure(Plausible.memoryBandwidth), "Bandwidth to that memory."),
      .optional(
        "interconnect_gb_s", figure(Plausible.interconnect),
        "Bandwidth to other chips, both directions."),
      .optional("power_w", figure(Plausible.power), "Thermal design power."),
      .optional(
        "stack_efficiency", .number(.above(0, atMost: 1)), default: .number(1),
        "Share of an H100's software maturity."),
    ] + server + [
      .optional("purchase_price_usd", price(ChipPrices.purchaseRange, "USD"), "What one costs."),
      .optional(
        "rent_usd_per_hour", price(ChipPrices.rentRange, "USD/h"), "What an hour of one costs."),
      .optional("note", .text, "What a reader should know."),
    ]

  /// What stands around a chip, where it is known of its kind.
  private static let server: [Field] = [
    .optional(
      "server_overhead", figure(.number(NumberRange(ChipServer.overheadRange))),
      "Price of the rest of its server for each dollar of the chip, in place of ledger.server_overhead."
    ),
    .optional(
      "server_power_multiplier", figure(.number(NumberRange(ChipServer.powerRange))),
      "Power of its server for each watt of power_w, in place of ledger.server_power_multiplier."),
    .optional(
      "power_utilisation", figure(.number(.between(0, 1))),
      "Mean draw in training as a share of rated power, in place of ledger.power_utilisation."),
    .optional(
      "price_includes_server",
      .either([
        .flag, .mapping([.required("value", .flag, "Yes or no.")] + SourceSchema.provenance),
      ]),
      "Whether its purchase prices have its part of the server in them; no where left out."),
  ]

  /// The same in a scenario, where a built-in chip needs its id alone.
  static let changes = fields.map { field in
    field.key == "id" ? field : field.optional(without: "as the built-in chip; a new one needs it")
  }

  /// What a chip that is not built in must have.
  static let needed = fields.filter(\.isRequired).map(\.key)

  /// A number, with or without its source.
  private static func figure(_ number: Schema) -> Schema {
    .either([
      number, .mapping([.required("value", number, "The value.")] + SourceSchema.provenance),
    ])
  }

  /// A price: by date, or one for all dates, which may be uncertain.
  private static func price(_ plausible: ClosedRange<Double>, _ unit: String) -> Schema {
    let range = NumberRange(plausible)
    return .either([
      .list(
        of: .mapping(
          [
            .required("from", .month, "The first month it holds for."),
            .required("value", .number(range, unit: unit), "The price."),
            .optional("low", .number(range, unit: unit), "The low end of what was seen."),
            .optional("high", .number(range, unit: unit), "The high end of what was seen."),
          ] + SourceSchema.provenance), minimum: 1),
      .quantity(range, unit: unit),
    ])
  }
}

extension Chip {
  /// Reads a chip that is written out in full; nil where what it must have is missing.
  ///
  /// Prices that are given as one number or as a distribution are parameters, not facts: they are
  /// left to the caller.
  ///
  /// - Parameter base: the built-in chip that it changes, whose prices by date it keeps beside such a
  ///   parameter.
  init?(_ node: DocumentNode, changing base: Chip?) {
    guard let id = node["id"]?.text, let name = node["name"]?.text,
      let vendor = node["vendor"]?.text, let designedIn = node["designed_in"]?.text,
      let isForDataCenters = node["data_center"]?.flag, let bf16 = node.figure("bf16_tflops"),
      let bandwidth = node.figure("memory_bandwidth_gb_s"),
      let dies = node["dies_per_chip"]?.number, let stacks = node["hbm_stacks"]?.number,
      let hasOwnMemory = node["own_memory"]?.flag,
      let efficiency = node["stack_efficiency"]?.number
    else { return nil }
    self.init(
      id: id, name: name, vendor: vendor, designedIn: designedIn,
      dieFamily: node["die_family"]?.text, diesPerChip: dies, memoryStacks: stacks,
      hasOwnMemory: hasOwnMemory, variantOf: node["variant_of"]?.text,
      isForDataCenters: isForDataCenters,
      available: node["available"]?.month ?? node["available"]?["value"]?.month,
      peak: PeakRates(
        bf16: FlopPerSecond(tera: bf16),
        fp8: node.figure("fp8_tflops").map { FlopPerSecond(tera: $0) },
        fp4: node.figure("fp4_tflops").map { FlopPerSecond(tera: $0) }),
      dieArea: node.figure("die_area_mm2").map { SquareMillimetres($0) },
      memory: node.figure("memory_gb").map { Gigabytes($0) },
      memoryBandwidth: GigabytesPerSecond(bandwidth),
      interconnect: node.figure("interconnect_gb_s").map { GigabytesPerSecond($0) },
      power: node.figure("power_w").map { Watts($0) }, stackEfficiency: Fraction(efficiency),
      server: ChipServer(
        overhead: node.figure("server_overhead"),
        powerMultiplier: node.figure("server_power_multiplier"),
        utilisation: node.figure("power_utilisation"),
        isInPrice: node["price_includes_server"]?.flag
          ?? node["price_includes_server"]?["value"]?.flag ?? false),
      purchasePrices: node.prices("purchase_price_usd") ?? base?.purchasePrices ?? PriceHistory([]),
      rentalPrices: node.prices("rent_usd_per_hour") ?? base?.rentalPrices ?? PriceHistory([]),
      provenance: Dictionary(
        uniqueKeysWithValues: node.entries.compactMap { entry in
          entry.value.provenance.map { (entry.key, $0) }
        }))
  }
}

extension DocumentNode {
  /// A number written plainly, or as a mapping with its source.
  fileprivate func figure(_ key: String) -> Double? {
    self[key]?.number ?? self[key]?["value"]?.number
  }

  /// Prices by date; nil where there are none.
  fileprivate func prices(_ key: String) -> PriceHistory? {
    guard let node = self[key], !node.items.isEmpty, node.items.allSatisfy(\.refused.isEmpty)
    else { return nil }
    return PriceHistory(
      node.items.compactMap { entry in
        guard let from = entry["from"]?.month, let value = entry["value"]?.number
        else { return nil }
        return PriceHistory.Entry(
          from: from, value: value, low: entry["low"]?.number, high: entry["high"]?.number,
          provenance: entry.provenance)
      })
  }
}
