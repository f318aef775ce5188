import Wording
import ArgumentParser
import Reporting
import Scenarios
import Studies

/// `chokepoint break-even FILE --metric M --target V --vary KEY`
struct BreakEvenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "break-even",
    abstract: "Find the value of an input at which a metric reaches a target.",
    discussion: """
      Every value of the lever is run with common random numbers: the same seed, replicates and draws. \
      Ten values of the range are scanned, and each crossing of the target is located: a root, a jump \
      over the target, or a stretch that meets it.

      The interval is the Monte Carlo error of the answer, which more replicates narrow. The band of \
      draws holds the break-even values of 90% of the draws; more replicates do not narrow it.

      How much enforcement halves what is diverted, by the end of 2028:

        chokepoint break-even scenarios/smuggling-enforcement.yaml --regime enforcement-4 \
      --vary regimes.enforcement-4.set.grey_market.enforcement --from 0.1 --to 20 \
      --metric smuggled_chips_cumulative --against current-law --of ratio --target 0.5

      Exits 1 when no value scanned reaches the target. Writes no files.
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @OptionGroup var asked: AskedFigureOptions

  @Option(parsing: .unconditional, help: "The target value, in the metric's unit.")
  var target: Double

  @Option(
    help: ArgumentHelp(
      "The lever: any number that --set reaches, in the file or a parameter.", valueName: "key"))
  var vary: String

  @Option(
    parsing: .unconditional, help: "The lowest value of the lever; by default its lower limit.")
  var from: Double?

  @Option(
    parsing: .unconditional, help: "The highest value of the lever; by default its upper limit.")
  var to: Double?

  @Option(
    help: "What should reach the target: value or, with --against, difference or ratio.",
    transform: { text in
      guard let quantity = BreakEvenQuestion.Quantity(rawValue: text) else {
        throw ValidationError("write value, difference or ratio")
      }
      return quantity
    })
  var of = BreakEvenQuestion.Quantity.value

  @Option(help: "The quantile over replicates.")
  var quantile = 0.5

  @Option(
    help: "Relative tolerance, of the lever and of the metric.")
  var tolerance = 1e-3

  @OptionGroup var options: FigureScenarioOptions
  @OptionGroup var threads: ThreadOptions

  @Flag(help: "Print JSON.")
  var json = false

  private func question() throws -> BreakEvenQuestion {
    let figure = try asked.figure()
    var question = BreakEvenQuestion(varying: vary, metric: figure.metric, target: target)
    (question.entity, question.month) = (figure.entity, figure.month)
    (question.regime, question.against) = (asked.regime, asked.against)
    (question.quantity, question.quantile, question.tolerance) = (of, quantile, tolerance)
    (question.from, question.to) = (from, to)
    return question
  }

  func validate() throws {
    if let fault = try question().fault { throw ValidationError(fault) }
    if options.settings.paths.contains(where: { $0.hasPrefix("\(vary)=") }) {
      throw ValidationError("--vary already sets \(vary): remove --set \(vary)")
    }
    if let replicates = options.replicates, replicates > BreakEvenAnswer.mostReplicates {
      throw ValidationError(
        "--replicates takes at most \(BreakEvenAnswer.mostReplicates) here: every value is kept")
    }
  }

  mutating func run() async throws {
    let scenario = try options.scenario(file)
    try options.refuseSweep(of: scenario)
    try options.tellNotesAlone(of: [scenario])
    let answer = try await answer(to: question())
    let command = ReplayCommand(file: file, options: options.words)
    try printResult(json ? answer.json(again: command) : answer.text(again: command))
    if !answer.isFound {
      printError("no value scanned reaches the target")
      throw ExitCode.checkFailed
    }
    if answer.failedReplicates > 0 {
      printError("some replicates could not be computed, and are left out; `run` lists them")
      throw ExitCode.replicatesFailed
    }
  }

  private func answer(to question: BreakEvenQuestion) async throws -> BreakEvenAnswer {
    let overrides = try options.overrides()
    var line = Progress(total: 0)
    defer { line.finish() }
    return try await tellingFaults {
      try await BreakEvenAnswer(
        to: question, file: file, overrides: overrides, threads: threads.threads
      ) { done in
        line.tell(
          "value \(done.evaluations) of some 20 to 60: \(question.key) = \(done.lever), "
            + "\(done.replicates) replicates")
      }
    }
  }
}
