import Foundation
import Testing

/// Regimes held to each other on the same luck.
@Suite struct CompareTests {
  /// Two years of a world, under regimes that differ within them.
  private static let economy = [
    "scenarios/timing.yaml", "--regimes", "current-law,no-controls,rule-2023-earlier", "--set",
    "run.end=2024-10", "--replicates", "8", "--threads", "2",
  ]

  @Test func `differences, ranks and regrets hang together`() async throws {
    try await withFolder { folder in
      let output = folder.appending(path: "comparison")
      let outcome = try await call(
        builtCommand,
        ["compare"] + Self.economy + [
          "--metric", "capability_gap", "stock_h100e", "--entity", "world", "CN", "--prefer",
          "stock_h100e=low", "capability_gap=high", "--output", output.path,
        ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("least largest regret: "))
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
      #expect(cost.contains("better: low") && cost.contains("least largest regret: no-controls"))
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

  /// Nobody chooses between points of a sweep: regimes of each are ranked among themselves.
  @Test func `regimes are ranked within a point`() async throws {
    try await withFolder { folder in
      let (_, swept) = try sweep(in: folder)
      let output = folder.appending(path: "comparison")
      let outcome = try await chokepoint(
        "compare", swept, "--metric", "chips_in_use_mean", "--prefer", "chips_in_use_mean=low",
        "--output", output.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let ranks = try Results(in: output).table("ranks").records
      let arms = Dictionary(grouping: ranks) { "\($0["metric"] ?? "") \($0["entity"] ?? "")" }
      for rows in arms.values {
        let points = Dictionary(grouping: rows) {
          $0["regime"]?.components(separatedBy: "/").first ?? ""
        }
        #expect(points.count > 1, "or this would prove nothing")
        for rows in points.values {
          // In every replicate some regime of the point is first.
          let first = rows.compactMap { $0["share_first"].flatMap(Double.init) }
          #expect(first.reduce(0, +) >= 1 && first.count == rows.count, "\(rows)")
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
      for arm in ["small/rule", "small/none", "dearer/rule", "dearer/none"] {
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

  @Test func `points that end apart are compared where all are, and unpaired ones are refused`()
    async throws
  {
    try await withFolder { folder in
      func compare(_ grid: String) async throws -> Outcome {
        let file = try SmallScenario.write(
          to: folder, replacing: "headline:", with: "sweep: {grid: {\(grid)}}\nheadline:")
        return try await chokepoint("compare", file, "--metric", "chip_hours_cumulative")
      }
      let apart = try await compare("run.end: [2024-12, 2025-01]")
      #expect(apart.status == 0, "\(apart.errors)")
      #expect(apart.output.contains("They end between 2024-12 and 2025-01: what follows is of"))
      #expect(apart.output.contains("chip_hours_cumulative [chip_hours], training, end of 2024-12"))
      let unpaired = try await compare("run.replicates: [16, 32]")
      #expect(unpaired.status == 64)
      #expect(
        unpaired.errors.contains("points of small cannot be paired: run.replicates is 16 at one"))
      #expect(unpaired.errors.contains("--point replicates=16 takes one of them"))
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

  @Test func `diff tells inputs first, then results`() async throws {
    try await withFolder { folder in
      let first = try SmallScenario.write(to: folder)
      let second = try SmallScenario.write(
        to: folder, named: "dearer.yaml", replacing: "chips: 2048", with: "chips: 1024")
      let outcome = try await chokepoint("diff", first, second)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.hasPrefix("What differs in the inputs: "))
      #expect(outcome.output.contains(/world\.runs\.training.*chips +2048 +1024/))
      #expect(outcome.output.contains("What differs in the results"))
      let same = try await chokepoint("diff", first, first)
      #expect(same.output == "The inputs are the same.\n")
      let inputs = try await chokepoint("diff", first, second, "--inputs")
      #expect(inputs.status == 0 && !inputs.output.contains("results"))
    }
  }

  /// What follows from something else is left to follow in the effective scenario of a sweep, which is no
  /// difference.
  @Test func `a sweep alone is all that differs`() async throws {
    try await withFolder { folder in
      let (first, swept) = try sweep(in: folder)
      let outcome = try await chokepoint("diff", first, swept, "--inputs")
      #expect(outcome.output.hasPrefix("What differs in the inputs: 4 keys\n"), "\(outcome.output)")
      #expect(
        outcome.output.contains(/sweep\.points\.p512\.set\.world\.runs\.training\.chips +- +512/))
    }
  }

  @Test func `points of a sweep are held to each other`() async throws {
    try await withFolder { folder in
      let (_, swept) = try sweep(in: folder)
      let all = try await chokepoint("compare", swept, "--metric", "chips_in_use_mean")
      #expect(all.status == 0, "\(all.errors)")
      for arm in ["p512/rule", "p512/none", "p2048/rule", "p2048/none"] {
        #expect(all.output.contains(arm), "\(all.output)")
      }
      let one = try await chokepoint(
        "compare", swept, "--metric", "chips_in_use_mean", "--point", "p512")
      #expect(one.status == 0 && !one.output.contains("p512/"), "\(one.output)\(one.errors)")
    }
  }

  /// What a rule changes at a point is held to that point; what a lever changes, where nothing else differs,
  /// to the first.
  @Test func `each regime is held to the first of its point`() async throws {
    try await withFolder { folder in
      let (_, swept) = try sweep(in: folder)
      func references(_ arguments: String...) async throws -> [String: String] {
        let output = folder.appending(path: "comparison-\(arguments.count)")
        let outcome = try await call(
          builtCommand,
          ["compare", swept, "--metric", "chips_in_use_mean", "--output", output.path] + arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let rows = try Results(in: output).table("comparison").records
        return Dictionary(rows.map { ($0["regime"] ?? "", $0["reference"] ?? "") }) { first, _ in
          first
        }
      }
      #expect(
        try await references() == ["p512/none": "p512/rule", "p2048/none": "p2048/rule"])
      #expect(try await references("--regimes", "none") == ["p2048/none": "p512/none"])
      // A file without points among them is what all are held to.
      let baseline = try SmallScenario.write(to: folder, named: "baseline.yaml")
      let mixed = try await chokepoint(
        "compare", baseline, swept, "--metric", "chip_hours_cumulative", "--regimes", "none",
        "--month", "2024-11")
      #expect(mixed.status == 0, "\(mixed.errors)")
      let rows = mixed.output.split(separator: "\n").filter { $0.contains("/none ") }
      #expect(rows.map { $0.contains(" reference") } == [true, false, false], "\(mixed.output)")
    }
  }

  @Test func `JSON has what the tables have`() async throws {
    struct Report: Decodable {
      struct Metric: Decodable {
        struct Regime: Decodable {
          struct Numbers: Decodable { let mean: Double }
          let regime: String
          let value: Numbers?
          let reference: String?
          let difference: Numbers?
          let regret: Numbers?
        }
        let metric: String
        let better: String
        let regimes: [Regime]
      }
      let seed: Int
      let simulated: Bool
      let metrics: [Metric]
    }
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let output = folder.appending(path: "comparison")
      let outcome = try await chokepoint(
        "compare", file, "--month", "2024-11", "--metric",
        "chips_in_use_mean,chip_hours_cumulative",
        "--entity", "training", "--prefer", "chips_in_use_mean=low", "--json", "--output",
        output.path)
      #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
      let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
      #expect(report.simulated && report.seed == 7 && report.metrics.count == 2)
      let rows = try Results(in: output).table("comparison").records
      for metric in report.metrics {
        let isPreferred = metric.metric == "chips_in_use_mean"
        #expect(metric.better == (isPreferred ? "low" : "neither"))
        #expect(metric.regimes.map(\.regime) == ["rule", "none"])
        #expect(metric.regimes.map(\.reference) == [nil, "rule"])
        #expect(metric.regimes.allSatisfy { ($0.regret != nil) == isPreferred })
        let row = try #require(rows.first { $0["metric"] == metric.metric })
        let mean = try #require(metric.regimes.last?.difference?.mean)
        #expect(
          row["difference_mean"].flatMap(Double.init).map { abs($0 - mean) <= 1e-9 * abs(mean) }
            == true)
      }
      let dearer = try SmallScenario.write(
        to: folder, named: "dearer.yaml", replacing: "chips: 2048", with: "chips: 1024")
      struct Difference: Decodable {
        struct Input: Decodable { let key: String }
        let inputs: [Input]
        let results: Report?
      }
      func difference(_ arguments: String...) async throws -> Difference {
        let outcome = try await call(builtCommand, ["diff", file] + arguments + ["--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try JSONDecoder().decode(Difference.self, from: Data(outcome.output.utf8))
      }
      let both = try await difference(dearer)
      #expect(
        both.inputs.map(\.key) == ["world.runs.training.stages.pretraining.chips"]
          && both.results?.simulated == true)
      let inputs = try await difference(dearer, "--inputs")
      #expect(inputs.inputs.count == 1 && inputs.results == nil)
      #expect(try await difference(file).inputs.isEmpty)
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

  private func sweep(in folder: URL) throws -> (without: String, with: String) {
    let sweep = """
      sweep:
        points:
          - {id: p512, set: {world.runs.training.chips: 512}}
          - {id: p2048, set: {world.runs.training.chips: 2048}}


      """
    return (
      try SmallScenario.write(to: folder),
      try SmallScenario.write(
        to: folder, named: "swept.yaml", replacing: "headline:", with: sweep + "headline:")
    )
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
