public import Simulation

/// How people read a metric: what it is called, how a difference of it reads, and where it stands among the
/// others.
///
/// The list below is in the order in which results show metrics, unless a scenario's `metrics:` has an order
/// of its own. A test holds it to the metrics that mechanisms declare.
public struct MetricWords: Hashable, Sendable {
  /// What a difference is called.
  public enum Reading: String, Sendable {
    /// An amount: more or less of it.
    case amount
    /// Amounts of money, in the plural: more or less.
    case payments
    /// Things that are counted, in the plural: more or fewer.
    case count
    /// A level or a share: higher or lower.
    case level
    /// A time: longer or shorter.
    case duration
  }

  /// The value that stands for all draws.
  public enum Typical: String, Sendable {
    /// The median.
    case median
    /// The mean: medians of whole months, of counts of a few, and of 0 or 1 jump or stand still.
    case mean
  }

  /// The metric, by name.
  public let name: String
  /// What it is called, in a few words that can follow "China's"; of the whole world, with `{leader}` and
  /// `{follower}` where the two sides stand.
  public let title: String
  /// What a difference is called.
  public let reading: Reading
  /// The value that stands for all draws.
  public let typical: Typical

  init(_ name: String, _ title: String, _ reading: Reading, _ typical: Typical = .median) {
    (self.name, self.title, self.reading, self.typical) = (name, title, reading, typical)
  }

  /// Whether what it is called is in the plural.
  public var isPlural: Bool { reading == .count || reading == .payments }

  /// What a larger value is called beside a smaller one.
  public var higher: String {
    switch reading {
    case .amount, .payments, .count: "more"
    case .level: "higher"
    case .duration: "longer"
    }
  }

  /// What a smaller value is called beside a larger one.
  public var lower: String {
    switch reading {
    case .amount, .payments: "less"
    case .count: "fewer"
    case .level: "lower"
    case .duration: "shorter"
    }
  }
}

extension MetricWords {
  /// How a metric reads. What is in no list, such as the first month of a threshold of a scenario, is called by
  /// its name.
  public init(of name: String) {
    self =
      Self.places[name].map { Self.all[$0] }
      ?? MetricWords(name, name.split(separator: "_").joined(separator: " "), .level)
  }

  /// How a metric reads: by the model's words, or by its own title.
  public init(of metric: Metric) {
    guard Self.places[metric.name] == nil else {
      self.init(of: metric.name)
      return
    }
    let words = MetricWords(of: metric.name)
    self.init(
      words.name, metric.title ?? words.title, words.reading,
      metric.isShownByMean ? .mean : .median)
  }

  /// Where a metric stands among the others; last, if it is in no list.
  public static func place(of name: String) -> Int { places[name] ?? all.count }

