import Foundation
import Testing

/// Folders of scenario files.
@Suite struct BatchTests {
  /// Two hundred files, of which five are broken, each in its own way.
  private func withBatch(_ body: (_ scenarios: URL, _ output: URL) async throws -> Void)
    async throws
  {
    try await withFolder { folder in
      let scenarios = folder.appending(path: "scenarios")
      try FileManager.default.createDirectory(
        at: scenarios.appending(path: "more"), withIntermediateDirectories: true)
      let wrong = [
        ("seed: 7", "sead: 7"), ("jurisdiction: CN", "jurisdiction: China"),
        ("us_2022_10", "us_1922_10"),
        ("end: 2025-01", "end: 2023-01"), ("about:", "about: ["),
      ]
      for number in 0..<200 {
        let (old, new) = number % 40 == 13 ? wrong[number / 40] : ("seed: 7", "seed: \(number)")
        let name = (number % 2 == 0 ? "" : "more/") + "s\(number).yaml"
        _ = try SmallScenario.write(to: scenarios, named: name, replacing: old, with: new)
      }
      try await body(scenarios, folder.appending(path: "results"))
    }
  }

  private func finished(_ output: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: output.path)) ?? []
    return names.filter {
      FileManager.default.fileExists(atPath: "\(output.path)/\($0)/manifest.json")
    }
  }

  @Test func `broken files are all told at once, and fatal or skipped by choice`() async throws {
    try await withBatch { scenarios, output in
      let options = ["--replicates", "2", "--quiet", "--output", output.path]
      let fatal = try await call(builtCommand, ["batch", scenarios.path] + options)
      #expect(fatal.status == 65)
      for number in [13, 53, 93, 133, 173] {
        #expect(fatal.errors.contains("more/s\(number).yaml:"), "\(fatal.errors)")
      }
      #expect(fatal.errors.contains("5 of 200 files have errors: nothing was written"))
      #expect(finished(output).isEmpty)

      let skipping = try await call(
        builtCommand, ["batch", scenarios.path, "--skip-broken"] + options)
      #expect(skipping.status == 65, "who looks at the code alone must know")
      #expect(skipping.errors.contains("5 of 200 files have errors and are skipped"))
      #expect(finished(output).count == 195)

      try FileManager.default.removeItem(at: output.appending(path: "s7"))
      let again = try await call(
        builtCommand,
        ["batch", scenarios.path, "--skip-broken", "--replicates", "2", "--output", output.path])
      #expect(again.errors.contains("194 of 195 scenarios are done already"))
      #expect(finished(output).count == 195)
    }
  }

  @Test func `files of one name, whose results would go to one folder, are refused`() async throws {
    try await withFolder { folder in
      let more = folder.appending(path: "more")
      try FileManager.default.createDirectory(at: more, withIntermediateDirectories: true)
      let files = try [folder, more].map { try SmallScenario.write(to: $0) }
      let outcome = try await call(
        builtCommand, ["batch", folder.path, "--output", folder.appending(path: "results").path])
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("have the same name, small: give each its own about.name"))
      for file in files { #expect(outcome.errors.contains(file), "\(outcome.errors)") }
    }
  }

  @Test func `a folder without scenarios`() async throws {
    try await withFolder { folder in
      let none = try await chokepoint("batch", folder.path)
      #expect(none.status == 65 && none.errors.contains("holds no scenario files"))
      let missing = try await chokepoint("batch", folder.path + "/nowhere")
      #expect(missing.status == 65 && missing.errors.contains("nowhere"))
    }
  }
}
