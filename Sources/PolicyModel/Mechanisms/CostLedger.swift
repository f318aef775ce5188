import Quantities
import Simulation
import Stochastics

/// Phase: what was used and bought is booked, to rent and to own (docs/ODD.md 7.20).
///
/// Reads `usage`, `runs` and `prices`; writes `ledger`. A rented hour includes server, network and
/// electricity. An owned one is written off at the rate at which newer chips make older ones worth
/// less (Cottier et al. 2024): price x growth x ln 10 / 8766 an hour. Server, network and
/// electricity are added to it. Staff is a share of what development costs at rental prices, and
/// the same dollars under both valuations: salaries do not ask who owns the chips. Switched off,
/// nothing is booked and no cost is recorded.
struct CostLedger: Mechanism {
  static let id = MechanismID(rawValue: 6)
  static let name = "ledger"
  static let scope = MechanismScope.always
  static let canBeSwitchedOff = true
  static let parameters = [
    ParameterDeclaration(
      name: "ledger.server_overhead", unit: "1", range: 0...10,
      definition: "Price of the rest of a server, for each dollar of accelerators in it."),
    ParameterDeclaration(
      name: "ledger.interconnect_share", unit: "1", range: 0...0.9,
      definition: "Share of a cluster's price that is network between servers."),
    ParameterDeclaration(
      name: "ledger.price_performance_growth_oom_per_year", unit: "oom_per_year", range: 0...2,
      definition: "Orders of magnitude a year by which compute for a dollar grows, which is how "
        + "fast owned hardware loses value."),
    ParameterDeclaration(
      name: "ledger.server_power_multiplier", unit: "1", range: 1...10,
      definition: "Power of a server for each watt of its accelerators' TDP."),
    ParameterDeclaration(
      name: "ledger.power_utilisation", unit: "1", range: 0...1,
      definition: "Mean draw of a server in training, as a share of its rated power."),
    ParameterDeclaration(
      name: "ledger.pue", unit: "1", range: 1...3,
      definition: "Power usage effectiveness: power of the building for each watt of servers."),
    ParameterDeclaration(
      name: "ledger.energy_price_usd_per_kwh", unit: "usd_per_kwh", range: 0...10,
      definition: "Price of electricity."),
    ParameterDeclaration(
      name: "ledger.staff_share", unit: "1", range: 0...0.95,
      definition: "Share of the whole cost of development that is staff."),
  ]

  private let parameters: LedgerParameters
  private let plan: WorldPlan

  init(_ blueprint: Blueprint) {
    plan = blueprint.world
    parameters = LedgerParameters(blueprint.parameters)
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let rates = LedgerRates(parameters, world)
    if step.step == 0 { bookFleets(in: &world, rates) }
    for used in world.usage { book(used, in: &world, rates) }
    for run in plan.runs.indices where world.runs[run].startedThisMonth {
      bookStart(of: run, in: &world, rates)
    }
  }

  private func account(of run: Int, in world: borrowing World) -> Ledger.Account {
    world.ledger.account(ofRun: run)
  }

  /// Chip-hours, and what goes with them.
  private func book(_ used: Usage, in world: inout World, _ rates: LedgerRates) {
    let account = account(of: used.run, in: world)
    let rent = (used.chipHours * used.prices.rent).value
    let owned = rates.writeOff(used.chipHours, of: used.prices.purchase)
    bookHardware(
      account, used.stage, quantity: used.chipHours.value, renting: rent, owning: owned,
      in: &world, rates)
    let energy = rates.energy(of: used.chipHours, on: plan[used.chip])
    world.ledger.book(
      account, used.stage, .energy,
      .init(quantity: energy.value, renting: 0, owning: (energy * rates.energyPrice).value))
    bookStaff(account, used.stage, onTopOf: rent, in: &world, rates)
  }

