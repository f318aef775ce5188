import ArgumentParser
import FoundationEssentials
import Reporting
import Scenarios
import Storage
import Studies
import Wording

/// `chokepoint drivers FILE --metric M`
struct Drivers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drivers",
    abstract: "Find which assumptions a result rests on.",
    discussion: """
      Three looks at one figure, or at the difference of two regimes, on common random numbers. Partial rank \
      correlations say how it goes with each uncertain number while all of them vary. A tornado says what it comes to \
      with one number at its 5% and 95% quantile and the rest at their medians. Last, each mechanism is switched off in \
      turn. Each draw of the numbers is run under two realisations, which tells chance inside the runs from what is not \
      known.

      Which assumptions drive what October 2023 did to China's compute:

        chokepoint drivers scenarios/h800-vs-h100.yaml --metric stock_h100e --entity CN --regime october-2023 \
      --against october-2022

      --output writes tables and charts, the tornado among them.
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @OptionGroup var asked: AskedFigureOptions
  @OptionGroup var options: FigureScenarioOptions
  @OptionGroup var threads: ThreadOptions

  @Option(help: "Also write tables and charts to this folder.", completion: .directory)
  var output: String?

  @Flag(help: "Overwrite the contents of that folder.")
  var force = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    try requireOutput(output)
    if let replicates = options.replicates, replicates > DriversAnswer.mostReplicates {
      throw ValidationError(
        "--replicates takes at most \(DriversAnswer.mostReplicates) here: every value is kept")
    }
  }

  mutating func run() async throws {
    let scenario = try options.scenario(file)
    try options.refuseSweep(of: scenario)
    try options.tellNotesAlone(of: [scenario])
    let question = try asked.question()
    let target = try output.map { path in
      let input = DriversInput(scenario, question)
      let folder = try tellingFileErrors { () throws(FileError) in
        try ResultFolder(path).claim(inputHash: input.hash, force: force)
      }
      return (folder: folder, input: input)
    }
    let clock = ContinuousClock()
    let (begin, started) = (clock.now, Date.now.formatted(.iso8601))
    let answer = try await answer(to: question)
    let command = ReplayCommand(file: file, options: options.words)
    // Before files are written, so that a full disk does not lose the answer.
    try printResult(json ? answer.json : answer.text(again: command, isWritten: output != nil))
    if let (folder, input) = target {
      let elapsed = (clock.now - begin).components
      let circumstances = RunCircumstances(
        threads: threads.threads, started: started,
        seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
      let names = try await tellingInterruptions {
        try await answer.write(input, to: folder, circumstances)
      }
      if !json {
        try printResult("Results:\n" + names.map { "  \(shown(folder.place(of: $0)))\n" }.joined())
      }
    }
    if answer.failedReplicates > 0 {
      printError("some replicates could not be computed, and are left out; `run` lists them")
      throw ExitCode.replicatesFailed
    }
  }

  private func answer(to question: FigureQuestion) async throws -> DriversAnswer {
    let overrides = try options.overrides()
    var line = Progress(total: 0)
    defer { line.finish() }
    return try await tellingFaults {
      try await DriversAnswer(
        to: question, file: file, overrides: overrides, threads: threads.threads
      ) { step in
        switch step {
        case .draws(let done, let total): line.tell("draws: \(done) of \(total) runs")
        case .tornado(let done, let total): line.tell("tornado: \(done) of \(total) runs")
        case .without(let mechanism): line.tell("without \(mechanism)")
        }
      }
    }
  }
}
