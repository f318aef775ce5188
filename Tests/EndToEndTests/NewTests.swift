import Foundation
import Testing

/// A scenario of one's own, from nothing.
@Suite struct NewTests {
  @Test func `what it writes validates and runs as it is`() async throws {
    try await withFolder { folder in
      let new = try await chokepoint("new", "trial", in: folder)
      #expect(new.status == 0 && new.errors == "")
      #expect(new.output.contains("chokepoint run trial.yaml"))
      let valid = try await chokepoint("validate", "trial.yaml", in: folder)
      #expect(valid.status == 0 && valid.output.hasPrefix("trial.yaml: valid: 3 regimes, "))
      // Without optimisation a replicate takes a second; what is run is the file all the same.
      let run = try await chokepoint(
        "run", "trial.yaml", "--replicates", "4", "--set", "run.end=2022-12", "--quiet", in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let results = try Results(in: folder.appending(path: "notebooks-output/trial"))
      #expect(Set(try results.table("trajectories").records.compactMap { $0["regime"] }).count == 3)
      #expect(results.files["events.csv"] != nil)
    }
  }

  @Test func `it goes where it is told to`() async throws {
    try await withFolder { folder in
      let file = folder.appending(path: "mine.yaml").path
      let new = try await chokepoint("new", "trial", "--output", file)
      #expect(new.status == 0 && new.output.hasPrefix("\(file) is written."))
      #expect(Set(try Results(in: folder).files.keys) == ["mine.yaml"])
    }
  }

  @Test func `a file that is there is kept unless forced`() async throws {
    try await withFolder { folder in
      let file = folder.appending(path: "trial.yaml")
      try Data("precious\n".utf8).write(to: file)
      let refused = try await chokepoint("new", "trial", in: folder)
      #expect(refused.status == 73 && refused.output == "")
      #expect(refused.errors.contains("--force"))
      #expect(try Data(contentsOf: file) == Data("precious\n".utf8))
      let forced = try await chokepoint("new", "trial", "--force", in: folder)
      #expect(forced.status == 0)
      #expect(try Data(contentsOf: file) != Data("precious\n".utf8))
    }
  }

  @Test func `what is no ordinary file is never overwritten`() async throws {
    try await withFolder { folder in
      let (file, link) = (folder.appending(path: "real.yaml"), folder.appending(path: "link.yaml"))
      try Data("precious\n".utf8).write(to: file)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
      for path in [link.path, folder.path] {
        let outcome = try await chokepoint("new", "trial", "--force", "--output", path)
        #expect(outcome.status == 73 && outcome.output == "")
        #expect(outcome.errors.contains("it is not an ordinary file"))
      }
      let missing = try await chokepoint(
        "new", "trial", "--output", folder.path + "/nowhere/trial.yaml")
      #expect(missing.status == 73 && missing.errors.contains("No such file or directory"))
      #expect(Set(try Results(in: folder).files.keys) == ["real.yaml", "link.yaml"])
      #expect(try Data(contentsOf: link) == Data("precious\n".utf8))
    }
  }

  @Test func `a name that is none is told, with one that would do`() async throws {
    try await withFolder { folder in
      let outcome = try await chokepoint("new", "My Trial.yaml", in: folder)
      #expect(outcome.status == 64 && outcome.output == "")
      #expect(outcome.errors.contains("\"my-trial\" would do"))
      #expect(try Results(in: folder).files.isEmpty)
    }
  }

  /// What a regime sets itself stays as it is there, which nobody sees in the figures.
  @Test func `what a regime sets is told where it shadows what is set for all`() async throws {
    try await withFolder { folder in
      let made = try await call(builtCommand, ["new", "trial"], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let set = ["validate", "trial.yaml", "--set", "grey_market.enforcement=10"]
      let shadowed = try await call(builtCommand, set, in: folder)
      #expect(shadowed.status == 0)
      #expect(
        shadowed.errors == """
          note: grey_market.enforcement changes nothing under october-2023, which sets it: set \
          regimes.october-2023.set.grey_market.enforcement for that

          """)
      let own = ["--set", "regimes.october-2023.set.grey_market.enforcement=10"]
      let open = try await call(builtCommand, ["validate", "trial.yaml"] + own, in: folder)
      #expect(open.status == 0 && open.errors == "")
    }
  }
}
