import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: what the follower's labs could rent abroad this month, and at what price (docs/ODD.md 7.9).
///
/// Reads `fleets` of the month before, `terms`, `shelf` and `offers`; writes `remote`, of which
/// ``MarketClearing`` rents a part out. Clouds in places that host offer a share of their chips; how
/// much of that is open to the follower depends on the openness of the regime, and on rules that make
/// clouds know their customers or close them. Rent and purchase compete by value per dollar of a month
/// of use; distance and data laws take a share of the value. Switched off, nothing is rented abroad.
struct RemoteAccess: Mechanism {
  static let id = MechanismID(rawValue: 15)
  static let name = "remote_access"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let offered = Handle(
      "offered_share", "1", 0...1,
      "Share of the chips in hosting places that clouds would rent to the follower.")
    let openness = Handle("openness", "1", 0...1, "How much of that is open: 1 is open, 0 closed.")
    let knowing = Handle(
      "know_your_customer_effect", "1", 0...1,
      "Share of it that stops when clouds have to know their customers.")
    let closing = Handle(
      "closing_effect", "1", 0...1,
      "Share of it that stops when clouds are closed to the follower by rule.")
    let penalty = Handle(
      "penalty", "1", 0...0.95, "Share of a rented chip's use that distance and data laws take.")
  }

  private let parameters: Parameters
  private let valuation: Offers.Parameters
  private let layout: EconomyLayout
  private let hosts: [Int]
  /// The markets of these owners, which have no others.
  private let hostMarkets: [MarketIndex]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    valuation = Offers.parameters(blueprint)
    layout = blueprint.layout
    let economy = layout.economy
    hosts = economy.owners.indices.filter { owner in
      economy.jurisdictions[economy.owners[owner].location].hostsRemote
        && economy.owners[owner].headquarters != economy.follower
    }
    let hosts = hosts
    hostMarkets = layout.marketIndices.filter { hosts.contains(economy.markets[$0].owners[0]) }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    var fleet = FleetVector.zero
    for owner in hosts {
      let place = layout.economy.owners[owner].location
      fleet += world.economy.fleets.held[owner] * openShare(of: place, in: world)
    }
    let rent = meanRent(in: world)
    guard fleet.chips > 0, rent > 0 else { return world.economy.remote.close() }
    let unit = fleet * (1 / fleet.chips)
    world.economy.remote.unit = unit.rented(inUse: 1 - world[parameters.penalty], rent: rent)
    world.economy.remote.monthlyRent = rent * hoursPerMonth
    world.economy.remote.capacity =
      fleet.chips * world[parameters.offered] * world[parameters.openness]
    for market in layout.marketIndices {
      world.economy.remote.rented[market] = 0
      world.economy.remote.weight[market] =
        layout.isFollowerHome[market] && world.economy.remote.capacity > 0
        ? weight(in: world, market) : 0
    }
  }

  /// How much of what clouds of a place offer rules on them leave.
  private func openShare(of place: Int, in world: borrowing World) -> Double {
    (1 - world[parameters.knowing] * world.economy.terms.measures.cloudNotice[place])
      * (1 - world[parameters.closing] * world.economy.terms.measures.cloudClosed[place])
  }

  /// What an hour of the clouds' mean chip rents for this month, US dollars.
  private func meanRent(in world: borrowing World) -> Double {
    var (rent, chips) = (0.0, 0.0)
    for market in hostMarkets {
      let open = openShare(of: layout.economy.markets[market].location, in: world)
      for row in world.economy.shelf.onSale.indices {
        let chip = world.economy.shelf.onSale[row]
        let held = world.economy.fleets.heldCells[layout.cell(market, chip)] * open
        rent += held * world.economy.offers.rent[chip]
        chips += held
      }
    }
    return chips > 0 ? rent / chips : 0
  }

  /// The weight of renting among the offers: see ``Offers``.
  private func weight(in world: borrowing World, _ market: MarketIndex) -> Double {
    let reference = layout.referenceChip
    let unit = world.economy.remote.unit
    let w = world[valuation.trainingWeight]
    let value =
      (w * unit.pretraining / world.economy.offers.pretraining[layout.cell(market, reference)]
        + (1 - w) * unit.decoding / world.economy.offers.decoding[reference])
      / world.economy.remote.monthlyRent
    return exp(world[valuation.sharpness] * log(value * Offers.dollars))
  }
}

extension RemoteAccess {
  static let metrics: [MetricDeclaration] = [
    MetricDeclaration(
      metric: Metric(
        name: "remote_h100e", unit: "h100e",
        definition: "BF16 H100e that buyers in the jurisdiction rent abroad in the month."),
      entity: .jurisdiction, occasion: .everyMonth,
      value: { world, plan, place in
        let markets = plan.economy.markets
        let chips = markets.indices.reduce(0) {
          $0 + (markets[$1].location == place ? world.economy.remote.rented[$1] : 0)
        }
        return chips * world.economy.remote.unit.h100e
      })
  ]
}
