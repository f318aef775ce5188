import Quantities
import Simulation
import Stochastics

/// Phase: the experiments and the failed runs that a final run rests on.
///
/// Reads `usage`; adds to `usage`. For every chip-hour of a final run (its preparation is not one) it
/// adds so many of experiments and so many of runs that came to nothing, on the same chips. Switched
/// off, a run falls from the sky.
struct ResearchOverhead: Mechanism {
  static let id = MechanismID(rawValue: 5)
  static let name = "research_overhead"
  static let scope = MechanismScope.scriptedRuns
  static let canBeSwitchedOff = true
  static let metrics: [MetricDeclaration] = []
  static let parameters = [
    ParameterDeclaration(
      name: "research_overhead.experiments_per_final_run", unit: "1", range: 0...1000,
      definition: "Chip-hours of experiments for each chip-hour of a final run."),
    ParameterDeclaration(
      name: "research_overhead.failed_per_final_run", unit: "1", range: 0...100,
      definition: "Chip-hours of failed runs for each chip-hour of a final run."),
  ]

  private let experiments: ParameterIndex
  private let failed: ParameterIndex

  init(_ blueprint: Blueprint) {
    experiments = blueprint.parameters.index(
      of: "research_overhead.experiments_per_final_run")
    failed = blueprint.parameters.index(of: "research_overhead.failed_per_final_run")
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let shares = [(Stage.experiments, world[experiments]), (.failed, world[failed])]
    for used in world.usage where used.stage.isOfFinalRun {
      for (stage, share) in shares {
        world.usage.append(
          Usage(
            run: used.run, stage: stage, chip: used.chip, chipHours: used.chipHours * share,
            prices: used.prices))
      }
    }
  }
}
