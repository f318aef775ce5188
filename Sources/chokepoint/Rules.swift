import ArgumentParser
import Quantities
import Reporting

/// `chokepoint rules`
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show which chips may go where on which days, and which clause says so.",
    discussion: """
      For every chip and day: the policy of the government, and the clause that decided. Between \
      governments the stricter wins; --government shows one alone.
      """)

  @Option(help: "Where chips go.")
  var destination = "CN"

  @Option(help: "Where the buyer has its headquarters; the destination if not given.")
  var headquarters: String?

  @Option(help: "One government's rules alone, such as US.")
  var government: String?

  @Option(name: .customLong("date"), parsing: .upToNextOption, help: "Days, as YYYY-MM-DD.")
  var dates: [String] = ["2022-10-22", "2023-11-18", "2025-05-01", "2026-02-01"]

  @Option(name: .customLong("chip"), parsing: .upToNextOption, help: "Chips, by id.")
  var chips: [String] = []

  @Flag(help: "List the rules themselves.")
  var list = false

  @Flag(help: "Print CSV.")
  var csv = false

  func run() throws {
    if list {
      try printResult(RuleMatrix.listText)
      return
    }
    let days = try dates.map { text in
      guard let day = Day(iso: text) else {
        throw ValidationError("--date \(text): write YYYY-MM-DD")
      }
      return day
    }
    let matrix: RuleMatrix
    do throws(UnknownWord) {
      matrix = try RuleMatrix(
        destination: destination, headquarters: headquarters ?? destination,
        government: government, days: days, chipIDs: chips)
    } catch {
      throw ValidationError(error.description)
    }
    try printResult(csv ? matrix.csv : matrix.text)
  }
}
