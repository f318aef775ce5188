import ArgumentParser
import Reporting
import Scenarios
import Studies

/// `chokepoint replay FILE --replicate N --regime R`
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell one simulated replicate as a dated story.",
    discussion: """
      One world under one regime, month by month: rules that take effect, runs that begin and end, \
      and what else happens in it. The same seed and options as in the run give the same world; \
      failures.csv has the command for every replicate that could not be computed. Writes no files.
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(help: "Which replicate, from 0.")
  var replicate: Int

  @Option(help: "Under which regime; the reference if not given.")
  var regime: String?

  @OptionGroup var options: ScenarioOptions

  @Flag(help: "Print JSON, with the value of every uncertainty.")
  var json = false

  func run() throws {
    let scenario = try options.scenario(file)
    try options.tellShadowedSettings(of: [scenario])
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
