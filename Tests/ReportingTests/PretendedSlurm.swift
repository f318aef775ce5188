@testable import Batches
import Synchronization

@testable import Reporting

/// A Slurm that keeps what it is told: jobs stay in its queue until a test takes them out.
final class PretendedSlurm: Sendable {
  struct State {
    var commands: [SlurmCommand] = []
    var rows: [String] = []
    var next = 12
    var refused: Set<String> = []
    var missing: Set<String> = ["sacct"]
    var accounts = ""
  }

  let state = Mutex(State())

  var slurm: Slurm {
    Slurm(
      has: { program in self.state.withLock { !$0.missing.contains(program) } },
      call: { command in self.state.withLock { $0.answer(command) } })
  }

  func change(_ body: (inout sending State) -> Void) { state.withLock { body(&$0) } }

  /// What was submitted and cancelled, one line each.
  var deeds: [String] {
    state.withLock { $0.commands }.filter { $0.program != "squeue" && $0.program != "sacct" }
      .map { command in
        let words = command.arguments.filter { !$0.hasPrefix("--job-name") && $0 != "--parsable" }
          .map { $0.hasPrefix("/") ? String($0.split(separator: "/").last ?? "") : $0 }
        return ([command.program] + words).joined(separator: " ")
      }
  }
}

extension PretendedSlurm.State {
  mutating func answer(_ command: SlurmCommand) -> ChildProcess.Outcome {
    commands.append(command)
    let script = command.arguments.last?.split(separator: "/").last.map(String.init)
    if refused.contains(command.program) || script.map(refused.contains) == true {
      return ChildProcess.Outcome(ending: .exit(1), output: "", errors: "error: no\nreally\n")
    }
    switch command.program {
    case "squeue":
      return ChildProcess.Outcome(
        ending: .exit(0), output: rows.map { "\($0)\n" }.joined(), errors: "")
    case "sacct": return ChildProcess.Outcome(ending: .exit(0), output: accounts, errors: "")
    case "scancel":
      rows.removeAll { row in command.arguments.contains { row.hasPrefix("\($0)|") } }
      return ChildProcess.Outcome(ending: .exit(0), output: "", errors: "")
    default:
      let name = command.arguments.first { $0.hasPrefix("--job-name=") }?.dropFirst(11) ?? ""
      if name.hasSuffix("-merge") {
        rows.append("\(next)|N/A|\(name)|PENDING|Dependency")
      } else {
        let tasks = command.arguments.first { $0.hasPrefix("--array=") }?.dropFirst(8) ?? ""
        for task in Self.numbers(tasks) { rows.append("\(next)|\(task)|\(name)|PENDING|Priority") }
      }
      next += 1
      return ChildProcess.Outcome(ending: .exit(0), output: "\(next - 1);cluster\n", errors: "")
    }
  }

  private static func numbers(_ text: Substring) -> [Int] {
    text.prefix { $0 != "%" }.split(separator: ",").flatMap { range in
      let ends = range.split(separator: "-").compactMap { Int($0) }
      return Array(ends[0]...ends[ends.count - 1])
    }
  }
}
