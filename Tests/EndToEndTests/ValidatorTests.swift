import Foundation
import Testing

/// Programs of others, held to what the command writes. `make test` installs them; without them
/// these tests fail, since a validator that is skipped proves nothing.
@Suite struct ValidatorTests {
  @Test func `frictionless accepts the data package`() async throws {
    let outcome = try await frictionless(try await deepSeek.value.results)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(!outcome.output.contains("INVALID"))
  }

  @Test(arguments: ["trajectories.csv", "summary.csv", "scenario.yaml"])
  func `frictionless refuses a file in which one byte is changed`(name: String) async throws {
    var results = try await deepSeek.value.results
    var bytes = try #require(results.files[name])
    // A letter of the last word of the header, or of the file: nothing but the hash can tell.
    let place = try #require(
      bytes.lastIndex { (UInt8(ascii: "a")...UInt8(ascii: "y")).contains($0) })
    bytes[place] += 1
    results.files[name] = bytes
    let outcome = try await frictionless(results)
    #expect(outcome.status != 0)
    #expect(outcome.output.contains("INVALID"))
  }

  @Test func `frictionless refuses a column that the package does not tell of`() async throws {
    var results = try await deepSeek.value.results
    let package = try #require(results.files["datapackage.json"])
    let changed = String(decoding: package, as: UTF8.self)
      .replacing("\"name\" : \"share_higher\"", with: "\"name\" : \"share_lowest\"")
    results.files["datapackage.json"] = Data(changed.utf8)
    #expect(try await frictionless(results).status != 0)
  }

  /// Another program, written from the document of the model in another language, computes the
  /// case again from the draws.
  @Test func `an independent computation gives the same figures`() async throws {
    try await withFolder { folder in
      try (try await deepSeek.value.results).write(to: folder)
      let script = packageRoot.appending(path: "Tests/EndToEndTests/recompute_deepseek.py").path
      let outcome = try await python([script, folder.path], in: folder)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
  }

  @Test func `the shipped scenarios follow the schema`() async throws {
    let published = "scenarios/published/cnas-2025-smuggled-chips.yaml"
    let names = try shippedScenarios() + [published]
    #expect(names.contains("scenarios/deepseek-r1.yaml"))
    let outcome = try await checkSchema(names.map { packageRoot.appending(path: $0).path })
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.hasSuffix("\(names.count) files checked, 0 faults\n"))
  }

  @Test func `a file with base and sweep, its description and a starter follow the schema`()
    async throws
  {
    try await withFolder { folder in
      let swept = try PointTests.write(to: folder)
      let effective = folder.appending(path: "effective.yaml")
      try Data(try await chokepoint("describe", swept).output.utf8).write(to: effective)
      let starter = folder.appending(path: "starter.yaml")
      _ = try await chokepoint("new", "trial", "--output", starter.path)
      let outcome = try await checkSchema([swept, effective.path, starter.path])
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
      let text = try String(contentsOfFile: swept, encoding: .utf8)
      try Data(text.replacing("grid:", with: "gird:").utf8).write(to: URL(filePath: swept))
      #expect(try await checkSchema([swept]).status == 1)
    }
  }

  @Test func `what describe prints follows the schema`() async throws {
    try await withFolder { folder in
      let file = folder.appending(path: "effective.yaml")
      try #require(try await deepSeek.value.results.files["scenario.yaml"]).write(to: file)
      let outcome = try await checkSchema([file.path])
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
  }

  @Test(arguments: [
    ("replicates: 32", "replicates: -32"), ("seed: 7", "sed: 7"), ("seed: 7", "seed: seven"),
    ("chip_hours: 2664000", "chip_hours: {uniform: [1]}"), ("start: 2024-10-28", "start: 1:30"),
    ("{id: free}", "{title: none}"),
  ])
  func `a broken scenario does not follow the schema`(old: String, new: String) async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder, replacing: old, with: new)
      let outcome = try await checkSchema([file])
      #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.hasSuffix("1 files checked, 1 faults\n"))
    }
  }

  private func frictionless(_ results: Results) async throws -> Outcome {
    try await withFolder { folder in
      try results.write(to: folder)
      return try await python(["-m", "frictionless", "validate", "datapackage.json"], in: folder)
    }
  }

  private func checkSchema(_ files: [String]) async throws -> Outcome {
    try await withFolder { folder in
      let schema = folder.appending(path: "schema.json")
      try Data(try await chokepoint("schema").output.utf8).write(to: schema)
      let script = packageRoot.appending(path: "tools/check-schema.py").path
      return try await python([script, schema.path] + files, in: folder)
    }
  }

}

/// Runs Python with the validators.
func python(_ arguments: [String], in folder: URL) async throws -> Outcome {
  let interpreter = packageRoot.appending(path: ".build-venv/bin/python")
  try #require(
    FileManager.default.isExecutableFile(atPath: interpreter.path),
    "the validators are not installed: run `make test`, which does that")
  return try await call(interpreter, arguments, in: folder)
}
