import ArgumentParser
import FoundationEssentials
import Reporting
import Scenarios
import Storage
import Studies
import Wording

/// `chokepoint discover FILE --metric M --aim "below 500000"`
struct Discover: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "discover",
    abstract: "Find the conditions under which a rule meets, misses or reverses an aim.",
    discussion: """
      Scenario discovery. Every draw of the uncertain numbers meets, misses or reverses the aim. Boxes of draws are \
      then looked for in which one outcome is dense (the patient rule induction method), and a small tree of \
      questions that sorts the outcomes. Conditions are found on one half of the draws and judged on the other.

      An aim is a level under one regime ("below 500000", "at least 4 months", "between 2 and 4"), or a change \
      against another ("fall by 20%", "at least 100000 more", "higher").

      When the rule of October 2023 takes a fifth off China's compute:

        chokepoint discover scenarios/h800-vs-h100.yaml --metric stock_h100e --entity CN --regime october-2023 \
      --against october-2022 --aim "fall by 20%"

      No aim of an evader's is taken (docs/responsible-use.md).
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @OptionGroup var asked: AskedFigureOptions

  @Option(help: "What is wanted of the figure, in words: a level, or a change with --against.")
  var aim: String

  @Option(
    help: "The outcome whose conditions are looked for: met, missed or reversed; each by default.",
    transform: { text in
      switch text {
      case "met": return .met
      case "missed": return .missed
      case "reversed": return .reversed
      default: throw ValidationError("write met, missed or reversed")
      }
    })
  var outcome: Aim.Outcome?

  @Option(
    help: ArgumentHelp(
      "Choose the first box on the way that is at least so dense, 0 to 1.", valueName: "share"))
  var density: Double?

  @Option(
    help: ArgumentHelp(
      "Choose a box on the way by its number, with --outcome.", valueName: "number"))
  var box: Int?

  @OptionGroup var options: FigureScenarioOptions
  @OptionGroup var threads: ThreadOptions

  @Option(help: "Also write tables and charts to this folder.", completion: .directory)
  var output: String?

  @Flag(help: "Overwrite the contents of that folder.")
  var force = false

  @Flag(help: "Print JSON.")
  var json = false

  private func question() throws -> DiscoveryQuestion {
    do {
      let read = try AimReader(aim)
      var question = DiscoveryQuestion(try asked.question(), aim: read.aim, unit: read.unit)
      question.outcome = outcome
      if let density { question.choose(density: density) }
      if let box { question.choose(box: box) }
      return question
    } catch let fault as AimReader.Fault {
      throw ValidationError("--aim \(fault.description)")
    }
  }

  func validate() throws {
    if let fault = try question().fault { throw ValidationError(fault) }
    try requireOutput(output)
    if let density, !(density > 0 && density <= 1) {
      throw ValidationError("--density takes a share above 0 and up to 1")
    }
    if let box, box < 0 { throw ValidationError("--box takes a number from 0 on") }
    if density != nil, box != nil { throw ValidationError("give --density or --box, not both") }
    if let replicates = options.replicates, replicates > DiscoveryAnswer.mostReplicates {
      throw ValidationError(
        "--replicates takes at most \(DiscoveryAnswer.mostReplicates) here: every value is kept")
    }
  }

  mutating func run() async throws {
    let scenario = try options.scenario(file)
    try options.refuseSweep(of: scenario)
    try options.tellNotesAlone(of: [scenario])
    let question = try question()
    let target = try output.map { path in
      let input = DiscoveryInput(scenario, question)
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

  private func answer(to question: DiscoveryQuestion) async throws -> DiscoveryAnswer {
    let overrides = try options.overrides()
    var line = Progress(total: 0)
    defer { line.finish() }
    return try await tellingFaults {
      try await DiscoveryAnswer(
        to: question, file: file, overrides: overrides, threads: threads.threads
      ) { step in
        switch step {
        case .draws(let done, let total): line.tell("draws: \(done) of \(total) runs")
        case .chance(let done, let total): line.tell("chance: \(done) of \(total) runs")
        case .searching(let outcome): line.tell("looking for conditions of \(outcome)")
        }
      }
    }
  }
}
