import Foundation
import PolicyModel
import Quantities

/// Dies by family and year, from shipments and from what captive builders hold.
struct DieFit {
  /// The fitted numbers.
  private(set) var fits: [Fit] = []
  private var values: [String: [Int: Double]] = [:]
  private let observations: Observations
  private let world: ReferenceWorld
  private let planned: [String: [Int: Plan]]

  /// Months of the first sale of families that had none before the world began.
  private static let firstSales = [
    "GB100": Month(index: 2024 * 12 + 10), "CDNA3": Month(index: 2023 * 12 + 11),
    "CDNA4": Month(index: 2025 * 12 + 5),
  ]

  init(_ observations: Observations, _ world: ReferenceWorld) throws {
    self.observations = observations
    self.world = world
    planned = try Self.planned(observations)
    // Shares of a year follow from its neighbours, so that the figures are found together.
    var shipped = try Self.shipped(observations)
    for (family, years) in try amd() { shipped[family] = years }
    for (family, years) in shipped { values[family] = years.mapValues(\.value) }
    values["TPU"] = [2022: try observations.judged("tpu.2022")]
    values["TRAINIUM"] = [
      2022: try observations.judged("trainium.2022"),
      2023: try observations.judged("trainium.2023"),
    ]
    for _ in 0..<50 {
      var next = values
      for (family, years) in shipped {
        for (year, range) in years {
          next[family]?[year] = range.value / (try sellable(family, year))
        }
      }
      for year in 2023..<observations.years.upperBound { next["TPU"]?[year] = try tpu(year) }
      for year in 2024..<observations.years.upperBound {
        next["TRAINIUM"]?[year] = try trainium(year)
      }
      values = next
    }
    for family in shipped.keys.sorted() {
      for (year, range) in (shipped[family] ?? [:]).sorted(by: { $0.key < $1.key }) {
        note(family, year, low: range.low / range.value, high: range.high / range.value)
      }
    }
    try noteCaptive()
  }

  /// Dies of a family in a year: fitted, or as the file has them.
  func dies(_ family: String, _ year: Int) -> Double {
    if let value = values[family]?[year] ?? planned[family]?[year].map({ $0(values) }) {
      return value
    }
    // After what is known the file has what came, or what was meant to come then.
    guard planned.isEmpty || year < observations.years.upperBound else { return 0 }
    return world.dies(of: family).first { $0.year == year }?.value ?? 0
  }

  /// Families with what is planned of them, by year: for a world that is to know nothing of what came.
  var plans: [(family: String, year: Int, value: Double)] {
    planned.keys.sorted().flatMap { family in
      (planned[family] ?? [:]).keys.sorted().map { (family, $0, dies(family, $0)) }
    }
  }

  /// By family and year: what was planned, out of what is fitted of the last year.
  private static func planned(
    _ observations: Observations
  ) throws -> [String: [Int: Plan]] {
    let last = observations.years.upperBound - 1
    var plans: [String: [Int: Plan]] = [:]
    for row in observations.roadmap {
      let (times, families) = (try row.number("times"), try row.text("of").split(separator: "+"))
      plans[try row.text("family"), default: [:]][Int(try row.number("year"))] = { values in
        times * families.reduce(0) { $0 + (values[String($1)]?[last] ?? 0) }
      }
    }
    return plans
  }

  private typealias Plan = (_ values: [String: [Int: Double]]) -> Double

  /// The months' shares of a year's dies.
  func shares(_ family: String, _ year: Int) -> [Double] {
    CapacityCurve.shares(
      before: dies(family, year - 1), in: dies(family, year), after: dies(family, year + 1))
  }

  /// What of a year's plan is made in each of its months, after what rules on minerals cost: what was shipped under
  /// them has that loss in it.
  func output(_ family: String, _ year: Int) -> [Double] {
    shares(family, year).enumerated().map { share in
      share.element * world.shareMade(in: Month(index: year * 12 + share.offset))
    }
  }

  private mutating func note(_ family: String, _ year: Int, low: Double, high: Double) {
    let value = dies(family, year)
    let name = "dies_per_year.\(family).\(year)"
    fits += [
      Fit(name: "\(name).low", value: value * low), Fit(name: "\(name).value", value: value),
      Fit(name: "\(name).high", value: value * high),
    ]
  }

  private func sellable(_ family: String, _ year: Int) throws -> Double {
    let first = Self.firstSales[family] ?? ModelCurves.start
    // Only the part of 2022 that the world covers was seen as a quarter for families that began then.
    guard Self.firstSales[family]?.year == year || (family == "GH100" && year == 2022) else {
      return output(family, year).reduce(0, +)
    }
    return ModelCurves.sellable(
      output(family, year), year: year, firstSale: first,
      keptPerMonth: try observations.judged("unsold_share_kept_a_month"))
  }

