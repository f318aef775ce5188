import Foundation
import Testing

/// Regimes held to each other on the same luck.
@Suite struct CompareTests {
  /// Two years of a world, under regimes that differ within them.
  private static let economy = [
    "scenarios/timing.yaml", "--regimes", "current-law,no-controls,rule-2023-earlier", "--set",
    "run.end=2024-10", "--replicates", "8", "--threads", "2",
  ]

  @Test func `differences, ranks and regrets agree`() async throws {
    try await withFolder { folder in
      let output = folder.appending(path: "comparison")
      let outcome = try await call(
        builtCommand,
        ["compare"] + Self.economy + [
          "--metric", "capability_gap", "stock_h100e", "--entity", "world", "CN", "--prefer",
          "stock_h100e=low", "capability_gap=high", "--output", output.path,
        ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("minimax regret: "))
      let results = try Results(in: output)
      let ranks = try results.table("ranks").records
      let regimes = Set(ranks.compactMap { $0["regime"] })
      #expect(regimes.count > 2 && regimes.contains("no-controls"))
      for (metric, better) in [("capability_gap", "high"), ("stock_h100e", "low")] {
        let rows = ranks.filter { $0["metric"] == metric }
        #expect(rows.count == regimes.count && rows.allSatisfy { $0["better"] == better })
        let numbers = { (field: String) in rows.compactMap { $0[field].flatMap { Double($0) } } }
        // In every replicate somebody is best, and forgoes nothing.
        #expect(numbers("share_first").reduce(0, +) >= 1)
        #expect(
          numbers("regret_mean").allSatisfy { $0 >= 0 }
            && numbers("regret_mean").contains { $0 > 0 })
        for (mean, largest) in zip(numbers("regret_mean"), numbers("regret_largest")) {
          #expect(mean <= largest)
        }
        for (rank, best) in zip(numbers("rank_mean"), numbers("share_first")) {
          #expect((1...Double(rows.count)).contains(rank) && (rank > 1 || best == 1))
        }
      }
      let compared = try results.table("comparison").records
      #expect(compared.count == 2 * (regimes.count - 1))
      let run = folder.appending(path: "run")
      let whole = try await call(
        builtCommand, ["run"] + Self.economy + ["--quiet", "--output", run.path])
      #expect(whole.status == 0)
      let same = try Results(in: run).table("comparison").records
      for row in compared where row["metric"] == "stock_h100e" {
        let twin = same.first {
          $0["metric"] == "stock_h100e" && $0["regime"] == row["regime"]
            && $0["month"] == row["month"] && $0["entity"] == row["entity"]
        }
        for field in ["difference_mean", "difference_p50", "share_higher", "variance_reduction"] {
          #expect(twin?[field] == row[field], "\(field)")
        }
      }
    }
  }

