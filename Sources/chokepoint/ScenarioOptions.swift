import ArgumentParser
import Documents
import Glibc
import Reporting
import Scenarios
import Storage
import Studies

/// What a command line can change in the scenarios that it is given. Each command has the groups of options that do
/// something there, and no others.
protocol ScenarioChanges {
  /// What every such command takes.
  var settings: SettingOptions { get }
  /// The number of replicates, where it can be given.
  var replicates: Int? { get }
  /// The regimes to keep, where they can be given.
  var regimes: String? { get }
  /// What is recorded and written, where files are.
  var recorded: Recorded { get }
}

extension ScenarioChanges {
  var replicates: Int? { nil }
  var regimes: String? { nil }
  var recorded: Recorded { Recorded() }
}

/// What a run is asked to record and write.
struct Recorded {
  /// Monthly metrics, separated by commas; nil for those of the file.
  var only: String?
  /// Whether every table is written.
  var raw = false
  /// Whether the IAMC's table is.
  var iamc = false
}

/// What every command takes that reads a scenario, and all that a study takes that has its own regimes and points.
struct SettingOptions: ParsableArguments, ScenarioChanges {
  @Option(
    parsing: .unconditional, help: "Seed of all random numbers, overriding the file.",
    transform: wholeNumber(upTo: .max))
  var seed: Int?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a key of the file or a parameter (repeatable).", valueName: "path=value"))
  var paths: [String] = []

  @Option(help: "A point of the file's sweep, by id.")
  var point: String?

  var settings: SettingOptions { self }

  func validate() throws {
    if let seed, seed < 0 {
      throw ValidationError("--seed takes 0 to \(Int.max), not \(seed)")
    }
  }
}

/// How many replicates are run.
struct ReplicateOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "Number of replicates, overriding the file.",
    transform: wholeNumber(upTo: ReplicateOptions.most))
  var replicates: Int?

  private static let most = 1_000_000_000

  func validate() throws {
    if let replicates, !(1...Self.most).contains(replicates) {
      throw ValidationError("--replicates takes 1 to \(Self.most), not \(replicates)")
    }
  }
}

/// Which regimes are run.
struct RegimeOptions: ParsableArguments {
  @Option(
    help: """
      Regimes to keep, separated by commas; the first is the reference. If the headline's regime is not \
      among them, headline and claims are skipped; so is `published` without a regime that it is about.
      """)
  var regimes: String?
}

/// The changes of a command that runs a scenario and writes nothing of it.
struct ScenarioOptions: ParsableArguments, ScenarioChanges {
  @OptionGroup var count: ReplicateOptions
  @OptionGroup var choice: RegimeOptions
  @OptionGroup var settings: SettingOptions

  var replicates: Int? { count.replicates }
  var regimes: String? {
    get { choice.regimes }
    set { choice.regimes = newValue }
  }
}

/// The changes of a study of one figure, whose regimes are asked about by options of their own.
struct FigureScenarioOptions: ParsableArguments, ScenarioChanges {
  @OptionGroup var count: ReplicateOptions
  @OptionGroup var settings: SettingOptions

  var replicates: Int? { count.replicates }
}

/// The changes of a command that writes results.
struct RecordedScenarioOptions: ParsableArguments, ScenarioChanges {
  @OptionGroup var count: ReplicateOptions
  @OptionGroup var choice: RegimeOptions
  @OptionGroup var settings: SettingOptions

  @Option(
    help: ArgumentHelp(
      "Monthly metrics to record and write instead of the file's, separated by commas.",
      valueName: "metrics"))
  var only: String?

  @Flag(help: "Write every table, replicates.csv too: each replicate under each regime in a row.")
  var raw = false

  @Flag(help: "Write iamc.csv too: the monthly metrics in the IAMC's long form, for pyam.")
  var iamc = false

  var replicates: Int? { count.replicates }
  var regimes: String? { choice.regimes }
  var recorded: Recorded { Recorded(only: only, raw: raw, iamc: iamc) }
}

extension ScenarioChanges {
  /// The changes as the scenario floor takes them.
  func overrides() throws -> Overrides {
    var overrides = Overrides()
    for setting in settings.paths {
      guard let sign = setting.firstIndex(of: "=") else {
        throw ValidationError("--set \(setting): write path=value")
      }
      overrides.settings.append(
        (String(setting[..<sign]), String(setting[setting.index(after: sign)...])))
    }
    let recorded = recorded
    if let only = recorded.only { overrides.settings.append(("metrics", "[\(only)]")) }
    if recorded.raw || recorded.iamc {
      let onRequest =
        (recorded.raw ? [OutputTables.replicates] : []) + (recorded.iamc ? [OutputTables.iamc] : [])
      let tables = [OutputTables.all] + onRequest
      overrides.settings.append(("outputs", "[\(tables.joined(separator: ", "))]"))
    }
    if let replicates { overrides.settings.append(("run.replicates", "\(replicates)")) }
    if let seed = settings.seed { overrides.settings.append(("run.seed", "\(seed)")) }
    overrides.regimes = regimes?.split(separator: ",").map(String.init) ?? []
    overrides.point = settings.point
    return overrides
  }

