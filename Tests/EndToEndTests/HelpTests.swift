import Foundation
import Testing

/// What the command says of itself, and how it takes being called wrongly.
@Suite struct HelpTests {
  private static let commands = [
    "new", "run", "batch", "plan", "status", "merge", "compare", "diff", "replay", "verify",
    "backcast", "break-even", "drivers", "sensitivity", "discover", "cost", "charts", "report",
    "validate", "describe", "rules", "explain",
    "metrics",
    "schema",
  ]

  @Test func `help lists the commands that there are`() async throws {
    let help = try await chokepoint("--help")
    #expect(help.status == 0 && help.errors == "")
    let list = try #require(help.output.split(separator: "SUBCOMMANDS:").last)
    let listed = list.matches(of: /\n {2}([a-z-]+) {2}/).map { String($0.1) }
    #expect(listed == Self.commands)
  }

  @Test(arguments: commands)
  func `every command explains itself`(command: String) async throws {
    let help = try await chokepoint(command, "--help")
    #expect(help.status == 0 && help.errors == "")
    #expect(help.output.hasPrefix("OVERVIEW: "))
    #expect(help.output.contains("USAGE: chokepoint \(command)"))
  }

  @Test(
    arguments: [
      ("run", ["--raw", "--only", "--regimes", "--replicates"], []),
      ("cost", ["--regimes", "--replicates"], ["--raw", "--iamc", "--only"]),
      ("drivers", ["--replicates", "--regime ", "--output"], ["--raw", "--only", "--regimes"]),
      ("sensitivity", ["--seed", "--set"], ["--raw", "--iamc", "--regimes", "--replicates"]),
    ] as [(String, [String], [String])])
  func `a command has the options that do something there`(
    command: String, some: [String], none: [String]
  ) async throws {
    let help = try await chokepoint(command, "--help").output
    for option in some { #expect(help.contains(option), "\(option)") }
    for option in none { #expect(!help.contains(option), "\(option)") }
  }

  @Test func `the version is a version`() async throws {
    let outcome = try await chokepoint("--version")
    #expect(outcome.status == 0)
    #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test(arguments: [
    ["nosuch"], ["new"], ["new", "No Name"], ["run"], ["replay"], ["backcast"], ["validate"],
    ["cost"], ["run", "--nosuch"],
    ["run", "scenarios/deepseek-r1.yaml", "--threads", "0"],
    ["run", "scenarios/deepseek-r1.yaml", "--replicates", "many"],
    ["run", "scenarios/deepseek-r1.yaml", "--set", "run.seed"],
    ["run", "scenarios/deepseek-r1.yaml", "scenarios/deepseek-r1.yaml"],
    ["replay", "scenarios/deepseek-r1.yaml"],
    ["replay", "scenarios/deepseek-r1.yaml", "--replicate", "-1"],
    ["replay", "scenarios/deepseek-r1.yaml", "--replicate", "10000"],
    ["replay", "scenarios/deepseek-r1.yaml", "--replicate", "0", "--regime", "nosuch"],
    ["backcast", "scenarios/deepseek-r1.yaml"],
    ["run", "scenarios/deepseek-r1.yaml", "--replicates", "10000000000"],
    ["rules", "--date", "2023-13-01"], ["rules", "--chip", "nosuch"],
    ["rules", "--regime", "free"],
    ["rules", "--scenario", "scenarios/deepseek-r1.yaml", "--regime", "nosuch"],
    ["run", "scenarios/deepseek-r1.yaml", "--seed", "-1"],
    ["run", "scenarios/deepseek-r1.yaml", "--replicates", "-1"],
  ])
  func `a call that makes no sense exits 64`(arguments: [String]) async throws {
    try await withFolder { folder in
      let scenarios = folder.appending(path: "scenarios")
      try FileManager.default.copyItem(
        at: packageRoot.appending(path: "scenarios"), to: scenarios)
      let outcome = try await call(builtCommand, arguments, in: folder)
      #expect(outcome.status == 64)
      #expect(outcome.output == "")
      #expect(outcome.errors.hasPrefix("Error: "))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["scenarios"])
    }
  }
}
