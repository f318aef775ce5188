import PolicyModel
import Quantities

/// The chips of the tests, with the figures of datasheets and one price each.
enum TestChips {
  static let h100 = Figures(
    id: "h100", bf16: 989, fp8: 1979, memoryBandwidth: 3350, interconnect: 900, dieArea: 814,
    power: 700, purchase: 26_268, rent: 2.6)
  static let h800 = Figures(
    id: "h800", bf16: 989, fp8: 1979, memoryBandwidth: 3350, interconnect: 400, dieArea: 814,
    power: 700, purchase: 30_000, rent: 2)
  static let h20 = Figures(
    id: "h20", bf16: 148, fp8: 296, memoryBandwidth: 4000, interconnect: 900, dieArea: 814,
    power: 400, purchase: 12_000, rent: nil)
  static let a100 = Figures(
    id: "a100", bf16: 312, fp8: 624, memoryBandwidth: 2039, interconnect: 600, dieArea: 826,
    power: 400, purchase: 12_250, rent: 2.73)

  static let all = [h100, h800, h20, a100]

  /// What a test may want to change of a chip.
  struct Figures {
    var id: String
    var bf16: Double
    var fp8: Double?
    var memoryBandwidth: Double
    var interconnect: Double?
    var dieArea: Double?
    var power: Double?
    var purchase: Double?
    var rent: Double?
    /// Prices that differ from `purchase`, by the month from which they hold.
    var laterPurchases: [String: Double] = [:]
    var server = ChipServer.usual
    var stackEfficiency = 1.0
    var available = Month(iso: "2020-01")
    var vendor = "NVIDIA"
    var designedIn = "US"
    var isForDataCenters = true

    var chip: Chip {
      Chip(
        id: id, name: id.uppercased(), vendor: vendor, designedIn: designedIn, dieFamily: nil,
        isForDataCenters: isForDataCenters, available: available,
        peak: PeakRates(
          bf16: FlopPerSecond(tera: bf16), fp8: fp8.map { FlopPerSecond(tera: $0) }, fp4: nil),
        dieArea: dieArea.map { SquareMillimetres($0) }, memory: Gigabytes(80),
        memoryBandwidth: GigabytesPerSecond(memoryBandwidth),
        interconnect: interconnect.map { GigabytesPerSecond($0) },
        power: power.map { Watts($0) }, stackEfficiency: Fraction(stackEfficiency),
        server: server,
        purchasePrices: PriceHistory(
          Self.history(purchase).entries
            + laterPurchases.compactMap { month, price in
              Month(iso: month).map { Self.entry(from: $0, price) }
            }), rentalPrices: Self.history(rent), provenance: [:])
    }

    private static func history(_ price: Double?) -> PriceHistory {
      PriceHistory(price.map { [entry(from: Month(index: 0), $0)] } ?? [])
    }

    private static func entry(from month: Month, _ price: Double) -> PriceHistory.Entry {
      .init(from: month, value: price, low: nil, high: nil, provenance: nil)
    }
  }
}
