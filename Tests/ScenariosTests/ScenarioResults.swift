import Scenarios
import Simulation

/// What a scenario computes, number by number, for comparing to the bit.
struct ScenarioResults: Equatable {
  /// One number: where it stands, and for each replicate its bits.
  struct Place: Hashable {
    let regime: String
    let entity: String
    let metric: String
    let step: Int?
  }

  let bits: [Place: [UInt64]]

  /// Runs a scenario, as many replicates as it says.
  init(of scenario: Scenario, threads: Int = 2) async throws {
    let engine = Engine(model: scenario.model, design: scenario.design)
    let result = try await engine.runKeepingAll(threads: threads)
    var bits: [Place: [UInt64]] = [:]
    for (place, regime) in result.regimes.enumerated() {
      for cell in 0..<result.layout.cellCount {
        let (step, column) = result.layout.place(of: cell)
        let key = Place(
          regime: regime, entity: column.entity, metric: column.metric.name, step: step)
        bits[key, default: []] += result.values(regime: place, cell: cell).map(\.bitPattern)
      }
    }
    self.bits = bits
  }

  /// The numbers of one regime, wherever it stands among the others.
  func bits(of regime: String) -> [Place: [UInt64]] { bits.filter { $0.key.regime == regime } }

  /// The values of an outcome, one for each replicate.
  func values(_ regime: String, _ entity: String, _ metric: String) -> [Double] {
    let key = Place(regime: regime, entity: entity, metric: metric, step: nil)
    return (bits[key] ?? []).map(Double.init(bitPattern:))
  }
}
