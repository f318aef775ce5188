import Quantities

/// Where the ledger's parameters stand.
struct LedgerParameters: Sendable {
  let serverOverhead: ParameterIndex
  let interconnectShare: ParameterIndex
  let growth: ParameterIndex
  let serverPower: ParameterIndex
  let utilisation: ParameterIndex
  let pue: ParameterIndex
  let energyPrice: ParameterIndex
  let staffShare: ParameterIndex

  init(_ table: ParameterTable) {
    serverOverhead = table.index(of: "ledger.server_overhead")
    interconnectShare = table.index(of: "ledger.interconnect_share")
    growth = table.index(of: "ledger.price_performance_growth_oom_per_year")
    serverPower = table.index(of: "ledger.server_power_multiplier")
    utilisation = table.index(of: "ledger.power_utilisation")
    pue = table.index(of: "ledger.pue")
    energyPrice = table.index(of: "ledger.energy_price_usd_per_kwh")
    staffShare = table.index(of: "ledger.staff_share")
  }
}

/// The ledger's parameters in one run, in the form in which bookings need them.
struct LedgerRates {
  let serverOverhead: Double
  /// Network for each dollar of chips and servers.
  let interconnectOdds: Double
  let energyPrice: USDollarsPerKilowattHour
  /// Staff for each dollar of the rest.
  let staffOdds: Double
  /// Share of its price that an owned chip loses in an hour.
  private let writeOffPerHour: Double
  /// Watts drawn from the grid for each watt of an accelerator's TDP.
  private let gridWattsPerWatt: Double

  /// Hours in a mean year of the Julian calendar, as the source of the write-off rate counts them.
  private static let hoursPerYear = 8766.0

  // Inlined: a call from inside a month would copy the world.
  @inline(__always) init(_ parameters: LedgerParameters, _ world: borrowing World) {
    serverOverhead = world[parameters.serverOverhead]
    interconnectOdds = Fraction(world[parameters.interconnectShare]).odds
    energyPrice = USDollarsPerKilowattHour(world[parameters.energyPrice])
    staffOdds = Fraction(world[parameters.staffShare]).odds
    writeOffPerHour = world[parameters.growth] * Self.ln10 / Self.hoursPerYear
    gridWattsPerWatt =
      world[parameters.serverPower] * world[parameters.utilisation] * world[parameters.pue]
  }

  private static let ln10 = 2.302585092994046

  /// A whole cluster for each dollar of its chips.
  var clusterFactor: Double { (1 + serverOverhead) * (1 + interconnectOdds) }

  /// Watts drawn from the grid by chips of so many watts.
  func gridWatts(_ watts: Double) -> Double { watts * gridWattsPerWatt }

  /// Electricity of chips of so many watts for so many hours, US dollars.
  func energy(watts: Double, hours: Double) -> Double {
    watts * gridWattsPerWatt * hours / 1000 * energyPrice.value
  }

  /// What chip-hours cost when the chip is owned.
  func writeOff(_ chipHours: ChipHours, of price: USDollars) -> Double {
    price.value * writeOffPerHour * chipHours.value
  }

  /// Electricity for chip-hours; not a number for a chip whose power nobody has published, which
  /// fails the replicate.
  func energy(of chipHours: ChipHours, on chip: Chip) -> KilowattHours {
    let power = chip.power ?? Watts(.nan)
    return KilowattHours(power.value * gridWattsPerWatt * chipHours.value / 1000)
  }
}
