import Foundation
import Testing

/// Files with a base and a sweep, from the command line.
@Suite struct PointTests {
  /// The small scenario as the base of a sweep over it, in a folder; gives the sweep's path.
  static func write(to folder: URL) throws -> String {
    let headline = SmallScenario.text.split(separator: "headline:").last.map { "headline:\($0)" }
    _ = try SmallScenario.write(
      to: folder, named: "base.yaml", replacing: headline ?? "", with: "")
    let file = folder.appending(path: "swept.yaml")
    try Data(
      """
      base: base.yaml
      run: {replicates: 16}
      sweep:
        grid:
          throughput.mfu: [0.3, {uniform: [0.3, 0.4]}]
        points:
          - {id: as-is}
          - {id: fewer, title: "Fewer, older", set: {world.runs.training.chips: 512}}

      """.utf8
    ).write(to: file)
    return file.path
  }

  @Test func `validate says how many points there are, and lists them`() async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      let outcome = try await chokepoint("validate", file, "--points")
      #expect(outcome.status == 0 && outcome.errors == "")
      let lines = outcome.output.split(separator: "\n")
      #expect(try #require(lines.first).hasSuffix(", 16 replicates, a sweep of 4 points"))
      #expect(
        lines.dropFirst() == [
          "  as-is,mfu=0.3  throughput.mfu=0.3",
          "  as-is,mfu=uniform_0.3_0.4  throughput.mfu={uniform: [0.3, 0.4]}",
          "  fewer,mfu=0.3  (Fewer, older)  world.runs.training.chips=512  throughput.mfu=0.3",
          "  fewer,mfu=uniform_0.3_0.4  (Fewer, older)  world.runs.training.chips=512  "
            + "throughput.mfu={uniform: [0.3, 0.4]}",
        ])
    }
  }

  @Test func `what computes one scenario asks for a point`() async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      let outcome = try await chokepoint("cost", file)
      #expect(outcome.status == 64 && outcome.output == "")
      #expect(outcome.errors.contains("swept has a sweep of 4 points: choose one with --point ID"))
    }
  }

  @Test func `a point runs like a file that says the same`() async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      let (one, other) = (folder.appending(path: "one"), folder.appending(path: "other"))
      let point = try await chokepoint(
        "run", file, "--point", "fewer,mfu=0.3", "--quiet", "--output", one.path)
      #expect(point.status == 0, "\(point.errors)")
      let effective = folder.appending(path: "effective.yaml")
      let described = try await chokepoint("describe", file, "--point", "fewer,mfu=0.3")
      try Data(described.output.utf8).write(to: effective)
      let again = try await chokepoint("run", effective.path, "--quiet", "--output", other.path)
      #expect(again.status == 0, "\(again.errors)")
      #expect(try Results(in: one).data == Results(in: other).data)
    }
  }

  @Test func `what describe prints has the same points`() async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      let described = try await chokepoint("describe", file)
      #expect(described.status == 0 && described.output.contains("\nsweep:\n"))
      let effective = folder.appending(path: "effective.yaml")
      try Data(described.output.utf8).write(to: effective)
      let points = try await chokepoint("validate", file, "--points")
      let again = try await chokepoint("validate", effective.path, "--points")
      #expect(
        points.output.split(separator: "\n").dropFirst()
          == again.output.split(separator: "\n").dropFirst())
    }
  }

  @Test func `a point that there is not exits 64, and the nearest is named`() async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      for command in ["run", "describe", "validate", "cost"] {
        let outcome = try await chokepoint(command, file, "--point", "fewer,mfu=0.4")
        #expect(outcome.status == 64 && outcome.output == "")
        #expect(outcome.errors.contains("did you mean \"fewer,mfu=0.3\"?"))
      }
    }
  }

  @Test func `a fault at a point is told with its line, and exits 65`() async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try Data(text.replacing("[0.3, {", with: "[1.3, {").utf8).write(to: URL(filePath: file))
      let outcome = try await chokepoint("validate", file)
      #expect(outcome.status == 65 && outcome.output == "")
      #expect(outcome.faults.count == 1)
      #expect(outcome.errors.hasPrefix("\(file):5:22: uncertainties.throughput.mfu: 1.3 is out of"))
      #expect(outcome.errors.contains("(at point \"as-is,mfu=1.3\" and 1 more)"))
      // A point that is sound can be had all the same.
      let sound = try await chokepoint(
        "describe", file, "--point", "as-is,mfu=uniform_0.3_0.4")
      #expect(sound.status == 0)
    }
  }

  /// The command that tells a story again carries the point.
  @Test func `a failure at a point comes with its point`() async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      _ = try FailureTests.write(to: folder, named: "base.yaml")
      let outcome = try await call(
        builtCommand,
        ["cost", file, "--point", "as-is,mfu=0.3", "--set", "metrics=all", "--replicates", "64"]
          + FailureTests.tooMuch)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("--point as-is,mfu=0.3"))
    }
  }
}
