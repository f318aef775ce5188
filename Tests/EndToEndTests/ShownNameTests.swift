import Foundation
import Testing

/// Names of files and words of the command line reach no terminal as they are.
@Suite struct ShownNameTests {
  private static let names = [
    "a\u{1B}]0;x\u{7}.yaml", "b\u{9B}31m.yaml", "c\rfine: valid.yaml", "d\u{202E}lmay.yaml",
    "e\nf.yaml:1:1: fine.yaml",
  ]

  private func isShown(_ outcome: Outcome) -> Bool {
    (outcome.output + outcome.errors).unicodeScalars.allSatisfy { scalar in
      let category = scalar.properties.generalCategory
      return scalar == "\n" || category != .control && category != .format
    }
  }

  @Test func `names of files, good and bad`() async throws {
    try await withFolder { folder in
      for name in Self.names {
        let file = try SmallScenario.write(to: folder, named: name)
        let good = try await chokepoint("validate", file)
        #expect(good.status == 0 && isShown(good) && good.output.contains(": valid: "))
        #expect(good.output.split(separator: "\n").count == 1, "\(good.output)")
        try Data("about: {}\n".utf8).write(to: URL(filePath: file))
        let bad = try await chokepoint("validate", file)
        #expect(bad.status == 65 && isShown(bad))
        #expect(bad.errors.split(separator: "\n").dropLast().allSatisfy { $0.hasPrefix("/") })
      }
      let batch = try await chokepoint("batch", folder.path)
      #expect(batch.status == 65 && isShown(batch))
      #expect(batch.errors.contains("e\\nf.yaml:1:1: fine.yaml:1:1: "), "\(batch.errors)")
    }
  }

  @Test func `names of folders, and words of the command line`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let output = folder.appending(path: "o\u{1B}[2J\nu\u{202E}t").path
      let plan = try await chokepoint("plan", file, "--shards", "1", "--output", output)
      #expect(plan.status == 0 && isShown(plan))
      #expect(plan.output.contains("o\\u{001B}[2J\\nu\\u{202E}t/shards/shard-0-of-1.sqlite"))
      let merge = try await chokepoint("merge", output)
      #expect(merge.status == 73 && isShown(merge))
      #expect(merge.errors.split(separator: "\n").count == 1)
      let run = try await chokepoint("run", file, "--output", output)
      #expect(run.status == 0 && isShown(run))
      for words in [
        ["--\u{1B}[31m"], ["validate", "--\u{1B}]0;x\u{7}", file], ["\u{202E}nur"],
        ["validate", file, "--set", "\u{1B}[2J=1"], ["validate", file, "--point", "\u{9B}m"],
        ["run", file, "--shard", "\u{1B}/3"], ["rules", "--chip", "\u{1B}[7m"],
        ["run", file, "--regimes", "\u{1B}c"], ["run", file, "--shard", "0/1000000000000000000"],
      ] {
        let outcome = try await call(builtCommand, words)
        #expect([64, 65].contains(outcome.status) && isShown(outcome), "\(words): \(outcome)")
      }
    }
  }
}
