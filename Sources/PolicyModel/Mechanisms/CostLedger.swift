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

  struct Parameters: ParameterHandles {
    let serverOverhead = Handle(
      "server_overhead", "1", 0...10,
      "Price of the rest of a server, for each dollar of accelerators in it.")
    let interconnectShare = Handle(
      "interconnect_share", "1", 0...0.9,
      "Share of a cluster's price that is network between servers.")
    let growth = Handle(
      "price_performance_growth_oom_per_year", "oom_per_year", 0...2,
      """
      Orders of magnitude a year by which compute for a dollar grows, which is how fast owned \
      hardware loses value.
      """)
    let serverPower = Handle(
      "server_power_multiplier", "1", 1...10,
      "Power of a server for each watt of its accelerators' TDP.")
    let utilisation = Handle(
      "power_utilisation", "1", 0...1,
      "Mean draw of a server in training, as a share of its rated power.")
    let pue = Handle(
      "pue", "1", 1...3,
      "Power usage effectiveness: power of the building for each watt of servers.")
    let energyPrice = Handle(
      "energy_price_usd_per_kwh", "usd_per_kwh", 0...10, "Price of electricity.")
    let staffShare = Handle(
      "staff_share", "1", 0...0.95, "Share of the whole cost of development that is staff.")
  }

  private let parameters: Parameters
  private let plan: WorldPlan

  init(_ blueprint: Blueprint) {
    plan = blueprint.world
    parameters = Self.parameters(blueprint)
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let rates = LedgerRates(parameters, world)
    if step.step == 0 { bookFleets(in: &world, rates) }
    for used in world.usage { book(used, in: &world, rates) }
    for run in plan.runs.indices where world.runs[run].startedThisMonth {
      bookStart(of: run, in: &world, rates)
    }
  }

  /// Chip-hours, and what goes with them.
  private func book(_ used: Usage, in world: inout World, _ rates: LedgerRates) {
    let account = world.ledger.account(ofRun: used.run)
    let rent = (used.chipHours * used.prices.rent).value
    world.ledger.bookHardware(
      account, used.stage, quantity: used.chipHours.value, renting: rent,
      owning: rates.writeOff(used.chipHours, of: used.prices.purchase), rates)
    // Not a number for a chip whose power nobody has published, which fails the replicate.
    let watts = plan[used.chip].power?.value ?? .nan
    world.ledger.bookEnergy(
      account, used.stage, rates.energy(watts: watts, hours: used.chipHours.value), rates)
    world.ledger.bookStaff(account, used.stage, onTopOf: rent, rates)
  }

  /// What is paid once: the cluster, unless another run has paid for it, and the data.
  private func bookStart(of run: Int, in world: inout World, _ rates: LedgerRates) {
    let script = plan.runs[run]
    let account = world.ledger.account(ofRun: run)
    if script.usesClusterOf == nil, let largest = largestPurchase(of: run, in: world) {
      world.ledger.bookHardware(
        account, .acquisition, quantity: largest.count.value,
        owning: largest.price.value * largest.count.value, rates)
    }
    let data = world[script.dataCost]
    guard data > 0, let first = script.stages.first else { return }
    world.ledger.bookData(account, first.stage, dollars: data, rates)
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
        world.ledger.bookHardware(
          world.ledger.account(ofLab: place), .fleet, quantity: holding.count.value,
          owning: price.value * holding.count.value, rates)
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
