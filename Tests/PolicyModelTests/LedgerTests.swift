import Simulation
import Testing

@testable import PolicyModel

/// The views as docs/ODD.md 7.20 has them, written out a second time.
@Suite struct CostViewTests {
  /// By view: the valuation, then the stages and categories that count.
  private static let expected: [String: (Valuation, [String], [String])] = [
    "last-stage": (.renting, ["data_generation", "reinforcement_learning"], ["accelerator"]),
    "final-run": (
      .renting,
      [
        "pretraining", "context_extension", "post_training", "data_generation",
        "reinforcement_learning",
      ], ["accelerator"]
    ),
    "amortised": (
      .owning,
      [
        "pretraining", "context_extension", "post_training", "data_generation",
        "reinforcement_learning",
      ], ["accelerator", "server", "interconnect", "energy"]
    ),
    "development": (
      .renting,
      [
        "preparation", "pretraining", "context_extension", "post_training", "data_generation",
        "reinforcement_learning", "failed", "experiments",
      ], ["accelerator", "staff", "data"]
    ),
    "development-amortised": (
      .owning,
      [
        "preparation", "pretraining", "context_extension", "post_training", "data_generation",
        "reinforcement_learning", "model_experiments",
      ], ["accelerator", "server", "interconnect", "energy", "staff", "data"]
    ),
    "purchase-chips": (.owning, ["acquisition"], ["accelerator"]),
    "purchase-cluster": (.owning, ["acquisition"], ["accelerator", "server", "interconnect"]),
    "fleet-chips": (.owning, ["fleet"], ["accelerator"]),
    "fleet": (.owning, ["fleet"], ["accelerator", "server"]),
  ]

  @Test func everyCellOfEveryViewIsAsWritten() throws {
    #expect(CostView.all.map(\.id).sorted() == Self.expected.keys.sorted())
    for view in CostView.all {
      let (valuation, stages, categories) = try #require(Self.expected[view.id])
      #expect(view.valuation == valuation)
      for stage in Stage.allCases {
        for category in CostCategory.allCases {
          let counts =
            stages.contains(stage.rawValue) && categories.contains(category.rawValue)
          #expect(view.includes(stage, category) == counts, "\(view.id) \(stage) \(category)")
        }
      }
    }
  }

  @Test func namesOfMetrics() {
    #expect(
      CostView.all.map(\.metricName) == [
        "cost_last_stage_usd", "cost_final_run_usd", "cost_amortised_usd",
        "cost_development_usd", "cost_development_amortised_usd", "cost_purchase_chips_usd",
        "cost_purchase_cluster_usd",
        "cost_fleet_chips_usd", "cost_fleet_usd",
      ])
    #expect(
      CostView.all.filter(\.isOfLabsOnly).map(\.id).sorted() == ["fleet", "fleet-chips"])
  }

  @Test func indicesAreThePlacesAmongAllCases() {
    #expect(Stage.allCases.map(\.index) == Array(Stage.allCases.indices))
    #expect(CostCategory.allCases.map(\.index) == Array(CostCategory.allCases.indices))
  }

  @Test func unitsOfQuantities() {
    for stage in Stage.allCases {
      let isBought = stage == .acquisition || stage == .fleet
      for category in [CostCategory.accelerator, .server, .interconnect] {
        #expect(Ledger.unit(of: stage, category) == (isBought ? "chips" : "chip_hours"))
      }
      #expect(Ledger.unit(of: stage, .energy) == "kwh")
      #expect(Ledger.unit(of: stage, .staff) == "usd")
      #expect(Ledger.unit(of: stage, .data) == "usd")
    }
  }
}

@Suite struct LedgerTests {
  /// Three runs of two labs: the first lab has runs 0 and 2.
  private static let labOfRun = [0, 1, 0]

  private func accounts(in ledger: borrowing Ledger) -> [Ledger.Account] {
    Self.labOfRun.indices.map { ledger.account(ofRun: $0) }
      + [0, 1].map { ledger.account(ofLab: $0) }
  }

  private func booked() -> Ledger {
    var ledger = Ledger(labOfRun: Self.labOfRun, labCount: 2)
    let accounts = accounts(in: ledger)
    // Whole dollars, so that sums are exact in any order.
    var amount = 1.0
    for account in accounts {
      for stage in Stage.allCases {
        for category in CostCategory.allCases {
          for _ in 0..<2 {
            ledger.book(
              account, stage, category,
              .init(quantity: amount, renting: 3 * amount, owning: 7 * amount))
            amount += 1
          }
        }
      }
    }
    return ledger
  }

  @Test func entriesAreSumsOfBookings() {
    let ledger = booked()
    let accounts = accounts(in: ledger)
    let entry = ledger.entry(accounts[0], .preparation, .accelerator)
    #expect(entry == .init(quantity: 3, renting: 9, owning: 21))
    #expect(entry[.renting] == 9 && entry[.owning] == 21)
    let total = accounts.reduce(0) { sum, account in
      Stage.allCases.reduce(sum) { sum, stage in
        CostCategory.allCases.reduce(sum) { $0 + ledger.entry(account, stage, $1).quantity }
      }
    }
    let count = Double(2 * 5 * Stage.allCases.count * CostCategory.allCases.count)
    #expect(total == count * (count + 1) / 2)
  }

  @Test func aViewIsTheSumOfTheEntriesItIncludes() {
    let ledger = booked()
    let accounts = accounts(in: ledger)
    for (place, view) in CostView.all.enumerated() {
      let own = accounts.map { sum(of: view, account: $0, in: ledger) }
      for run in 0..<3 { #expect(ledger.total(ofRun: run, view: place) == own[run]) }
      #expect(ledger.total(ofLab: 0, view: place) == own[0] + own[2] + own[3])
      #expect(ledger.total(ofLab: 1, view: place) == own[1] + own[4])
    }
  }

  private func sum(of view: CostView, account: Ledger.Account, in ledger: borrowing Ledger)
    -> Double
  {
    var sum = 0.0
    for stage in Stage.allCases {
      for category in CostCategory.allCases where view.includes(stage, category) {
        sum += ledger.entry(account, stage, category)[view.valuation]
      }
    }
    return sum
  }

  /// What is recorded of the ledger adds up to what the views of the run say.
  @Test func recordedColumnsAddUpToTheViews() async throws {
    let readings = try await DeepSeek.world().results()
    for entity in ["v3", "r1", "deepseek"] {
      for view in CostView.all where !(entity == "deepseek" && !view.isOfLabsOnly) {
        guard let total = readings.outcome(entity, view.metricName) else { continue }
        let columns = readings.model.ledgerColumns.filter {
          $0.entity == entity && $0.views.contains(view)
        }
        let sum = columns.reduce(0) { $0 + (readings.outcome(entity, name(of: $1)) ?? .nan) }
        #expect(abs(sum - total) <= 1e-9 * total, "\(entity) \(view.id)")
      }
    }
    let quantities = readings.model.ledgerColumns.filter { $0.side == .quantity }
    #expect(quantities.allSatisfy { $0.views.isEmpty })
  }

  private func name(of column: LedgerColumn) -> String {
    let entry = "\(column.stage.rawValue)_\(column.category.rawValue)"
    guard case .dollars(let valuation) = column.side else { return entry }
    return "\(entry)_\(valuation.rawValue)"
  }
}
