import Foundation
import Testing

/// The commands that answer on standard output and write no files.
@Suite struct AnswerTests {
  @Test func `cost gives every run every view, with its quantiles`() async throws {
    let outcome = try await chokepoint(
      "cost", "scenarios/deepseek-r1.yaml", "--replicates", "64", "--json")
    #expect(outcome.status == 0 && outcome.errors == "")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let costs = try #require(report["costs"] as? [[String: Any]])
    var points: [String: Double] = [:]
    for cost in costs {
      let regime = try #require(cost["regime"] as? String)
      let entity = try #require(cost["entity"] as? String)
      for view in try #require(cost["views"] as? [[String: Any]]) {
        let name = try #require(view["view"] as? String)
        let numbers = try ["p05", "p50", "p95", "mean"].map {
          try #require(view[$0] as? Double, "\(regime) \(entity) \(name) \($0)")
        }
        #expect(numbers[0] <= numbers[1] && numbers[1] <= numbers[2])
        #expect(numbers.allSatisfy { $0.isFinite && $0 >= 0 })
        points["\(regime) \(entity) \(name)"] = view["point"] as? Double
      }
    }
    let notes = try #require(report["notes"] as? [String])
    #expect(
      notes.map { $0.prefix(30) } == ["No rental price of the HGX H20"], "a derived price is told")
    let others = try await chokepoint(
      "cost", "scenarios/deepseek-r1.yaml", "--replicates", "2", "--regimes", "no-controls")
    #expect(others.status == 0)
    #expect(!others.output.contains("rental price of"), "no price of what nothing uses is told")
    #expect(points["oct-2022-rule v3 final-run"] == 5_576_000)
    #expect(points["oct-2022-rule r1 last-stage"] == 294_672)
    #expect(points["oct-2022-rule deepseek final-run"] == 5_870_672)
    try expectEveryView(of: points.keys)
  }

  /// Every regime and run has the same views as far as they count something there.
  private func expectEveryView(of keys: some Sequence<String>) throws {
    let keys = Set(keys)
    for regime in ["oct-2022-rule", "no-controls", "h20-only"] {
      for run in ["v3", "r1", "a100_month", "gpt3_class"] {
        for view in ["final-run", "amortised", "development"] {
          #expect(keys.contains("\(regime) \(run) \(view)"), "\(regime) \(run) \(view)")
        }
      }
      for view in ["purchase-chips", "purchase-cluster", "fleet-chips", "fleet"] {
        #expect(keys.contains("\(regime) deepseek \(view)"), "\(regime) deepseek \(view)")
      }
    }
  }

  @Test func `where no costs are recorded, cost says how they would be`() async throws {
    let outcome = try await chokepoint("cost", "scenarios/timing.yaml", "--replicates", "16")
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("timing does not record costs"))
  }

  @Test func `cost as text never names a dollar without its view`() async throws {
    let outcome = try await chokepoint(
      "cost", "scenarios/deepseek-r1.yaml", "--replicates", "16")
    #expect(outcome.status == 0 && outcome.errors == "")
    for line in outcome.output.split(separator: "\n") where line.contains("$") {
      #expect(line.contains(/^  (last-stage|final-run|amortised|development|purchase|fleet)/))
    }
  }

  @Test(arguments: [
    ("h800", "2022-10-22", "free", "TPP 15,832 >= 4,800, but interconnect 400 < 600 GB/s"),
    ("a800", "2023-10-20", "free", "TPP 4,992 >= 4,800, but interconnect 400 < 600 GB/s"),
    ("a800", "2023-10-24", "presumption-of-denial", "named"),
    ("h100_sxm", "2022-10-22", "presumption-of-denial", "TPP 15,832 >= 4,800"),
    ("h200", "2026-02-01", "license", "case-by-case: 3A090.a"),
    ("rtx_4090", "2023-11-18", "notify", "5,285"),
  ])
  func `rules say what is allowed, and by which clause`(
    chip: String, day: String, policy: String, clause: String
  ) async throws {
    let outcome = try await chokepoint(
      "rules", "--chip", chip, "--date", day, "--government", "US", "--csv")
    #expect(outcome.status == 0 && outcome.errors == "")
    let cells = try CSVTable(Data(outcome.output.utf8)).records
    #expect(cells.map { $0["policy"] } == [policy])
    #expect(cells.first?["clause"]?.contains(clause) == true, "\(cells)")
  }

  @Test func `rules print a matrix with every chip and day`() async throws {
    let outcome = try await chokepoint("rules", "--date", "2022-10-22", "2026-02-01")
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(outcome.output.contains(/chip +2022-10-22 +2026-02-01\n/))
    #expect(outcome.output.contains(/\n  h800 +free +case-by-case\n/))
  }

  @Test func `rules of a scenario are those of its regime`() async throws {
    let file = "scenarios/h800-penalty.yaml"
    let outcome = try await chokepoint("rules", "--scenario", file, "--chip", "h800", "--csv")
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(try CSVTable(Data(outcome.output.utf8)).records.map { $0["chip"] }.contains("h800"))
    let list = try await chokepoint("rules", "--list", "--csv")
    #expect(list.status == 0)
    #expect(try CSVTable(Data(list.output.utf8)).records.count > 30)
  }

  @Test func `metrics describe whatever is recorded`() async throws {
    let outcome = try await chokepoint("metrics", "--csv")
    #expect(outcome.status == 0 && outcome.errors == "")
    let described = try CSVTable(Data(outcome.output.utf8)).records
    let names = Set(described.compactMap { $0["metric"] })
    #expect(described.allSatisfy { $0["definition"]?.hasSuffix(".") == true && $0["unit"] != "" })
    #expect(described.allSatisfy { ["yes", "no"].contains($0["headline"]) })
    let few = described.filter { $0["headline"] == "yes" }
    #expect((1...15).contains(few.count) && few.allSatisfy { $0["recorded"] == "monthly" })
    let page = try await chokepoint("metrics", "--markdown")
    let marked = page.output.split(separator: "\n").filter { $0.contains("| monthly, headline |") }
    #expect(marked.count == few.count)
    for row in few {
      #expect(marked.contains { $0.hasPrefix("| `\(row["metric"] ?? "")` |") }, "\(row)")
    }
    let results = try await deepSeek.value.results
    for table in ["trajectories", "comparison", "runs"] {
      let recorded = Set(try results.table(table).records.compactMap { $0["metric"] })
      #expect(recorded.isSubset(of: names), "\(recorded.subtracting(names))")
    }
  }

  @Test func `parameters describe whatever is drawn`() async throws {
    let outcome = try await chokepoint("metrics", "--parameters", "--csv")
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(try CSVTable(Data(outcome.output.utf8)).rows.count > 10)
  }

  @Test func `the schema is JSON`() async throws {
    let outcome = try await chokepoint("schema")
    #expect(outcome.status == 0 && outcome.errors == "")
    let schema = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    #expect((schema as? [String: Any])?["$schema"] != nil)
  }
}
