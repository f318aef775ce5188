import Wording
import ArgumentParser
import Batches
import FoundationEssentials
import Reporting
import Scenarios
import Storage
import Studies

/// A scenario file that is about to be run, after everything was looked at that could keep its results from
/// being written.
struct PlannedRun {
  let planned: PlannedExperiment
  private let file: String
  private let folder: ResultFolder

  init(
    _ planned: PlannedExperiment, of file: String, below path: String,
    _ options: some ScenarioChanges, _ keeping: KeepingOptions
  ) throws {
    if !keeping.quiet { try options.tellNotes(of: planned.experiment.points) }
    try options.requireMemory(
      planned.experiment.footprint(threads: keeping.threads.threads), for: planned.name,
      quiet: keeping.quiet)
    let folder = try tellingFileErrors { () throws(FileError) in
      try ResultFolder(planned.folder.isEmpty ? path : "\(path)/\(planned.folder)")
        .claim(inputHash: planned.input.hash, force: keeping.force)
    }
    self.planned = planned
    self.file = file
    self.folder = folder
  }

  /// What it is called.
  var name: String { planned.name }

  /// Whether its results are there.
  var isDone: Bool { folder.holdsResults(ofInput: planned.input.hash) }

  /// Computes it and writes its results.
  func outcome(_ keeping: KeepingOptions) async throws -> RunOutcome {
    let threads = keeping.threads.threads
    let run = ResumableRun(
      planned, in: folder, threads: threads, checkpoints: keeping.checkpoints)
    if keeping.force { run.forget() }
    var progress = Progress(total: run.replicates)
    let outcome = try await computing(
      planned, of: file, into: folder, threads: threads, hasPage: !keeping.noReport
    ) {
      receive in
      try await run.results(
        progress: { if !keeping.quiet { progress.tell(done: $0) } }, receive: receive)
      progress.finish()
    }
    run.forget()
    return outcome
  }
}

/// Writes down what is in the folders of several experiments.
func writeIndex(of planned: [PlannedExperiment], in folder: String) throws {
  guard planned.count > 1 else { return }
  try tellingFileErrors { () throws(FileError) in
    try ResultIndex.write(planned.map { ($0.experiment, $0.folder) }, to: folder)
  }
}

/// Results that were written.
struct RunOutcome {
  private let planned: PlannedExperiment
  private let file: String
  private let folder: ResultFolder
  private let written: WrittenResults

  init(
    _ planned: PlannedExperiment, of file: String, in folder: ResultFolder,
    _ written: WrittenResults
  ) {
    self.planned = planned
    self.file = file
    self.folder = folder
    self.written = written
  }

  private var last: RunResult { written.last }
  private var failedReplicates: Int { written.failedReplicates }

  /// What the program ends with. A point of a sweep is not what was published.
  var code: ExitCode {
    if !planned.experiment.isSweep, !last.meetsPublishedFigures { return .checkFailed }
    return failedReplicates > 0 ? .replicatesFailed : .success
  }

  /// Where the results are: the files to begin with, or all.
  private func places(full: Bool) -> String {
    let places = written.names.map { shown(folder.place(of: $0)) }
    guard !full else { return "Results:\n" + places.map { "  \($0)\n" }.joined() }
    let more = places.count - 1
    return "Results: \(places[0])" + (more > 0 ? " and \(more) more files beside it\n" : "\n")
  }

  /// Tells the answer, what was missed, and what failed.
  ///
  /// - Parameters:
  ///   - full: everything that there is a table for.
  ///   - words: options with which it was run, and has to be replayed.
  func tell(quiet: Bool, json: Bool, full: Bool, words: [String]) throws {
    if json {
      try printResult(last.json)
    } else if !quiet {
      let answer =
        planned.experiment.isSweep
        ? "\(planned.experiment.points.count) points of the sweep of \(planned.name), in "
          + "the column `point` of every table; sweep.csv says what is set at each. `chokepoint compare` "
          + "holds their regimes to each other, and --point ID shows the answer of one\n"
        : full ? last.fullText : last.text(width: Terminal.width)
      try printResult("\(answer)\n\(places(full: full))")
    }
    guard !planned.experiment.isSweep else {
      if failedReplicates > 0 {
        printError(
          "\(failedReplicates) replicates failed: see \(shown(folder.place(of: "failures.csv")))")
      }
      return
    }
    for miss in last.missedFigures { printError(miss) }
    if failedReplicates > 0 {
      printError(
        last.failureText(
          replaying: ReplayCommand(file: file, options: words),
          listedIn: shown(folder.place(of: "failures.csv"))))
    }
  }
}

/// Computes the results of an experiment and writes them.
func computing(
  _ planned: PlannedExperiment, of file: String, into folder: ResultFolder, threads: Int,
  hasPage: Bool, _ compute: (_ receive: (RunResult) async throws -> Void) async throws -> Void
) async throws -> RunOutcome {
  let clock = ContinuousClock()
  let begin = clock.now
  let started = Date.now.formatted(.iso8601)
  let written = try await tellingInterruptions {
    try await planned.experiment.write(
      planned.input, to: folder, threads: threads, hasPage: hasPage, compute
    ) {
      let elapsed = (clock.now - begin).components
      return RunCircumstances(
        threads: threads, started: started,
        seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
    }
  }
  return RunOutcome(planned, of: file, in: folder, written)
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
