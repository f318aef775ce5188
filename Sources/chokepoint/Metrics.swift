import ArgumentParser
import Reporting

/// `chokepoint metrics`
struct Metrics: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the data dictionary: every metric, with unit and meaning.")

  @Flag(help: "Print the parameters that scenarios can set instead.")
  var parameters = false

  @Flag(help: "Print CSV.")
  var csv = false

  func run() throws {
    let dictionary = parameters ? DataDictionary.parameters : DataDictionary.metrics
    try printResult(csv ? dictionary.csv : dictionary.text)
  }
}
