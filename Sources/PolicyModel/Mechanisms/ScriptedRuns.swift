import Quantities
import Simulation
import Stochastics

/// Phase: documented training runs begin, use chip-hours, and end (docs/ODD.md 7.19).
///
/// Reads `access`, `prices` and `throughput`; writes `runs` and, for the documented stages, `usage`.
///
/// The work of a stage is fixed. A run begins on its day, or when the run it waits for has ended, or
/// on the first day of the first later month in which every stage finds a chip: the first of its
/// candidates that is on sale and open to the lab (free, or after notice; licenses are not
/// simulated, so a chip that needs one is not taken). A run on a cluster that another has paid for
/// takes that run's chips, whatever the rules say by then: they bear on sales. The number of chips
/// is fixed, so other chips change hours and days. On the documented chip the documented hours come
/// out exactly. Chips that were bought before have the price of that day, and their age. Switched off, nobody
/// trains anything.
struct ScriptedRuns: Mechanism {
  static let id = MechanismID(rawValue: 4)
  static let name = "scripted_runs"
  static let scope = MechanismScope.scriptedRuns
  static let canBeSwitchedOff = true

  private let plan: WorldPlan
  /// By chip: whether one price holds at all dates, since the scenario gives it.
  private let hasOnePrice: [Bool]

