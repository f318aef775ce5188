import Quantities

/// The parts that suppliers design under the thresholds of a regime: for each rule that bars a family's
/// best part from the follower, the strongest cut of that part which the rule book lets through.
///
/// A cut scales compute, links and memory bandwidth of the parent by steps; the strongest is the one
/// with the most TPP, then the most memory bandwidth, then the fastest links. The rule book alone
/// decides what passes, so that no threshold stands in the code.
enum ResponsiveDesigns {
  private static let steps = [1, 0.9, 0.75, 0.66, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.12, 0.1, 0.05]

  /// The chips to add to a world, for the regimes that have responsive suppliers.
  static func chips(for regimes: [Regime], in world: WorldPlan, until end: Month) -> [Chip] {
    guard !world.economy.isEmpty else { return [] }
    return regimes.filter { $0.variants == .responsive }.flatMap { regime in
      world.economy.families.flatMap { family -> [Chip] in
        guard family.captiveTo == nil,
          !world.economy.suppliers[family.supplier].isDomestic
        else { return [] }
        return designs(of: family, under: regime, in: world, until: end)
      }
    }
  }

  private static func designs(
    of family: DieFamily, under regime: Regime, in world: WorldPlan, until end: Month
  ) -> [Chip] {
    let follower = world.economy.jurisdictions[world.economy.follower].id
    var designs: [Chip] = []
    let dates = regime.rules.rules.filter { $0.subject == .chips && $0.reaches(sale(follower)) }
      .compactMap { rule in
        rule.firstDayInForce.map {
          (day: $0, announced: rule.announced ?? rule.effective ?? $0)
        }
      }
      .sorted { $0.day < $1.day }
    for date in dates where date.day.month <= end {
      let isOpen: (Chip) -> Bool = {
        regime.rules.policy(on: $0, for: sale(follower, on: date.day)).isOpen
      }
      let parents = world.chips.filter { chip in
        chip.dieFamily == family.id && chip.variantOf == nil
          && chip.available.map { $0 <= date.day.month + 12 } ?? false
      }
      guard let parent = parents.max(by: { $0.tpp.value < $1.tpp.value }), !isOpen(parent) else {
        continue
      }
      if let previous = designs.last, isOpen(previous) { continue }
      guard let cut = best(of: parent, where: isOpen) else { continue }
      designs.append(
        parent.cut(
          cut, id: "\(parent.id)_cut_\(designs.count + 1)_\(regime.id)",
          response: DesignResponse(regime: regime.id, announced: date.announced.month)))
    }
    return designs
  }

  private static func sale(_ place: String, on day: Day = Day(number: 0)) -> Sale {
    Sale(to: place, headquarters: place, on: day)
  }

  private static func best(of parent: Chip, where isOpen: (Chip) -> Bool) -> ChipCut? {
    for compute in steps {
      for memory in steps where memory >= 0.25 {
        for links in steps where links >= 0.1 {
          let cut = ChipCut(compute: compute, memory: memory, links: links)
          if isOpen(parent.cut(cut, id: parent.id)) { return cut }
        }
      }
    }
    return nil
  }
}

/// How much of a part is left, by factor.
struct ChipCut {
  let compute: Double
  let memory: Double
  let links: Double
}

extension Chip {
  /// The part with some of it switched off, at the price of what is left of its compute and memory.
  ///
  /// - Parameter response: what it answers; nil for one that is only held to the rules, which ask for no price.
  fileprivate func cut(_ cut: ChipCut, id: String, response: DesignResponse? = nil) -> Chip {
    let value = (cut.compute + cut.memory) / 2
    return Chip(
      id: id, name: "\(name), cut", vendor: vendor, designedIn: designedIn, dieFamily: dieFamily,
      diesPerChip: diesPerChip, memoryStacks: memoryStacks, hasOwnMemory: hasOwnMemory,
      variantOf: self.id,
      isForDataCenters: isForDataCenters, available: nil,
      peak: PeakRates(
        bf16: peak.bf16 * cut.compute, fp8: peak.fp8.map { $0 * cut.compute },
        fp4: peak.fp4.map { $0 * cut.compute }),
      dieArea: dieArea, memory: memory,
      memoryBandwidth: memoryBandwidth * cut.memory,
      interconnect: interconnect.map { $0 * cut.links },
      power: power, stackEfficiency: stackEfficiency, server: server,
      purchasePrices: response == nil ? purchasePrices : purchasePrices.scaled(by: value),
      rentalPrices: response == nil ? rentalPrices : rentalPrices.scaled(by: value),
      provenance: [:], responseTo: response)
  }
}

extension PriceHistory {
  fileprivate func scaled(by factor: Double) -> PriceHistory {
    PriceHistory(
      entries.map {
        Entry(from: $0.from, value: $0.value * factor, low: nil, high: nil, provenance: nil)
      })
  }
}

extension WorldPlan {
  /// The world with the parts that responsive suppliers would design under these regimes; as it is
  /// when it has them already, since a scenario's world is the start of more than one model.
  func withResponsiveDesigns(for regimes: [Regime], until end: Month) -> WorldPlan {
    guard chips.allSatisfy({ $0.responseTo == nil }) else { return self }
    let designs = ResponsiveDesigns.chips(for: regimes, in: self, until: end)
    guard !designs.isEmpty else { return self }
    return WorldPlan(
      chips: chips + designs, referenceChip: referenceChip, labs: labs, runs: runs, economy: economy
    )
  }
}
