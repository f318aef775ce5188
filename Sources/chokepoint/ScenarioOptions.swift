import ArgumentParser
import Glibc
import Reporting
import Scenarios

/// What a command line can change in the scenarios it is given.
struct ScenarioOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "Runs of each regime, instead of what the file says.")
  var replicates: Int?

  @Option(
    parsing: .unconditional, help: "Seed of all random numbers, instead of what the file says.")
  var seed: Int?

  @Option(
    help: """
      Regimes to keep, separated by commas; the first is the reference. Without the regime of the \
      headline, headline and claims are left out.
      """)
  var regimes: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a key of the file or a parameter (may be repeated).", valueName: "path=value"))
  var settings: [String] = []

  func validate() throws {
    if let replicates, !(1...1_000_000_000).contains(replicates) {
      throw ValidationError("--replicates takes 1 to 1000000000, not \(replicates)")
    }
    if let seed, seed < 0 {
      throw ValidationError("--seed takes 0 to \(Int.max), not \(seed)")
    }
  }

  /// The changes as the scenario floor takes them.
  func overrides() throws -> Overrides {
    var overrides = Overrides()
    for setting in settings {
      guard let sign = setting.firstIndex(of: "=") else {
        throw ValidationError("--set \(setting): write path=value")
      }
      overrides.settings.append(
        (String(setting[..<sign]), String(setting[setting.index(after: sign)...])))
    }
    if let replicates { overrides.settings.append(("run.replicates", "\(replicates)")) }
    if let seed { overrides.settings.append(("run.seed", "\(seed)")) }
    overrides.regimes = regimes?.split(separator: ",").map(String.init) ?? []
    return overrides
  }

  /// These options as they are written on a command line.
  var words: [String] {
    (replicates.map { ["--replicates", "\($0)"] } ?? []) + (seed.map { ["--seed", "\($0)"] } ?? [])
      + (regimes.map { ["--regimes", $0] } ?? []) + settings.flatMap { ["--set", $0] }
  }

  /// Refuses a run that the machine has no memory for, and tells of a large one.
  func requireMemory(for scenario: Scenario, threads: Int, quiet: Bool) throws {
    let footprint = RunFootprint(of: scenario, threads: threads)
    if let refusal = footprint.refusal(machineBytes: RunFootprint.machineBytes) {
      // What the command line asked for is its fault, and what the file asks for the file's.
      if replicates != nil { throw ValidationError("\(scenario.name) \(refusal)") }
      printError("\(scenario.name) \(refusal)")
      throw ExitCode.badScenario
    }
    if footprint.isLarge, !quiet { printError("\(scenario.name) \(footprint.words)") }
  }

  /// Reads a scenario with these changes.
  func scenario(_ file: String) throws -> Scenario {
    let overrides = try overrides()
    return try tellingFaults { () throws(ScenarioFaults) in
      try Scenario(contentsOf: file, overrides: overrides)
    }
  }
}

/// How much of the machine to use.
struct ThreadOptions: ParsableArguments {
  @Option(help: "Blocks computed at the same time; the results never depend on it.")
  var threads: Int = sysconf(Int32(_SC_NPROCESSORS_ONLN))

  func validate() throws {
    guard (1...1024).contains(threads) else {
      throw ValidationError("--threads takes 1 to 1024, not \(threads)")
    }
  }
}
