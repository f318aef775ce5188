/// A command line of Slurm's.
struct SlurmCommand: Hashable, Sendable {
  let program: String
  let arguments: [String]

  init(_ program: String, _ arguments: [String]) {
    self.program = program
    self.arguments = arguments
  }
}

/// Something that Slurm was asked for and did not do.
public struct SlurmError: Error, CustomStringConvertible, Sendable {
  /// What was asked, and what Slurm said.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Slurm, as its commands reach it.
public struct Slurm: Sendable {
  /// Whether a command is on PATH.
  let has: @Sendable (_ program: String) -> Bool
  /// Starts a command and waits for it.
  let call: @Sendable (_ command: SlurmCommand) throws(SlurmError) -> ChildProcess.Outcome

  /// What a command printed; fails with its words when it failed.
  func output(of command: SlurmCommand) throws(SlurmError) -> String {
    let answer = try call(command)
    guard answer.ending == .exit(0) else {
      throw SlurmError("\(command.program) failed: \(Self.words(answer.errors))")
    }
    return answer.output
  }

  /// What went to standard error, on one line.
  static func words(_ errors: String) -> String {
    let lines = errors.split(separator: "\n")
    return lines.isEmpty ? "it does not say why" : lines.joined(separator: "; ")
  }

  /// Fails unless jobs can be submitted from here.
  func require() throws(SlurmError) {
    for program in ["sbatch", "squeue", "scancel"] where !has(program) {
      throw SlurmError(
        """
        cannot find \(program): it is not on PATH, and --executor slurm submits with it. Start this \
        where Slurm's commands are, such as a login node of the cluster, or put them on PATH. Without \
        Slurm: `chokepoint plan FILE… --shards N --output DIR` says how to run shards one by one
        """)
    }
  }
}

extension Slurm {
  /// The one whose commands are on PATH.
  public static let installed = Slurm(
    has: { ChildProcess.path(of: $0) != nil },
    call: { command throws(SlurmError) in
      do throws(ProcessError) {
        return try ChildProcess.run(
          command.program, command.arguments, hiding: filters, limit: longestAnswer)
      } catch {
        throw SlurmError("cannot run \(command.program): \(error)")
      }
    })

  /// Bytes: a line for each of a million tasks.
  private static let longestAnswer = 200_000_000

  /// Variables with which a user makes squeue leave jobs out.
  private static let filters: Set = [
    "SQUEUE_ACCOUNT", "SQUEUE_NAMES", "SQUEUE_PARTITION", "SQUEUE_QOS", "SQUEUE_STATES",
    "SQUEUE_USERS",
  ]
}
