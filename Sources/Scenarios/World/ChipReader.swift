import Documents
import PolicyModel
import Quantities

/// Reads chips, built-in or from a scenario.
struct ChipReader {
  let sources: SourceTable
  private(set) var faults: [Fault] = []

  init(sources: SourceTable) { self.sources = sources }

  /// What a chip must have; the rest may be unknown.
  private static let needed = [
    "name", "vendor", "designed_in", "data_center", "bf16_tflops", "memory_bandwidth_gb_s",
  ]

  /// Reads a chip; what the node leaves out is taken from `base`.
  ///
  /// Prices that are given as one number or as a distribution are parameters, not facts: they are
  /// left to the caller.
  mutating func chip(_ node: DocumentNode, changing base: Chip?) -> Chip? {
    guard let id = node["id"]?.text else { return nil }
    if base == nil {
      let missing = Self.needed.filter { node.lacks($0) }
      if !missing.isEmpty {
        faults.append(
          node.fault(
            "\(quoted(id)) is not a built-in chip, and a new one needs "
              + missing.joined(separator: ", "),
            advice: "`chokepoint rules` lists the built-in chips"))
      }
      guard Self.needed.allSatisfy({ node[$0] != nil }) else { return nil }
    }
    noteUnknownSources(node)
    guard let peak = peak(node, changing: base),
      let bandwidth = node.figure("memory_bandwidth_gb_s") ?? base?.memoryBandwidth.value
    else { return nil }
    return Chip(
      id: id, name: node["name"]?.text ?? base?.name ?? id,
      vendor: node["vendor"]?.text ?? base?.vendor ?? "",
      designedIn: node["designed_in"]?.text ?? base?.designedIn ?? "",
      dieFamily: node["die_family"]?.text ?? base?.dieFamily,
      diesPerChip: node["dies_per_chip"]?.number ?? base?.diesPerChip ?? 1,
      memoryStacks: node["hbm_stacks"]?.number ?? base?.memoryStacks ?? 0,
      variantOf: node["variant_of"]?.text ?? base?.variantOf,
      isForDataCenters: node["data_center"]?.flag ?? base?.isForDataCenters ?? true,
      available: available(node) ?? base?.available,
      peak: peak,
      dieArea: node.figure("die_area_mm2").map { SquareMillimetres($0) } ?? base?.dieArea,
      memory: node.figure("memory_gb").map { Gigabytes($0) } ?? base?.memory,
      memoryBandwidth: GigabytesPerSecond(bandwidth),
      interconnect: node.figure("interconnect_gb_s").map { GigabytesPerSecond($0) }
        ?? base?.interconnect,
      power: node.figure("power_w").map { Watts($0) } ?? base?.power,
      stackEfficiency: node["stack_efficiency"]?.number.map { Fraction($0) }
        ?? base?.stackEfficiency ?? Fraction(1),
      purchasePrices: prices(node["purchase_price_usd"])
        ?? base?.purchasePrices ?? PriceHistory([]),
      rentalPrices: prices(node["rent_usd_per_hour"]) ?? base?.rentalPrices ?? PriceHistory([]),
      provenance: provenance(node, changing: base))
  }

  private func peak(_ node: DocumentNode, changing base: Chip?) -> PeakRates? {
    guard let bf16 = node.figure("bf16_tflops") ?? base.map({ $0.peak.bf16.value / 1e12 }) else {
      return nil
    }
    return PeakRates(
      bf16: FlopPerSecond(tera: bf16),
      fp8: node.figure("fp8_tflops").map { FlopPerSecond(tera: $0) } ?? base?.peak.fp8,
      fp4: node.figure("fp4_tflops").map { FlopPerSecond(tera: $0) } ?? base?.peak.fp4)
  }

  private func available(_ node: DocumentNode) -> Month? {
    (node["available"]?.month ?? node["available"]?["value"]?.month)
  }

  private func prices(_ node: DocumentNode?) -> PriceHistory? {
    guard let node, !node.items.isEmpty, node.items.allSatisfy(\.refused.isEmpty) else {
      return nil
    }
    return PriceHistory(
      node.items.compactMap { entry in
        guard let from = entry["from"]?.month, let value = entry["value"]?.number
        else { return nil }
        return PriceHistory.Entry(
          from: from, value: value, low: entry["low"]?.number, high: entry["high"]?.number,
          provenance: sources.provenance(beside: entry))
      })
  }

  private func provenance(
    _ node: DocumentNode, changing base: Chip?
  ) -> [String: Provenance] {
    var found = base?.provenance ?? [:]
    for entry in node.entries {
      // A value that is changed without a source is nobody's: least of all the old value's source's.
      found[entry.key] = sources.provenance(beside: entry.value)
    }
    return found
  }

  private mutating func noteUnknownSources(_ node: DocumentNode) {
    let values = node.entries.flatMap { [$0.value] + $0.value.items }
    faults += values.compactMap { sources.fault(beside: $0) }
  }
}

extension DocumentNode {
  /// A number written plainly, or as a mapping with its source.
  fileprivate func figure(_ key: String) -> Double? {
    self[key]?.number ?? self[key]?["value"]?.number
  }
}
