import Foundation

/// The command at work, to be ended in the midst of it.
struct Background {
  private let process = Process()
  private let errors: URL

  /// Starts the command; what it says goes to a file in the folder.
  init(_ arguments: [String], tellingIn folder: URL) throws {
    errors = folder.appending(path: "errors-\(UUID().uuidString)")
    try Data().write(to: errors)
    process.executableURL = builtCommand
    process.arguments = arguments
    process.currentDirectoryURL = packageRoot
    process.environment = ProcessInfo.processInfo.environment
      .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  /// Sends a signal, if it still runs.
  func send(_ signal: Int32) {
    if process.isRunning { kill(process.processIdentifier, signal) }
  }

  /// Waits for its end; what it ended with, negative for a signal.
  func end() async throws -> (status: Int32, errors: String) {
    while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
    let status = process.terminationStatus
    return (
      process.terminationReason == .uncaughtSignal ? -status : status,
      try String(contentsOf: errors, encoding: .utf8)
    )
  }
}

/// Calls the command in the background of a shell, which goes on as a script says once a file is there. It
/// is the shell that waits: the tests' own threads may be busy with others for minutes.
///
/// - Parameter script: knows `$pid`, `$file` and, for the command with its arguments, `"$@"`.
func chokepoint(
  _ arguments: [String], onceThereIs file: URL, _ script: String
) async throws -> Outcome {
  let whole = """
    file=$1; shift
    "$@" & pid=$!
    until [[ -e $file ]] || ! kill -0 $pid 2>/dev/null; do sleep 0.005; done
    \(script)
    """
  return try await call(
    URL(filePath: "/bin/bash"),
    ["-c", whole, "bash", file.path, builtCommand.path] + arguments)
}
