import ArgumentParser
import Reporting
import Scenarios

/// `chokepoint metrics`
struct Metrics: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the data dictionary: every metric, with its unit and definition.",
    discussion: """
      A scenario with an economy records the headline metrics unless it names others.
      """)

  @Flag(help: "Print the parameters that scenarios can set, instead of metrics.")
  var parameters = false

  @Flag(help: "Print CSV.")
  var csv = false

  @Flag(help: "Print Markdown, as in docs/.")
  var markdown = false

  func validate() throws {
    guard csv && markdown else { return }
    throw ValidationError("give either --csv or --markdown")
  }

  func run() throws {
    if markdown {
      return try printResult(parameters ? DictionaryPages.parameters : DictionaryPages.metrics)
    }
    let dictionary = parameters ? DataDictionary.parameters : DataDictionary.metrics
    try printResult(csv ? dictionary.csv : dictionary.text)
  }
}