  init(_ blueprint: Blueprint) {
    plan = blueprint.world
    hasOnePrice = plan.chips.map {
      blueprint.parameters.contains(ChipPrices.purchaseParameter(ofChip: $0.id).name)
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    world.usage.removeAll(keepingCapacity: true)
    for run in plan.runs.indices {
      world.runs[run].startedThisMonth = false
      if world.runs[run].start == nil { begin(run, in: &world) }
      if world.runs[run].start != nil, !world.runs[run].isFinished {
        use(run, in: &world)
        if world.story != nil { tell(of: run, in: &world) }
      }
    }
  }

  /// Begins a run this month if its day, its predecessor and its chips allow.
  private func begin(_ run: Int, in world: inout World) {
    let script = plan.runs[run]
    var start = max(script.start.startHour, world.month.firstDay.startHour)
    if let predecessor = script.after {
      guard let end = world.runs[predecessor].end else { return }
      start = max(start, end)
    }
    guard start < (world.month + 1).firstDay.startHour else { return }
    guard let stages = schedule(script, from: start, in: world) else { return }
    world.runs[run].start = start
    world.runs[run].startedThisMonth = true
    world.runs[run].stages = stages
  }

  /// The stages one after another, or nil when one finds no chip.
  private func schedule(
    _ script: ScriptedRun, from start: Hours, in world: borrowing World
  ) -> [StageProgress]? {
    let day = Day(number: Int((start.value / 24).rounded(.down)))
    var stages: [StageProgress] = []
    stages.reserveCapacity(script.stages.count)
    var time = start
    for stage in script.stages {
      guard let chip = chip(for: stage, of: script, on: day, in: world) else { return nil }
      let work = chipHours(of: stage, of: script, on: chip, in: world)
      let duration = work / stage.chips.count
      stages.append(
        StageProgress(
          chip: chip, start: time, duration: duration, total: work,
          prices: StagePrices(
            ofChip: chip, documentedOn: stage.chips.documented, prices: world.prices,
            bought: purchase(of: chip, on: stage.chips.bought, before: start))))
      time += duration
    }
    return stages
  }

  /// What a chip cost on the day on which it was bought, or the first on which it could be, and how long before
  /// the start that was; without a price where one holds at all dates. Nil for a chip bought at the start.
  private func purchase(
    of chip: ChipIndex, on bought: Day?, before start: Hours
  ) -> (price: USDollars?, age: Hours)? {
    guard let bought else { return nil }
    let available = plan[chip].available?.firstDay ?? bought
    let day = max(bought, available)
    guard day.startHour < start else { return nil }
    let price =
      hasOnePrice[chip.position]
      ? nil : plan[chip].purchasePrices.price(in: day.month).map { USDollars($0.value) }
    return (price, start - day.startHour)
  }

  private func chip(
    for stage: StagePlan, of script: ScriptedRun, on day: Day, in world: borrowing World
  ) -> ChipIndex? {
    let paidFor = script.usesClusterOf.map { world.runs[$0].stages.map(\.chip) } ?? []
    if let chip = stage.chips.candidates.first(where: { paidFor.contains($0) }) { return chip }
    return stage.chips.candidates.first { candidate in
      if stage.chips.isAlreadyOwned { return true }
      guard let available = plan[candidate].available, available <= day.month else {
        return false
      }
      return world.access.policy(lab: script.lab, chip: candidate, day: day).isOpen
    }
  }

  private func chipHours(
    of stage: StagePlan, of script: ScriptedRun, on chip: ChipIndex, in world: borrowing World
  ) -> ChipHours {
    let law = world.throughput
    let documented = plan[stage.chips.documented]
    let factor = law.relativeTime(
      of: stage.stage, on: plan[chip], documentedOn: documented, run: script)
    switch stage.work {
    case .documentedChipHours(let index): return ChipHours(world[index]) * factor
    case .flop(let index):
      let rate = law.pretraining(
        documented, format: script.format, parallelism: script.parallelism)
      return Flop(world[index]) / rate * (factor / (1 - law.interruptionLoss))
    }
  }

  /// Uses this month's chip-hours of every stage of a run.
  private func use(_ run: Int, in world: inout World) {
    let monthStart = world.month.firstDay.startHour
    let monthEnd = (world.month + 1).firstDay.startHour
    for (place, stage) in plan.runs[run].stages.enumerated() {
      let progress = world.runs[run].stages[place]
      // Not `<`: work that is not a number is to fail the replicate, not to wait for ever.
      guard progress.used != progress.total, progress.start < monthEnd else { continue }
      let remaining = progress.total - progress.used
      let hours = min(progress.end, monthEnd) - max(progress.start, monthStart)
      let isLast = progress.end <= monthEnd
      let used = isLast ? remaining : min(remaining, Self.whole(stage.chips.count * hours))
      world.runs[run].stages[place].used = isLast ? progress.total : progress.used + used
      world.usage.append(
        Usage(
          run: run, stage: stage.stage, chip: progress.chip, chipHours: used,
          prices: progress.prices))
    }
    world.runs[run].isFinished = world.runs[run].stages.allSatisfy { $0.used == $0.total }
  }

  /// Tells of a run that began or ended this month.
  private func tell(of run: Int, in world: inout World) {
    let (script, progress) = (plan.runs[run], world.runs[run])
    let lab = plan.labs[script.lab].id
    if progress.startedThisMonth {
      let chips = zip(script.stages, progress.stages)
        .filter { $0.0.stage != .preparation }.map { plan[$0.1.chip].id }
      let used = chips.enumerated().filter { !chips[..<$0.offset].contains($0.element) }
      world.story?.tell(
        world.month, .runStarted, of: script.id,
        "by \(lab), on \(used.map(\.element).joined(separator: ", "))")
    }
    if progress.isFinished {
      let days = (progress.duration.value / 24).rounded()
      world.story?.tell(
        world.month, .runFinished, of: script.id, "by \(lab), after \(grouped(days)) days")
    }
  }

  /// Whole multiples of 1/1024 chip-hour, so that the months of a documented number of hours add
  /// up to that number exactly, and so do their dollars at a round price.
  private static func whole(_ work: ChipHours) -> ChipHours {
    ChipHours((work.value * 1024).rounded(.down) / 1024)
  }
}

extension ScriptedRuns {
  static let metrics: [MetricDeclaration] = [
    MetricDeclaration(
      metric: Metric(
        name: "chip_hours_cumulative", unit: "chip_hours",
        definition: "Chip-hours that the run has used so far."),
      entity: .run, occasion: .everyMonth,
      value: { world, _, run in world.runs[run].stages.reduce(0) { $0 + $1.used.value } }),
    MetricDeclaration(
      metric: Metric(
        name: "chips_in_use_mean", unit: "chips",
        definition: "Chips at work for the run, on average over the month."),
      entity: .run, occasion: .everyMonth,
      value: { world, _, run in
        let hours = (world.month + 1).firstDay.startHour - world.month.firstDay.startHour
        let used = world.usage.lazy.filter { $0.run == run && $0.stage.isDocumented }
        return used.reduce(0) { $0 + $1.chipHours.value } / hours.value
      }),
    MetricDeclaration(
      metric: Metric(
        name: "days_waited", unit: "days",
        definition: "Days from the run's scripted start until it began, because of a predecessor, "
          + "of rules or of chips not on sale yet; empty unless it began."),
      entity: .run, occasion: .once,
      value: { world, plan, run in
        world.runs[run].start.map { ($0 - plan.runs[run].start.startHour).value / 24 }
      }),
    MetricDeclaration(
      metric: Metric(
        name: MetricName.finishedShare, unit: "1",
        definition: "1 when the run ended within the simulated months, else 0."),
      entity: .run, occasion: .once,
      value: { world, _, run in world.runs[run].isFinished ? 1 : 0 }),
    MetricDeclaration(
      metric: Metric(
        name: "chip_hours", unit: "chip_hours",
        definition: "Chip-hours of all stages of the run; empty unless it finished."),
      entity: .run, occasion: .once,
      value: { world, _, run in
        let progress = world.runs[run]
        return progress.isFinished ? progress.stages.reduce(0) { $0 + $1.total.value } : nil
      }),
    MetricDeclaration(
      metric: Metric(
        name: MetricName.finalRunChipHours, unit: "chip_hours",
        definition: "Chip-hours of the run without its preparation; empty unless it finished."),
      entity: .run, occasion: .once,
      value: { world, plan, run in
        let progress = world.runs[run]
        guard progress.isFinished else { return nil }
        return zip(plan.runs[run].stages, progress.stages)
          .reduce(0) { $0 + ($1.0.stage.isOfFinalRun ? $1.1.total.value : 0) }
      }),
    MetricDeclaration(
      metric: Metric(
        name: "days", unit: "days",
        definition: "Days from the beginning of the run to its end; empty unless it finished."),
      entity: .run, occasion: .once,
      value: { world, _, run in
        let progress = world.runs[run]
        return progress.isFinished ? progress.duration.value / 24 : nil
      }),
    MetricDeclaration(
      metric: Metric(
        name: MetricName.finalRunDays, unit: "days",
        definition: "Days that the run takes without its preparation; empty unless it finished."),
      entity: .run, occasion: .once,
      value: { world, plan, run in
        let progress = world.runs[run]
        guard progress.isFinished else { return nil }
        return zip(plan.runs[run].stages, progress.stages)
          .reduce(0) { $0 + ($1.0.stage.isOfFinalRun ? $1.1.duration.value : 0) } / 24
      }),
    MetricDeclaration(
      metric: Metric(
        name: "chip_hours", unit: "chip_hours",
        definition: "Chip-hours of the stage; empty unless it finished."),
      entity: .stage, occasion: .once,
      value: { world, plan, stage in world.finishedStage(stage, of: plan)?.total.value }),
    MetricDeclaration(
      metric: Metric(
        name: "days", unit: "days",
        definition: "Days that the stage lasts; empty unless it finished."),
      entity: .stage, occasion: .once,
      value: { world, plan, stage in
        world.finishedStage(stage, of: plan).map { $0.duration.value / 24 }
      }),
    MetricDeclaration(
      metric: Metric(
        name: "training_flop", unit: "flop",
        definition: "FLOP of the stage, 6 x active parameters x tokens, where published."),
      entity: .stage, occasion: .once,
      value: { _, plan, stage in plan.stage(at: stage).publishedFlop?.value }),
    MetricDeclaration(
      metric: Metric(
        name: "realised_mfu", unit: "1",
        definition: "Published FLOP over the dense BF16 peak of the chips for the hours used."),
      entity: .stage, occasion: .once,
      value: { world, plan, stage in
        guard let progress = world.finishedStage(stage, of: plan),
          let flop = plan.stage(at: stage).publishedFlop
        else { return nil }
        return flop / (plan[progress.chip].peak.bf16 * progress.total)
      }),
    MetricDeclaration(
      metric: Metric(
        name: MetricName.chipPlace, unit: "1",
        definition:
          "Which of the stage's candidate chips the run took, counted from 1; empty unless "
          + "the run began."),
      entity: .stage, occasion: .once,
      value: { world, plan, stage in
        guard let progress = world.startedStage(stage, of: plan) else { return nil }
        let candidates = plan.stage(at: stage).chips.candidates
        return candidates.firstIndex(of: progress.chip).map { Double($0 + 1) }
      }),
  ]
}
