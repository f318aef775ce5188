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
      do {
        let scenario = try options.scenario(file)
        print("\(file): valid: \(scenario.sizeInWords)")
      } catch is ExitCode {
        isFaulty = true
      }
    }
    if isFaulty { throw ExitCode.badScenario }
  }
}
