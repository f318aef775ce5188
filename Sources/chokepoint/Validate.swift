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

/// `chokepoint describe FILE`
struct Describe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the effective scenario: the file with every default written out.",
    discussion: "What it prints is a scenario file itself, and gives the same results.")

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @OptionGroup var options: ScenarioOptions

  func run() throws { print(try options.scenario(file).effectiveYAML, terminator: "") }
}

/// `chokepoint schema`
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a JSON Schema of scenario files, for editors.")

  func run() { print(ScenarioSchema.json, terminator: "") }
}
