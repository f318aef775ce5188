import Quantities

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

  // Inlined: a call from inside a month would copy the world.
  @inline(__always) init(_ parameters: CostLedger.Parameters, _ world: borrowing World) {
    serverOverhead = world[parameters.serverOverhead]
    interconnectOdds = Fraction(world[parameters.interconnectShare]).odds
    energyPrice = USDollarsPerKilowattHour(world[parameters.energyPrice])
    staffOdds = Fraction(world[parameters.staffShare]).odds
    writeOffPerHour = world[parameters.growth] * Self.ln10 / hoursPerYear
    gridWattsPerWatt =
      world[parameters.serverPower] * world[parameters.utilisation] * world[parameters.pue]
  }

  private static let ln10 = 2.302585092994046

  /// A whole cluster for each dollar of its chips.
  var clusterFactor: Double { (1 + serverOverhead) * (1 + interconnectOdds) }

  /// Watts drawn from the grid by chips of so many watts.
  func gridWatts(_ watts: Double) -> Double { watts * gridWattsPerWatt }

  /// Electricity that chips of so many watts take in so many hours.
  func energy(watts: Double, hours: Double) -> KilowattHours {
    KilowattHours(watts * gridWattsPerWatt * hours / 1000)
  }

  /// What chip-hours cost when the chip is owned.
  func writeOff(_ chipHours: ChipHours, of price: USDollars) -> Double {
    price.value * writeOffPerHour * chipHours.value
  }
}

/// What goes together in the books, whether scripted runs or the labs' fleets used and bought it.
extension Ledger {
  /// Books dollars that are the same whoever owns the chips.
  mutating func book(
    _ account: Account, _ stage: Stage, _ category: CostCategory, dollars: Double
  ) {
    book(account, stage, category, Entry(quantity: dollars, renting: dollars, owning: dollars))
  }

  /// Accelerators at their price, then what stands around them; all of it is in a rent already. Gives what
  /// it costs to own.
  @discardableResult
  mutating func bookHardware(
    _ account: Account, _ stage: Stage, quantity: Double, renting: Double = 0, owning: Double,
    _ rates: LedgerRates
  ) -> Double {
    let server = owning * rates.serverOverhead
    let network = (owning + server) * rates.interconnectOdds
    book(account, stage, .accelerator, Entry(quantity: quantity, renting: renting, owning: owning))
    book(account, stage, .server, Entry(quantity: quantity, renting: 0, owning: server))
    book(account, stage, .interconnect, Entry(quantity: quantity, renting: 0, owning: network))
    return owning + server + network
  }

  /// Electricity, which is in a rent already; gives what it costs.
  @discardableResult
  mutating func bookEnergy(
    _ account: Account, _ stage: Stage, _ energy: KilowattHours, _ rates: LedgerRates
  ) -> Double {
    let cost = (energy * rates.energyPrice).value
    book(account, stage, .energy, Entry(quantity: energy.value, renting: 0, owning: cost))
    return cost
  }

  /// The people that go with so many dollars.
  mutating func bookStaff(
    _ account: Account, _ stage: Stage, onTopOf rest: Double, _ rates: LedgerRates
  ) {
    book(account, stage, .staff, dollars: rest * rates.staffOdds)
  }

  /// Training data, with the people that go with it.
  mutating func bookData(
    _ account: Account, _ stage: Stage, dollars: Double, _ rates: LedgerRates
  ) {
    book(account, stage, .data, dollars: dollars)
    bookStaff(account, stage, onTopOf: dollars, rates)
  }
}
