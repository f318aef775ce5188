import ArgumentParser
import Batches
import FoundationEssentials
import Reporting
import Scenarios
import Storage
import Studies

/// `chokepoint sensitivity FILE --metric M`
struct SensitivityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Find how much of a result's variance each assumption explains.",
    discussion: """
      First every uncertain number is screened by Morris's method: moved alone, by half of its range of \
      probabilities, along trajectories through the space of all of them. Then those that move the figure most get \
      Sobol indices: the share of the variance that each explains alone (first-order), and with all interactions \
      (total), with bootstrap intervals. All other uncertain numbers vary too, as one part of the variance, and so \
      does chance inside the runs. Last come the indices of subjects, such as budgets, each with all its numbers.

      What explains the spread of what October 2023 did to China's compute:

        chokepoint sensitivity scenarios/h800-vs-h100.yaml --metric stock_h100e --entity CN --regime october-2023 \
      --against october-2022 --output sensitivity

      --output writes tables, charts and a manifest, and lets a study that was interrupted go on when it is run \
      again. With --shard each call computes a part and says what is to be called next; the last call, without \
      --shard, puts the parts together.
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @OptionGroup var asked: AskedFigureOptions
  @OptionGroup var study: SensitivityOptions
  @OptionGroup var options: SettingOptions
  @OptionGroup var keeping: StudyKeepingOptions

  @Flag(help: "Print JSON.")
  var json = false

  private func question() throws -> SensitivityQuestion {
    try study.question(about: asked.question())
  }

  func validate() throws {
    if let fault = try question().fault { throw ValidationError(fault) }
    if study.points, keeping.output == nil {
      throw ValidationError("--points needs --output: the folder that points.csv goes to")
    }
  }

  mutating func run() async throws {
    let scenario = try options.scenario(file)
    try options.refuseSweep(of: scenario)
    if !keeping.quiet { try options.tellNotesAlone(of: [scenario]) }
    let overrides = try options.overrides()
    let question = try question()
    let bench = try tellingFaults {
      try SensitivityBench(question, file: file, overrides: overrides)
    }
    let kept = try keeping.points(ofInput: bench.inputHash)
    let clock = ContinuousClock()
    let (begin, started) = (clock.now, Date.now.formatted(.iso8601))
    guard let answer = try await answer(on: bench, kept) else { return }
    // Before files are written, so that a full disk does not lose the answer.
    if json || !keeping.quiet { try printResult(json ? answer.json : answer.text) }
    if let (folder, evaluator) = kept {
      let elapsed = (clock.now - begin).components
      let circumstances = RunCircumstances(
        threads: keeping.threads.threads, started: started,
        seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
      let names = try await tellingInterruptions {
        try await answer.write(
          inputHash: bench.inputHash, to: folder, hasPoints: study.points, circumstances)
      }
      evaluator.forget()
      if !keeping.quiet, !json {
        try printResult("Results:\n" + names.map { "  \(shown(folder.place(of: $0)))\n" }.joined())
      }
    }
    if answer.failedPoints > 0 { throw ExitCode.replicatesFailed }
  }

  /// The answer; nil where a shard has computed its part alone, which is said.
  private func answer(
    on bench: SensitivityBench, _ kept: (folder: ResultFolder, evaluator: KeptPoints)?
  ) async throws -> SensitivityAnswer? {
    var line = Progress(total: 0)
    defer { line.finish() }
    func tell(_ step: SensitivityAnswer.Progress) {
      if keeping.quiet { return }
      switch step {
      case .screening(let done, let total): line.tell("screening: \(done) of \(total) points")
      case .indices(let title, let done, let total):
        line.tell("\(title): \(done) of \(total) points")
      }
    }
    guard let evaluator = kept?.evaluator else {
      let evaluator = DirectEvaluator(threads: keeping.threads.threads)
      return try await tellingFaults {
        try await SensitivityAnswer(on: bench, by: evaluator, progress: tell)
      }
    }
    do {
      return try await tellingInterruptions {
        try await tellingFaults {
          try await SensitivityAnswer(on: bench, by: evaluator, progress: tell)
        }
      }
    } catch let part as PartComputed {
      line.finish()
      if !keeping.quiet { try printResult("\(part.description)\n") }
      return nil
    }
  }
}

/// How hard a sensitivity study looks.
struct SensitivityOptions: ParsableArguments {
  @Option(
    help: "Trajectories of the screening; multiples of 8 balance it.",
    transform: wholeNumber(upTo: 4096))
  var trajectories = 32

  @Option(
    help: "How many numbers get indices: those that the screening puts first.",
    transform: wholeNumber(upTo: 64))
  var top = 10

  @Option(
    help: "Uncertain numbers that get indices, separated by commas, without a screening.")
  var parameters: String?

  @Option(
    help: "Base samples of the indices, a multiple of 16; 512 or a larger power of 2 is best.",
    transform: wholeNumber(upTo: 16_384))
  var baseSamples = 512

  @Flag(help: "End after the screening.")
  var screenOnly = false

  @Flag(help: "Write points.csv too: every point that was looked at, with what it came to.")
  var points = false

  /// The question that they ask.
  func question(about figure: FigureQuestion) -> SensitivityQuestion {
    var question = SensitivityQuestion(figure)
    (question.trajectories, question.top) = (trajectories, top)
    (question.baseSamples, question.onlyScreens) = (baseSamples, screenOnly)
    question.parameters = parameters?.split(separator: ",").map(String.init) ?? []
    return question
  }
}
