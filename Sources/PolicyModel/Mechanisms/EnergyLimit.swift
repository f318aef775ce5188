import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: how much of a jurisdiction's chips there is power for (docs/ODD.md 7.13).
///
/// Reads `fleets`; writes `power`. Chips at work draw their rated power times that of the server around
/// them, its mean use and the building's PUE. Where that is more than the power for AI of the leader's
/// or the follower's jurisdiction, all chips there run for a part of the time. Switched off, or with
/// more power than anybody needs, nothing is limited.
struct EnergyLimit: Mechanism {
  static let id = MechanismID(rawValue: 18)
  static let name = "energy_limit"
  static let canBeSwitchedOff = true
  static let parameters = [
    ParameterDeclaration(
      name: "energy_limit.leader_megawatts", unit: "mw", range: 0...1e9,
      definition: "Power for AI chips in the leader's jurisdiction in the first month."),
    ParameterDeclaration(
      name: "energy_limit.follower_megawatts", unit: "mw", range: 0...1e9,
      definition: "Power for AI chips in the follower's jurisdiction in the first month."),
    ParameterDeclaration(
      name: "energy_limit.growth_per_year", unit: "per_year", range: -5...5,
      definition: "Log growth of both."),
  ]

  private let leaderPower, followerPower, growth: ParameterIndex
  private let ledger: LedgerParameters
  private let economy: Economy

  init(_ blueprint: Blueprint) {
    let table = blueprint.parameters
    leaderPower = table.index(of: "energy_limit.leader_megawatts")
    followerPower = table.index(of: "energy_limit.follower_megawatts")
    growth = table.index(of: "energy_limit.growth_per_year")
    ledger = LedgerParameters(table)
    economy = blueprint.world.economy
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let rates = LedgerRates(ledger, world)
    let grown = exp(world[growth] * Double(step.step) * yearsPerMonth)
    for (place, power) in [(economy.leader, leaderPower), (economy.follower, followerPower)] {
      let needed = rates.gridWatts(world.economy.fleets.watts(in: place))
      let available = world[power] * 1e6 * grown
      world.economy.power.factor[place] = needed > available ? available / needed : 1
    }
  }
}

/// The share of the time for which there is power, by jurisdiction.
struct PowerLimit: ~Copyable {
  var factor: Cells<Double>

  init(jurisdictions: Int, in arena: inout Arena) { factor = arena.cells(jurisdictions, of: 1) }
}

extension EnergyLimit {
  static let metrics: [MetricDeclaration] = [
    MetricDeclaration(
      metric: Metric(
        name: "powered_share", unit: "1",
        definition: "Share of the time for which there is power for the jurisdiction's chips."),
      entity: .jurisdiction, occasion: .everyMonth,
      value: { world, _, place in world.economy.power.factor[place] })
  ]
}
