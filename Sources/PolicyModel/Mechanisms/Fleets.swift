import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: chips arrive, fail and are retired (docs/ODD.md 7.12).
///
/// Reads `sales`, `grey`, `offers` and `terms`; writes `fleets` and nothing else. A chip that was
/// sold is in transit, from where it arrives at a rate of one over the lead time; held chips fail
/// and are retired at hazards. The books are kept twice: by cell and channel in chips, and by owner
/// in what the chips amount to; both follow the same rates, so that they agree. What an owner's chips are
/// worth falls month by month, as newer ones give more for a dollar. Diverted chips go
/// to a pool of the follower; those sold under location verification stop working at a hazard of
/// their own.
struct Fleets: Mechanism {
  static let id = MechanismID(rawValue: 17)
  static let name = "fleets"
  static let canBeSwitchedOff = false

  struct Parameters: ParameterHandles {
    let leadTime = Handle("lead_time_months", "months", 0...60, "Mean months from a sale to work.")
    let failures = Handle(
      "failures_per_year", "per_year", 0...10, "Hazard of a chip to fail for good.")
    let retirement = Handle(
      "retirement_per_year", "per_year", 0...10,
      "Hazard of a chip to be retired: one over its mean life.")
  }

  private let parameters: Parameters
  private let grey: GreyMarket.Parameters
  private let ledger: CostLedger.Parameters
  private let layout: EconomyLayout

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    grey = GreyMarket.parameters(blueprint)
    ledger = CostLedger.parameters(blueprint)
    layout = blueprint.layout
  }

  func advance(_ world: inout World, _ step: StepContext) {
    if step.step == 0 { open(&world) }
    let lead = world[parameters.leadTime]
    let arriving = lead > 0 ? -expm1(-1 / lead) : 1
    let lost = monthlyProbability(
      ofAnnualHazard: world[parameters.failures] + world[parameters.retirement])
    let month = Hours(hoursPerMonth)
    // What is held at first is worth its price in the first month.
    let left = step.step == 0 ? 1 : LedgerRates(ledger, world).valueLeft(after: month)
    moveCells(arriving: arriving, lost: lost, &world)
    moveOwners(arriving: arriving, lost: lost, valueLeft: left, &world)
    movePool(arriving: arriving, lost: lost, valueLeft: left, &world)
    measureLearning(&world)
  }

  /// What owners hold when the first month begins.
  private func open(_ world: inout World) {
    for (place, owner) in layout.economy.owners.enumerated() {
      let market = layout.marketOfOwner[place]
      for holding in owner.opening {
        let chip = holding.chip
        let cell = layout.cell(market, chip)
        world.economy.fleets.heldCells[cell] += holding.count.value
        world.economy.fleets.opening[chip] += holding.count.value
        let unit = world.economy.offers.unit(chip, cell: cell)
        world.economy.fleets.held[place] += unit * holding.count.value
        world.economy.fleets.heldAtFirst[place] += unit * holding.count.value
        world.economy.fleets.acquired[place] += unit.h100e * holding.count.value
      }
    }
  }

  private func moveCells(arriving: Double, lost: Double, _ world: inout World) {
    for cell in layout.cells {
      let sold = world.economy.sales.sold[cell] - world.economy.grey.takenFrom[cell]
      let transit = world.economy.fleets.transitCells[cell] + sold
      let held = world.economy.fleets.heldCells[cell]
      guard transit + held > 0 else { continue }
      let arrived = transit * arriving
      let gone = held * lost
      world.economy.fleets.transitCells[cell] = transit - arrived
      world.economy.fleets.heldCells[cell] = held - gone + arrived
      world.economy.fleets.retiredCells[cell] += gone
      moveLicensed(cell, sold: sold, arriving: arriving, lost: lost, &world)
    }
  }

  /// Licensed chips go the way of the others in their cell.
  private func moveLicensed(
    _ cell: Cell, sold: Double, arriving: Double, lost: Double, _ world: inout World
  ) {
    var licensed = world.economy.sales.soldLicensed[cell]
    if licensed > 0 { licensed *= sold / world.economy.sales.sold[cell] }
    let transit = world.economy.fleets.licensedInTransit[cell] + licensed
    world.economy.fleets.licensedInTransit[cell] = transit * (1 - arriving)
    world.economy.fleets.licensedCells[cell] =
      world.economy.fleets.licensedCells[cell] * (1 - lost) + transit * arriving
  }

  private func moveOwners(
    arriving: Double, lost: Double, valueLeft: Double, _ world: inout World
  ) {
    for owner in world.economy.fleets.held.indices {
      let market = layout.marketOfOwner[owner]
      let bought =
        world.economy.sales.ownBuilt[owner]
        + world.economy.sales.bought[market] * world.economy.sales.claim[owner]
      let transit = world.economy.fleets.transit[owner].aged(valueLeft) + bought
      world.economy.fleets.delivered[owner] = bought
      world.economy.fleets.acquired[owner] += bought.h100e
      world.economy.fleets.transit[owner] = transit * (1 - arriving)
      world.economy.fleets.held[owner] =
        world.economy.fleets.held[owner].aged(valueLeft) * (1 - lost) + transit * arriving
    }
  }

  /// The pool of diverted chips, those that tell where they are apart.
  private func movePool(
    arriving: Double, lost: Double, valueLeft: Double, _ world: inout World
  ) {
    let verified = world.economy.terms.measures.locationVerification
    let stops = monthlyProbability(ofAnnualHazard: world[grey.stopHazard])
    let home = layout.homeMarket
    for chip in layout.chipIndices {
      let sent = world.economy.grey.arrived[chip]
      let price = world.economy.offers.price[chip]
      world.economy.fleets.pool[chip].move(
        sent: sent * (1 - verified), at: price, valueLeft: valueLeft, arriving: arriving,
        lost: lost)
      world.economy.fleets.verifiedPool[chip].move(
        sent: sent * verified, at: price, valueLeft: valueLeft, arriving: arriving,
        lost: 1 - (1 - lost) * (1 - stops))
    }
    var fleet = FleetVector.zero
    var value = 0.0
    for chip in layout.chipIndices {
      let held = world.economy.fleets.pool[chip].held + world.economy.fleets.verifiedPool[chip].held
      guard held > 0 else { continue }
      fleet += world.economy.offers.learntUnit(chip, cell: layout.cell(home, chip)) * held
      value +=
        world.economy.fleets.pool[chip].valueHeld
        + world.economy.fleets.verifiedPool[chip].valueHeld
    }
    fleet.value = value
    world.economy.fleets.poolFleet = fleet
    for owner in layout.marketOfOwner.indices {
      world.economy.fleets.paidForPool[owner] += world.economy.grey.paidByOwner[owner]
    }
  }

  /// What learning to hide communication has made of a market's fleet, against the rates that it is booked at.
  private func measureLearning(_ world: inout World) {
    for market in layout.marketIndices where world.economy.offers.yearsOfLearning[market] > 0 {
      var (now, first) = (0.0, 0.0)
      for chip in layout.chipIndices {
        let cell = layout.cell(market, chip)
        let held = world.economy.fleets.heldCells[cell]
        now += held * world.economy.offers.pretraining[cell]
        first += held * world.economy.offers.pretrainingAtFirst[cell]
      }
      world.economy.fleets.learningGain[market] = first > 0 ? now / first : 1
    }
  }
}
