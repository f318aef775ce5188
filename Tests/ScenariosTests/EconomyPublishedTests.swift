import Glibc
@testable import PolicyModel
import Scenarios
import Testing

/// What is public of algorithms (docs/ODD.md 7.15).
@Suite struct EconomyPublishedTests {
  /// Own findings take the place of the trend six months in, and volatile ones fall at other times: what is out
  /// stays out.
  @Test func `what is published stays published`() throws {
    let lag = 6
    let sketch = EconomySketch(
      end: "2025-12", replicates: 4,
      regimes: [
        .init(
          id: "free",
          set: [
            "algorithmic_efficiency.publication_lag_months": "\(lag)",
            "algorithmic_efficiency.secrecy_months": "0",
            "algorithmic_efficiency.growth_factor_per_year": "3",
            "algorithmic_efficiency.volatility": "0.8",
          ])
      ], metrics: "[stock_h100e]")
    let labs = try sketch.scenario().blueprint.layout.developers.indices
    var (best, falls, months) = (-Double.infinity, 0, 0)
    try EconomyConservationTests.watch(sketch) { world, _ in
      let step = world.step
      if step == 0 { best = -.infinity }
      var known = -Double.infinity
      for lab in labs where world.economy.labs[lab].isAtWork {
        let of =
          step < lag
          ? log(3) * Double(step - lag) / 12
          : world.economy.frontier.efficiency(of: lab, at: step - lag)
        known = max(known, of)
      }
      if known < best { falls += 1 }
      best = max(best, known)
      #expect(abs(world.economy.frontier.published - best) < 1e-12)
      months += 1
    }
    #expect(months == 4 * 39 && falls > 10)
  }
}
