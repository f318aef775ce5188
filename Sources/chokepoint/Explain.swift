import ArgumentParser
import Quantities
import Reporting
import Scenarios
import Studies

/// `chokepoint explain NAME` and `chokepoint explain FILE --chip C --place P --month M`
struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a metric or a parameter is, or why a chip is or is not sold.",
    discussion: """
      Of a metric, a parameter or a mechanism: definition, unit, prior with source and confidence, where it \
      is set, and where docs/ODD.md describes it. Of a word of results, such as H100e, what it means. With a file, of \
      its estimates and derived metrics: title, unit, formula, and what that is made of.

        chokepoint explain grey_market.enforcement

      Of a chip in a place and a month of a scenario: in which share of draws it is sold, and what keeps it \
      from being sold in the others, as the model decided it.

        chokepoint explain scenarios/h20-and-h200.yaml --chip h20 --place CN --month 2026-03

      Writes no files.
      """)

  @Argument(
    help: "A metric, a parameter, a mechanism or a word of results; with --chip, a scenario file.",
    completion: .file(extensions: ["yaml", "yml"]))
  var subject: String

  @Argument(
    help: "After a name: a scenario file whose own names are known too.",
    completion: .file(extensions: ["yaml", "yml"]))
  var file: String?

  @Option(help: "The chip, by id.")
  var chip: String?

  @Option(
    help: "Where it is or is not sold: a jurisdiction of the scenario by code or name, such as CN.")
  var place: String?

  @Option(
    help: ArgumentHelp("The month.", valueName: "yyyy-mm"),
    transform: { text in
      guard let month = Month(iso: text) else {
        throw ValidationError("\(text) is not a month; write YYYY-MM")
      }
      return month
    })
  var month: Month?

  @Option(help: "The regime; the reference by default.")
  var regime: String?

  @OptionGroup var options: ScenarioOptions
  @OptionGroup var threads: ThreadOptions

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    let missing = [("--chip", chip == nil), ("--place", place == nil), ("--month", month == nil)]
      .filter(\.1).map(\.0)
    if missing.count < 3, !missing.isEmpty {
      throw ValidationError(
        "why a chip is sold takes --chip, --place and --month: add \(missing.joined(separator: " and "))"
      )
    }
    let isFile = subject.hasSuffix(".yaml") || subject.hasSuffix(".yml")
    if isFile, chip == nil {
      throw ValidationError("of a scenario file: add --chip, --place and --month")
    }
    if chip != nil, file != nil {
      throw ValidationError("why a chip is sold takes one file, and no name")
    }
    if chip == nil, regime != nil || threads.asked != nil || !options.words.isEmpty {
      throw ValidationError(
        "what a name means depends on no option of a run: only --json goes with it")
    }
  }

  mutating func run() async throws {
    guard let chip, let place, let month else {
      let scenario = try file.map { try options.scenario($0) }
      let name = try tellingFaults { try NameExplanation(subject, in: scenario) }
      return try printResult(json ? name.json : name.text)
    }
    let scenario = try options.scenario(subject)
    try options.refuseSweep(of: scenario)
    try options.tellNotesAlone(of: [scenario])
    let (regime, threads) = (regime, threads.threads)
    let answer = try await tellingFaults {
      try await SaleExplanation(
        of: scenario, chip: chip, place: place, month: month, regime: regime, threads: threads)
    }
    try printResult(json ? answer.json : answer.text)
  }
}
