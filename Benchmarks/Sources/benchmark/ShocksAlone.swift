import PolicyModel
import Simulation
import Stochastics

/// The random numbers that every month of an economy draws, whatever happens in it, at the addresses
/// that the mechanisms use: one normal for each owner, lab and die family, three uniforms of regulators.
///
/// Consignments, licenses and runs draw as well, but how much depends on the run: they are left out, so
/// that what is measured here is a floor, and ratios to it are rather too high than too low.
struct ShocksAlone: Sendable {
  private let seed: UInt64
  private let regimes: Int
  private let months: Int
  private let normals: [(mechanism: MechanismID, agent: AgentID)]
  private static let reactions = MechanismID(rawValue: 8)

  /// The shocks of a model's economy; none without one.
  init(of model: PolicyModel, seed: UInt64) {
    let world = model.blueprint.world
    self.seed = seed
    regimes = model.regimes.count
    months = world.economy.isEmpty ? 0 : model.timeline.stepCount
    normals =
      world.economy.families.map { (MechanismID(rawValue: 9), AgentID(of: $0.id)) }
      + world.economy.owners.map { (MechanismID(rawValue: 12), AgentID(of: $0.id)) }
      + world.labs.map { (MechanismID(rawValue: 20), AgentID(of: $0.id)) }
  }

  /// Draws everything of one replicate and adds it up.
  func sum(replicate: UInt32) -> Double {
    var sum = 0.0
    for month in 0..<months {
      // Drawn once for all regimes.
      for (mechanism, agent) in normals {
        var stream = stream(replicate, mechanism, agent, month)
        sum += stream.normal(sd: 0.1)
      }
      for _ in 0..<regimes {
        var stream = stream(replicate, Self.reactions, .none, month)
        sum += stream.uniform() + stream.uniform() + stream.uniform()
      }
    }
    return sum
  }

  private func stream(
    _ replicate: UInt32, _ mechanism: MechanismID, _ agent: AgentID, _ month: Int
  ) -> RandomStream {
    RandomStream(
      seed: seed,
      at: StreamAddress(
        replicate: replicate, mechanism: mechanism, agent: agent, month: UInt16(month)))
  }
}
