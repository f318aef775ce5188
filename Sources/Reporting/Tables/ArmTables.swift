import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Stochastics
public import Studies

/// The tables of a comparison, each one function.
extension ArmComparison {
  /// All tables.
  public var tables: [Table] { [regimesTable, comparisonTable, ranksTable] }

  private static let itemFields = [
    TableField(
      "month", .date,
      "First day of the month; the value is that at its end. Empty for what a whole run yields."),
    TableField("entity", .string, "Whose value it is."),
    TableField("metric", .string, "The metric; see `chokepoint metrics`."),
    TableField("unit", .string, "Its unit."),
    TableField(
      "regime", .string, "The regime's id, after the scenario's name if there are several."),
  ]

  private func cells(of item: Item, arm: Int) -> [Cell] {
    [
      item.month.map { .text($0.firstDay.description) } ?? .missing, .text(item.entity),
      .text(item.metric),
      .text(item.unit), .text(arms.arms[arm].name),
    ]
  }

  private func forEachRow(_ body: (_ item: Int, _ arm: Int, _ cells: [Cell]) -> Void) {
    for item in items.indices {
      for arm in arms.arms.indices { body(item, arm, cells(of: items[item], arm: arm)) }
    }
  }

  /// Every metric under every regime.
  var regimesTable: Table {
    var table = Table(
      name: "regimes", description: "Key metrics under every regime at chosen months.",
      fields: Self.itemFields + SummaryFields.all)
    forEachRow { item, arm, cells in
      table.append(cells + SummaryFields.cells(of: summaries[arm][item]))
    }
    return table
  }

  /// Every regime against its reference.
  var comparisonTable: Table {
    var table = Table(
      name: "comparison",
      description: "Every regime against its reference, paired replicate by replicate.",
      fields: Self.itemFields
        + [TableField("reference", .string, "The regime it is compared with.")]
        + ComparisonFields.all)
    forEachRow { item, arm, cells in
      guard let reference = references[arm], let comparison = comparisons[arm][item] else { return }
      table.append(
        cells + [.text(arms.arms[reference].name)] + ComparisonFields.cells(of: comparison))
    }
    return table
  }

  /// Ranks and regrets.
  var ranksTable: Table {
    var table = Table(
      name: "ranks",
      description:
        "How the regimes of a file, or of a point of its sweep, rank on each metric, and what each "
        + "forgoes against the best one, replicate by replicate.",
      fields: Self.itemFields + [
        TableField(
          "better", .string,
          "Whether more (high) or less (low) counts as better; neither unless stated."),
        TableField("n", .integer, "Replicates with a value."),
        TableField(
          "rank_mean", .number,
          "Mean rank, equal ones sharing the first; 1 is the best, or the highest where neither end is."
        ),
        TableField("share_first", .number, "Share of replicates in which its rank is 1."),
        TableField(
          "regret_mean", .number,
          "Mean of what it forgoes against the best regime; empty where neither end is better."),
        TableField("regret_p50", .number, "Median of that."),
        TableField("regret_p95", .number, "95% quantile of that."),
        TableField(
          "regret_largest", .number, "The largest in any replicate; grows with their number."),
      ])
    forEachRow { item, arm, cells in
      let (rank, regret) = (ranks[arm][item], regrets[arm][item])
      table.append(
        cells + [
          .text(items[item].preference.word), .integer(rank?.count ?? 0),
          .optional(rank?.mean), .number(sharesFirst[arm][item]), .optional(regret?.mean),
          .optional(regret?.p50), .optional(regret?.p95),
          regret == nil ? .missing : .number(largestRegrets[arm][item]),
        ])
    }
    return table
  }

  /// Of arms that one could choose among, those whose largest regret is least; none where no end is taken to
  /// be better.
  func minimaxRegret(of item: Int, among choice: [Int]) -> [Int] {
    let present = choice.filter { regrets[$0][item] != nil }
    let least = present.map { largestRegrets[$0][item] }.min()
    return present.filter { largestRegrets[$0][item] == least }
  }
}

extension Preference? {
  /// What tables and the data dictionary call it.
  var word: String { self?.rawValue ?? "neither" }
}
