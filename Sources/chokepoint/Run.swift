import ArgumentParser
import FoundationEssentials
import Reporting
import Scenarios

/// `chokepoint run FILE…`
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulate scenarios and write their results.",
    discussion: """
      Results go to notebooks-output/<scenario>/, or to --output: that folder for one file, the \
      parent of <scenario>/ for several. The same file and seed give the same bytes.
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @Option(help: "Where results go.", completion: .directory)
  var output: String?

  @OptionGroup var options: ScenarioOptions
  @OptionGroup var threads: ThreadOptions

  @Flag(help: "Overwrite results of another input.")
  var force = false

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  @Flag(help: "Print headline figures and costs as JSON.")
  var json = false

  func validate() throws {
    if files.isEmpty { throw ValidationError("name at least one scenario file") }
    if json, files.count > 1 { throw ValidationError("--json takes one scenario file") }
  }

  mutating func run() async throws {
    // Every file and folder is looked at before the first replicate is computed.
    let scenarios = try files.map { try options.scenario($0) }
    let plans = try zip(files, zip(scenarios, try folders(of: scenarios))).map { file, plan in
      let (scenario, path) = plan
      try options.requireMemory(for: scenario, threads: threads.threads, quiet: quiet)
      let (folder, input) = (ResultFolder(path), RunInput(scenario))
      try tellingFileErrors { () throws(FileError) in
        try folder.claim(inputHash: input.hash, force: force)
      }
      return (input, folder, file)
    }
    var code = ExitCode.success
    for (input, folder, file) in plans {
      let result = try await run(input, of: file, into: folder)
      if !result.meetsPublishedFigures {
        code = .checkFailed
      } else if result.failedReplicates > 0, code == .success {
        code = .replicatesFailed
      }
    }
    if code != .success { throw code }
  }

  private func folders(of scenarios: [Scenario]) throws -> [String] {
    if let output, scenarios.count == 1 { return [output] }
    let names = scenarios.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw ValidationError("two scenarios are called \(twice); give one of them about.name")
    }
    return names.map { "\(output ?? "notebooks-output")/\($0)" }
  }

  private func run(
    _ input: RunInput, of file: String, into folder: ResultFolder
  ) async throws -> RunResult {
    let clock = ContinuousClock()
    let begin = clock.now
    let started = Date.now.formatted(.iso8601)
    let result = try await simulate(input.scenario, threads: threads.threads, quiet: quiet)
    let elapsed = (clock.now - begin).components
    let circumstances = RunCircumstances(
      threads: threads.threads, started: started,
      seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
    let names = try await tellingFileErrors { () async throws(FileError) in
      try await result.write(input, to: folder, circumstances)
    }
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
    return result
  }
}

/// Runs a scenario, telling its progress.
func simulate(_ scenario: Scenario, threads: Int, quiet: Bool) async throws -> RunResult {
  var progress = Progress(total: scenario.run.replicates)
  let result = try await RunResult(running: scenario, threads: threads) { done in
    if !quiet { progress.tell(done: done) }
  }
  progress.finish()
  return result
}
