import ArgumentParser
import Reporting

/// `chokepoint commands`
struct Commands: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print every command with its options, as in docs/commands.md.",
    shouldDisplay: false)

  func run() throws {
    let commands = Chokepoint.configuration.subcommands
      .filter { $0.configuration.shouldDisplay }
      .map { ($0._commandName, $0.configuration.abstract, help(of: $0)) }
    try printResult(CommandPage.text(overview: help(of: Chokepoint.self), commands: commands))
  }

  /// Help as wide as the page, whatever the terminal.
  private func help(of command: any ParsableCommand.Type) -> String {
    Chokepoint.helpMessage(for: command, includeHidden: false, columns: 100)
  }
}
