import ArgumentParser
import Reporting

/// `chokepoint batch DIR`
struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Simulate every scenario file of a folder.",
    discussion: """
      All files with errors are reported before anything is computed; --skip-broken continues without \
      them. Scenarios that already have results are skipped, so an interrupted batch resumes where it \
      stopped.
      """)

  @OptionGroup var batch: BatchOptions
  @OptionGroup var keeping: KeepingOptions

  func validate() throws {
    if batch.files.isEmpty { throw ValidationError("name a folder of scenario files") }
  }

  mutating func run() async throws {
    let read = try batch.read()
    var runs = try read.experiments.map {
      try PlannedRun($0.planned, of: $0.file, below: read.folder, batch.scenario, keeping)
    }
    let all = runs.count
    runs.removeAll { !keeping.force && $0.isDone }
    if runs.count < all, !keeping.quiet {
      printError("\(all - runs.count) of \(all) scenarios are done already")
    }
    var code = read.hasSkipped ? ExitCode.badScenario : .success
    for (place, run) in runs.enumerated() {
      if !keeping.quiet { printError("\(place + 1) of \(runs.count): \(run.name)") }
      let outcome = try await run.outcome(keeping)
      try outcome.tell(quiet: true, json: false, full: false, words: batch.scenario.words)
      code = code.worse(outcome.code)
    }
    try writeIndex(of: read.experiments.map(\.planned), in: read.folder)
    try batch.writePage(of: read, keeping)
    if !keeping.quiet {
      try printResult("Results of \(all) scenarios are in \(shown(read.folder))\n")
    }
    if code != .success { throw code }
  }
}
