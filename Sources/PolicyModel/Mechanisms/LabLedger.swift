import Quantities
import Simulation
import Stochastics

/// Phase: what the labs' fleets did this month is booked, to rent and to own (docs/ODD.md 7.20).
///
/// Reads each lab's split, run and fleet, `fleets`, `sales` and `grey`; writes `ledger`, `labs` and
/// `frontier.largestCost`, with its growth. The same rates as in ``CostLedger``, on what a fleet amounts to: hours
/// at its rents, hours of write-off of what it is worth, electricity by its watts; what is rented costs its rent,
/// to own too. A run that comes to
/// nothing is booked as failed from its first month; beside one that will not stand the experiments that are
/// counted for its model alone. Data cost a share of a run's rent. Clusters
/// are booked when a run uses a larger one than the lab ever did, without what is rented; fleets as they are
/// bought, diverted chips at what is paid for them. What governments take is booked to jurisdictions, never to
/// labs, and so is how far diverted chips cost more than their list price.
/// Switched off, labs have no books.
struct LabLedger: Mechanism {
  static let id = MechanismID(rawValue: 24)
  static let name = "lab_ledger"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let dataShare = Handle(
      "data_share", "1", 0...100, "Data for a run, for each dollar of its rent.")
  }

  private let parameters: Parameters
  private let ledger: CostLedger.Parameters
  private let layout: EconomyLayout
  private let shares: FleetShares
  /// By developer: the step of its first month.
  private let activeFrom: [Int]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    ledger = CostLedger.parameters(blueprint)
    layout = blueprint.layout
    shares = FleetShares(blueprint)
    activeFrom = layout.activeFrom(blueprint.start)
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let rates = LedgerRates(ledger, world)
    for lab in layout.developers.indices where world.economy.labs[lab].isActive {
      book(lab, in: &world, rates, at: step.step)
      bookFleet(lab, in: &world, rates, at: step.step)
    }
    for market in layout.marketIndices {
      bookPublic(market, to: layout.economy.markets[market].location, in: &world)
    }
    let follower = world.ledger.account(ofPlace: layout.economy.follower)
    world.ledger.book(follower, .fleet, .greyPremium, dollars: world.economy.grey.premium)
  }

  /// Hours of a lab's fleet by stage.
  private func book(_ lab: Int, in world: inout World, _ rates: LedgerRates, at step: Int) {
    let state = world.economy.labs[lab]
    bookUse(lab, .inference, state.servingShare, in: &world, rates)
    bookUse(lab, .experiments, state.experimentShare, in: &world, rates)
    if let stage = state.worked, state.runShare > 0 {
      let cost = bookUse(lab, stage, state.runShare, in: &world, rates)
      if stage.isOfFinalRun {
        bookUse(
          lab, .modelExperiments, state.runShare * rates.modelExperiments, in: &world, rates)
      }
      world.economy.labs[lab].runCost += cost.owning
      world.ledger.bookData(
        world.ledger.account(ofLab: layout.developers[lab].lab), stage,
        dollars: cost.renting * world[parameters.dataShare], rates)
      bookCluster(lab, in: &world, rates)
    }
    if state.runEnded { closeRun(of: lab, in: &world, at: step) }
  }

  /// A run that has ended leaves its cost with the model that it made, if it made one.
  private func closeRun(of lab: Int, in world: inout World, at step: Int) {
    let cost = world.economy.labs[lab].runCost
    world.economy.labs[lab].runCost = 0
    guard let model = world.economy.labs[lab].finished else { return }
    world.economy.labs[lab].releaseCost = cost
    world.economy.frontier.note(
      cost: cost, flop: model.flop, of: layout.homeOfDeveloper[lab], at: step)
  }

  /// Books a share of a lab's month; gives what it costs with all that goes with it.
  @discardableResult
  private func bookUse(
    _ lab: Int, _ stage: Stage, _ share: Double, in world: inout World, _ rates: LedgerRates
  ) -> Ledger.Entry {
    guard share > 0 else { return Ledger.Entry() }
    let account = world.ledger.account(ofLab: layout.developers[lab].lab)
    let fleet = world.economy.labs[lab].fleet * (share * hoursPerMonth)
    let rent = world.economy.labs[lab].rented.rent * (share * hoursPerMonth)
    let hardware = world.ledger.bookHardware(
      account, stage, quantity: fleet.chips, renting: fleet.rent,
      owning: rates.writeOff(ChipHours(1), of: USDollars(fleet.value)),
      hired: rent, overhead: rates.serverOverhead, rates)
    let energy = world.ledger.bookEnergy(
      account, stage, rates.energy(serverWatts: fleet.watts, hours: 1), rates)
    if stage != .inference {
      world.ledger.bookStaff(
        account, stage, renting: fleet.rent, owning: hardware + energy, rates)
    }
    return .init(quantity: fleet.chips, renting: fleet.rent, owning: hardware + energy)
  }

  /// A larger cluster than before is what a run adds to what had to be bought; rented chips have no price.
  private func bookCluster(_ lab: Int, in world: inout World, _ rates: LedgerRates) {
    let state = world.economy.labs[lab]
    let cluster = state.fleet.price * state.runShare
    guard cluster > state.largestCluster else { return }
    let account = world.ledger.account(ofLab: layout.developers[lab].lab)
    let grown = cluster - state.largestCluster
    world.ledger.bookHardware(
      account, .acquisition,
      quantity: (state.fleet.chips - state.rented.chips) * state.runShare * grown / cluster,
      owning: grown, overhead: rates.serverOverhead, rates)
    world.economy.labs[lab].largestCluster = cluster
  }

  /// The lab's share of what its owners buy, and of what they have by then where its share is new: all of it
  /// in its first month, and later what it has grown by. What a lab gives back is not taken off again.
  /// Diverted chips are left out: no output tells of a lab what was diverted.
  private func bookFleet(_ lab: Int, in world: inout World, _ rates: LedgerRates, at step: Int) {
    guard world.ledger.isKept else { return }
    let factor = world[shares.factors[lab]]
    let isFirst = step == activeFrom[lab]
    var bought = FleetVector.zero
    for use in shares.uses[lab] {
      let share = shares.share(use, at: step, times: factor)
      let before = isFirst ? 0 : shares.share(use, at: step - 1, times: factor)
      bought += world.economy.fleets.delivered[use.owner] * min(before, share)
      guard share > before else { continue }
      bought += holdings(of: use.owner, world, at: step) * (share - before)
    }
    guard bought.chips > 0 else { return }
    world.ledger.bookHardware(
      world.ledger.account(ofLab: layout.developers[lab].lab), .fleet,
      quantity: bought.chips, owning: bought.price, overhead: rates.serverOverhead, rates)
  }

  /// What an owner has and has ordered by the end of the month.
  private func holdings(
    of owner: Int, _ world: borrowing World, at step: Int
  ) -> FleetVector {
    step == 0
      ? world.economy.fleets.heldAtFirst[owner] + world.economy.fleets.delivered[owner]
      : world.economy.fleets.held[owner] + world.economy.fleets.transit[owner]
  }

  private func bookPublic(_ market: MarketIndex, to place: Int, in world: inout World) {
    let account = world.ledger.account(ofPlace: place)
    let fees = world.economy.sales.licenseFees[market]
    let duty = world.economy.sales.duties[market]
    guard fees + duty > 0 else { return }
    world.ledger.book(account, .fleet, .licenseShare, dollars: fees)
    world.ledger.book(account, .fleet, .duty, dollars: duty)
  }
}
