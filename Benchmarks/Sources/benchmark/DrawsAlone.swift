import Simulation
import Stochastics

/// The same random numbers as a run of a model draws, and nothing else: the floor below which no
/// engine on these streams and laws can get.
///
/// It knows nothing of designs or engines: for each replicate and uncertainty it opens the stream at
/// the address that the documentation gives, takes one uniform, correlates, and inverts the law.
struct DrawsAlone: Sendable {
  private let seed: UInt64
  private let replicates: UInt32
  private let laws: [(address: AgentID, law: Distribution)]
  private let copula: GaussianCopula?

  /// The draws of a plain Monte Carlo design.
  init(of space: ParameterSpace, seed: UInt64, replicates: Int) {
    self.seed = seed
    self.replicates = UInt32(replicates)
    laws = space.uncertainties.map { (AgentID(of: $0.name), $0.distribution) }
    copula = space.copula
  }

  /// Draws everything and adds it up, replicate by replicate.
  func sum() -> Double {
    var sum = 0.0
    var uniforms = Array(repeating: 0.5, count: laws.count)
    for replicate in 0..<replicates {
      for (place, (address, _)) in laws.enumerated() {
        var stream = RandomStream(
          seed: seed,
          at: StreamAddress(replicate: replicate, mechanism: .parameters, agent: address))
        uniforms[place] = stream.uniform()
      }
      copula?.transform(&uniforms)
      for (place, (_, law)) in laws.enumerated() { sum += law.quantile(uniforms[place]) }
    }
    return sum
  }
}
