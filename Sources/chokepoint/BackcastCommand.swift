import ArgumentParser
import Quantities
import Reporting
import Scenarios
import Studies

/// `chokepoint backcast FILE`
struct BackcastCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backcast",
    abstract: "Compare simulated results under the actual rules with observed data.",
    discussion: """
      For each of the file's observations: the observed value, the 90% band of the draws, whether the \
      band covers it, and how wide the band is. Misses come first. Coverage is reported separately for \
      data that the model was fitted to, data that informed the priors, and held-out data; a band that is \
      too wide to say anything counts as no cover. With --known-until, targets after that month are \
      scored as forecasts, beside two naive ones made from the file's earlier targets of the same \
      figure. Scores are gathered by class. --observations lays those of other files over the file's own, \
      by id: a CSV table whose columns are the keys of an observation, with " + " between names that are \
      summed, or YAML with an observations list. Exits 1 when a target is missed unexpectedly. Writes no \
      files.
      """)

  @Argument(
    help: "Scenario files with observations.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "More observations, CSV or YAML (repeatable).", valueName: "file"),
    completion: .file(extensions: ["csv", "yaml", "yml"]))
  var observations: [String] = []

  @Option(help: "The regime to compare; current-law by default, or the reference if there is none.")
  var regime: String?

  @Option(help: "Score targets after this month (YYYY-MM) as forecasts.")
  var knownUntil: String?

  @OptionGroup var options: ScenarioOptions
  @OptionGroup var threads: ThreadOptions

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print a page of Markdown.")
  var markdown = false

  @Flag(help: "Print a CSV table of the targets.")
  var csv = false

  func validate() throws {
    if [json, markdown, csv].count(where: \.self) > 1 {
      throw ValidationError("give one of --json, --markdown and --csv")
    }
    if json || csv, files.count > 1 {
      throw ValidationError("\(json ? "--json" : "--csv") is of one file")
    }
    if let knownUntil, Month(iso: knownUntil) == nil {
      throw ValidationError("--known-until \(knownUntil) is not a month; write YYYY-MM")
    }
  }

  func run() async throws {
    var backcasts: [Backcast] = []
    for file in files { backcasts.append(try await backcast(file)) }
    try printResult(
      json
        ? backcasts[0].json
        : csv
          ? backcasts[0].csv
          : markdown
            ? BackcastPage(backcasts).markdown
            : backcasts.map(\.text).joined(separator: "\n"))
    try judge(backcasts)
  }

  private func backcast(_ file: String) async throws -> Backcast {
    // Read once to know the regimes, and again with the one that is to be run.
    var options = options
    let whole = try options.scenario(file, observing: observations)
    guard !whole.observations.isEmpty else {
      throw ValidationError("\(file) has no observations to compare with")
    }
    if options.regimes == nil || regime != nil {
      options.regimes = regime ?? Backcast.defaultRegime(of: whole)
    }
    let scenario = try options.scenario(file, observing: observations)
    try options.requireMemory(for: scenario, threads: threads.threads, quiet: false)
    var progress = Progress(total: scenario.run.replicates)
    defer { progress.finish() }
    return try await Backcast(
      running: scenario, regime: 0, against: scenario.observations,
      knownUntil: knownUntil.flatMap { Month(iso: $0) },
      threads: threads.threads
    ) { progress.tell(done: $0) }
  }

  private func judge(_ backcasts: [Backcast]) throws {
    let misses = backcasts.reduce(0) { $0 + $1.unexpectedMisses }
    if misses > 0 {
      printError("\(misses) of the observations are missed unexpectedly")
      throw ExitCode.checkFailed
    }
    if backcasts.contains(where: { $0.failedReplicates > 0 }) {
      printError("some replicates could not be computed, and are left out; `run` lists them")
      throw ExitCode.replicatesFailed
    }
  }
}
