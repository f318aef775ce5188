import ArgumentParser
import Documents
import Scenarios

/// `chokepoint schema`
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a JSON Schema of scenario files, for editors.")

  func run() throws { try printResult(ScenarioSchema.json) }
}