  /// What is good or bad according to who asks is ranked, and no more: a cost so far, too, is low where little
  /// is done.
  @Test func `nothing is called best or regretted that nobody called better`() async throws {
    try await withFolder { folder in
      let output = folder.appending(path: "comparison")
      let outcome = try await call(
        builtCommand,
        ["compare"] + Self.economy + [
          "--metric", "grey_premium_cumulative_usd", "compute_ratio_stock_h100e",
          "unmet_demand_usd",
          "lag_months", "--entity", "world", "CN", "--prefer", "grey_premium_cumulative_usd=low",
          "--output", output.path,
        ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let parts = outcome.output.components(separatedBy: "\n\n")
      for metric in ["compute_ratio_stock_h100e", "unmet_demand_usd", "lag_months"] {
        let part = try #require(parts.first { $0.hasPrefix(metric) })
        #expect(part.contains("better: neither") && part.contains("rank from the highest"))
        for word in ["regret", "best"] { #expect(!part.contains(word), "\(part)") }
      }
      let cost = try #require(parts.first { $0.hasPrefix("grey_premium_cumulative_usd") })
      #expect(cost.contains("better: low") && cost.contains("minimax regret: no-controls"))
      let results = try Results(in: output)
      let ranks = try results.table("ranks").records
      let medians = try results.table("regimes").records
      for (rank, value) in zip(ranks, medians) {
        let isCost = rank["metric"] == "grey_premium_cumulative_usd"
        #expect(rank["better"] == (isCost ? "low" : "neither"))
        #expect(
          rank["regret_mean"]?.isEmpty == !isCost && rank["regret_largest"]?.isEmpty == !isCost)
        // Where the same regime is the highest in every replicate, it ranks first unless less is better.
        let others = medians.filter {
          $0["metric"] == value["metric"] && $0["regime"] != value["regime"]
        }
        let highest = others.compactMap { $0["p95"].flatMap(Double.init) }.max() ?? 0
        if let low = value["p05"].flatMap(Double.init), low > highest, !isCost {
          #expect(rank["share_first"] == "1")
        }
      }
    }
  }

  @Test func `files with the same seed are paired, others are refused`() async throws {
    try await withFolder { folder in
      let first = try SmallScenario.write(to: folder)
      let second = try SmallScenario.write(
        to: folder, named: "dearer.yaml", replacing: "chips: 2048", with: "chips: 1024")
      let outcome = try await chokepoint("compare", first, second)
      #expect(outcome.status == 0, "\(outcome.errors)")
      for arm in ["small/rule", "small/free", "dearer/rule", "dearer/free"] {
        #expect(outcome.output.contains(arm))
      }
      let copies = folder.appending(path: "copies")
      try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
      let namesake = try SmallScenario.write(to: copies)
      let both = try await chokepoint("compare", first, namesake)
      for file in [first, namesake] { #expect(both.output.contains("\(file)/rule")) }
      let third = try SmallScenario.write(
        to: folder, named: "other.yaml", replacing: "seed: 7", with: "seed: 8")
      let refused = try await chokepoint("compare", first, third)
      #expect(refused.status == 64)
      #expect(
        refused.errors.contains(
          "small and other cannot be paired: run.seed is 7 and 8; --set run.seed=7"))
    }
  }

  @Test func `what makes no sense to ask is refused, and results of another question are kept`()
    async throws
  {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let once = try await chokepoint("compare", file, "--metric", "days")
      #expect(once.status == 64 && once.errors.contains("days is recorded once for a run"))
      let metric = ["--metric", "chips_in_use_mean"]
      let prefers = try await call(
        builtCommand, ["compare", file] + metric + ["--prefer", "chips_in_use_men=low"])
      #expect(prefers.status == 64)
      #expect(prefers.errors.contains("\"chips_in_use_men\"; did you mean \"chips_in_use_mean\"?"))
      let output = folder.appending(path: "comparison").path
      let words = ["compare", file, "--output", output] + metric
      #expect(try await call(builtCommand, words).status == 0)
      #expect(try await call(builtCommand, words).status == 0, "the same again")
      let other = try await call(builtCommand, words + ["--replicates", "16"])
      #expect(other.status == 73, "\(other.errors)")
    }
  }

  /// Files of two answers side by side would look like one.
  @Test func `what is overwritten leaves nothing behind`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let output = folder.appending(path: "output")
      func names(_ arguments: String...) async throws -> Set<String> {
        let outcome = try await call(
          builtCommand, arguments + ["--quiet", "--force", "--output", output.path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return Set(try FileManager.default.contentsOfDirectory(atPath: output.path))
      }
      let compared: Set = [
        "regimes.csv", "comparison.csv", "ranks.csv", "datapackage.json", "manifest.json",
      ]
      #expect(try await names("run", file).isSuperset(of: ["trajectories.csv", "headline.csv"]))
      try Data("mine\n".utf8).write(to: output.appending(path: "notes.txt"))
      #expect(try await names("compare", file) == compared.union(["notes.txt"]))
      let run = try await names("run", file)
      #expect(run.contains("notes.txt") && run.isDisjoint(with: ["regimes.csv", "ranks.csv"]))
      // What somebody else describes is theirs.
      let listing = #"{"resources": [{"path": "notes.txt"}]}"#
      try Data(listing.utf8).write(to: output.appending(path: "datapackage.json"))
      try Data("{}\n".utf8).write(to: output.appending(path: "manifest.json"))
      #expect(try await names("run", file).contains("notes.txt"))
    }
  }

  @Test func `what a comparison takes is told, and refused where it is too much`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let compare = ["compare", file, "--metric", "chips_in_use_mean"]
      let exact = ["--set", "run.exact_values=1000000000000"]
      // A comparison that is not refused must not be waited for.
      let timeout = { (arguments: [String]) in
        try await call(URL(filePath: "/usr/bin/timeout"), ["60", builtCommand.path] + arguments)
      }
      let refused = try await timeout(compare + exact + ["--replicates", "1000000000"])
      #expect(refused.status == 64 && refused.output == "")
      #expect(
        refused.errors.contains(/the comparison records \d+ cells in 1,000,000,000 replicates/))
      #expect(refused.errors.contains("a run may take four fifths of it"))
      // What the file itself asks for is its fault.
      let large = try SmallScenario.write(
        to: folder, named: "large.yaml", replacing: "replicates: 32",
        with: "replicates: 1000000000\n  exact_values: 1000000000000")
      #expect(try await timeout(["compare", large]).status == 65)
      let told = try await call(builtCommand, compare + ["--set", "run.exact_values=1"])
      #expect(told.status == 0 && told.errors.contains("the comparison records "))
      #expect(told.errors.contains("quantiles from bins"))
      let silent = try await call(builtCommand, compare)
      #expect(silent.status == 0 && !silent.errors.contains("the comparison records"))
    }
  }

  /// A table of zeros says no more than a line.
  @Test func `what is zero throughout has no table`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let metric = ["--metric", "chips_in_use_mean", "chip_hours_cumulative"]
      let outcome = try await call(builtCommand, ["compare", file] + metric)
      #expect(outcome.status == 0)
      let parts = outcome.output.components(separatedBy: "\n\n")
      let zeros = parts.filter { $0.hasPrefix("Zero under every regime, in every replicate\n") }
      #expect(
        zeros.count == 1 && zeros[0].contains("  chips_in_use_mean, end of 2025-01: training"))
      #expect(!parts.contains { $0.hasPrefix("chips_in_use_mean") })
      #expect(parts.contains { $0.hasPrefix("chip_hours_cumulative") })
    }
  }

  @Test(arguments: [
    (["--metric", "capabilty_gap"], "did you mean \"capability_gap\"?"),
    (["--month", "2040-01"], "month 2040-01 is not simulated"),
    (["--prefer", "capability_gap=more"], "write METRIC=high or METRIC=low"),
    (["--prefer", "capability_gap=low,capability_gap=high"], "both high and low are preferred"),
    (["--entity", "Mars"], "no entity is called \"Mars\""),
  ])
  func `what is not there is named`(options: [String], words: String) async throws {
    let outcome = try await call(builtCommand, ["compare"] + Self.economy + options)
    #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.errors)")
  }
}
