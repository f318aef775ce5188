import Foundation
import Testing

/// Replicates that cannot be computed.
@Suite struct FailureTests {
  /// Numbers that the scenario language allows, but whose outcome a computer cannot hold in some draws: labs
  /// that are so unlike that one of them has e^345 times the efficiency of the frontier after a month.
  static let tooMuch = [
    "--set",
    "algorithmic_efficiency.productivity_spread="
      + "{discrete: {values: [0, 5], weights: [0.5, 0.5]}, published: 0}",
    "--set", "algorithmic_efficiency.growth_factor_per_year=1000",
    "--set", "algorithmic_efficiency.compute_elasticity=0",
  ]

  /// The small scenario, with an economy of two owners and their labs beside it.
  static func write(to folder: URL, named name: String = "small.yaml") throws -> String {
    try SmallScenario.write(
      to: folder, named: name, replacing: "world:\n  labs:\n",
      with: """
        world:
          as_of: 2024-10
          compared: {leader: US, follower: CN}
          jurisdictions: [{id: US}, {id: CN, tier: 3}]
          suppliers:
            - id: nvidia
              jurisdiction: US
              families: [{id: GH100, dies_per_year: [{year: 2024, value: 1e6}]}]
          owners:
            - id: west
              jurisdiction: US
              spending_usd_per_year: [{year: 2024, value: 1e9}]
              opening: [{chip: h100_sxm, count: 1000}]
            - id: east
              jurisdiction: CN
              spending_usd_per_year: [{year: 2024, value: 1e9}]
              opening: [{chip: h100_sxm, count: 1000}]
          labs:
            - {id: west-lab, jurisdiction: US, fleet_of: [west], fleet_share: 0.5}
            - {id: east-lab, jurisdiction: CN, fleet_of: [east], fleet_share: 0.5}

        """)
  }

  @Test func `they exit 2, are told one by one, and are in no summary`() async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      let output = folder.appending(path: "results")
      let outcome = try await call(
        builtCommand, ["run", file, "--output", output.path] + Self.tooMuch)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("failures.csv"))
      let results = try Results(in: output)
      let failures = try results.table("failures").records
      #expect(!failures.isEmpty)
      #expect(failures.allSatisfy { $0["entity"] != "" && $0["metric"] != "" })
      let failed = Set(failures.compactMap { $0["replicate"] })
      let kept = Set(try results.table("parameters").records.compactMap { $0["replicate"] })
      #expect(failed.isDisjoint(with: kept))
      #expect(failed.count + kept.count == 32)
      let counts = Set(try results.table("runs").records.compactMap { $0["n"] })
      #expect(counts.isSubset(of: ["0", "\(kept.count)"]), "some have no value in any replicate")
    }
  }

  @Test func `each comes with the command that tells its story`() async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      let output = folder.appending(path: "results")
      let outcome = try await call(
        builtCommand, ["run", file, "--output", output.path, "--seed", "9"] + Self.tooMuch)
      let row = try #require(try Results(in: output).table("failures").records.first)
      let number = try #require(row["replicate"])
      let inFolder = "chokepoint replay scenario.yaml --replicate \(number) --regime rule"
      #expect(row["replay"] == inFolder)
      let told = "chokepoint replay \(file) --replicate \(number) --regime rule --seed 9 --set"
      #expect(outcome.errors.contains(told))
      let words = inFolder.split(separator: " ").dropFirst().map(String.init)
      let fromFolder = try await call(builtCommand, words, in: output)
      let fromFile = try await call(
        builtCommand,
        ["replay", file, "--replicate", number, "--regime", "rule", "--seed", "9"] + Self.tooMuch)
      for replay in [fromFolder, fromFile] {
        #expect(replay.status == 2)
        #expect(replay.errors.contains("came to \(row["value"] ?? "")"))
        #expect(replay.output.contains("run started: training, by lab, on h800"))
      }
      #expect(fromFolder.output == fromFile.output)
    }
  }

  @Test func `a comparison goes on without them, and exits 2`() async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      let output = folder.appending(path: "results")
      let outcome = try await call(
        builtCommand, ["compare", file, "--output", output.path] + Self.tooMuch)
      #expect(outcome.status == 2, "\(outcome.errors)")
      let counts = try Results(in: output).table("comparison").records.compactMap { $0["n"] }
      #expect(!counts.isEmpty && counts.allSatisfy { Int($0).map { $0 > 0 && $0 < 32 } == true })
    }
  }

  /// From shards no draws come, where every value is kept, and counts, where none is.
  @Test(arguments: [[], ["--set", "run.exact_values=0"]])
  func `a merge goes on without them, and tells them as a run does`(kept: [String]) async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      let options = Self.tooMuch + kept + ["--replicates", "2048"]
      let (whole, output) = (folder.appending(path: "whole"), folder.appending(path: "shards"))
      let run = try await call(builtCommand, ["run", file, "--output", whole.path] + options)
      #expect(run.status == 2)
      for shard in ["0/2", "1/2"] {
        let computed = try await call(
          builtCommand, ["run", file, "--shard", shard, "--output", output.path] + options)
        #expect(computed.status == 0, "\(computed.errors)")
      }
      let merge = try await chokepoint("merge", output.path)
      #expect(merge.status == 2, "\(merge.errors)")
      #expect(merge.errors.contains("chokepoint replay"))
      try FileManager.default.removeItem(at: output.appending(path: "shards"))
      #expect(try Results(in: output).data.differences(from: Results(in: whole).data) == [])
    }
  }

  @Test func `costs without them are printed, and exit 2`() async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      let outcome = try await call(
        builtCommand, ["cost", file, "--set", "metrics=all"] + Self.tooMuch)
      #expect(outcome.status == 2)
      #expect(outcome.output.contains("final-run"))
      #expect(outcome.errors.contains("failed: "))
    }
  }

  @Test func `no cell holds what is not a number`() async throws {
    try await withFolder { folder in
      let file = try Self.write(to: folder)
      let output = folder.appending(path: "results")
      _ = try await call(
        builtCommand, ["run", file, "--quiet", "--output", output.path] + Self.tooMuch)
      let results = try Results(in: output)
      #expect(results.files["trajectories.csv"] != nil && results.files["failures.csv"] != nil)
      for name in ["trajectories", "comparison", "runs", "ledger", "parameters"]
      where results.files["\(name).csv"] != nil {
        let table = try results.table(name)
        for (number, row) in table.rows.enumerated() {
          let count = table.header.firstIndex(of: "n").map { row[$0] }
          for (field, cell) in zip(table.header, row) {
            let place = "\(name) row \(number + 1), \(field)"
            #expect(!["nan", "-nan", "inf", "-inf"].contains(cell.lowercased()), "\(place)")
            let isDue = ["mean", "sd", "mcse", "p05", "p50", "p95"].contains(field) && count != "0"
            #expect(!isDue || Double(cell)?.isFinite == true, "\(place): \(cell)")
          }
        }
      }
    }
  }
}
