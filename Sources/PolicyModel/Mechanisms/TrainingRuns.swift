import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: runs begin, advance, fail and finish (docs/ODD.md 7.16).
///
/// Reads `fleets`, `power` and each lab's split of its own; writes `labs`. A lab begins a run some months after the
/// last one began; it lasts one to four months of pretraining on a cluster that is a share of the
/// fleet of its first month, and no larger than the largest cluster of the world, itself a share of all chips at
/// work, with the methods of that month, and then reinforcement learning, rollouts at the decoding rate and updates
/// at the training rate, until the planned share of its compute is reached. Post-training multiplies effective compute:
///
///     C = sum of training FLOP x (1 - interruptions),  G = 1 + xi (C_rl / C)^0.5
///
/// That share grows until a cap. Some runs come to nothing: they are paid for, and nothing is released.
/// Switched off, nobody trains.
struct TrainingRuns: Mechanism {
  static let id = MechanismID(rawValue: 21)
  static let name = "training_runs"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let cadence = Handle(
      "cadence_months", "months", 1...600, "Median months from one run to the next.")
    let cadenceSpread = Handle(
      "cadence_spread", "1", 0...3, "Standard deviation of the log of those months.")
    let shortest = Handle(
      "shortest_months", "months", 1...60, "Pretraining lasts at least this long.")
    let longest = Handle("longest_months", "months", 1...60, "Pretraining lasts at most this long.")
    let peak = Handle(
      "peak_share", "1", 0...1, "Median share of a lab's fleet that a run begins on.")
    let peakSpread = Handle(
      "peak_share_spread", "1", 0...5, "Standard deviation of the log of that share.")
    let largestCluster = Handle(
      "largest_cluster_share", "1", 0...1,
      "H100e of the largest cluster over all at work that have power.")
    let failure = Handle(
      "failure_probability", "1", 0...1, "Probability that a run comes to nothing.")
    let reinforcement = Handle(
      "reinforcement_share_at_first", "1", 0...10, "C_rl / C of runs that begin at first.")
    let reinforcementGrowth = Handle(
      "reinforcement_growth_per_year", "per_year", -5...10, "Log growth of that ratio.")
    let reinforcementCap = Handle(
      "reinforcement_share_cap", "1", 0...100, "What the ratio cannot exceed.")
    let gain = Handle(
      "post_training_gain", "1", 0...1e4, "Xi: gain of post-training at a ratio of 1.")
  }

  private let parameters: Parameters
  private let throughput: Throughput.Parameters
  private let layout: EconomyLayout
  private let agents: [AgentID]
  private let names: [String]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    throughput = Throughput.parameters(blueprint)
    layout = blueprint.layout
    agents = layout.agents(of: blueprint.world)
    names = layout.developers.map { blueprint.world.labs[$0.lab].id }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    for lab in agents.indices where world.economy.labs[lab].isActive {
      world.economy.labs[lab].finished = nil
      world.economy.labs[lab].worked = nil
      world.economy.labs[lab].runEnded = false
      if world.economy.labs[lab].run != nil { work(lab, &world, step) }
      if world.economy.labs[lab].run == nil { plan(lab, &world, step) }
    }
  }

  /// Begins a run when it is time; the first comes at a random moment of the cadence.
  private func plan(_ lab: Int, _ world: inout World, _ step: StepContext) {
    let begun = world.economy.labs[lab].runsBegun
    let isFirst = begun == 0 && world.economy.labs[lab].nextStart == 0
    if isFirst {
      var luck = step.replicate.stream(Self.id, agent: agents[lab])
      world.economy.labs[lab].nextStart =
        step.step + 1 + Int(luck.uniform() * world[parameters.cadence])
    }
    guard step.step >= world.economy.labs[lab].nextStart,
      world.economy.labs[lab].fleet.pretraining > 0
    else { return }
    var stream = step.replicate.stream(Self.id, agent: agents[lab], draw: begun + 1)
    let (failing, length) = (stream.uniform(), stream.uniform())
    let gap = stream.lognormal(
      mu: log(world[parameters.cadence]), sigma: world[parameters.cadenceSpread])
    let drawn = world[parameters.peak] * exp(world[parameters.peakSpread] * stream.normal())
    let share = min(1, drawn, largestCluster(world) / world.economy.labs[lab].fleet.h100e)
    let months =
      world[parameters.shortest] + max(0, world[parameters.longest] - world[parameters.shortest])
      * length
    world.economy.labs[lab].run = TrainingRun(
      monthsLeft: max(1, Int(months.rounded())),
      cluster: world.economy.labs[lab].fleet.pretraining * share,
      logEfficiency: world.economy.labs[lab].logEfficiency,
      willFail: failing < world[parameters.failure])
    world.economy.labs[lab].runsBegun += 1
    world.economy.labs[lab].nextStart = step.step + max(1, Int(gap.rounded()))
    world.story?.tell(
      world.month, .runStarted, of: names[lab],
      "on \(Int((share * 100).rounded()))% of the chips that it can use")
  }

  /// The largest cluster that stands by now, in H100e: of chips that there is power for, as a lab's fleet is.
  private func largestCluster(_ world: borrowing World) -> Double {
    let powered = layout.economy.jurisdictions.indices.reduce(0) {
      $0 + world.economy.fleets.h100e(in: $1) * world.economy.power.factor[$1]
    }
    return world[parameters.largestCluster] * powered
  }

  /// A month of the run on its cluster.
  private func work(_ lab: Int, _ world: inout World, _ step: StepContext) {
    guard var run = world.economy.labs[lab].run else { return }
    let fleet = world.economy.labs[lab].fleet * world.economy.labs[lab].runShare
    let seconds = hoursPerMonth * 3600 * (1 - world[throughput.interruptionLoss])
    world.economy.labs[lab].worked =
      run.willFail ? .failed : run.stage == .pretraining ? .pretraining : .reinforcementLearning
    switch run.stage {
    case .pretraining:
      run.flop += fleet.pretraining * seconds
      run.monthsLeft -= 1
      if run.monthsLeft <= 0 { turnToReinforcement(&run, world, step) }
    case .reinforcement:
      let rollouts = world[throughput.rolloutShare]
      let rate = rollouts * fleet.decoding + (1 - rollouts) * fleet.pretraining
      run.reinforcementFlop = min(
        run.reinforcementPlanned, run.reinforcementFlop + rate * seconds)
      run.monthsLeft -= 1
    }
    world.economy.labs[lab].run = run
    let isDone =
      run.stage == .reinforcement
      && (run.reinforcementFlop >= run.reinforcementPlanned || run.monthsLeft <= 0)
    if isDone { finish(lab, run, &world) }
  }

  /// Reinforcement learning takes what is planned, or as long as the longest pretraining.
  private func turnToReinforcement(
    _ run: inout TrainingRun, _ world: borrowing World, _ step: StepContext
  ) {
    let grown = exp(world[parameters.reinforcementGrowth] * Double(step.step) * yearsPerMonth)
    let ratio = min(world[parameters.reinforcementCap], world[parameters.reinforcement] * grown)
    run.stage = .reinforcement
    run.reinforcementPlanned = run.flop * ratio
    run.monthsLeft = max(1, Int(world[parameters.longest].rounded()))
  }

  private func finish(_ lab: Int, _ run: TrainingRun, _ world: inout World) {
    world.economy.labs[lab].run = nil
    world.economy.labs[lab].runEnded = true
    guard !run.willFail else {
      world.economy.labs[lab].runsFailed += 1
      world.story?.tell(world.month, .runFailed, of: names[lab], "it comes to nothing")
      return
    }
    guard run.flop > 0 else { return }
    let gain = 1 + world[parameters.gain] * (run.reinforcementFlop / run.flop).squareRoot()
    let model = FinishedModel(
      pretraining: run.flop, flop: run.flop + run.reinforcementFlop,
      logOwn: log(run.flop) + run.logEfficiency + log(gain))
    world.economy.labs[lab].finished = model
    world.economy.labs[lab].bestOwn = max(world.economy.labs[lab].bestOwn, model.logOwn)
  }
}

extension TrainingRuns {
  static let metrics: [MetricDeclaration] = [
    MetricDeclaration(
      metric: Metric(
        name: "runs_begun_cumulative", unit: "runs", definition: "Runs that the lab has begun."),
      entity: .developer, occasion: .everyMonth,
      value: { world, _, lab in Double(world.economy.labs[lab].runsBegun) }),
    MetricDeclaration(
      metric: Metric(
        name: "runs_failed_cumulative", unit: "runs",
        definition: "Runs of the lab that came to nothing."),
      entity: .developer, occasion: .everyMonth,
      value: { world, _, lab in Double(world.economy.labs[lab].runsFailed) }),
  ]
}
