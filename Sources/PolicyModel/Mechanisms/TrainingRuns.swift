import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: runs begin, advance, fail and finish (docs/ODD.md 7.16).
///
/// Reads each lab's split of its fleet; writes its run and `finished`. A lab begins a run some months
/// after the last one began; it lasts one to six months of pretraining on its peak share of the fleet,
/// with the methods of its first month, and then reinforcement learning at the decoding rate until the
/// planned share of its compute is reached. Post-training multiplies effective compute:
///
///     C = sum of training FLOP x (1 - interruptions),  G = 1 + xi (C_rl / C)^0.5
///
/// That share grows until a cap. Some runs come to nothing: they are paid for, and nothing is released.
/// Switched off, nobody trains.
struct TrainingRuns: Mechanism {
  static let id = MechanismID(rawValue: 21)
  static let name = "training_runs"
  static let canBeSwitchedOff = true
  static let parameters = [
    declared("cadence_months", "months", 1...600, "Median months from one run to the next."),
    declared("cadence_spread", "1", 0...3, "Standard deviation of the log of those months."),
    declared("shortest_months", "months", 1...60, "Pretraining lasts at least this long."),
    declared("longest_months", "months", 1...60, "Pretraining lasts at most this long."),
    declared("peak_share", "1", 0...1, "Median share of a lab's fleet that a run uses."),
    declared("peak_share_spread", "1", 0...5, "Standard deviation of the log of that share."),
    declared("failure_probability", "1", 0...1, "Probability that a run comes to nothing."),
    declared("reinforcement_share_at_first", "1", 0...10, "C_rl / C of runs that begin at first."),
    declared("reinforcement_growth_per_year", "per_year", -5...10, "Log growth of that ratio."),
    declared("reinforcement_share_cap", "1", 0...100, "What the ratio cannot exceed."),
    declared("post_training_gain", "1", 0...1e4, "Xi: gain of post-training at a ratio of 1."),
  ]

  private let cadence, cadenceSpread, shortest, longest, peak, peakSpread, failure: ParameterIndex
  private let reinforcement, reinforcementGrowth, reinforcementCap, gain,
    interruption: ParameterIndex
  private let layout: EconomyLayout
  private let agents: [AgentID]
  private let names: [String]

  init(_ blueprint: Blueprint) {
    let table = blueprint.parameters
    func at(_ key: String) -> ParameterIndex { table.index(of: "\(Self.name).\(key)") }
    cadence = at("cadence_months")
    cadenceSpread = at("cadence_spread")
    shortest = at("shortest_months")
    longest = at("longest_months")
    peak = at("peak_share")
    peakSpread = at("peak_share_spread")
    failure = at("failure_probability")
    reinforcement = at("reinforcement_share_at_first")
    reinforcementGrowth = at("reinforcement_growth_per_year")
    reinforcementCap = at("reinforcement_share_cap")
    gain = at("post_training_gain")
    interruption = table.index(of: "throughput.interruption_loss")
    layout = EconomyLayout(blueprint)
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
        step.step + 1 + Int(luck.uniform() * world[cadence])
    }
    guard step.step >= world.economy.labs[lab].nextStart,
      world.economy.labs[lab].fleet.pretraining > 0
    else { return }
    var stream = step.replicate.stream(Self.id, agent: agents[lab], draw: begun + 1)
    let (failing, length) = (stream.uniform(), stream.uniform())
    let gap = stream.lognormal(mu: log(world[cadence]), sigma: world[cadenceSpread])
    let share = world[peak] * exp(world[peakSpread] * stream.normal())
    let months = world[shortest] + max(0, world[longest] - world[shortest]) * length
    world.economy.labs[lab].run = TrainingRun(
      monthsLeft: max(1, Int(months.rounded())), peakShare: min(1, share),
      logEfficiency: world.economy.labs[lab].logEfficiency, willFail: failing < world[failure])
    world.economy.labs[lab].runsBegun += 1
    world.economy.labs[lab].nextStart = step.step + max(1, Int(gap.rounded()))
    world.story?.tell(
      world.month, .runStarted, of: names[lab],
      "on \(Int((min(1, share) * 100).rounded()))% of the chips that it can use")
  }

  /// A month of the run on its share of the fleet.
  private func work(_ lab: Int, _ world: inout World, _ step: StepContext) {
    guard var run = world.economy.labs[lab].run else { return }
    let fleet = world.economy.labs[lab].fleet * world.economy.labs[lab].runShare
    let seconds = hoursPerMonth * 3600 * (1 - world[interruption])
    world.economy.labs[lab].worked =
      run.willFail ? .failed : run.stage == .pretraining ? .pretraining : .reinforcementLearning
    switch run.stage {
    case .pretraining:
      run.flop += fleet.pretraining * seconds
      run.monthsLeft -= 1
      if run.monthsLeft <= 0 { turnToReinforcement(&run, world, step) }
    case .reinforcement:
      run.reinforcementFlop = min(
        run.reinforcementPlanned, run.reinforcementFlop + fleet.decoding * seconds)
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
    let grown = exp(world[reinforcementGrowth] * Double(step.step) * yearsPerMonth)
    let ratio = min(world[reinforcementCap], world[reinforcement] * grown)
    run.stage = .reinforcement
    run.reinforcementPlanned = run.flop * ratio
    run.monthsLeft = max(1, Int(world[longest].rounded()))
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
    let gain = 1 + world[gain] * (run.reinforcementFlop / run.flop).squareRoot()
    world.economy.labs[lab].finished = FinishedModel(
      flop: run.flop, logEffective: log(run.flop) + run.logEfficiency + log(gain))
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
