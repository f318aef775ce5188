import Glibc
import PolicyModel
import Quantities
import Testing

/// What an owned chip is worth by its age, and what stands around it by its kind (docs/ODD.md 7.20).
@Suite struct ChipValueTests {
  private static let hours = 720_000.0
  /// g ln 10 a year, with g of the tests.
  private static let loss = 0.14 * log(10.0)

  private func results(
    bought: String? = nil, constants: [String: Double] = [:],
    _ change: (inout TestChips.Figures) -> Void = { _ in }
  ) async throws -> Readings {
    var chip = TestChips.a100
    change(&chip)
    return try await SmallWorld(
      months: 6, chips: [TestChips.h100, chip],
      runs: [
        .init(
          id: "run", documented: "a100", candidates: ["a100"], bought: bought,
          stages: [.init(id: "pretraining", hours: Self.hours)])
      ], constants: constants
    ).results()
  }

  /// What the hours of a chip of this worth come to.
  private func expectHours(of readings: Readings, atWorth value: Double) throws {
    let written = Self.hours * value * Self.loss / 8766
    #expect(abs(try part("accelerator", of: readings) / written - 1) < 1e-12)
  }

  private func part(_ category: String, of readings: Readings) throws -> Double {
    try #require(readings.outcome("run", "pretraining_\(category)_owning"))
  }

  /// 1,000 days before the start, at the price of that day and not of the start's.
  @Test func `a chip has the price of its day, and its age`() async throws {
    let readings = try await results(bought: "2022-01-05") { $0.laterPurchases["2023-01"] = 9_000 }
    let value = 12_250 * exp(-Self.loss * 1000 * 24 / 8766)
    try expectHours(of: readings, atWorth: value)
    #expect(readings.cost("run", "purchase_chips") == 12_250_000)
    let young = try await results { $0.laterPurchases["2023-01"] = 9_000 }
    try expectHours(of: young, atWorth: 9_000)
    #expect(young.cost("run", "purchase_chips") == 9_000_000)
    #expect(young.cost("run", "final_run") == readings.cost("run", "final_run"))
  }

  @Test func `nobody buys a chip before it is sold, nor after a run begins`() async throws {
    let readings = try await results(bought: "2021-03-01") { $0.available = Month(iso: "2024-01") }
    let age = 274.0
    let value = 12_250 * exp(-Self.loss * age * 24 / 8766)
    try expectHours(of: readings, atWorth: value)
    let late = try await results(bought: "2025-03-01")
    #expect(try part("accelerator", of: late) == part("accelerator", of: await results()))
  }

  /// One price on all days, and the age all the same.
  @Test func `a price that is set holds on the day of the purchase`() async throws {
    let readings = try await results(
      bought: "2022-01-05", constants: ["chips.a100.purchase_price_usd": 20_000]
    ) { $0.laterPurchases["2023-01"] = 9_000 }
    #expect(readings.cost("run", "purchase_chips") == 20_000_000)
    let value = 20_000 * exp(-Self.loss * 1000 * 24 / 8766)
    try expectHours(of: readings, atWorth: value)
  }

  /// Chip and server come to the price, and once.
  @Test func `a server that is in the price is not added to it`() async throws {
    let usual = try await results()
    let captive = try await results {
      $0.server = ChipServer(overhead: nil, powerMultiplier: nil, utilisation: nil, isInPrice: true)
    }
    let chip = try part("accelerator", of: usual)
    #expect(try part("server", of: usual) == chip * 0.6)
    let both = try part("accelerator", of: captive) + part("server", of: captive)
    #expect(abs(both / chip - 1) < 1e-12)
    #expect(abs(try part("accelerator", of: captive) / (chip / 1.6) - 1) < 1e-12)
    let cluster = try #require(captive.cost("run", "purchase_cluster"))
    #expect(abs(cluster / (12_250_000 / 0.81) - 1) < 1e-12)
  }

  @Test func `a kind of chip has a server of its own`() async throws {
    let usual = try await results()
    let own = try await results {
      $0.server = ChipServer(
        overhead: 0.69, powerMultiplier: 1.56, utilisation: 0.43, isInPrice: false)
    }
    #expect(try part("accelerator", of: own) == part("accelerator", of: usual))
    #expect(abs(try part("server", of: own) / (part("server", of: usual) * 0.69 / 0.6) - 1) < 1e-12)
    let kilowattHours = Self.hours * 400 * 1.56 * 0.43 * 1.25 / 1000
    #expect(abs(try part("energy", of: own) / (kilowattHours * 0.0806) - 1) < 1e-12)
    let usualHours = Self.hours * 400 * 2.03 * 0.75 * 1.25 / 1000
    #expect(abs(try part("energy", of: usual) / (usualHours * 0.0806) - 1) < 1e-12)
  }

  /// The final run 2.5 times, and staff 39% of all.
  @Test func `development by the narrower account of experiments`() async throws {
    let readings = try await results()
    let amortised = try #require(readings.cost("run", "amortised"))
    let development = try #require(readings.cost("run", "development_amortised"))
    #expect(abs(development / (amortised * 2.5 / 0.61) - 1) < 1e-12)
    #expect(readings.outcome("run", "model_experiments_accelerator") == Self.hours * 1.5)
    let more = try await results(constants: ["research_overhead.experiments_per_final_run": 9])
    #expect(
      more.cost("run", "development_amortised") == development, "the wider account is not in it")
    let wide = try #require(readings.cost("run", "development"))
    #expect(abs(wide / (Self.hours * 2.73 * 5.1 / 0.61) - 1) < 1e-12, "nor this one in the wider")
  }
}
