import PolicyModel
import Quantities
import Stochastics

/// DeepSeek V3 and R1 as published (arXiv:2412.19437 Table 1, Nature
/// s41586-025-09422-z supplement), on chips at round prices.
enum DeepSeek {
  /// The rule of October 2022, alone.
  static let october = Rule.threshold(tpp: 4800, interconnect: 600)

  static func world() -> SmallWorld {
    SmallWorld(
      months: 8,
      labs: [
        .init(
          id: "deepseek", fleet: [("h800", 10_000), ("h100", 10_000), ("h20", 30_000)])
      ],
      runs: [v3, r1], regimes: [("october", [october]), ("free", [])])
  }

  private static let v3 = SmallWorld.RunSketch(
    id: "v3", start: "2024-10-28", chips: 2048, data: 5e6,
    stages: [
      .init(id: "pretraining", hours: 2_664_000, active: 37e9, tokens: 14.8e12),
      .init(id: "context", stage: .contextExtension, hours: 119_000),
      .init(id: "tuning", stage: .postTraining, hours: 5_000),
    ])

  private static let r1 = SmallWorld.RunSketch(
    id: "r1", start: "2024-12-26", after: 0, usesClusterOf: 0, chips: 512, data: 1e6,
    stages: [
      .init(
        id: "trials", stage: .preparation, hours: 100_000, documented: "a100",
        candidates: ["a100"], isOwned: true),
      .init(id: "zero", stage: .reinforcementLearning, hours: 101_376),
      .init(id: "data", stage: .dataGeneration, hours: 5_000),
      .init(id: "rl", stage: .reinforcementLearning, hours: 40_960),
    ])

  /// Laws for what the case leaves open.
  static func laws() throws -> [String: Distribution] {
    [
      "throughput.mfu": try .normal(mean: 0.375, sd: 0.05).truncated(min: 0.15, max: 0.6),
      "throughput.exposed_communication_co_designed": try .ci90(0.005, 0.05).truncated(max: 1),
      "throughput.rollout_share_of_rl": try .pert(0.3, 0.7, 0.9),
      "throughput.decode_intensity_flop_per_byte": try .ci90(8, 60),
      "chips.h800.rent_usd_per_hour": try .triangular(1.5, 2, 3.42),
      "chips.h100.purchase_price_usd": try .triangular(23_000, 26_268, 30_000),
      "research_overhead.experiments_per_final_run": try .ci90(2.3, 9),
      "ledger.staff_share": try .triangular(0.29, 0.39, 0.49),
    ]
  }
}
