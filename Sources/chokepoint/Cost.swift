import Wording
import Studies
import ArgumentParser
import Reporting
import Scenarios

/// `chokepoint cost FILE`
struct Cost: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the cost of every run under every cost definition.",
    discussion: "Writes no files; `run` writes the ledger behind these sums.")

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @OptionGroup var options: ScenarioOptions
  @OptionGroup var threads: ThreadOptions

  @Flag(help: "Print JSON, with dollars as plain numbers.")
  var json = false

  mutating func run() async throws {
    let scenario = try options.scenario(file)
    try options.requireMemory(for: scenario, threads: threads.threads, quiet: false)
    if scenario.recordsNoCosts {
      throw ValidationError(
        "\(scenario.name) does not record costs: add --set metrics=all"
      )
    }
    let result = try await simulate(scenario, threads: threads.threads, quiet: false)
    try printResult(json ? result.costJSON : result.costText)
    if result.failedReplicates > 0 {
      printError(
        result.failureText(replaying: ReplayCommand(file: file, options: options.words)))
      throw ExitCode.replicatesFailed
    }
  }
}
