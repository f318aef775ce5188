import ArgumentParser
import Documents
import Glibc
import Reporting
import Scenarios
import Storage
import Studies
import Wording

extension ExitCode {
  /// A published figure was not met.
  static let checkFailed = ExitCode(1)
  /// Some replicates could not be computed.
  static let replicatesFailed = ExitCode(2)
  /// The scenario is at fault.
  static let badScenario = ExitCode(65)
  /// The scheduler is not there, or refuses.
  static let noScheduler = ExitCode(69)
  /// The program that draws charts is not there, or fails.
  static let cannotDraw = ExitCode(69)
  /// Results could not be written.
  static let cannotWrite = ExitCode(73)
  /// Told to end, with what was done kept.
  static let interrupted = ExitCode(75)

  /// Of two codes the one to end with: what was missed comes before what failed.
  func worse(_ other: ExitCode) -> ExitCode {
    let order: [ExitCode] = [.checkFailed, .badScenario, .replicatesFailed]
    return order.first { $0 == self || $0 == other } ?? .success
  }
}

/// Prints to standard error, where everything goes that is not a result.
func printError(_ text: String) { writeError(InvisibleCharacters.escaped(text) + "\n") }

/// Writes to standard error what a terminal is to obey.
func writeError(_ text: String) {
  let bytes = Array(text.utf8)
  // Nothing is left to be told to when standard error itself cannot be written.
  _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// A path or another name of somebody's choice, as a part of a line.
func shown(_ name: String) -> String { InvisibleCharacters.escaped(name, as: .name) }

/// Prints a result to standard output; says why it could not be, and ends, if so.
func printResult(_ text: String) throws {
  try tellingFileErrors { () throws(FileError) in try StandardOutput.write(text) }
}

/// Does something with a scenario and what is asked of it; says all that is wrong, and ends, if either is
/// at fault.
func tellingFaults<Result>(_ body: () throws -> Result) throws -> Result {
  do { return try body() } catch { throw told(error) }
}

/// The same for what takes long.
func tellingFaults<Result>(_ body: () async throws -> Result) async throws -> Result {
  do { return try await body() } catch { throw told(error) }
}

/// What to end with. Names of the command line that nothing has are wrong usage; what is wrong with a
/// scenario, as the file and `--set` make it, is said.
func told(_ error: any Error) -> any Error {
  switch error {
  case let word as CommandLineFault: return ValidationError(word.description)
  case let mismatch as ArmSet.Mismatch: return ValidationError(mismatch.description)
  case let faults as ScenarioFaults where faults.areOfCommandLine:
    return ValidationError(faults.description)
  case let faults as ScenarioFaults:
    printError(faults.description)
    let count = NumberWords.counted(faults.count, "error")
    printError("\(count); nothing was written")
    return ExitCode.badScenario
  default: return error
  }
}

/// Does something with files; says what could not be written, and ends, if so.
func tellingFileErrors<Result>(_ body: () throws(FileError) -> Result) throws -> Result {
  do { return try body() } catch { throw told(error) }
}

private func told(_ error: FileError) -> ExitCode {
  printError("chokepoint: \(error.description)")
  return error.isInterruption ? .interrupted : .cannotWrite
}
