import ArgumentParser
import Documents
import Reporting
import Scenarios

/// `chokepoint schema`
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a JSON Schema of scenario files, for editors.",
    discussion: "docs/scenarios.md is the same for people: every key, with its default.")

  @Flag(help: "Print Markdown, as in docs/.")
  var markdown = false

  func run() throws { try printResult(markdown ? LanguagePage.text : ScenarioSchema.json) }
}
