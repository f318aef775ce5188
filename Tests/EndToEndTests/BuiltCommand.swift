import Foundation
import Testing

/// What one call of the command came to.
struct Outcome {
  let status: Int32
  /// Standard output.
  let output: String
  /// Standard error.
  let errors: String

  /// The lines of standard error that name a place in a file.
  var faults: [Substring] {
    errors.split(separator: "\n").filter { $0.contains(/:\d+:\d+:\s/) }
  }
}

/// The root of the package.
let packageRoot = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The command, which is built beside the tests.
let builtCommand = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  .appending(path: "chokepoint")

/// Calls the built command as a user does, in the root of the package unless told otherwise.
///
/// Colours and cursor movements are for terminals: that none are written here is checked each time.
func chokepoint(
  _ arguments: String..., in folder: URL = packageRoot,
  at location: SourceLocation = #_sourceLocation
) async throws -> Outcome {
  let outcome = try await call(builtCommand, arguments, in: folder)
  #expect(
    !(outcome.output + outcome.errors).contains("\u{1B}"), "no terminal, no escape sequences",
    sourceLocation: location)
  return outcome
}

/// Runs a program with nothing on its standard input.
func call(
  _ program: URL, _ arguments: [String], in folder: URL = packageRoot
) async throws -> Outcome {
  try await withFolder { streams in
    let output = streams.appending(path: "output")
    let errors = streams.appending(path: "errors")
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    // Files, unlike pipes, never fill up.
    process.standardOutput = try emptyFile(output)
    process.standardError = try emptyFile(errors)
    let status = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { ended in
        let crashed = ended.terminationReason == .uncaughtSignal
        continuation.resume(returning: crashed ? -ended.terminationStatus : ended.terminationStatus)
      }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    return Outcome(
      status: status, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}

private func emptyFile(_ url: URL) throws -> FileHandle {
  try Data().write(to: url)
  return try FileHandle(forWritingTo: url)
}

/// Lends a new folder, which is gone afterwards with all that is in it.
func withFolder<R>(_ body: (URL) async throws -> R) async throws -> R {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "chokepoint-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}
