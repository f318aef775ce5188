import Quantities
import Simulation
import Stochastics

/// Phase: governments grant and withdraw licenses (docs/ODD.md 7.2).
///
/// Reads `terms`; writes `licenses`. Where rules leave a sale to a review, the government that the
/// chip leaves and the one it goes to each have an approval state for a market, which switches on and
/// off at annual rates; it begins switched off when the review begins, which is the delay before the
/// first license. Licensed flows are therefore zero, or whatever caps and demand allow. A presumption
/// of denial has rates of its own. Switched off, no license is granted.
struct Licensing: Mechanism {
  static let id = MechanismID(rawValue: 7)
  static let name = "licensing"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let exportOn = Handle(
      "export_approvals_per_year", "per_year", 0...1000,
      """
      Rate at which the exporting government begins to grant case-by-case licenses to a \
      market.
      """)
    let exportOff = Handle(
      "export_withdrawals_per_year", "per_year", 0...1000, "Rate at which it stops granting them.")
    let importOn = Handle(
      "import_approvals_per_year", "per_year", 0...1000,
      "Rate at which the importing government begins to let such chips in.")
    let importOff = Handle(
      "import_withdrawals_per_year", "per_year", 0...1000,
      "Rate at which it stops letting them in.")
    let presumptionOn = Handle(
      "presumption_approvals_per_year", "per_year", 0...1000,
      "Rate at which licenses begin to be granted against a presumption of denial.")
    let presumptionOff = Handle(
      "presumption_withdrawals_per_year", "per_year", 0...1000,
      "Rate at which they stop being granted.")
  }

  private let parameters: Parameters
  private let marketNames: [String]
  private let agents: [AgentID]
  private let marketIndices: Places<MarketIndex>

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    marketNames = blueprint.world.economy.marketNames
    agents = marketNames.map { AgentID(of: $0) }
    marketIndices = blueprint.layout.marketIndices
  }

  func advance(_ world: inout World, _ step: StepContext) {
    for market in marketIndices {
      let reviews = world.economy.terms.reviews[market]
      guard reviews.isAny || world.economy.licenses.isAny(market) else { continue }
      var stream = step.replicate.stream(Self.id, agent: agents[market], step: step.step)
      let (first, second, third) = (stream.uniform(), stream.uniform(), stream.uniform())
      let before = world.economy.licenses.isAny(market)
      world.economy.licenses.exports[market] =
        reviews.export
        && switched(
          world.economy.licenses.exports[market], onRate: world[parameters.exportOn],
          offRate: world[parameters.exportOff], uniform: first)
      world.economy.licenses.imports[market] =
        reviews.imports
        && switched(
          world.economy.licenses.imports[market], onRate: world[parameters.importOn],
          offRate: world[parameters.importOff], uniform: second)
      world.economy.licenses.presumptions[market] =
        reviews.presumption
        && switched(
          world.economy.licenses.presumptions[market], onRate: world[parameters.presumptionOn],
          offRate: world[parameters.presumptionOff], uniform: third)
      tell(before, market, &world)
    }
  }

  private func tell(_ before: Bool, _ market: MarketIndex, _ world: inout World) {
    guard world.story != nil else { return }
    let now = world.economy.licenses.isAny(market)
    guard now != before else { return }
    world.story?.tell(
      world.month, now ? .licensesGranted : .licensesWithdrawn, of: marketNames[market],
      now ? "a government begins to approve sales under review" : "approvals stop")
  }
}

extension Licensing {
  static let metrics: [MetricDeclaration] = [
    MetricDeclaration(
      metric: Metric(
        name: "export_licenses_granted_share", unit: "1",
        definition: "1 in months in which the exporting government grants case-by-case licenses "
          + "for sales into the jurisdiction, else 0."),
      entity: .jurisdiction, occasion: .everyMonth,
      value: { world, plan, place in
        let markets = plan.economy.markets
        let granted = markets.indices.contains {
          markets[$0].location == place && world.economy.licenses.exports[$0]
        }
        return granted ? 1 : 0
      })
  ]
}
