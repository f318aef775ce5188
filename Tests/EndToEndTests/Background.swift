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

  var isRunning: Bool { process.isRunning }

  /// Waits for its end; what it ended with, negative for a signal.
  func end() async throws -> (status: Int32, errors: String) {
    while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
    let status = process.terminationStatus
    return (
      process.terminationReason == .uncaughtSignal ? -status : status,
      try String(contentsOf: errors, encoding: .utf8)
    )
  }

  /// Waits until something is so, or it has ended.
  func wait(until isSo: () throws -> Bool) async throws {
    while process.isRunning, try !isSo() { try await Task.sleep(for: .milliseconds(5)) }
  }
}

/// Calls the command and sends it a signal as soon as a file is there. A shell waits for the file: the
/// tests' own threads may be busy with others for seconds.
func chokepoint(
  _ arguments: [String], endedBy signal: Int32, onceThereIs file: URL
) async throws -> Outcome {
  let script = """
    file=$1 signal=$2; shift 2
    "$@" & pid=$!
    until [[ -e $file ]] || ! kill -0 $pid 2>/dev/null; do sleep 0.005; done
    kill -$signal $pid; wait $pid
    """
  return try await call(
    URL(filePath: "/bin/bash"),
    ["-c", script, "bash", file.path, "\(signal)", builtCommand.path] + arguments)
}
