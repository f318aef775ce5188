import ArgumentParser
import Reporting
import Scenarios

/// `chokepoint metrics`
struct Metrics: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the data dictionary: every metric, with unit and meaning.",
    discussion: """
      Headline metrics are what a scenario with an economy records unless it names others.
      """)

  @Flag(help: "Print the parameters that scenarios can set instead.")
  var parameters = false

  @Flag(help: "Print CSV.")
  var csv = false

  @Flag(help: "Print the page that the documents have.")
  var markdown = false

  func validate() throws {
    guard csv && markdown else { return }
    throw ValidationError("--csv and --markdown are two forms of one answer; give one of them.")
  }

  func run() throws {
    if markdown {
      return try printResult(parameters ? DictionaryPages.parameters : DictionaryPages.metrics)
    }
    let dictionary = parameters ? DataDictionary.parameters : DataDictionary.metrics
    try printResult(csv ? dictionary.csv : dictionary.text)
  }
}
