import Glibc
import Quantities

/// The ledger's parameters in one run, in the form in which bookings need them.
struct LedgerRates {
  let serverOverhead: Double
  /// Network for each dollar of chips and servers.
  let interconnectOdds: Double
  let energyPrice: USDollarsPerKilowattHour
  /// Staff for each dollar of the rest.
  let staffOdds: Double
  /// Experiments and failed runs of a model's own, for each of its final run.
  let modelExperiments: Double
  /// Share of what it is worth that an owned chip loses in an hour.
  private let writeOffPerHour: Double
  private let serverPower: Double
  private let utilisation: Double
  private let pue: Double

  init(_ parameters: CostLedger.Parameters, _ world: borrowing World) {
    serverOverhead = world[parameters.serverOverhead]
    interconnectOdds = Fraction(world[parameters.interconnectShare]).odds
    energyPrice = USDollarsPerKilowattHour(world[parameters.energyPrice])
    staffOdds = Fraction(world[parameters.staffShare]).odds
    modelExperiments = world[parameters.development] - 1
    writeOffPerHour = world[parameters.growth] * Self.ln10 / hoursPerYear
    serverPower = world[parameters.serverPower]
    utilisation = world[parameters.utilisation]
    pue = world[parameters.pue]
  }

  private static let ln10 = 2.302585092994046

  /// A whole cluster for each dollar of its chips, in the usual servers.
  var clusterFactor: Double { (1 + serverOverhead) * (1 + interconnectOdds) }

  /// The rest of a server for each dollar of the chips in it.
  func overhead(of server: ChipServer) -> Double { server.overhead ?? serverOverhead }

  /// Share of a chip's price that is the chip itself: the rest is its part of a server, where that is in the
  /// price.
  func chipShare(_ server: ChipServer) -> Double {
    server.isInPrice ? 1 / (1 + overhead(of: server)) : 1
  }

  /// The same where a fleet's servers are told in one sum, and are the usual ones.
  func chipShareInFleets(_ server: ChipServer) -> Double {
    server.isInPrice ? 1 / (1 + serverOverhead) : 1
  }

  /// Watts that a server draws in training for chips of so many watts.
  func serverWatts(_ watts: Double, in server: ChipServer) -> Double {
    watts * (server.powerMultiplier ?? serverPower) * (server.utilisation ?? utilisation)
  }

  /// Watts drawn from the grid where servers draw so many.
  func gridWatts(serverWatts: Double) -> Double { serverWatts * pue }

  /// Electricity that servers which draw so many watts take in so many hours.
  func energy(serverWatts: Double, hours: Double) -> KilowattHours {
    KilowattHours(gridWatts(serverWatts: serverWatts) * hours / 1000)
  }

  /// Electricity that chips of so many watts take in the usual servers in so many hours.
  func energy(watts: Double, hours: Double) -> KilowattHours {
    KilowattHours(watts * (serverPower * utilisation * pue) * hours / 1000)
  }

  /// What chip-hours cost when the chip is owned and worth so much.
  func writeOff(_ chipHours: ChipHours, of value: USDollars) -> Double {
    value.value * writeOffPerHour * chipHours.value
  }

  /// Share of what it was worth that a chip is worth so many hours later.
  func valueLeft(after hours: Hours) -> Double { exp(-writeOffPerHour * hours.value) }
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
  ///
  /// - Parameters:
  ///   - owning: dollars for the chips that are owned.
  ///   - hired: dollars for chips that are rented by who owns the others: rent is what they cost either way.
  ///   - overhead: the rest of the servers for each dollar of the chips in them.
  @discardableResult
  mutating func bookHardware(
    _ account: Account, _ stage: Stage, quantity: Double, renting: Double = 0, owning: Double,
    hired: Double = 0, overhead: Double, _ rates: LedgerRates
  ) -> Double {
    let server = owning * overhead
    let network = (owning + server) * rates.interconnectOdds
    book(
      account, stage, .accelerator,
      Entry(quantity: quantity, renting: renting, owning: owning + hired))
    book(account, stage, .server, Entry(quantity: quantity, renting: 0, owning: server))
    book(account, stage, .interconnect, Entry(quantity: quantity, renting: 0, owning: network))
    return owning + hired + server + network
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

  /// The people that go with what the rest costs to rent, or to own: each account has its own.
  mutating func bookStaff(
    _ account: Account, _ stage: Stage, renting: Double, owning: Double, _ rates: LedgerRates
  ) {
    let staff = renting * rates.staffOdds
    book(
      account, stage, .staff,
      Entry(quantity: staff, renting: staff, owning: owning * rates.staffOdds))
  }

  /// Training data, with the people that go with it.
  mutating func bookData(
    _ account: Account, _ stage: Stage, dollars: Double, _ rates: LedgerRates
  ) {
    book(account, stage, .data, dollars: dollars)
    bookStaff(account, stage, renting: dollars, owning: dollars, rates)
  }
}
