import Foundation
import Testing

/// Under limits that are too small the command says so, and dies of no signal.
@Suite struct LimitTests {
  /// Runs a shell script with the command as `$0`.
  private func shell(_ script: String, in folder: URL) async throws -> Outcome {
    try await call(
      URL(filePath: "/bin/sh"), ["-c", script, builtCommand.path], in: folder)
  }

  @Test(arguments: [
    ("ulimit -n 6", "6 open files (ulimit -n)"), ("ulimit -n 4", "4 open files (ulimit -n)"),
    ("ulimit -v 250000", "250000 KB of memory (ulimit -v)"),
  ]) func `too little to begin with is said`(limit: String, words: String) async throws {
    try await withFolder { folder in
      _ = try SmallScenario.write(to: folder)
      for command in ["validate", "describe", "run"] {
        let outcome = try await shell("\(limit); exec \"$0\" \(command) small.yaml", in: folder)
        #expect(outcome.status == 73 && outcome.errors.contains(words), "\(outcome)")
      }
    }
  }

  @Test(arguments: ["--checkpoint 0", ""]) func `files that may not grow are said`(
    checkpoint: String
  ) async throws {
    try await withFolder { folder in
      _ = try SmallScenario.write(to: folder)
      let outcome = try await shell(
        "ulimit -f 8; exec \"$0\" run small.yaml --replicates 3000 --output out \(checkpoint)",
        in: folder)
      #expect(outcome.status == 73 && outcome.errors.contains("(ulimit -f)"), "\(outcome)")
    }
  }
}
