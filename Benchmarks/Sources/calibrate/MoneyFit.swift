import PolicyModel
import Quantities

/// What owners spend on accelerators: outside China what they were seen to buy, at the prices of the
/// year; in China from budgets, never from the chips that judge the model.
struct MoneyFit {
  private(set) var fits: [Fit] = []
  private let observations: Observations
  private let world: ReferenceWorld
  private let dies: DieFit

  /// Owners that the source counts together as others.
  static let pooled = [
    "coreweave", "xai", "us-other", "ally-clouds", "hub-clouds", "gulf", "row",
  ]
  private static let named = ["microsoft", "meta", "amazon", "google", "oracle"]

  init(_ observations: Observations, _ world: ReferenceWorld, _ dies: DieFit) throws {
    (self.observations, self.world, self.dies) = (observations, world, dies)
    for owner in Self.named { try note(owner, observations.years.map { try spent(owner, $0) }) }
    let pool = try observations.years.map { try poolMix($0) }
    for owner in Self.pooled { try note(owner, pooled(owner, pool)) }
    for owner in ["alibaba", "bytedance", "tencent", "high-flyer", "cn-other", "cn-offshore"] {
      try noteChinese(owner)
    }
  }

  /// Spending in the last quarter of the first year and in the others, as yearly figures.
  private mutating func note(_ owner: String, _ spent: [Double]) throws {
    noteFigures(owner, ModelCurves.figures(spent: spent, growth: try growth(of: owner)))
  }

  /// What an owner was to spend in the year after the last, over what it spent in that.
  private func growth(of owner: String) throws -> Double {
    let next = "growth.\(observations.years.upperBound)"
    return try observations.judged("\(next).\(owner)", orElse: next)
  }

  private mutating func noteFigures(_ owner: String, _ figures: [Double]) {
    fits += zip(2022..., figures).map {
      Fit(name: "spending_usd_per_year.\(owner).\($0)", value: $1)
    }
  }

  /// Chips bought in a year, or for 2022 in its last quarter.
  private func mix(_ owner: String, _ year: Int) throws -> ChipMix {
    let before = try observations.holding(owner, "nvidia", year - 1)
    let mix = ChipMix(of: try observations.holding(owner, "nvidia", year) - before, in: year)
    let late = dies.shares("GA100", 2022)[9...].reduce(0, +)
    return ChipMix(older: mix.older * (year == 2022 ? late : 1), newer: mix.newer)
  }

  private func cost(_ mix: ChipMix, _ year: Int) throws -> Double {
    guard year >= 2024 else {
      return mix.older * (try world.price(of: "a100_80", in: year))
        + mix.newer * (try world.price(of: "h100_sxm", in: year))
    }
    return mix.older * (try world.price(of: "h100_sxm", in: year))
      + mix.newer * (try blackwellPrice(year))
  }

  /// The mean price of what was shipped of the family in a year.
  private func blackwellPrice(_ year: Int) throws -> Double {
    let rows = observations.shipments.filter { $0["family"] == "GB100" && $0["year"] == "\(year)" }
    let units = try rows.reduce(0) { $0 + (try $1.number("units")) }
    return try rows.reduce(0) { sum, row in
      let chip = row["chip"] == "b300" ? "b300" : "gb200"
      return sum + (try row.number("units")) * (try world.price(of: chip, in: year)) / units
    }
  }

  private func spent(_ owner: String, _ year: Int) throws -> Double {
    let captive = ["google": "TPU", "amazon": "TRAINIUM"][owner]
    return try cost(mix(owner, year), year) + amdCost(owner, year)
      + (captive.map { try captiveCost($0, year) } ?? 0)
  }

  /// What an owner paid for AMD's chips of a year.
  private func amdCost(_ owner: String, _ year: Int) throws -> Double {
    guard let units = try dies.amdUnits(year)[owner] else { return 0 }
    return units.older * (try world.price(of: "mi300x", in: year))
      + (units.newer > 0 ? units.newer * (try world.price(of: "mi355x", in: year)) : 0)
  }

  /// What a captive builder pays for its own chips.
  private func captiveCost(_ family: String, _ year: Int) throws -> Double {
    try dies.output(family, year).enumerated().reduce(0) { sum, share in
      let month = Month(index: year * 12 + share.offset)
      guard month >= ModelCurves.start, let chip = try world.strongest(of: family, in: month)
      else { return sum }
      let units = dies.dies(family, year) * share.element / chip.diesPerChip
      return sum + units * (try world.price(of: chip.id, in: month))
    }
  }

  /// What others bought: their own count, and what was shipped and nobody is seen to hold.
  private func poolMix(_ year: Int) throws -> ChipMix {
    let others = try mix("others", year)
    let seen = try Self.named.map { try mix($0, year) }
    func rest(_ chips: [String], _ held: Double) throws -> Double {
      let rows = observations.shipments.filter {
        $0["year"] == "\(year)" && chips.contains($0["chip"] ?? "")
      }
      return max(0, try rows.reduce(0) { $0 + (try $1.number("units")) } - held)
    }
    let (older, newer) = year < 2024 ? (["a100"], ["h100"]) : (["h100"], ["b200", "b300"])
    let heldOlder = seen.reduce(others.older) { $0 + $1.older }
    let heldNewer = seen.reduce(others.newer) { $0 + $1.newer }
    // A100s of 2022 went to China too, in months before the world begins: no rest is counted.
    let restOlder = year == 2022 ? 0 : try rest(older, heldOlder)
    return ChipMix(
      older: others.older + restOlder, newer: others.newer + (try rest(newer, heldNewer)))
  }

  /// What is known of one of the others alone, if anything is.
  private func special(_ owner: String, _ year: Int) -> ChipMix? {
    // One figure names H100s.
    if let units = observations.judgedIfAny("units.\(year).\(owner)") {
      return year < 2024 ? ChipMix(older: 0, newer: units) : ChipMix(older: units, newer: 0)
    }
    let key = "units.\(year).\(owner)"
    guard let older = observations.judgedIfAny("\(key).h100_sxm"),
      let newer = observations.judgedIfAny("\(key).blackwell")
    else { return nil }
    return ChipMix(older: older, newer: newer)
  }

  private func pooled(_ owner: String, _ pool: [ChipMix]) throws -> [Double] {
    try zip(observations.years, pool).map { year, mix in
      if let own = special(owner, year) { return try cost(own, year) }
      let known = ["coreweave", "xai"].compactMap { special($0, year) }
      let open = ChipMix(
        older: known.reduce(mix.older) { $0 - $1.older },
        newer: known.reduce(mix.newer) { $0 - $1.newer })
      let share = try observations.judged("pool.\(year).\(owner)")
      let part = observations.judgedIfAny("amd.others.\(owner)") ?? 0
      let usd = try cost(open, year) * share + part * amdCost("others", year)
      // Somebody who is not there yet is about to be.
      return max(usd, 1e6)
    }
  }

  private mutating func noteChinese(_ owner: String) throws {
    let rows = observations.chineseBudgets.filter { $0["owner"] == owner }
    var yearly = try rows.map {
      try $0.number("capital_spending_usd") * $0.number("share_for_ai")
        * $0.number("share_for_chips")
    }
    // Where no budget of the year ahead was known, it was to grow as the others'.
    if yearly.count == observations.years.count, let last = yearly.last {
      yearly.append(last * (try growth(of: owner)))
    }
    noteFigures(owner, yearly)
  }
}