  private typealias Range = (low: Double, value: Double, high: Double)

  private static func shipped(_ observations: Observations) throws -> [String: [Int: Range]] {
    var sums: [String: [Int: Range]] = [:]
    for row in observations.shipments {
      let (family, each) = (try row.text("family"), try row.number("dies_per_chip"))
      let year = Int(try row.number("year"))
      let old = sums[family]?[year] ?? (0, 0, 0)
      sums[family, default: [:]][year] = (
        old.low + each * (try row.number("low")), old.value + each * (try row.number("units")),
        old.high + each * (try row.number("high"))
      )
    }
    return sums
  }

  /// AMD's dies of all owners, without parts from before the world.
  private func amd() throws -> [String: [Int: Range]] {
    let (low, high) = (try observations.judged("amd.low"), try observations.judged("amd.high"))
    func range(_ units: Double) -> Range { (units * low, units, units * high) }
    let first = try observations.judged("amd.first_month_units")
    var older = [2023: range(first)]
    var newer: [Int: Range] = [:]
    for year in 2024..<observations.years.upperBound {
      let units = try amdUnits(year).values
      // What China took are cut-down parts of the older die; the units of 2024 are all to then.
      let rest = year == 2024 ? -first : try observations.holding("china", "amd", year).units
      older[year] = range(units.reduce(rest) { $0 + $1.older })
      if year > 2024 { newer[year] = range(units.reduce(0) { $0 + $1.newer }) }
    }
    return newer.isEmpty ? ["CDNA3": older] : ["CDNA3": older, "CDNA4": newer]
  }

  /// MI300X and their kin, and MI355X, that came to an owner in a year, the first of which is all to 2024.
  func amdUnits(_ year: Int) throws -> [String: ChipMix] {
    guard year >= 2024 else { return [:] }
    let named = try observations.holding("meta", "amd", 2024)
    let each = named.h100e / named.units
    let oldest = try observations.judged("amd.older_h100e")
    var units: [String: ChipMix] = [:]
    for owner in ["microsoft", "meta", "oracle", "others"] {
      let held = try observations.holding(owner, "amd", year)
      if year == 2024 {
        // Others held parts from before, too.
        let older =
          owner == "others" ? (held.h100e - oldest * held.units) / (each - oldest) : held.units
        units[owner] = ChipMix(older: older, newer: 0)
      } else {
        let newest = try observations.judged("amd.newest_h100e")
        let came = held - (try observations.holding(owner, "amd", year - 1))
        let newer = (came.h100e - each * came.units) / (newest - each)
        units[owner] = ChipMix(older: came.units - newer, newer: newer)
      }
    }
    return units
  }
}

extension DieFit {
  /// H100e that a year's dies make, for each die: by the strongest chip on sale each month.
  private func h100ePerDie(_ family: String, _ year: Int) throws -> Double {
    try output(family, year).enumerated().reduce(0) { sum, share in
      let month = Month(index: year * 12 + share.offset)
      guard month >= ModelCurves.start, let chip = try world.strongest(of: family, in: month)
      else { return sum }
      return sum + share.element * world.h100e(of: chip) / chip.diesPerChip
    }
  }

  /// TPUs of a year: what Google held at its end, less what it held before.
  private func tpu(_ year: Int) throws -> Double {
    let now = try observations.holding("google", "google", year).h100e
    let before: Double
    if year == 2023 {
      let chip = try world.strongest(of: "TPU", in: ModelCurves.start)
      let opening = try observations.judged("tpu.opening") * (chip.map(world.h100e) ?? 0)
      before = opening + dies("TPU", 2022) * (try h100ePerDie("TPU", 2022))
    } else {
      before = try observations.holding("google", "google", year - 1).h100e
    }
    return (now - before) / (try h100ePerDie("TPU", year))
  }

  /// Trainium of a year: what Amazon held at its end, less what it had made before.
  private func trainium(_ year: Int) throws -> Double {
    let before = try (2022..<year).reduce(0) {
      $0 + dies("TRAINIUM", $1) * (try h100ePerDie("TRAINIUM", $1))
    }
    let now = try observations.holding("amazon", "amazon", year).h100e
    return (now - before) / (try h100ePerDie("TRAINIUM", year))
  }

  private mutating func noteCaptive() throws {
    for year in 2023..<observations.years.upperBound {
      let held = try observations.holding("google", "google", year)
      note("TPU", year, low: held.low / held.h100e, high: held.high / held.h100e)
    }
    let spread = try observations.judged("trainium.2022_2023_spread")
    note("TRAINIUM", 2023, low: 1 / spread, high: spread)
    for year in 2024..<observations.years.upperBound {
      let held = try observations.holding("amazon", "amazon", year)
      note("TRAINIUM", year, low: held.low / held.h100e, high: held.high / held.h100e)
    }
  }
}
