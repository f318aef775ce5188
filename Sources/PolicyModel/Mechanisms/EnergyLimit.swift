import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: how much of a jurisdiction's chips there is power for (docs/ODD.md 7.13).
///
/// Reads `fleets`; writes `power`. Chips at work draw what their servers draw in training, times the
/// building's PUE. Where that is more than the power for AI of the leader's
/// or the follower's jurisdiction, all chips there run for a part of the time. Switched off, or with
/// more power than anybody needs, nothing is limited.
struct EnergyLimit: Mechanism {
  static let id = MechanismID(rawValue: 18)
  static let name = "energy_limit"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let leaderPower = Handle(
      "leader_megawatts", "mw", 0...1e9,
      "Power for AI chips in the leader's jurisdiction in the first month.")
    let followerPower = Handle(
      "follower_megawatts", "mw", 0...1e9,
      "Power for AI chips in the follower's jurisdiction in the first month.")
    let growth = Handle("growth_per_year", "per_year", -5...5, "Log growth of both.")
  }

  private let parameters: Parameters
  private let ledger: CostLedger.Parameters
  private let economy: Economy

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    ledger = CostLedger.parameters(blueprint)
    economy = blueprint.world.economy
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let rates = LedgerRates(ledger, world)
    let grown = exp(world[parameters.growth] * Double(step.step) * yearsPerMonth)
    for (place, power) in [
      (economy.leader, parameters.leaderPower), (economy.follower, parameters.followerPower),
    ] {
      let needed = rates.gridWatts(serverWatts: world.economy.fleets.watts(in: place))
      let available = world[power] * 1e6 * grown
      world.economy.power.factor[place] = needed > available ? available / needed : 1
    }
  }
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
