import ArgumentParser
import Documents
import Quantities
import Reporting
import Scenarios
import Studies

/// `chokepoint rules`
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show which chips may be exported where on which days, and the clause that decides.",
    discussion: """
      For every chip and day: the licensing policy and the clause that decided it. Where governments \
      differ, the strictest applies; --government shows one only. With --scenario, the rules and chips \
      are those of a regime of the file.
      """)

  @Option(help: "A scenario file whose rules and chips to use.", completion: .file())
  var scenario: String?

  @Option(help: "The regime of the scenario; the reference by default.")
  var regime: String?

  @Option(
    help: """
      A set of built-in rules, such as current-law or current-law@2025-12, to be listed with dates and \
      sources.
      """)
  var set: String?

  @Option(help: "The destination of the chips.")
  var destination = "CN"

  @Option(help: "The buyer's headquarters; the destination by default.")
  var headquarters: String?

  @Option(help: "One government's rules only, such as US.")
  var government: String?

  @Option(name: .customLong("date"), parsing: .upToNextOption, help: "Days, as YYYY-MM-DD.")
  var dates: [String] = ["2022-10-22", "2023-11-18", "2025-05-01", "2026-02-01"]

  @Option(name: .customLong("chip"), parsing: .upToNextOption, help: "Chips, by id.")
  var chips: [String] = []

  @Flag(help: "List the rules.")
  var list = false

  @Flag(help: "Print CSV.")
  var csv = false

  func validate() throws {
    if regime != nil, scenario == nil {
      throw ValidationError("--regime needs --scenario FILE")
    }
    if set != nil, scenario != nil {
      throw ValidationError("--set lists a built-in set; for a scenario's rules give --regime")
    }
    let codes = [("destination", destination), ("headquarters", headquarters ?? destination)]
    for (option, code) in codes where !isJurisdictionCode(code) {
      throw ValidationError("--\(option) \(code): write a code in capitals, such as CN, US or GULF")
    }
  }

  func run() throws {
    let days = try dates.map { text in
      guard let day = Day(iso: text) else {
        throw ValidationError("--date \(text) is not a day; write YYYY-MM-DD")
      }
      return day
    }
    let answer = try tellingFaults {
      try self.answer(of: scenario.map { try Scenario(contentsOf: $0) }, on: days)
    }
    try printResult(answer)
  }

  private func answer(of scenario: Scenario?, on days: [Day]) throws(CommandLineFault) -> String {
    var source = RuleSource.builtIn
    if let scenario {
      source = try RuleSource(scenario, regime: regime)
      for warning in scenario.warnings { printError(warning.description) }
    }
    if let set { source = try RuleSource(set: set) }
    if list || set != nil {
      let rules = RuleList(of: source, showsSources: set != nil)
      return csv ? rules.csv : rules.text
    }
    let matrix = try RuleMatrix(
      of: source, destination: destination, headquarters: headquarters ?? destination,
      government: government, days: days, chipIDs: chips)
    return csv ? matrix.csv : matrix.text
  }
}
