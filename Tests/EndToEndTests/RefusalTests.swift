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
      for words in ["run.replicates", "run.sed", "run.design", "3 errors; nothing was written"] {
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

  @Test func `validate takes warnings for errors where it is to be strict`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(
        to: folder, replacing: "  - {id: free}", with: "  - {id: free}\n  - {id: idle}")
      let warning =
        "warning: regimes.idle: does in these months and this world exactly what \"free\" does"
      let lenient = try await chokepoint("validate", file)
      #expect(lenient.status == 0 && lenient.output.contains("valid: 3 regimes"))
      #expect(lenient.errors.contains(warning))
      let strict = try await chokepoint("validate", "--strict", file)
      #expect(strict.status == 65 && strict.output == "")
      #expect(strict.errors.contains(warning))
      #expect(strict.errors.contains("1 warning, with --strict an error"))
      let sound = try SmallScenario.write(to: folder, named: "sound.yaml")
      let content = try await chokepoint("validate", "--strict", sound)
      #expect(content.status == 0 && content.errors == "")
    }
  }

  @Test func `a note is no warning`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(
        to: folder, replacing: "replicates: 32", with: "replicates: 48\n  design: sobol")
      let outcome = try await chokepoint("validate", "--strict", file)
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("note: run.replicates: 48 replicates are 3 Sobol points"))
    }
  }

  @Test(arguments: [
    ("--seed", "9223372036854775808", "': at most 9223372036854775807"),
    ("--replicates", "99999999999999999999", "': at most 1000000000"),
    ("--threads", "99999999999999999999", "': at most 1024"),
    ("--seed", "7.5", "wanted: a whole number"),
    ("--seed", "-99999999999999999999", "wanted: a whole"),
  ])
  func `the command line says which numbers it takes`(
    option: String, value: String, words: String
  ) async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let outcome = try await chokepoint("run", file, option, value, "--output", folder.path + "/r")
      #expect(outcome.status == 64 && outcome.errors.contains(words))
    }
  }

  @Test func `validate is content with what is shipped`() async throws {
    for name in try shippedScenarios() {
      let outcome = try await chokepoint("validate", "--strict", name)
      let told = outcome.errors.split(separator: "\n").filter { !$0.contains(": note: ") }
      #expect(outcome.status == 0 && told.isEmpty)
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

  /// A sound file has nothing of the name: the command line is at fault, whatever the command.
  @Test(arguments: [
    "run FILE --regimes rul", "run FILE --point p",
    "run FILE --regimes rul --shard 0/2 --output OUT",
    "batch FILE --regimes rul", "plan FILE --regimes rul --shards 2 --output OUT",
    "validate FILE --regimes rul", "describe FILE --regimes rul", "cost FILE --regimes rul",
    "compare FILE --regimes rul", "compare FILE --metric chips_in_use_men",
    "compare FILE --entity trainin", "compare FILE --prefer chips_in_use_men=low",
    "compare FILE --month 2031-01", "diff FILE FILE --regimes rul",
    "replay FILE --replicate 0 --regime rul", "backcast FILE --regime rul",
    "rules --scenario FILE --regime rul", "rules --chip h10", "rules --government USA",
    "break-even FILE BREAK --regime rul", "break-even FILE BREAK --against rul --of ratio",
    "break-even FILE --metric day BREAK", "break-even FILE --entity trainin BREAK",
    "break-even FILE --month 2031-01 BREAK",
  ])
  func `a name that nothing has exits 64`(line: String) async throws {
    try await withFolder { folder in
      let observed = """
        observations:
          - {id: hours, metric: chip_hours_cumulative, entity: training, month: 2024-12, observed: 1,
             low: 0, high: 2, status: held_out, source: "A report"}

        headline:
        """
      let file = try SmallScenario.write(
        to: folder, named: "small.yaml", replacing: "headline:", with: observed)
      let lever = ["--target", "1", "--vary", "throughput.mfu", "--from", "0.1", "--to", "0.9"]
      let words = line.split(separator: " ").flatMap { word in
        switch word {
        case "FILE": [file]
        case "OUT": [folder.path + "/out"]
        case "BREAK":
          lever + (line.contains("--metric") ? [] : ["--metric", "days"])
            + (line.contains("--entity") ? [] : ["--entity", "training"])
        default: [String(word)]
        }
      }
      let outcome = try await call(builtCommand, words, in: folder)
      #expect(outcome.status == 64 && outcome.output == "", "\(outcome.status) \(outcome.errors)")
      let known = ["rul": "rule", "trainin": "training", "chips_in_use_men": "chips_in_use_mean"]
      for word in words {
        guard let near = known[word.replacing("=low", with: "")] else { continue }
        #expect(outcome.errors.contains("did you mean \"\(near)\"?"), "\(outcome.errors)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["small.yaml"])
    }
  }

  /// What a file and --set make together is a scenario, and its faults are told with all others.
  @Test func `of two files the one at fault decides, and --set is the scenario's`() async throws {
    try await withFolder { folder in
      let good = try SmallScenario.write(to: folder)
      let bad = try SmallScenario.write(
        to: folder, named: "bad.yaml", replacing: "{id: free}", with: "{id: rul, ruls: []}")
      let set = try await chokepoint("validate", good, "--set", "run.sed=1")
      #expect(set.status == 65 && set.errors.contains("did you mean \"seed\"?"), "\(set.errors)")
      let both = try await chokepoint("run", good, bad, "--regimes", "rul", "--output", folder.path)
      #expect(both.status == 65)
      for word in ["rule", "rules"] {
        #expect(both.errors.contains("did you mean \"\(word)\"?"), "\(both.errors)")
      }
    }
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
      #expect(outcome.output.contains("0 of 1 published figures are met, not hours"))
      let headline = try Results(in: output).table("headline").records
      #expect(headline.map { $0["holds"] } == ["false"])
    }
  }
}

/// The scenarios of the project, by path from its root.
func shippedScenarios() throws -> [String] {
  try ["scenarios", "scenarios/published", "examples"].flatMap { folder in
    try FileManager.default.contentsOfDirectory(atPath: packageRoot.appending(path: folder).path)
      .filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
  }
}
