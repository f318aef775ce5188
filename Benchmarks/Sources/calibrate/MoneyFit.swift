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
    for owner in Self.named {
      try note(owner, [2022, 2023, 2024].map { try spent(owner, $0) })
    }
    let pool = try [2022, 2023, 2024].map { try poolMix($0) }
    for owner in Self.pooled { try note(owner, pooled(owner, pool)) }
    for owner in ["alibaba", "bytedance", "tencent", "high-flyer", "cn-other", "cn-offshore"] {
      try noteChinese(owner)
    }
  }

  /// Spending in the last quarter of 2022 and in two years, as yearly figures.
  private mutating func note(_ owner: String, _ spent: [Double]) throws {
    let growth = try observations.judged("growth.2025.\(owner)", orElse: "growth.2025")
    noteFigures(
      owner,
      ModelCurves.figures(
        quarter: spent[0], in2023: spent[1], in2024: spent[2], in2025: spent[2] * growth))
  }

  private mutating func noteFigures(_ owner: String, _ figures: [Double]) {
    fits += zip(2022..., figures).map {
      Fit(name: "spending_usd_per_year.\(owner).\($0)", value: $1)
    }
  }

  /// Chips bought in a year, or for 2022 in its last quarter.
  private func mix(_ owner: String, _ year: Int) throws -> (older: Double, newer: Double) {
    let before = try observations.holding(owner, "nvidia", year - 1)
    let mix = NVIDIAMix(of: try observations.holding(owner, "nvidia", year) - before, in: year)
    let late = dies.shares("GA100", 2022)[9...].reduce(0, +)
    return (mix.older * (year == 2022 ? late : 1), mix.newer)
  }

  private func cost(_ mix: (older: Double, newer: Double), _ year: Int) throws -> Double {
    let chips = year < 2024 ? ("a100_80", "h100_sxm") : ("h100_sxm", "gb200")
    return mix.older * (try world.price(of: chips.0, in: year))
      + mix.newer * (try world.price(of: chips.1, in: year))
  }

  private func spent(_ owner: String, _ year: Int) throws -> Double {
    var usd = try cost(mix(owner, year), year)
    if year == 2024, let units = try dies.amdUnits()[owner] {
      usd += units * (try world.price(of: "mi300x", in: year))
    }
    let captive = ["google": "TPU", "amazon": "TRAINIUM"][owner]
    return usd + (try captive.map { try captiveCost($0, year) } ?? 0)
  }

  /// What a captive builder pays for its own chips.
  private func captiveCost(_ family: String, _ year: Int) throws -> Double {
    try dies.shares(family, year).enumerated().reduce(0) { sum, share in
      let month = Month(index: year * 12 + share.offset)
      guard month >= ModelCurves.start, let chip = try world.strongest(of: family, in: month)
      else { return sum }
      let units = dies.dies(family, year) * share.element / chip.diesPerChip
      return sum + units * (try world.price(of: chip.id, in: month))
    }
  }

  /// What others bought: their own count, and what was shipped and nobody is seen to hold.
  private func poolMix(_ year: Int) throws -> (older: Double, newer: Double) {
    let others = try mix("others", year)
    let seen = try Self.named.map { try mix($0, year) }
    func rest(_ chip: String, _ held: Double) throws -> Double {
      let row = observations.shipments.first { $0["year"] == "\(year)" && $0["chip"] == chip }
      return max(0, (try row?.number("units") ?? 0) - held)
    }
    let (older, newer) = year < 2024 ? ("a100", "h100") : ("h100", "b200")
    let heldOlder = seen.reduce(others.older) { $0 + $1.older }
    let heldNewer = seen.reduce(others.newer) { $0 + $1.newer }
    // A100s of 2022 went to China too, in months before the world begins: no rest is counted.
    let restOlder = year == 2022 ? 0 : try rest(older, heldOlder)
    return (others.older + restOlder, others.newer + (try rest(newer, heldNewer)))
  }

  private func pooled(
    _ owner: String, _ pool: [(older: Double, newer: Double)]
  ) throws -> [Double] {
    try zip(2022...2024, pool).map { year, mix in
      let special = ["coreweave", "xai"].reduce(0) {
        $0 + (observations.judgedIfAny("units.\(year).\($1)") ?? 0)
      }
      // The units of those two are H100s.
      let open =
        year == 2024
        ? (older: mix.older - special, newer: mix.newer)
        : (older: mix.older, newer: mix.newer - special)
      if let units = observations.judgedIfAny("units.\(year).\(owner)") {
        return units * (try world.price(of: "h100_sxm", in: year))
      }
      let share = try observations.judged("pool.\(year).\(owner)")
      var usd = try cost(open, year) * share
      if year == 2024, let part = observations.judgedIfAny("amd.others.\(owner)") {
        usd +=
          part * (try dies.amdUnits()["others"] ?? 0) * (try world.price(of: "mi300x", in: year))
      }
      // Somebody who is not there yet is about to be.
      return max(usd, 1e6)
    }
  }

  private mutating func noteChinese(_ owner: String) throws {
    let rows = observations.chineseBudgets.filter { $0["owner"] == owner }
    let yearly = try rows.map {
      try $0.number("capital_spending_usd") * $0.number("share_for_ai")
        * $0.number("share_for_chips")
    }
    noteFigures(owner, yearly)
  }
}
