import Foundation
import Testing

/// A study of a figure that is ended, cut into shards and put together comes to the bytes of one call.
@Suite struct SensitivityTests {
  private static let asked = [
    "--metric", "cost_final_run_usd", "--entity", "training", "--regime", "free", "--against",
    "rule",
    "--trajectories", "56", "--base-samples", "144", "--points",
  ]

  private static func study(
    _ file: String, _ options: [String], to output: URL
  ) async throws -> Outcome {
    try await call(
      builtCommand, ["sensitivity", file] + asked + ["--output", output.path] + options)
  }

  @Test func `shards come to the bytes of one call`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let whole = folder.appending(path: "whole")
      let answer = try await Self.study(file, ["--threads", "1"], to: whole)
      #expect(answer.status == 0, "\(answer.errors)")
      #expect(answer.output.contains("Its variance rests on"), "\(answer.output)")
      let output = folder.appending(path: "shards")
      // The screening, the indices of numbers and those of subjects: each begins when the one before is there.
      var words: [String] = []
      for shard in ["1/2", "0/2", "1/2", "0/2", "1/2"] {
        let outcome = try await Self.study(file, ["--shard", shard], to: output)
        #expect(outcome.status == 0, "\(outcome.errors)")
        words.append(outcome.output)
      }
      #expect(words[0].contains(" of the screening "), "\(words)")
      #expect(words[1].contains(" of the indices of numbers "), "\(words)")
      #expect(words[2].contains(" of the indices of subjects "), "\(words)")
      #expect(words[2].contains("when they are done, call it without --shard"), "\(words)")
      #expect(words[3].contains("and all others: call it without --shard"), "\(words)")
      let merged = try await Self.study(file, ["--quiet"], to: output)
      #expect(merged.status == 0 && merged.output.isEmpty, "\(merged.errors)")
      try FileManager.default.removeItem(at: output.appending(path: "shards"))
      let (found, expected) = (try Results(in: output).data, try Results(in: whole).data)
      #expect(found.differences(from: expected) == [])
      #expect(expected.files.keys.contains("charts/indices-by-numbers.vl.json"))
    }
  }

  @Test func `a study that is killed goes on, and comes to the same bytes`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let whole = folder.appending(path: "whole")
      _ = try await Self.study(file, ["--quiet", "--screen-only"], to: whole)
      let output = folder.appending(path: "killed")
      let process = Process()
      process.executableURL = builtCommand
      process.arguments =
        ["sensitivity", file] + Self.asked + [
          "--output", output.path, "--checkpoint", "0", "--screen-only",
        ]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      let kept = output.appending(path: ".unfinished.sqlite").path
      while process.isRunning, !FileManager.default.fileExists(atPath: kept) {
        try await Task.sleep(for: .milliseconds(1))
      }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let again = try await Self.study(file, ["--quiet", "--screen-only"], to: output)
      #expect(again.status == 0, "\(again.errors)")
      #expect(try Results(in: output).data.differences(from: Results(in: whole).data) == [])
    }
  }

  @Test func `options that do not go together are refused`() async throws {
    let cases: [([String], String)] = [
      (["--points"], "--points needs --output"),
      (["--shard", "0/2"], "--shard needs --output"),
      (["--base-samples", "100"], "a multiple of 16"),
      (["--replicates", "100"], "Unknown option '--replicates'"),
      (["--regimes", "free"], "Did you mean '--regime'?"),
    ]
    for (options, words) in cases {
      let outcome = try await call(
        builtCommand,
        ["sensitivity", "scenarios/deepseek-r1.yaml", "--metric", "cost_final_run_usd"] + options)
      #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.errors)")
    }
  }
}
