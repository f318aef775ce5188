import ArgumentParser
import Batches
import Documents
import Reporting
import Storage

/// The command line. Commands parse, call and print; what they do is done on the floors below.
@main
struct Chokepoint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chokepoint",
    abstract: "What would this export rule actually do? Scenarios in, distributions out.",
    discussion: """
      A scenario file describes labs, chips, rules and uncertainties; `run` simulates it and writes tidy \
      CSV. Start with: chokepoint run scenarios/deepseek-r1.yaml

      Exit codes: 0 success; 1 a check failed, or nothing was found; 2 some replicates failed; 64 usage; \
      65 invalid scenario; 69 Slurm or vl-convert is unavailable; 73 cannot write; 75 interrupted (run again to resume).
      """,
    version: ProgramVersion.current,
    subcommands: [
      New.self, Run.self, BatchCommand.self, Plan.self, Status.self, Merge.self, Compare.self,
      Diff.self, Replay.self, Verify.self, BackcastCommand.self, BreakEvenCommand.self,
      Drivers.self,
      SensitivityCommand.self, Discover.self, Cost.self,
      Charts.self, Report.self, Validate.self, Describe.self, Rules.self, Explain.self,
      Metrics.self,
      Schema.self,
      Commands.self,
    ])

  /// Looks at what the system allows before anything is done. Then as ArgumentParser would do it, but that whatever is said goes through one door each to standard output and
  /// standard error: what it repeats of the command line, too.
  static func main() async {
    ProcessLimits.tellOfLargeFiles()
    if let fault = ProcessLimits.fault {
      printError("chokepoint: \(fault)")
      exit(withError: ExitCode.cannotWrite)
    }
    do {
      var command = try await asyncParseAsRoot()
      if var long = command as? any AsyncParsableCommand {
        try await long.run()
      } else {
        try command.run()
      }
    } catch {
      var code = exitCode(for: error)
      let text = fullMessage(for: error)
      if !text.isEmpty, code == .success {
        do { try printResult(text + "\n") } catch { code = exitCode(for: error) }
      } else if !text.isEmpty {
        printError(text)
      }
      Self.exit(withError: code)
    }
  }
}
