import Quantities
import Simulation
import Stochastics

/// Phase: governments grant and withdraw licenses (docs/ODD.md 7.2).
///
/// Reads `terms` and `shelf`; writes `licenses`. Where rules leave the sale of a chip in a market to a
/// review, the government that the chip leaves and the one it goes to each have an approval state for it,
/// which switches on and off at annual rates; it begins switched off when the review begins, which is the
/// delay before the first license. A presumption of denial has rates of its own. Licenses that are on
/// record are part of the terms, and nothing is drawn for the time of which they are known. How much may be
/// sold under a license is a matter of its caps. Switched off, no license is granted but recorded ones.
struct Licensing: Mechanism {
  static let id = MechanismID(rawValue: 7)
  static let name = "licensing"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let exportOn = Handle(
      "export_approvals_per_year", "per_year", 0...1000,
      """
      Rate at which the exporting government begins to grant case-by-case licenses for a chip to a \
      market, from the day on for which licenses are not known.
      """)
    let exportOff = Handle(
      "export_withdrawals_per_year", "per_year", 0...1000, "Rate at which it stops granting them.")
    let importOn = Handle(
      "import_approvals_per_year", "per_year", 0...1000,
      "Rate at which the importing government begins to let such a chip in, from that day on.")
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
  private let layout: EconomyLayout
  private let marketNames: [String]
  /// By cell.
  private let agents: [AgentID]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    layout = blueprint.layout
    let layout = layout
    let names = blueprint.world.economy.marketNames
    marketNames = names
    agents = layout.cells.map {
      AgentID(of: "\(layout.chips[layout.chip(at: $0)].id) to \(names[layout.market(at: $0)])")
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    for place in world.economy.terms.reviewed.indices {
      let cell = world.economy.terms.reviewed[place]
      // Nobody applies for what is not on sale.
      guard world.economy.shelf.isOnSale[layout.chip(at: cell)] else { continue }
      review(cell, &world, step)
    }
  }

  private func review(_ cell: Cell, _ world: inout World, _ step: StepContext) {
    world.economy.licenses.review(cell, in: step.step)
    let terms = world.economy.terms.sales[cell]
    let before = world.economy.licenses.isAny(cell)
    let canChange =
      before || world[parameters.presumptionOn] > 0
      || !terms.exportLicense.isEmpty || !terms.importLicense.isEmpty
    guard canChange else { return }
    var stream = step.replicate.stream(Self.id, agent: agents[cell], step: step.step)
    let (first, second) = (stream.uniform(), stream.uniform())
    let exports =
      !terms.exportLicense.isEmpty
      && switched(
        world.economy.licenses.exports[cell], onRate: world[parameters.exportOn],
        offRate: world[parameters.exportOff], uniform: first)
    let imports =
      !terms.importLicense.isEmpty
      && switched(
        world.economy.licenses.imports[cell], onRate: world[parameters.importOn],
        offRate: world[parameters.importOff], uniform: second)
    // The last number of the stream, which takes as long to draw as the two before, is drawn where it is wanted.
    let presumptions =
      !terms.presumedDenial.isEmpty
      && switched(
        world.economy.licenses.presumptions[cell], onRate: world[parameters.presumptionOn],
        offRate: world[parameters.presumptionOff], uniform: stream.uniform())
    world.economy.licenses.decide(
      cell, exports: exports, imports: imports, presumptions: presumptions, in: step.step)
    tell(before, cell, &world)
  }

  private func tell(_ before: Bool, _ cell: Cell, _ world: inout World) {
    guard world.story != nil else { return }
    let now = world.economy.licenses.isAny(cell)
    guard now != before else { return }
    let chip = layout.chips[layout.chip(at: cell)].name
    world.story?.tell(
      world.month, now ? .licensesGranted : .licensesWithdrawn,
      of: marketNames[layout.market(at: cell)],
      now ? "a government begins to approve sales of the \(chip)" : "approvals of the \(chip) stop")
  }
}

extension Licensing {
  static let metrics: [MetricDeclaration] = [
    MetricDeclaration(
      metric: Metric(
        name: "export_licenses_granted_share", unit: "1",
        definition: "1 in months in which some chip may be sold into the jurisdiction under a "
          + "license, recorded or drawn, else 0."),
      entity: .jurisdiction, occasion: .everyMonth,
      value: { world, plan, place in
        let markets = plan.economy.markets
        let chips = world.economy.offers.licensed.count / max(markets.count, 1)
        let isLicensed = markets.indices.contains { market in
          markets[market].location == place
            && (market * chips..<(market + 1) * chips).contains {
              world.economy.offers.licensed[$0] > 0
            }
        }
        return isLicensed ? 1 : 0
      })
  ]
}
