import ArgumentParser
import Reporting
import Scenarios
import Studies

/// `chokepoint replay FILE --replicate N --regime R`
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print one replicate as a month-by-month timeline.",
    discussion: """
      One simulated world under one regime, month by month: rules that take effect, training runs that \
      start and finish, other events, and every half year what the world has come to. The same seed and \
      options as in the run give the same world; failures.csv lists the command for every replicate that \
      failed. Writes no files.

      The world that is nearest the median, under two regimes side by side:

        chokepoint replay scenarios/h800-vs-h100.yaml --typical lag_months:CN --against a100-era
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(help: "The replicate, counted from 0.", transform: wholeNumber(upTo: .max))
  var replicate: Int?

  @Option(
    help: ArgumentHelp(
      "Instead of --replicate: the one in which a metric ends nearest its median.",
      valueName: "metric[:entity]"))
  var typical: String?

  @Option(
    help: ArgumentHelp(
      "Instead of --replicate: the one in which a metric ends largest.",
      valueName: "metric[:entity]"))
  var extreme: String?

  @Option(help: "The regime; the reference by default.")
  var regime: String?

  @Option(help: "Another regime, to be shown beside it: what differs first, and what follows.")
  var against: String?

  @OptionGroup var options: ScenarioOptions
  @OptionGroup var threads: ThreadOptions

  @Flag(
    help: """
      End every line with "(simulated)" instead of saying it at the top: for lines that are copied out one \
      by one.
      """)
  var lines = false

  @Flag(help: "Print JSON, with the value of every uncertainty.")
  var json = false

  func validate() throws {
    let chosen = [replicate != nil, typical != nil, extreme != nil].count { $0 }
    guard chosen == 1 else {
      throw ValidationError("give one of --replicate, --typical and --extreme")
    }
    if lines, json || against != nil {
      throw ValidationError("--lines goes neither with --json nor with --against")
    }
    if threads.asked != nil, replicate != nil {
      throw ValidationError("--threads has nothing to do for one replicate")
    }
  }

  mutating func run() async throws {
    let scenario = try options.scenario(file)
    try options.tellNotesAlone(of: [scenario])
    let number = try await chosen(from: scenario)
    let failure =
      if let against {
        try tellComparison(of: scenario, replicate: number, against: against)
      } else {
        try tell(scenario, replicate: number)
      }
    if let failure {
      printError("this replicate could not be computed: \(failure)")
      throw ExitCode.replicatesFailed
    }
  }

  /// The replicate that is asked for; how it was chosen is said.
  private func chosen(from scenario: Scenario) async throws -> Int {
    if let replicate { return replicate }
    let kind = typical != nil ? ReplicateChoice.Kind.typical : .extreme
    let target = typical ?? extreme ?? ""
    let choice = try await tellingFaults {
      try await ReplicateChoice(
        kind, of: target, in: scenario, regime: regime, threads: threads.threads)
    }
    printError(choice.words)
    return choice.replicate
  }

  /// Tells a world under one regime; gives why it could not be computed, if so.
  private func tell(_ scenario: Scenario, replicate: Int) throws -> String? {
    let retelling = try tellingFaults {
      try Retelling(of: scenario, replicate: replicate, regime: regime)
    }
    try printResult(json ? retelling.json : lines ? retelling.markedText : retelling.text)
    return retelling.failure
  }

  /// Tells it under two regimes.
  private func tellComparison(
    of scenario: Scenario, replicate: Int, against: String
  ) throws -> String? {
    let comparison = try tellingFaults {
      try StoryComparison(of: scenario, replicate: replicate, regime: regime, against: against)
    }
    try printResult(json ? comparison.json : comparison.text)
    return comparison.failure
  }
}
