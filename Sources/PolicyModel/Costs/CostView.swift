/// What money is spent on: the second coordinate of the ledger.
public enum CostCategory: String, CaseIterable, Sendable {
  /// Accelerators: hours of them, or the chips themselves.
  case accelerator
  /// The rest of the servers.
  case server
  /// The network between servers.
  case interconnect
  /// Electricity.
  case energy
  /// People.
  case staff
  /// Training data.
  case data
  /// What a government takes of licensed sales.
  case licenseShare = "license_share"
  /// Duty on chips.
  case duty
  /// What diverted chips cost above their list price; told of jurisdictions alone.
  case greyPremium = "grey_premium"

  /// Position in ``allCases``; a switch for the same reason as that of ``Stage``.
  var index: Int {
    switch self {
    case .accelerator: 0
    case .server: 1
    case .interconnect: 2
    case .energy: 3
    case .staff: 4
    case .data: 5
    case .licenseShare: 6
    case .duty: 7
    case .greyPremium: 8
    }
  }
}

/// How a quantity is turned into dollars: the third coordinate of a view.
public enum Valuation: String, CaseIterable, Sendable {
  /// At rental prices, which include server, network and energy.
  case renting
  /// At purchase prices, written off over time where chips are used by the hour.
  case owning
}

/// One reading of "cost": a literal table of stages x categories, under one valuation.
public struct CostView: Hashable, Sendable {
  /// The id that results use.
  public let id: String
  /// What it counts, in one sentence.
  public let definition: String
  /// The stages that count.
  public let stages: [Stage]
  /// The categories that count.
  public let categories: [CostCategory]
  /// At which prices.
  public let valuation: Valuation

  /// Whether an entry of the ledger counts.
  public func includes(_ stage: Stage, _ category: CostCategory) -> Bool {
    stages.contains(stage) && categories.contains(category)
  }

  /// Whether it is about what a lab holds rather than about a run.
  public var isOfLabsOnly: Bool { stages == [.fleet] }

  /// The name of the metric that holds it.
  public var metricName: String { "cost_\(id.replacing("-", with: "_"))_usd" }

  /// The name of the metric that holds what it has come to so far.
  var cumulativeMetricName: String { "cost_\(id.replacing("-", with: "_"))_cumulative_usd" }
}

extension CostView {
  private static let lastStages: [Stage] = [.dataGeneration, .reinforcementLearning]
  private static let finalStages: [Stage] =
    [.pretraining, .contextExtension, .postTraining] + lastStages

  /// What is published as the cost of a model.
  public static let finalRun = CostView(
    id: "final-run",
    definition: "Rent of the chips for the documented stages of the final run.",
    stages: finalStages, categories: [.accelerator], valuation: .renting)

  /// What the final run cost who owns the chips.
  public static let amortised = CostView(
    id: "amortised",
    definition: "Chips, servers and network written off over the hours of the final run, "
      + "and its electricity.",
    stages: finalStages, categories: [.accelerator, .server, .interconnect, .energy],
    valuation: .owning)

  /// All readings of cost, from the narrowest to the widest. The same training differs by a factor
  /// of thousands between the first and the last, so that a cost without its view says nothing.
  public static let all: [CostView] = [
    CostView(
      id: "last-stage",
      definition: "Rent of the chips for data generation and reinforcement learning alone.",
      stages: lastStages, categories: [.accelerator], valuation: .renting),
    finalRun,
    amortised,
    CostView(
      id: "development",
      definition: "Rent of the chips for the final run, its preparation, failed runs and "
        + "experiments; data and staff.",
      stages: finalStages + [.preparation, .failed, .experiments],
      categories: [.accelerator, .staff, .data], valuation: .renting),
    CostView(
      id: "development-amortised",
      definition:
        "As amortised, of the final run, its preparation, and the experiments and failed runs "
        + "counted for the model alone; data and staff.",
      stages: finalStages + [.preparation, .modelExperiments],
      categories: [.accelerator, .server, .interconnect, .energy, .staff, .data],
      valuation: .owning),
    CostView(
      id: "purchase-chips",
      definition: "Price of the chips of the cluster, bought new.",
      stages: [.acquisition], categories: [.accelerator], valuation: .owning),
    CostView(
      id: "purchase-cluster",
      definition: "Price of the cluster, bought new: chips, servers and network.",
      stages: [.acquisition], categories: [.accelerator, .server, .interconnect],
      valuation: .owning),
    CostView(
      id: "fleet-chips",
      definition: "Price of all chips that the lab is reported to hold.",
      stages: [.fleet], categories: [.accelerator], valuation: .owning),
    CostView(
      id: "fleet",
      definition: "Price of all chips that the lab is reported to hold, with their servers.",
      stages: [.fleet], categories: [.accelerator, .server], valuation: .owning),
  ]
}