  private static let places = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($1.name, $0) })

  /// Every metric that a mechanism declares, in the order in which results show them.
  public static let all: [MetricWords] =
    compute + capability + sales + diverted + industry + policy + runs + costs

  private static let compute = [
    MetricWords("stock_h100e", "compute at work", .amount),
    MetricWords(
      "compute_ratio_stock_h100e", "ratio of compute at work ({leader} to {follower})", .level),
    MetricWords("acquired_h100e", "compute acquired so far", .amount),
    MetricWords("remote_h100e", "compute rented abroad", .amount),
    MetricWords("stock_offshore_h100e", "own compute at work abroad", .amount),
    MetricWords("stock_legal_h100e", "compute from legal sales", .amount),
    MetricWords("stock_licensed_h100e", "compute sold under license", .amount),
    MetricWords("stock_domestic_h100e", "compute of own make", .amount),
    MetricWords("stock_smuggled_h100e", "compute of diverted chips", .amount),
    MetricWords("acquired_legal_h100e", "foreign compute acquired legally so far", .amount),
    MetricWords("flow_h100e", "compute bought in the month", .amount),
    MetricWords("stock_legal_chips", "chips at work from legal sales", .count),
    MetricWords("stock_domestic_chips", "chips at work of own make", .count),
    MetricWords("flow_chips", "chips bought in the month", .count),
    MetricWords("fleet_h100e", "compute at work", .amount),
    MetricWords("fleet_acquired_h100e", "compute acquired so far", .amount),
    MetricWords("fleet_chips", "chips at work", .count),
    MetricWords("usable_h100e", "usable compute", .amount),
    MetricWords(
      "compute_ratio_stock_lowest_precision",
      "ratio of compute in lowest precision ({leader} to {follower})", .level),
    MetricWords(
      "compute_ratio_stock_memory_bandwidth", "ratio of memory bandwidth ({leader} to {follower})",
      .level),
    MetricWords(
      "compute_ratio_flow_h100e", "ratio of compute bought in the month ({leader} to {follower})",
      .level),
    MetricWords("powered_share", "share of time with power", .level),
    MetricWords("training_flop_per_second", "training rate", .level),
    MetricWords("decoding_flop_per_second", "serving rate", .level),
    MetricWords("serving_share", "share of chips that serve", .level),
  ]

  private static let capability = [
    MetricWords("lag_months", "lag", .duration, .mean),
    MetricWords("unaided_lag_months", "lag without catching up", .duration, .mean),
    MetricWords("capability", "best model", .level),
    MetricWords("capability_gap", "ratio of best models ({leader} to {follower})", .level),
    MetricWords("capability_over_gpt4", "best model over GPT-4", .level),
    MetricWords("capability_over_v3", "best model over V3", .level),
    MetricWords("unaided_capability", "best model without catching up", .level),
    MetricWords("tokens_served_per_day", "tokens served a day", .count),
    MetricWords("algorithmic_efficiency", "algorithmic efficiency", .level),
    MetricWords("efficiency_over_frontier", "efficiency over the frontier's", .level),
    MetricWords("largest_run_flop", "largest run", .level),
    MetricWords("best_model_flop", "training of the best model", .level),
    MetricWords("largest_run_cost_usd", "cost of the largest run", .level),
    MetricWords("release_cost_amortised_usd", "cost of the last release", .level),
    MetricWords("run_cost_growth", "growth of the largest runs' cost", .level),
    MetricWords("run_flop_growth", "growth of the largest runs", .level),
    MetricWords("flop_per_dollar_growth", "growth of compute for a dollar", .level),
    MetricWords("cost_to_gpt4_level_usd", "cost of reaching GPT-4", .level),
    MetricWords("runs_begun_cumulative", "runs begun so far", .count, .mean),
    MetricWords("runs_failed_cumulative", "runs failed so far", .count, .mean),
    MetricWords("releases_cumulative", "models released so far", .count, .mean),
    MetricWords("first_release", "months to the first release", .duration),
    MetricWords("midway_level_matched", "months to match {leader}'s level of midway", .duration),
  ]

  private static let sales = [
    MetricWords(
      "supplier_revenue_cumulative_usd", "payments to foreign suppliers so far", .payments),
    MetricWords(
      "supplier_research_funded_cumulative_usd", "funding of suppliers' research so far", .amount),
    MetricWords("public_revenue_cumulative_usd", "license shares and duties so far", .payments),
    MetricWords("supplier_revenue_usd", "payments to foreign suppliers in the month", .payments),
    MetricWords("planned_spending_usd", "planned spending on chips", .amount),
    MetricWords("barred_demand_usd", "money aimed at barred chips", .amount),
    MetricWords("unmet_demand_usd", "money left unspent", .amount),
    MetricWords("scarcity", "unmet share of demand", .level),
    MetricWords("refused_chips", "chips refused in the month", .count),
    MetricWords("refused_h100e", "compute refused in the month", .amount),
    MetricWords("sold_chips", "chips sold in the month", .count),
    MetricWords("sold_to_follower_chips", "chips sold to {follower} in the month", .count),
    MetricWords(
      "sold_licensed_to_follower_chips", "chips sold under license to {follower} in the month",
      .count),
    MetricWords("sold_licensed_chips", "chips sold under license in the month", .count),
    MetricWords("free_chips", "chips bought without license", .count),
    MetricWords("licensed_chips", "chips bought under license", .count),
    MetricWords("licensed_chips_cumulative", "chips bought under license so far", .count),
    MetricWords("domestic_chips", "chips bought of own make", .count),
    MetricWords("export_licenses_granted_share", "months with licenses granted", .level, .mean),
    MetricWords("parts_short_share", "months short of memory or packages", .level, .mean),
    MetricWords("rent_index", "index of rents", .level),
    MetricWords("supply_price_index", "index of list prices", .level),
    MetricWords("supply_shortage", "unserved share of orders", .level),
    MetricWords("dies_made", "dies made in the month", .count),
    MetricWords("capacity_moved_share", "capacity moved in the month", .level),
  ]

  private static let diverted = [
    MetricWords("smuggled_chips_cumulative", "diverted chips that arrived so far", .count),
    MetricWords("smuggled_h100e_cumulative", "diverted compute that arrived so far", .amount),
    MetricWords("smuggled_chips", "diverted chips that arrive", .count),
    MetricWords("diverted_chips", "diverted chips that arrive", .count),
    MetricWords("diverted_from_chips", "chips diverted from it in the month", .count),
    MetricWords("seized_chips", "diverted chips seized in the month", .count),
    MetricWords("seized_chips_cumulative", "diverted chips seized so far", .count),
    MetricWords("grey_price_multiple", "price of diverted chips over list", .level),
    MetricWords("grey_premium_cumulative_usd", "premium paid for diverted chips", .amount),
  ]

  private static let industry = [
    MetricWords("domestic_chips_made", "{follower}'s own chips made in the month", .count),
    MetricWords("domestic_chips_wanted", "{follower}'s own chips wanted in a month", .count),
    MetricWords("domestic_wafers", "{follower}'s wafers startable in a month", .count),
    MetricWords("domestic_packages", "{follower}'s packages possible in a month", .count),
    MetricWords("domestic_dies_unused", "{follower}'s unused dies", .count),
    MetricWords("domestic_memory_unused", "{follower}'s unused memory", .amount),
    MetricWords("domestic_memory_bought", "{follower}'s memory bought in the month", .amount),
    MetricWords("domestic_limit_dies_share", "held back by dies", .level, .mean),
    MetricWords("domestic_limit_memory_share", "held back by memory", .level, .mean),
    MetricWords("domestic_limit_packaging_share", "held back by packaging", .level, .mean),
    MetricWords("domestic_limit_demand_share", "held back by demand", .level, .mean),
  ]

  private static let policy = [
    MetricWords("tightening_episodes_cumulative", "tightening episodes so far", .count, .mean),
    MetricWords("retaliation_episodes_cumulative", "retaliation episodes so far", .count, .mean),
  ]

  private static let runs = [
    MetricWords(MetricName.finalRunDays, "final run", .duration),
    MetricWords("days", "run", .duration),
    MetricWords(MetricName.finalRunChipHours, "chip-hours of the final run", .count),
    MetricWords("chip_hours", "chip-hours", .count),
    MetricWords("chip_hours_cumulative", "chip-hours so far", .count),
    MetricWords("chips_in_use_mean", "chips in use", .count),
    MetricWords("days_waited", "wait", .duration),
    MetricWords(MetricName.finishedShare, "share of draws that finish", .level, .mean),
    MetricWords("training_flop", "training FLOP", .amount),
    MetricWords("realised_mfu", "utilisation", .level),
    MetricWords(MetricName.chipPlace, "place of the chip used", .level),
  ]

  private static let costs = CostView.all.flatMap { view in
    [
      MetricWords(view.metricName, "\(view.id) cost", .level),
      MetricWords(view.cumulativeMetricName, "\(view.id) cost so far", .level),
    ]
  }
}
