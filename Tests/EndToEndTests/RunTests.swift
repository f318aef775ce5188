import Foundation
import Testing

/// `chokepoint run` on the DeepSeek scenario: what is printed and what is written.
@Suite struct RunTests {
  private static let tables = [
    "summary", "trajectories", "comparison", "runs", "ledger", "parameters", "headline", "claims",
  ]

  @Test func `a run ends well, with the answer on stdout and nothing on stderr`() async throws {
    let (outcome, results) = try await deepSeek.value
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    for figure in ["$5,576,000", "$294,672", "$5,870,672", "2788000", "147336"] {
      #expect(outcome.output.contains(figure))
    }
    for name in results.files.keys where name != "manifest.json" {
      #expect(outcome.output.contains("/results/\(name)\n"), "\(name) is told")
    }
  }

  @Test func `the files are those that are promised, and no others`() async throws {
    let results = try await deepSeek.value.results
    let promised =
      Self.tables.map { "\($0).csv" } + [
        "scenario.yaml", "datapackage.json", "manifest.json", "report.json", "report.html",
        "charts/cost-by-view.vl.json", "charts/run-days.vl.json", "charts/rules.vl.json",
        "charts/leading-numbers.vl.json",
      ]
    #expect(Set(results.files.keys) == Set(promised))
    let manifest = try results.json("manifest.json")
    #expect(manifest["seed"] as? Int == 20_250_120)
    #expect(manifest["replicates"] as? Int == 64)
    #expect(manifest["threads"] as? Int == 2)
  }

  /// Columns that may be empty although there are replicates: a ratio to zero, a difference that
  /// does not vary, a figure that nobody published.
  private static let optional = ["ratio_", "variance_reduction", "p05", "p50", "p95"]

  @Test(arguments: tables)
  func `a table has its columns, and finite numbers wherever one is due`(name: String) async throws
  {
    let results = try await deepSeek.value.results
    let table = try results.table(name)
    let fields = try describedFields(of: name, in: results)
    #expect(table.header == fields.map(\.name))
    #expect(!table.rows.isEmpty)
    let count = table.header.firstIndex(of: "n")
    for (number, row) in table.rows.enumerated() {
      for (field, cell) in zip(fields, row) where ["number", "integer"].contains(field.type) {
        let isFinite = Double(cell)?.isFinite == true
        let isMissing = cell.isEmpty && count.map { row[$0] == "0" } == true
        let mayMiss =
          cell.isEmpty
          && (["headline", "summary"].contains(name)
            || Self.optional.prefix(2).contains { field.name.hasPrefix($0) })
        #expect(
          isFinite || isMissing || mayMiss, "\(name) row \(number + 1), \(field.name): \(cell)")
      }
    }
  }

  private func describedFields(
    of name: String, in results: Results
  ) throws -> [(name: String, type: String)] {
    let package = try results.json("datapackage.json")
    let resources = try #require(package["resources"] as? [[String: Any]])
    let resource = try #require(resources.first { $0["name"] as? String == name })
    let schema = try #require(resource["schema"] as? [String: Any])
    return try #require(schema["fields"] as? [[String: Any]]).map {
      (try #require($0["name"] as? String), try #require($0["type"] as? String))
    }
  }

  @Test func `every regime has every month of every metric`() async throws {
    let table = try await deepSeek.value.results.table("trajectories")
    let keys = table.records.map { [$0["regime"], $0["month"], $0["entity"], $0["metric"]] }
    #expect(Set(keys).count == keys.count, "no key twice")
    let metrics = Set(table.records.map { [$0["entity"], $0["metric"]] }).count
    #expect(table.rows.count == 3 * 21 * metrics)
    #expect(table.records.allSatisfy { $0["scenario"] == "deepseek-r1" })
  }

  @Test func `the published figures are met, to the dollar`() async throws {
    let headline = try await deepSeek.value.results.table("headline").records
    let values = Dictionary(uniqueKeysWithValues: headline.map { ($0["figure"], $0["value"]) })
    #expect(values["v3-hours"] == "2788000")
    #expect(values["v3-dollars"] == "5576000")
    #expect(values["r1-hours"] == "147336")
    #expect(values["r1-dollars"] == "294672")
    #expect(values["both-dollars"] == "5870672")
    #expect(headline.allSatisfy { $0["holds"] != "false" })
  }

  @Test func `the reports of quiet and JSON runs`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let quiet = try await chokepoint("run", file, "--quiet", "--output", folder.path + "/quiet")
      #expect(quiet.status == 0)
      #expect(quiet.output == "" && quiet.errors == "")
      let json = try await chokepoint("run", file, "--json", "--output", folder.path + "/json")
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      let figures = try #require(report["headline"] as? [[String: Any]])
      #expect(figures.map { $0["value"] as? Double } == [2_664_000])
      #expect(figures.map { $0["holds"] as? Bool } == [true])
    }
  }

  @Test func `JSON has the metrics of a world without scripted runs`() async throws {
    struct Report: Decodable {
      struct Metric: Decodable {
        struct Difference: Decodable { let p50: Double }
        let regime, entity, metric, month: String
        let p50: Double?
        let difference: Difference?
      }
      let metrics: [Metric]
    }
    try await withFolder { folder in
      let outcome = try await chokepoint(
        "run", "scenarios/timing.yaml", "--regimes", "current-law,no-controls", "--replicates", "4",
        "--json", "--output", folder.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
      #expect(Set(report.metrics.map(\.regime)) == ["current-law", "no-controls"])
      #expect(report.metrics.contains { $0.metric == "compute_ratio_stock_h100e" })
      let results = try Results(in: folder)
      for (table, field) in [("trajectories", "p50"), ("comparison", "difference_p50")] {
        let rows = try results.table(table).records
        for metric in report.metrics where table == "trajectories" || metric.difference != nil {
          let row = rows.first {
            $0["regime"] == metric.regime && $0["entity"] == metric.entity
              && $0["metric"] == metric.metric && $0["month"] == "\(metric.month)-01"
          }
          let value = table == "trajectories" ? metric.p50 : metric.difference?.p50
          #expect(row?[field].flatMap(Double.init) == value, "\(metric)")
        }
      }
      #expect(report.metrics.contains { $0.difference.map { $0.p50 != 0 } ?? false })
    }
  }

  @Test func `several scenarios go into folders of their names`() async throws {
    try await withFolder { folder in
      let one = try SmallScenario.write(to: folder, named: "one.yaml")
      let two = try SmallScenario.write(to: folder, named: "two.yaml")
      let outcome = try await chokepoint("run", one, two, "--quiet", in: folder)
      #expect(outcome.status == 0)
      for name in ["one", "two"] {
        let results = try Results(in: folder.appending(path: "notebooks-output/\(name)"))
        #expect(try results.table("headline").records.map { $0["scenario"] } == [name])
      }
    }
  }
}
