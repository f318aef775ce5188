import ArgumentParser
import Scenarios

/// `chokepoint validate FILE…`
struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say everything that is wrong with scenario files.")

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @OptionGroup var options: ScenarioOptions

  func validate() throws {
    if files.isEmpty { throw ValidationError("name at least one scenario file") }
  }

  func run() throws {
    var isFaulty = false
    for file in files {
      let scenario: Scenario
      do { scenario = try options.scenario(file) } catch is ExitCode {
        isFaulty = true
        continue
      }
      try printResult("\(file): valid: \(scenario.sizeInWords)\n")
    }
    if isFaulty { throw ExitCode.badScenario }
  }
}
