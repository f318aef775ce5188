@testable import Studies
import Analysis
import PolicyModel
import Simulation
import Testing

@testable import Reporting

@Suite struct TableTests {
  private static let summary = ["n", "mean", "sd", "mcse", "p05", "p25", "p50", "p75", "p95"]

  /// What the data dictionary promises, and in which order.
  private static let headers: [String: [String]] = [
    "summary": [
      "scenario", "regime", "regime_title", "month_end", "entity", "metric", "title", "unit",
      "shown_by", "value", "p05", "p95", "reference", "difference", "difference_p05",
      "difference_p95", "share_higher", "share_lower",
    ],
    "trajectories": ["scenario", "regime", "month", "entity", "metric", "unit"] + summary,
    "comparison": [
      "scenario", "regime", "reference", "month", "entity", "metric", "unit", "n",
      "difference_mean", "difference_sd", "difference_mcse", "difference_p05", "difference_p25",
      "difference_p50", "difference_p75", "difference_p95", "ratio_mean", "ratio_p05",
      "ratio_p25", "ratio_p50", "ratio_p75", "ratio_p95", "share_higher", "share_lower",
      "variance_reduction",
    ],
    "runs": ["scenario", "regime", "run", "stage", "chip", "derived_rent", "metric", "unit"]
      + summary,
    "ledger": [
      "scenario", "regime", "entity", "stage", "category", "view", "unit", "derived_rent",
    ] + summary,
    "failures": [
      "scenario", "regime", "replicate", "month", "entity", "metric", "value", "replay",
    ],
    "headline": [
      "scenario", "regime", "figure", "entity", "metric", "unit", "value", "expected", "holds",
      "p05", "p50", "p95", "source",
    ],
    "claims": [
      "scenario", "regime", "claim", "says", "entity", "view", "value", "expected", "holds",
      "share_of_draws", "source",
    ],
  ]

