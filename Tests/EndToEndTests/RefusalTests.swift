import Foundation
import Testing

/// What the command refuses, with what exit code, and that it leaves things as they were.
@Suite struct RefusalTests {
  @Test func `a bad scenario exits 65, tells every fault and writes nothing`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(
        to: folder, replacing: "replicates: 32", with: "replicates: -3\n  sed: 5\n  design: best")
      let output = folder.appending(path: "results")
      let outcome = try await chokepoint("run", file, "--output", output.path)
      #expect(outcome.status == 65)
      #expect(outcome.output == "")
      #expect(outcome.faults.count == 3)
      for words in ["run.replicates", "run.sed", "run.design", "3 faults; nothing was written"] {
        #expect(outcome.errors.contains(words))
      }
      #expect(!FileManager.default.fileExists(atPath: output.path))
    }
  }

  @Test func `one bad scenario among good ones stops all before anything is written`() async throws
  {
    try await withFolder { folder in
      let good = try SmallScenario.write(to: folder, named: "good.yaml")
      let bad = try SmallScenario.write(
        to: folder, named: "bad.yaml", replacing: "seed: 7", with: "seed: .nan")
      let output = folder.appending(path: "results")
      let outcome = try await chokepoint("run", good, bad, "--output", output.path)
      #expect(outcome.status == 65)
      #expect(!FileManager.default.fileExists(atPath: output.path))
    }
  }

  @Test func `validate tells all faults of all files`() async throws {
    try await withFolder { folder in
      let one = try SmallScenario.write(
        to: folder, named: "one.yaml", replacing: "h100_sxm, h800", with: "h100_sxn, h900")
      let good = try SmallScenario.write(to: folder, named: "good.yaml")
      let two = try SmallScenario.write(
        to: folder, named: "two.yaml", replacing: "2025-01", with: "2023-01")
      let missing = folder.path + "/missing.yaml"
      let outcome = try await chokepoint("validate", one, good, two, missing)
      #expect(outcome.status == 65)
      #expect(outcome.output.hasPrefix("\(good): valid: "))
      #expect(outcome.output.split(separator: "\n").count == 1)
      for words in ["h100_sxn", "h900"] {
        #expect(outcome.faults.contains { $0.hasPrefix("\(one):") && $0.contains(words) })
      }
      #expect(outcome.faults.contains { $0.hasPrefix("\(two):") && $0.contains("before start") })
      #expect(outcome.faults.contains { $0.hasPrefix("\(missing):") })
    }
  }

  @Test func `validate is content with what is shipped`() async throws {
    for name in try shippedScenarios() {
      let outcome = try await chokepoint("validate", name)
      #expect(outcome.status == 0 && outcome.errors == "")
      #expect(outcome.output.hasPrefix("\(name): valid: "))
    }
  }

  @Test func `results of another input are kept unless forced`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let output = folder.appending(path: "results")
      let first = try await chokepoint("run", file, "--quiet", "--output", output.path)
      #expect(first.status == 0)
      let before = try Results(in: output)

      let refused = try await chokepoint("run", file, "--seed", "8", "--output", output.path)
      #expect(refused.status == 73)
      #expect(refused.output == "")
      #expect(refused.errors.contains("--force"))
      #expect(try Results(in: output) == before, "to the last byte, the manifest included")

      let forced = try await chokepoint(
        "run", file, "--seed", "8", "--quiet", "--force", "--output", output.path)
      #expect(forced.status == 0)
      #expect(try Results(in: output).differences(from: before).contains("parameters.csv"))
    }
  }

  @Test func `what cannot be answered is refused`() async throws {
    try await withFolder { folder in
      _ = try SmallScenario.write(to: folder)
      _ = try SmallScenario.write(to: folder, named: "second.yaml")
      let several = try await chokepoint("run", folder.path, "--json")
      #expect(several.status == 64)
      #expect(several.errors.contains("--json takes one scenario file, not 2"))
    }
    let place = try await chokepoint("rules", "--destination", "China")
    #expect(place.status == 64 && place.errors.contains("write a code in capitals"))
  }

  @Test func `results without a manifest are nobody's to overwrite`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let found = Results(["trajectories.csv": Data("precious\n".utf8)])
      let output = folder.appending(path: "results")
      try found.write(to: output)
      let outcome = try await chokepoint("run", file, "--output", output.path)
      #expect(outcome.status == 73)
      #expect(try Results(in: output) == found)
    }
  }

  @Test func `a published figure that is not met exits 1, with results written`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(
        to: folder, replacing: "published: 2664000", with: "published: 2664001")
      let output = folder.appending(path: "results")
      let outcome = try await chokepoint("run", file, "--output", output.path)
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("DIFFERS"))
      let headline = try Results(in: output).table("headline").records
      #expect(headline.map { $0["holds"] } == ["false"])
    }
  }
}

/// The scenarios of the project, by path from its root.
func shippedScenarios() throws -> [String] {
  try ["scenarios", "examples"].flatMap { folder in
    try FileManager.default.contentsOfDirectory(atPath: packageRoot.appending(path: folder).path)
      .filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
  }
}
