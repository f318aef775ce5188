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

  /// Months of the first sale of families that had none before the world began.
  private static let firstSales = [
    "GB100": Month(index: 2024 * 12 + 10), "CDNA3": Month(index: 2023 * 12 + 11),
  ]

  init(_ observations: Observations, _ world: ReferenceWorld) throws {
    self.observations = observations
    self.world = world
    // Shares of a year follow from its neighbours, so that the figures are found together.
    var shipped = try Self.shipped(observations)
    shipped["CDNA3"] = try amd()
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
      for year in [2023, 2024] { next["TPU"]?[year] = try tpu(year) }
      next["TRAINIUM"]?[2024] = try trainium()
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
    values[family]?[year] ?? world.dies(of: family).first { $0.year == year }?.value ?? 0
  }

  /// The months' shares of a year's dies.
  func shares(_ family: String, _ year: Int) -> [Double] {
    ModelCurves.shares(
      before: dies(family, year - 1), in: dies(family, year), after: dies(family, year + 1))
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
      return 1
    }
    return ModelCurves.sellable(
      shares(family, year), year: year, firstSale: first,
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

  /// MI300X of all owners, without older parts.
  private func amd() throws -> [Int: Range] {
    let first = try observations.judged("amd.first_month_units")
    let units = try amdUnits().values.reduce(0, +) - first
    let (low, high) = (try observations.judged("amd.low"), try observations.judged("amd.high"))
    return [
      2023: (first * low, first, first * high), 2024: (units * low, units, units * high),
    ]
  }

  /// MI300X by owner at the end of 2024.
  func amdUnits() throws -> [String: Double] {
    var units: [String: Double] = [:]
    for owner in ["microsoft", "meta", "oracle"] {
      units[owner] = try observations.holding(owner, "amd", 2024).units
    }
    let named = try observations.holding("meta", "amd", 2024)
    let each = named.h100e / named.units
    let older = try observations.judged("amd.older_h100e")
    let others = try observations.holding("others", "amd", 2024)
    units["others"] = (others.h100e - older * others.units) / (each - older)
    return units
  }
}

extension DieFit {
  /// H100e that a year's dies make, for each die: by the strongest chip on sale each month.
  private func h100ePerDie(_ family: String, _ year: Int) throws -> Double {
    let shares = shares(family, year)
    return try shares.enumerated().reduce(0) { sum, share in
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

  /// Trainium of 2024: what Amazon held at its end, less what it had made before.
  private func trainium() throws -> Double {
    let before = try [2022, 2023].reduce(0) {
      $0 + dies("TRAINIUM", $1) * (try h100ePerDie("TRAINIUM", $1))
    }
    let now = try observations.holding("amazon", "amazon", 2024).h100e
    return (now - before) / (try h100ePerDie("TRAINIUM", 2024))
  }

  private mutating func noteCaptive() throws {
    for year in [2023, 2024] {
      let held = try observations.holding("google", "google", year)
      note("TPU", year, low: held.low / held.h100e, high: held.high / held.h100e)
    }
    let spread = try observations.judged("trainium.2022_2023_spread")
    note("TRAINIUM", 2023, low: 1 / spread, high: spread)
    let held = try observations.holding("amazon", "amazon", 2024)
    note("TRAINIUM", 2024, low: held.low / held.h100e, high: held.high / held.h100e)
  }
}