  @Test func headersAreAsPromised() async throws {
    let tables = try await SmallRun.result().tables
    #expect(
      tables.map(\.name) == [
        "summary", "trajectories", "comparison", "runs", "ledger", "parameters", "failures",
        "headline",
        "claims",
      ])
    for table in tables where table.name != "parameters" {
      #expect(table.fields.map(\.name) == Self.headers[table.name], "\(table.name)")
    }
    #expect(tables.flatMap(\.fields).allSatisfy { !$0.description.isEmpty })
  }

  @Test func trajectoriesHoldEveryMonthOfEveryMetric() async throws {
    let table = try await SmallRun.result().trajectories
    // Two metrics of the run, two of the lab, three months, two regimes.
    #expect(table.rows.count == 4 * 3 * 2)
    let hours = table.records(where: [
      "regime": "rule", "entity": "run", "metric": "chip_hours_cumulative",
    ])
    #expect(
      hours.map { $0["month"] } == ["2024-10-01", "2024-11-01", "2024-12-01"].map { .text($0) })
    #expect(hours.map { $0["mean"] } == [288_000, 504_000, 504_000].map { .number($0) })
    #expect(hours.allSatisfy { $0["n"] == .integer(64) && $0["sd"] == .number(0) })
  }

  @Test func comparisonIsOfTheOtherRegimesAlone() async throws {
    let result = try await SmallRun.result()
    let table = result.comparison
    #expect(table.records.allSatisfy { $0["regime"] == .text("free") })
    #expect(table.records.allSatisfy { $0["reference"] == .text("rule") })
    let months = table.records.count { $0["month"] != .missing }
    #expect(months == 4 * 3)
    let days = table.records(where: ["entity": "run", "metric": "days"])
    #expect(days.count == 1)
    #expect(days.first?["share_higher"] == .number(0))
    guard case .number(let ratio)? = days.first?["ratio_mean"] else {
      Issue.record("no ratio of days")
      return
    }
    // The H100 saves 1.25 phi at most, and phi is 0.005 to 0.05 here.
    #expect(ratio > 1 / 1.0625 - 0.001 && ratio < 1 / 1.00625 + 0.001)
  }

  @Test func runsNameTheirChips() async throws {
    let table = try await SmallRun.result().runs
    let chips = ["rule": "h800", "free": "h100_sxm"]
    for (regime, chip) in chips {
      let rows = table.records(where: ["regime": regime])
      #expect(!rows.isEmpty && rows.allSatisfy { $0["chip"] == .text(chip) })
      let stages: Set<Cell> = [.text(""), .text("pretraining"), .text("tuning")]
      #expect(Set(rows.compactMap { $0["stage"] }) == stages)
    }
    #expect(table.records(where: ["metric": "chip_place"]).isEmpty)
  }

  @Test func ledgerAddsUpToItsViews() async throws {
    let result = try await SmallRun.result()
    for view in CostView.all {
      let parts = result.ledger.records(where: ["regime": "free", "view": view.id])
      let sum = parts.reduce(0.0) { sum, row in
        if case .number(let mean)? = row["mean"] { sum + mean } else { sum }
      }
      let cell = try #require(result.cell(entity: "lab", metric: view.metricName))
      let total = try #require(result.statistics.summaries[1][cell])
      #expect(abs(sum - total.mean) <= 1e-9 * max(1, total.mean), "\(view.id)")
    }
  }

  @Test func parametersHaveOneRowForEachReplicate() async throws {
    let result = try await SmallRun.result()
    let rows = result.parameters.rows
    #expect(rows.count == 64)
    let names = result.parameters.fields.map(\.name)
    #expect(names.first == "replicate")
    #expect(names.contains("chips.h800.rent_usd_per_hour"))
    #expect(!names.contains("ledger.staff_share"))
    #expect(rows.map { $0[0] } == (0..<64).map { .integer($0) })
    #expect(result.failures.rows.isEmpty)
  }

  @Test func headlineStandsAtPointValues() async throws {
    let table = try await SmallRun.result().headline
    #expect(table.records.map { $0["value"] } == [504_000, 1_008_000, 1].map { .number($0) })
    #expect(table.records.map { $0["holds"] } == [.flag(true), .flag(false), .missing])
    #expect(
      table.records.map { $0["expected"] } == [
        .text("504000"), .text("at least $2,000,000"), .missing,
      ])
  }

  @Test func claimsAreHeldToEveryViewThatCountsSomething() async throws {
    let result = try await SmallRun.result()
    let rows = result.claims.records
    #expect(
      rows.compactMap { $0["view"] }
        == [
          "final-run", "amortised", "development", "development-amortised", "purchase-chips",
          "purchase-cluster",
        ].map { .text($0) })
    #expect(
      rows.map { $0["holds"] } == [true, false, false, false, false, false].map { .flag($0) })
    #expect(result.judgedClaims.map { $0.viewsThatHold.map(\.id) } == [["final-run"]])
    #expect(!result.meetsPublishedFigures && result.failedReplicates == 0)
  }

  @Test func threadsChangeNoByte() async throws {
    let yaml = SmallRun.yaml(replicates: 1040, design: "lhs")
    let alone = try await SmallRun.result(yaml, threads: 1)
    let together = try await SmallRun.result(yaml, threads: 3)
    for (mine, theirs) in zip(alone.tables, together.tables) {
      #expect(CSV.bytes(of: mine) == CSV.bytes(of: theirs), "\(mine.name)")
    }
  }

  @Test func withoutBooksThereIsNoLedgerTable() async throws {
    var yaml = SmallRun.yaml(mechanisms: "mechanisms: {ledger: off}")
    yaml = String(yaml[..<(try #require(yaml.firstRange(of: "metrics:")).lowerBound)])
    let result = try await SmallRun.result(yaml)
    #expect(result.ledger.rows.isEmpty)
    #expect(!result.runs.rows.isEmpty && result.costs.allSatisfy { $0.views.isEmpty })
  }
}

@Suite struct SummaryFieldTests {
  @Test func aColumnWithoutValuesSaysSo() {
    let cells = SummaryFields.cells(of: nil)
    #expect(cells == [.integer(0)] + Array(repeating: .missing, count: 8))
  }

  @Test func cellsStandUnderTheirHeaders() throws {
    let summary = try #require(Summary(of: [1, 2, 3, 4]))
    let cells = SummaryFields.cells(of: summary)
    #expect(cells.count == SummaryFields.all.count)
    #expect(cells[0] == .integer(4) && cells[1] == .number(2.5) && cells[6] == .number(2.5))
  }
}
