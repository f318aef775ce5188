@testable import Documents
@testable import Studies
import FoundationEssentials
import Scenarios

@testable import Reporting

/// A scenario in a few lines, and its result: three months, one lab, one run, two regimes.
enum SmallRun {
  static func yaml(replicates: Int = 64, design: String = "mc", mechanisms: String = "") -> String {
    """
    about: {name: small, title: "A small run", question: "What does it take?"}
    run: {start: 2024-10, end: 2024-12, replicates: \(replicates), seed: 11, design: \(design)}
    world:
      labs:
        - {id: lab, jurisdiction: CN, fleet: [{chip: h20, count: 100}]}
      runs:
        - id: run
          lab: lab
          start: 2024-10-20
          documented_on: h800
          choose_from: [h100_sxm, h800]
          chips: 1000
          parallelism: co_designed
          stages:
            - {id: pretraining, chip_hours: 480000, active_parameters: 37e9, tokens: 1e12}
            - {id: tuning, stage: post_training, chip_hours: 24000}
    \(mechanisms)
    uncertainties:
      chips.h800.rent_usd_per_hour: {triangular: [1.5, 2.0, 3.42], published: 2.0}
      chips.h800.purchase_price_usd: 30000
      chips.h100_sxm.rent_usd_per_hour: {uniform: [2, 4], published: 2.6}
      chips.h100_sxm.purchase_price_usd: 25000
      chips.h20.purchase_price_usd: 12000
      throughput.exposed_communication_co_designed: {uniform: [0.005, 0.05]}
      research_overhead.experiments_per_final_run: {uniform: [2, 6]}
      research_overhead.failed_per_final_run: 0.1
      ledger.staff_share: 0.4
    regimes:
      - id: rule
        rules: [{use: us_2022_10, open_ended: true}]
      - id: free
    metrics: [chip_hours_cumulative, chips_in_use_mean, cost_final_run_cumulative_usd, \
    cost_development_cumulative_usd]
    headline:
      regime: rule
      figures:
        - {id: hours, entity: run, metric: chip_hours, published: 504000, source: "Ourselves"}
        - {id: dollars, entity: run, metric: cost_final_run_usd, at_least: 2e6}
        - {id: days, entity: run.tuning, metric: days}
    claims:
      - {id: million, says: "It cost 1,008,000 dollars", entity: run, usd: 1008000}
    """
  }

  static func scenario(_ yaml: String = yaml()) throws -> Scenario {
    try Scenario(SourceDocument(text: yaml, file: "small.yaml"), name: "small")
  }

  static func result(_ yaml: String = yaml(), threads: Int = 1) async throws -> RunResult {
    try await RunResult(running: scenario(yaml), threads: threads)
  }
}

extension Table {
  /// The rows as dictionaries from header to cell.
  var records: [[String: Cell]] {
    rows.map { row in
      Dictionary(uniqueKeysWithValues: zip(fields.map(\.name), row))
    }
  }

  /// The rows in which these fields hold these texts.
  func records(where texts: [String: String]) -> [[String: Cell]] {
    records.filter { record in texts.allSatisfy { record[$0.key] == .text($0.value) } }
  }
}
