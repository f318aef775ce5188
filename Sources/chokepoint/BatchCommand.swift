import ArgumentParser
import Reporting
import Scenarios

/// `chokepoint batch DIR`
struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Simulate every scenario file of a folder.",
    discussion: """
      Files that are at fault are all reported before anything is computed; --skip-broken goes on \
      without them. Scenarios whose results are there already are left as they are, so that a batch \
      that was ended goes on where it was.
      """)

  @OptionGroup var batch: BatchOptions
  @OptionGroup var keeping: KeepingOptions

  func validate() throws {
    if batch.files.isEmpty { throw ValidationError("name a folder of scenario files") }
  }

  mutating func run() async throws {
    let (scenarios, hasSkipped) = try batch.read()
    let folders = batch.folders(of: scenarios.map(\.scenario))
    var runs = try zip(scenarios, folders.each).map { scenario, folder in
      try PlannedRun(
        scenario.scenario, of: scenario.file,
        into: folder.isEmpty ? folders.all : "\(folders.all)/\(folder)", batch.scenario, keeping)
    }
    let all = runs.count
    runs.removeAll { !keeping.force && $0.isDone }
    if runs.count < all, !keeping.quiet {
      printError("\(all - runs.count) of \(all) scenarios are done already")
    }
    var code = hasSkipped ? ExitCode.badScenario : .success
    for (place, run) in runs.enumerated() {
      if !keeping.quiet { printError("\(place + 1) of \(runs.count): \(run.input.scenario.name)") }
      let outcome = try await run.outcome(keeping)
      try outcome.tell(quiet: true, json: false, options: batch.scenario)
      code = code.worse(outcome.code)
    }
    if !keeping.quiet { try printResult("Results of \(all) scenarios are in \(folders.all)\n") }
    if code != .success { throw code }
  }
}
