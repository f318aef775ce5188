@testable import PolicyModel
import Simulation
import TestSupport

/// Levers that work the wrong way round, or not at all: one variant for each direction that the suite holds.
enum DirectionMutants {
  static let all: [Mutant] = [
    direction(
      "a tighter threshold never raises legal compute", "regimes get each other's rules",
      { $0.reverseRules() }, "a tighter threshold never raises the follower's legal compute"
    ) { try await $0.`a tighter threshold never raises the follower's legal compute`() },
    direction(
      "a tighter threshold never raises legal compute", "nobody asks what rules bar",
      { $0.replace(RulesInForce.self) { _, _, _ in } },
      "a tighter threshold never raises the follower's legal compute"
    ) { try await $0.`a tighter threshold never raises the follower's legal compute`() },
    direction(
      "an earlier date never raises legal stock", "regimes get each other's rules",
      { $0.reverseRules() },
      "an earlier date never raises legal stock"
    ) { try await $0.`an earlier date never raises legal stock`() },
    direction(
      "more enforcement never raises diverted chips", "its effort is taken for its reciprocal",
      { $0.misread("grey_market.enforcement", in: GreyMarket.self) { 1 / $0 } },
      "more enforcement never raises diverted chips on average"
    ) { try await $0.`more enforcement never raises diverted chips on average`() },
    direction(
      "more openness of clouds never lowers renting", "open is taken for closed",
      { $0.misread("remote_access.openness", in: RemoteAccess.self) { 1 - $0 } },
      "more openness of clouds never lowers what is rented abroad"
    ) { try await $0.`more openness of clouds never lowers what is rented abroad`() },
    direction(
      "verification never raises the stock of diverted chips", "verified chips never stop working",
      { $0.misread("grey_market.stop_hazard_per_year", in: Fleets.self) { _ in 0 } },
      "location verification never raises the stock of diverted chips"
    ) { try await $0.`location verification never raises the stock of diverted chips`() },
    cap("nobody minds it") { model in
      model.replace(RulesInForce.self) { phase, world, step in
        phase.advance(&world, step)
        let terms = world.economy.terms
        guard !terms.caps.isEmpty else { return }
        world.economy.terms = MonthlyTerms(
          sales: Array(terms.sales), measures: terms.measures,
          chipCount: world.prices.indices.count)
      }
    },
    cap("what was sold under it is forgotten each month") { model in
      model.replace(MarketClearing.self) { phase, world, step in
        world.economy.sales.soldUnderCap.clear(to: 0)
        phase.advance(&world, step)
      }
    },
  ]

  private static func direction(
    _ direction: String, _ words: String,
    _ change: @escaping @Sendable (inout PolicyModel) -> Void, _ check: String,
    trial: @escaping @Sendable (EconomyDirectionTests) async throws -> Void
  ) -> Mutant {
    Mutant(.direction, direction, words, rejectedBy: "EconomyDirectionTests, \(check)") {
      try await UnderTest.$change.withValue(change) { try await trial(EconomyDirectionTests()) }
    }
  }

  private static func cap(
    _ words: String, _ change: @escaping @Sendable (inout PolicyModel) -> Void
  ) -> Mutant {
    Mutant(
      .direction, "half the cap is half the flow", words,
      rejectedBy: "EconomyCapTests, half the cap is half the flow"
    ) {
      try await UnderTest.$change.withValue(change) {
        try await EconomyCapTests().`half the cap is half the flow`(kind: "units", cap: 3000)
      }
    }
  }
}
