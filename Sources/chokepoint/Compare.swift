import ArgumentParser
import FoundationEssentials
import Quantities
import Reporting
import Scenarios
import Storage
import Studies

/// `chokepoint compare FILE…`
struct Compare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare regimes under common random numbers: differences, ranks, regrets.",
    discussion: """
      The regimes of one file, or of several with the same seed and replicates, are run on the same \
      draws and compared replicate by replicate with the first of them. A file with a sweep is computed at \
      all its points, or at the one that --point names: regimes are compared with the first regime of the \
      same point or, if each point has one regime, with the first point. Prints a table for each metric; \
      --output writes regimes.csv, comparison.csv and ranks.csv.

        chokepoint compare scenarios/diffusion-caps.yaml --metric capability_gap --month 2027-12
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @OptionGroup var question: ComparisonOptions
  @OptionGroup var options: ScenarioOptions
  @OptionGroup var keeping: ComparingOptions

  func validate() throws {
    if files.isEmpty { throw ValidationError("name at least one scenario file") }
  }

  mutating func run() async throws {
    let read = try files.map { (file: $0, points: try options.points($0)) }
    try await keeping.compare(
      read.flatMap(\.points), labels: read.flatMap { read in read.points.map { _ in read.file } },
      try question.question(), options, heldTo: .firstOfPoint
    ) { keeping.json ? $0.json : $0.text }
  }
}

/// What is looked at in a comparison.
struct ComparisonOptions: ParsableArguments {
  @Option(
    name: .customLong("metric"), parsing: .upToNextOption,
    help: "Metrics, by name; by default the monthly metrics that the scenarios record.")
  var metrics: [String] = []

  @Option(
    name: .customLong("entity"), parsing: .upToNextOption, help: "Entities; all by default.")
  var entities: [String] = []

  @Option(
    name: .customLong("month"), parsing: .upToNextOption,
    help: "Months, as YYYY-MM; the last by default.")
  var months: [String] = []

  @Option(
    name: .customLong("prefer"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Whether more (high) or less (low) of a metric is better, for ranks and regrets; if not said, neither: regimes "
        + "are ranked from the highest, and nothing is called best.",
      valueName: "metric=high|low"))
  var preferences: [String] = []

  /// The question that they ask.
  func question() throws -> ComparisonQuestion {
    var question = ComparisonQuestion()
    question.metrics = Self.names(metrics)
    question.entities = Self.names(entities)
    question.months = try Self.names(months).map { text in
      guard let month = Month(iso: text) else {
        throw ValidationError("--month \(text) is not a month; write YYYY-MM")
      }
      return month
    }
    try tellingFaults {
      for text in Self.names(preferences) { try question.prefer(text) }
    }
    return question
  }

  /// Words given one by one, or in one with commas between them, as `--regimes` takes them.
  private static func names(_ words: [String]) -> [String] {
    words.flatMap { $0.split(separator: ",").map(String.init) }
  }
}

/// How a comparison is made and told.
struct ComparingOptions: ParsableArguments {
  @OptionGroup var threads: ThreadOptions

  @Option(help: "Also write the tables to this folder.", completion: .directory)
  var output: String?

  @Flag(help: "Overwrite the contents of that folder.")
  var force = false

  @Flag(help: "Print only errors.")
  var quiet = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws { try requireOutput(output) }

  /// Runs scenarios, tells how their regimes compare, and writes the tables if they are wanted.
  ///
  /// - Parameters:
  ///   - labels: by scenario, where it is from.
  ///   - words: the answer that is printed.
  func compare(
    _ scenarios: [Scenario], labels: [String], _ question: ComparisonQuestion,
    _ options: some ScenarioChanges, heldTo reference: Reference, words: (ArmComparison) -> String
  ) async throws {
    let target = try output.map { path in
      let input = ComparisonInput(scenarios, question, heldTo: reference)
      let folder = try tellingFileErrors { () throws(FileError) in
        try ResultFolder(path).claim(inputHash: input.hash, force: force)
      }
      return (folder: folder, input: input)
    }
    if !quiet { try options.tellNotes(of: scenarios) }
    let clock = ContinuousClock()
    let (begin, started) = (clock.now, Date.now.formatted(.iso8601))
    let comparison = try await tellingFaults {
      let arms = try ArmSet(of: scenarios, labels: labels)
      var progress = Progress(total: scenarios[0].run.replicates)
      defer { progress.finish() }
      return try await ArmComparison(
        of: arms, question, heldTo: reference, threads: threads.threads,
        consider: { try options.requireMemory($0, for: "the comparison", quiet: quiet) }
      ) { if !quiet { progress.tell(done: $0) } }
    }
    // Before files are written, so that a full disk does not lose the answer.
    if json || !quiet { try printResult(words(comparison)) }
    if let (folder, input) = target {
      let elapsed = (clock.now - begin).components
      let circumstances = RunCircumstances(
        threads: threads.threads, started: started,
        seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
      let title = scenarios.map(\.about.title).joined(separator: "; ")
      let names = try await tellingInterruptions {
        try await comparison.write(input, to: folder, title: title, circumstances)
      }
      if !quiet, !json {
        try printResult("Results:\n" + names.map { "  \(shown(folder.place(of: $0)))\n" }.joined())
      }
    }
    if comparison.failedReplicates > 0 { throw ExitCode.replicatesFailed }
  }
}