  /// These options as they are written on a command line.
  var words: [String] {
    var words: [String] = []
    if let replicates { words += ["--replicates", "\(replicates)"] }
    if let seed = settings.seed { words += ["--seed", "\(seed)"] }
    if let regimes { words += ["--regimes", regimes] }
    words += settings.paths.flatMap { ["--set", $0] }
    if let only = recorded.only { words += ["--only", only] }
    if recorded.raw { words.append("--raw") }
    if recorded.iamc { words.append("--iamc") }
    if let point = settings.point { words += ["--point", point] }
    return words
  }

  /// Refuses a run that the machine has no memory for; tells of a large one, and of settings that regimes
  /// shadow.
  func requireMemory(for scenario: Scenario, threads: Int, quiet: Bool) throws {
    try refuseSweep(of: scenario)
    if !quiet { try tellNotes(of: [scenario]) }
    try requireMemory(
      RunFootprint(of: scenario, threads: threads), for: scenario.name, quiet: quiet)
  }

  /// Refuses what the machine has no memory for, and tells of what takes much of it.
  func requireMemory(_ footprint: RunFootprint, for name: String, quiet: Bool) throws {
    if let refusal = footprint.refusal(machineBytes: Machine.memoryBytes) {
      // What the command line asked for is its fault, and what the file asks for the file's.
      if replicates != nil { throw ValidationError("\(name) \(refusal)") }
      printError("\(name) \(refusal)")
      throw ExitCode.badScenario
    }
    if footprint.isLarge, !quiet { printError("\(name) \(footprint.words)") }
  }

  /// Tells of what is written and does nothing, and of what is to be known besides.
  func tellNotes(of scenarios: [Scenario]) throws {
    tellWarnings(scenarios.warnings)
    try tellNotesAlone(of: scenarios)
  }

  /// Tells of files that were read, and of parameters that are set and that regimes set otherwise.
  func tellNotesAlone(of scenarios: [Scenario]) throws {
    for note in scenarios.notes { printError(note.description) }
    let paths = try overrides().settings.map(\.path)
    var told: Set<String> = []
    for note in scenarios.flatMap({ $0.shadowedSettings(besides: paths) })
    where told.insert(note).inserted {
      printError("note: \(note)")
    }
  }

  /// Prints warnings, one on a line.
  func tellWarnings(_ warnings: [Warning]) {
    for warning in warnings { printError(warning.description) }
  }

  /// Refuses a file that is to be computed at many points, where one is computed.
  func refuseSweep(of scenario: Scenario) throws {
    guard scenario.pointCount > 0 else { return }
    throw ValidationError(
      "\(scenario.name) has a sweep of \(scenario.pointCount) points: choose one with --point ID; "
        + "`chokepoint validate --points` lists them")
  }

  /// Reads every point of a scenario's sweep with these changes, or the one that is asked for; the
  /// scenario itself where there is no sweep.
  func points(_ file: String) throws -> [Scenario] {
    guard settings.point == nil else { return [try scenario(file)] }
    let overrides = try overrides()
    return try tellingFaults {
      try Scenario.points(contentsOf: file, overrides: overrides)
    }
  }

  /// Reads a scenario with these changes: without its sweep, unless a point of it is asked for.
  ///
  /// - Parameter observations: files whose observations are laid over the file's own.
  func scenario(_ file: String, observing observations: [String] = []) throws -> Scenario {
    var overrides = try overrides()
    overrides.observationFiles = observations
    return try tellingFaults {
      try Scenario(contentsOf: file, overrides: overrides)
    }
  }
}

/// How much of the machine to use.
struct ThreadOptions: ParsableArguments {
  /// What was asked for.
  @Option(
    name: .customLong("threads"),
    help: ArgumentHelp(
      "Blocks computed in parallel (all cores by default); results never depend on it.",
      valueName: "threads"), transform: wholeNumber(upTo: 1024))
  var asked: Int?

  /// How many to use.
  var threads: Int { asked ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)) }

  func validate() throws {
    guard (1...1024).contains(threads) else {
      throw ValidationError("--threads takes 1 to 1024, not \(threads)")
    }
  }
}
