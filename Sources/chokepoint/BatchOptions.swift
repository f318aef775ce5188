import ArgumentParser
import Batches
import Documents
import Reporting
import Scenarios
import Storage
import Studies
import Wording

/// The scenarios of a batch, and where its results go.
struct BatchOptions: ParsableArguments {
  @Argument(
    help: "Scenario files, or folders of them.",
    completion: .file(extensions: ["yaml", "yml"]))
  var files: [String] = []

  @Option(
    help: """
      Where results go: this folder for one scenario, the parent of <scenario>/ for several; \
      notebooks-output/ by default.
      """, completion: .directory)
  var output: String?

  @Flag(help: "Skip files with errors and continue with the others.")
  var skipBroken = false

  @OptionGroup var scenario: RecordedScenarioOptions

  /// The experiments of a batch.
  struct Read {
    /// Where each was read from, and what it is.
    let experiments: [(file: String, planned: PlannedExperiment)]
    /// The folder of all results.
    let folder: String
    /// Whether files were left out that are at fault.
    let hasSkipped: Bool
  }

  /// The folder of all results.
  private var folder: String { output ?? "notebooks-output" }

  func validate() throws { try requireOutput(output) }

  /// Writes a page of all results beside their folders, where there are several in a folder of their own.
  func writePage(of read: Read, _ keeping: KeepingOptions) throws {
    guard output != nil, read.experiments.count > 1, !keeping.noReport else { return }
    let page = try tellingFileErrors { () throws(FileError) in
      try StoredPage.write(of: read.folder)
    }
    if !keeping.quiet { printError("a page of all results: \(shown(page))") }
  }

  /// Reads all files with all points of their sweeps; tells everything that is wrong with all of them at
  /// once, and ends unless the broken ones are to be skipped.
  func read() throws -> Read {
    let paths = files
    let files: [String]
    do { files = try BatchInput.expanding(paths, besides: folder) } catch {
      printError("chokepoint: \(error.description)")
      throw ExitCode.badScenario
    }
    let overrides = try scenario.overrides()
    let input = BatchInput(files, overrides)
    if !input.faults.isEmpty, !skipBroken || input.scenarios.isEmpty,
      input.faults.allSatisfy(\.faults.areOfCommandLine)
    {
      throw told(ScenarioFaults(input.faults.flatMap(\.faults.faults)))
    }
    for fault in input.faults { printError(fault.faults.description) }
    if !input.faults.isEmpty {
      let count = input.faults.reduce(0) { $0 + $1.faults.count }
      let broken = "\(input.faults.count) of \(files.count) files have errors"
      guard skipBroken, !input.scenarios.isEmpty else {
        printError(
          files.count == 1
            ? "\(NumberWords.counted(count, "error")); nothing was written"
            : "\(broken): nothing was written; --skip-broken continues without them")
        throw ExitCode.badScenario
      }
      printError("\(broken) and are skipped")
    }
    try requireNamesOfTheirOwn(input.scenarios.map { (file: $0.file, name: $0.whole.name) })
    // A single file has the folder for itself; one that is left of several has not.
    let isAlone = output != nil && files.count == 1
    let experiments = input.scenarios.map { file, whole, points in
      (
        file,
        PlannedExperiment(Experiment(whole, points: points), folder: isAlone ? "" : whole.name)
      )
    }
    return Read(
      experiments: experiments, folder: folder,
      hasSkipped: !input.faults.isEmpty)
  }
}

/// Refuses an output without a name, which a shell makes of a variable that is not set.
func requireOutput(_ path: String?) throws {
  guard path?.isEmpty == true else { return }
  throw ValidationError("--output is empty: give the name of a folder")
}

/// Refuses scenarios of one name, whose results would go to one folder.
private func requireNamesOfTheirOwn(_ scenarios: [(file: String, name: String)]) throws {
  let clashes = Dictionary(grouping: scenarios, by: \.name).filter { $0.value.count > 1 }
  guard !clashes.isEmpty else { return }
  let lines = clashes.sorted { $0.key < $1.key }.map { name, scenarios in
    "\(scenarios.map(\.file).joined(separator: ", ")) have the same name, \(name)"
  }
  throw ValidationError(lines.joined(separator: "; ") + ": give each its own about.name")
}

/// How work that takes long is kept.
struct KeepingOptions: ParsableArguments {
  @OptionGroup var threads: ThreadOptions

  @Option(
    help: ArgumentHelp(
      "Seconds between checkpoints.", visibility: .hidden))
  var checkpoint: Double?

  @Flag(help: "Overwrite the results, or discard the shards, of a different input.")
  var force = false

  @Flag(help: "Print only errors.")
  var quiet = false

  @Flag(help: "Leave out report.html; `chokepoint report` can make it later.")
  var noReport = false

  func validate() throws {
    guard (0...1e9).contains(checkpoint ?? 0) else {
      throw ValidationError("--checkpoint takes 0 to 1000000000 seconds")
    }
  }

  var checkpoints: Checkpoints { checkpoint.map { Checkpoints(seconds: $0) } ?? Checkpoints() }

  /// What is said of checkpoints and pages, for another call of the program.
  var words: [String] {
    (checkpoint.map { ["--checkpoint", "\($0)"] } ?? []) + (noReport ? ["--no-report"] : [])
  }
}

/// Does long work; says why it ended, if it was ended, and that it can go on.
func tellingInterruptions<Result>(_ body: () async throws -> Result) async throws -> Result {
  do {
    return try await Interruption.heeded(body)
  } catch let error as Interrupted {
    printError("chokepoint: \(error.description)")
    throw ExitCode.interrupted
  } catch let error as FileError {
    printError("chokepoint: \(error.description)")
    throw error.isInterruption ? ExitCode.interrupted : .cannotWrite
  }
}