  /// Accelerators at their price, then what stands around them; all of it is in a rent already.
  private func bookHardware(
    _ account: Ledger.Account, _ stage: Stage, quantity: Double, renting: Double,
    owning: Double, in world: inout World, _ rates: LedgerRates
  ) {
    world.ledger.book(
      account, stage, .accelerator, .init(quantity: quantity, renting: renting, owning: owning))
    let server = owning * rates.serverOverhead
    world.ledger.book(
      account, stage, .server, .init(quantity: quantity, renting: 0, owning: server))
    let network = (owning + server) * rates.interconnectOdds
    world.ledger.book(
      account, stage, .interconnect, .init(quantity: quantity, renting: 0, owning: network))
  }

  private func bookStaff(
    _ account: Ledger.Account, _ stage: Stage, onTopOf rest: Double, in world: inout World,
    _ rates: LedgerRates
  ) {
    let staff = rest * rates.staffOdds
    world.ledger.book(
      account, stage, .staff, .init(quantity: staff, renting: staff, owning: staff))
  }

  /// What is paid once: the cluster, unless another run has paid for it, and the data.
  private func bookStart(of run: Int, in world: inout World, _ rates: LedgerRates) {
    let script = plan.runs[run]
    let account = account(of: run, in: world)
    if script.usesClusterOf == nil, let largest = largestPurchase(of: run, in: world) {
      bookHardware(
        account, .acquisition, quantity: largest.count.value, renting: 0,
        owning: largest.price.value * largest.count.value, in: &world, rates)
    }
    let data = world[script.dataCost]
    guard data > 0, let first = script.stages.first else { return }
    world.ledger.book(
      account, first.stage, .data, .init(quantity: data, renting: data, owning: data))
    bookStaff(account, first.stage, onTopOf: data, in: &world, rates)
  }

  /// A cluster serves all stages of its run, so the dearest stage decides how large it is.
  private func largestPurchase(
    of run: Int, in world: borrowing World
  ) -> (count: Chips, price: USDollars)? {
    zip(plan.runs[run].stages, world.runs[run].stages)
      .filter { !$0.0.chips.isAlreadyOwned }
      .map { (count: $0.0.chips.count, price: $0.1.prices.purchase) }
      .max { $0.count.value * $0.price.value < $1.count.value * $1.price.value }
  }

  private func bookFleets(in world: inout World, _ rates: LedgerRates) {
    for (place, lab) in plan.labs.enumerated() {
      for holding in lab.fleet {
        let price = world.prices[holding.chip.position].purchase ?? USDollars(.nan)
        bookHardware(
          world.ledger.account(ofLab: place), .fleet, quantity: holding.count.value, renting: 0,
          owning: price.value * holding.count.value, in: &world, rates)
      }
    }
  }
}

extension CostLedger {
  /// Cumulative in every month, and once for the whole run, under every view.
  static let metrics: [MetricDeclaration] = CostView.all.enumerated().flatMap { place, view in
    [
      MetricDeclaration(
        metric: Metric(
          name: view.metricName.replacing("_usd", with: "_cumulative_usd"), unit: "usd",
          definition: "View \(view.id), so far, by finished runs and others. \(view.definition)"),
        entity: .lab, occasion: .everyMonth,
        value: { world, _, lab in world.ledger.total(ofLab: lab, view: place) }),
      MetricDeclaration(
        metric: Metric(
          name: view.metricName, unit: "usd",
          definition:
            "View \(view.id), all runs of the lab to the last month, those that are not finished with what "
            + "they have cost so far. \(view.definition)"),
        entity: .lab, occasion: .once,
        value: { world, _, lab in world.ledger.total(ofLab: lab, view: place) }),
    ]
      + (view.isOfLabsOnly
        ? []
        : [
          MetricDeclaration(
            metric: Metric(
              name: view.metricName, unit: "usd",
              definition: "View \(view.id) of the run; empty unless it finished. "
                + view.definition),
            entity: .run, occasion: .once,
            value: { world, _, run in
              world.runs[run].isFinished ? world.ledger.total(ofRun: run, view: place) : nil
            })
        ])
  }
}
