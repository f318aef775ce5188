import ArgumentParser
import Quantities
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

  @Option(help: "The metric asked about.")
  var metric: String

  @Option(
    help: "The entity: a lab, a run, CN, fleet.OWNER, world; required if several have the metric.")
  var entity: String?

  @Option(help: "The regime; the reference by default.")
  var regime: String?

  @Option(help: "The regime to compare with, replicate by replicate.")
  var against: String?

  @Option(help: ArgumentHelp("The month; the last by default.", valueName: "yyyy-mm"))
  var month: String?

  @OptionGroup var options: ScenarioOptions
  @OptionGroup var threads: ThreadOptions

  @Flag(help: "Print JSON.")
  var json = false

  private func question() throws -> DriversQuestion {
    let month = try month.map { text in
      guard let month = Month(iso: text) else {
        throw ValidationError("--month \(text) is not a month; write YYYY-MM")
      }
      return month
    }
    let figure = AskedFigure(metric: metric, entity: entity, month: month)
    return DriversQuestion(figure, regime: regime, against: against)
  }

  func validate() throws {
    _ = try question()
    if options.regimes != nil {
      throw ValidationError("use --regime and --against instead of --regimes")
    }
    if let replicates = options.replicates, replicates > DriversAnswer.mostReplicates {
      throw ValidationError(
        "--replicates takes at most \(DriversAnswer.mostReplicates) here: every value is kept")
    }
  }

  mutating func run() async throws {
    let scenario = try options.scenario(file)
    try options.refuseSweep(of: scenario)
    try options.tellNotesAlone(of: [scenario])
    let answer = try await answer(to: question())
    let command = ReplayCommand(file: file, options: options.words)
    try printResult(json ? answer.json : answer.text(again: command))
    if answer.failedReplicates > 0 {
      printError("some replicates could not be computed, and are left out; `run` lists them")
      throw ExitCode.replicatesFailed
    }
  }

  private func answer(to question: DriversQuestion) async throws -> DriversAnswer {
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
