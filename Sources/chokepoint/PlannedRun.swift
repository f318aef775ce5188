import ArgumentParser
import FoundationEssentials
import Reporting
import Scenarios

/// A scenario that is about to be run, after everything was looked at that could keep its results from
/// being written.
struct PlannedRun {
  let input: RunInput
  private let file: String
  private let folder: ResultFolder

  init(
    _ scenario: Scenario, of file: String, into path: String, _ options: ScenarioOptions,
    _ keeping: KeepingOptions
  ) throws {
    try options.requireMemory(
      for: scenario, threads: keeping.threads.threads, quiet: keeping.quiet)
    let (folder, input) = (ResultFolder(path), RunInput(scenario))
    try tellingFileErrors { () throws(FileError) in
      try folder.claim(inputHash: input.hash, force: keeping.force)
    }
    self.input = input
    self.file = file
    self.folder = folder
  }

  /// Whether its results are there.
  var isDone: Bool { folder.holdsResults(ofInput: input.hash) }

  /// Computes it and writes its results.
  func outcome(_ keeping: KeepingOptions) async throws -> RunOutcome {
    let threads = keeping.threads.threads
    let run = ResumableRun(input, in: folder, threads: threads, checkpoints: keeping.checkpoints)
    if keeping.force { run.forget() }
    let outcome = try await computing(input, of: file, into: folder, threads: threads) {
      var progress = Progress(total: input.scenario.run.replicates)
      let result = try await run.result { if !keeping.quiet { progress.tell(done: $0) } }
      progress.finish()
      return result
    }
    run.forget()
    return outcome
  }
}

/// A result that was written.
struct RunOutcome {
  let result: RunResult
  let file: String
  let folder: ResultFolder
  let names: [String]

  /// What the program ends with.
  var code: ExitCode {
    if !result.meetsPublishedFigures { return .checkFailed }
    return result.failedReplicates > 0 ? .replicatesFailed : .success
  }

  /// Tells the answer, what was missed, and what failed.
  func tell(quiet: Bool, json: Bool, options: ScenarioOptions) throws {
    if json {
      try printResult(result.json)
    } else if !quiet {
      let places = names.map { "  \(folder.place(of: $0))\n" }
      try printResult("\(result.answer)\nResults:\n\(places.joined())")
    }
    for miss in result.missedFigures { printError(miss) }
    if result.failedReplicates > 0 {
      printError(
        result.failureText(
          replaying: ReplayCommand(file: file, options: options.words),
          listedIn: folder.place(of: "failures.csv")))
    }
  }
}

/// Computes a result and writes it.
func computing(
  _ input: RunInput, of file: String, into folder: ResultFolder, threads: Int,
  _ compute: () async throws -> RunResult
) async throws -> RunOutcome {
  let clock = ContinuousClock()
  let begin = clock.now
  let started = Date.now.formatted(.iso8601)
  return try await tellingInterruptions {
    let result = try await compute()
    let elapsed = (clock.now - begin).components
    let circumstances = RunCircumstances(
      threads: threads, started: started,
      seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
    let names = try await result.write(input, to: folder, circumstances)
    return RunOutcome(result: result, file: file, folder: folder, names: names)
  }
}

/// Runs a scenario without writing anything, telling its progress.
func simulate(_ scenario: Scenario, threads: Int, quiet: Bool) async throws -> RunResult {
  var progress = Progress(total: scenario.run.replicates)
  let result = try await RunResult(running: scenario, threads: threads) { done in
    if !quiet { progress.tell(done: done) }
  }
  progress.finish()
  return result
}
