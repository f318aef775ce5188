import ArgumentParser
import Reporting
import Scenarios
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

      Writes no files.
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @OptionGroup var asked: AskedFigureOptions
  @OptionGroup var options: ScenarioOptions
  @OptionGroup var threads: ThreadOptions

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    try asked.refuseRegimes(of: options)
    if let replicates = options.replicates, replicates > DriversAnswer.mostReplicates {
      throw ValidationError(
        "--replicates takes at most \(DriversAnswer.mostReplicates) here: every value is kept")
    }
  }

  mutating func run() async throws {
    let scenario = try options.scenario(file)
    try options.refuseSweep(of: scenario)
    try options.tellNotesAlone(of: [scenario])
    let answer = try await answer(to: asked.question())
    let command = ReplayCommand(file: file, options: options.words)
    try printResult(json ? answer.json : answer.text(again: command))
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
