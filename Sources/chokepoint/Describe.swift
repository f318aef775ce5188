import ArgumentParser
import Scenarios

/// `chokepoint describe FILE`
struct Describe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the effective scenario: the file with every default written out.",
    discussion: "The output is itself a scenario file, and gives the same results.")

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @OptionGroup var options: ScenarioOptions

  func run() throws {
    let scenario = try options.scenario(file)
    options.tellWarnings(scenario.warnings)
    try printResult(scenario.effectiveYAML)
  }
}
