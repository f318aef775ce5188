import ArgumentParser
import Reporting
import Scenarios
import Studies

/// `chokepoint replay FILE --replicate N --regime R`
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print one replicate as a month-by-month timeline.",
    discussion: """
      One simulated world under one regime, month by month: rules that take effect, training runs that \
      start and finish, and other events. The same seed and options as in the run give the same world; \
      failures.csv lists the command for every replicate that failed. Writes no files.
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(help: "The replicate, counted from 0.", transform: wholeNumber(upTo: .max))
  var replicate: Int

  @Option(help: "The regime; the reference by default.")
  var regime: String?

  @OptionGroup var options: ScenarioOptions

  @Flag(help: "Print JSON, with the value of every uncertainty.")
  var json = false

  func run() throws {
    let scenario = try options.scenario(file)
    try options.tellNotesAlone(of: [scenario])
    let retelling = try tellingFaults {
      try Retelling(of: scenario, replicate: replicate, regime: regime)
    }
    printError(retelling.heading)
    try printResult(json ? retelling.json : retelling.text)
    if let failure = retelling.failure {
      printError("this replicate could not be computed: \(failure)")
      throw ExitCode.replicatesFailed
    }
  }
}
