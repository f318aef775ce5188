import Quantities
import Simulation
import Stochastics

/// Phase: the experiments and the failed runs that a final run rests on.
///
/// Reads and writes `usage`. For every chip-hour of a final run (its preparation is not one) it
/// adds so many of experiments and so many of runs that came to nothing, on the same chips.
/// Switched off, a run falls from the sky.
struct ResearchOverhead: Mechanism {
  static let id = MechanismID(rawValue: 5)
  static let name = "research_overhead"
  static let scope = MechanismScope.scriptedRuns
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let experiments = Handle(
      "experiments_per_final_run", "1", 0...1000,
      "Chip-hours of experiments for each chip-hour of a final run.")
    let failed = Handle(
      "failed_per_final_run", "1", 0...100,
      "Chip-hours of failed runs for each chip-hour of a final run.")
  }

  private let parameters: Parameters

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let shares = [
      (Stage.experiments, world[parameters.experiments]), (.failed, world[parameters.failed]),
    ]
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
