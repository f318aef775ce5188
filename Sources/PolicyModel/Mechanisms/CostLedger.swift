import Quantities
import Simulation
import Stochastics

/// Phase: what was used and bought is booked, to rent and to own (docs/ODD.md 7.20).
///
/// Reads `usage`, `runs` and `prices`; writes `ledger`. A rented hour includes server, network and
/// electricity. An owned one is written off at the rate at which newer chips make older ones worth
/// less (Cottier et al. 2024): what it is worth when the run begins x growth x ln 10 / 8766 an hour.
/// Server, network and electricity are added to it. Staff is a share of what development costs, to rent or
/// to own. Switched off, nothing is booked and no cost is recorded.
struct CostLedger: Mechanism {
  static let id = MechanismID(rawValue: 6)
  static let name = "ledger"
  static let scope = MechanismScope.always
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let serverOverhead = Handle(
      "server_overhead", "1", ChipServer.overheadRange,
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
      "server_power_multiplier", "1", ChipServer.powerRange,
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
    let development = Handle(
      "development_per_final_run", "1", 1...1000,
      """
      Chip-hours of a model's development, experiments and failed runs of its own counted, for each of its \
      final run.
      """)
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
    book(used, as: used.stage, hours: used.chipHours, in: &world, rates)
    guard used.stage.isOfFinalRun else { return }
    let hours = used.chipHours * rates.modelExperiments
    book(used, as: .modelExperiments, hours: hours, in: &world, rates)
  }

  /// Hours on the chip that is used, under a stage.
  private func book(
    _ used: Usage, as stage: Stage, hours: ChipHours, in world: inout World, _ rates: LedgerRates
  ) {
    let account = world.ledger.account(ofRun: used.run)
    let chip = plan[used.chip]
    let value =
      used.prices.purchase
      * (rates.chipShare(chip.server) * rates.valueLeft(after: used.prices.age))
    let rent = (hours * used.prices.rent).value
    let hardware = world.ledger.bookHardware(
      account, stage, quantity: hours.value, renting: rent,
      owning: rates.writeOff(hours, of: value), overhead: rates.overhead(of: chip.server), rates)
    // Not a number for a chip whose power nobody has published, which fails the replicate.
    let watts = rates.serverWatts(chip.power?.value ?? .nan, in: chip.server)
    let energy = world.ledger.bookEnergy(
      account, stage, rates.energy(serverWatts: watts, hours: hours.value), rates)
    world.ledger.bookStaff(account, stage, renting: rent, owning: hardware + energy, rates)
  }

  /// What is paid once: the cluster, unless another run has paid for it, and the data.
  private func bookStart(of run: Int, in world: inout World, _ rates: LedgerRates) {
    let script = plan.runs[run]
    let account = world.ledger.account(ofRun: run)
    if script.usesClusterOf == nil, let largest = largestPurchase(of: run, in: world) {
      bookPurchase(largest, .acquisition, to: account, in: &world, rates)
    }
    let data = world[script.dataCost]
    guard data > 0, let first = script.stages.first else { return }
    world.ledger.bookData(account, first.stage, dollars: data, rates)
  }

  /// Chips at their price, with what stands around them.
  private func bookPurchase(
    _ bought: Purchase, _ stage: Stage, to account: Ledger.Account, in world: inout World,
    _ rates: LedgerRates
  ) {
    let server = plan[bought.chip].server
    world.ledger.bookHardware(
      account, stage, quantity: bought.count.value,
      owning: bought.dollars * rates.chipShare(server), overhead: rates.overhead(of: server),
      rates)
  }

  /// A cluster serves all stages of its run, so the dearest stage decides how large it is.
  private func largestPurchase(of run: Int, in world: borrowing World) -> Purchase? {
    zip(plan.runs[run].stages, world.runs[run].stages)
      .filter { !$0.0.chips.isAlreadyOwned }
      .map { Purchase(chip: $0.1.chip, count: $0.0.chips.count, price: $0.1.prices.purchase) }
      .max { $0.dollars < $1.dollars }
  }

  private func bookFleets(in world: inout World, _ rates: LedgerRates) {
    for (place, lab) in plan.labs.enumerated() {
      for holding in lab.fleet {
        let price = world.prices[holding.chip.position].purchase ?? USDollars(.nan)
        let held = Purchase(chip: holding.chip, count: holding.count, price: price)
        bookPurchase(held, .fleet, to: world.ledger.account(ofLab: place), in: &world, rates)
      }
    }
  }
}

/// Chips of one kind that were bought.
private struct Purchase {
  let chip: ChipIndex
  let count: Chips
  /// Of one, as it is sold.
  let price: USDollars

  var dollars: Double { price.value * count.value }
}

extension CostLedger {
  /// Cumulative in every month, and once for the whole run, under every view.
  static let metrics: [MetricDeclaration] = CostView.all.enumerated().flatMap { place, view in
    [
      MetricDeclaration(
        metric: Metric(
          name: view.cumulativeMetricName, unit: "usd",
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
