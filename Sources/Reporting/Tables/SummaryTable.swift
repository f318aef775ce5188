import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Studies
import Wording

extension RunResult {
  /// The table to begin with: what an answer is about at the ends of years and of the run, rounded to what
  /// the Monte Carlo error bears. Nil where there is nothing of that kind.
  var summaryTable: Table? {
    var seen: Set<[String]> = []
    // A metric that is asked about at several months is there once, at all key dates.
    let keys = keyMetrics.filter { key in
      key.isCompared && seen.insert([key.metric, key.entity]).inserted
    }
    guard !keys.isEmpty else { return nil }
    var table = Table(
      name: "summary",
      description: "Key metrics by regime at the ends of years and of the run, rounded to what the "
        + "Monte Carlo error bears, with paired differences.", fields: Self.summaryFields)
    for key in keys {
      for cell in cellsAtKeyDates(of: key) {
        let metric = self.key(cell.cell)
        for regime in statistics.regimes.indices {
          let value = metric.values[regime]
          let others: [KeyDifference?] = value.differences.isEmpty ? [nil] : value.differences
          for difference in others {
            table.append(
              [
                .text(scenario.name), .text(statistics.regimes[regime]),
                .text(model.blueprint.regimes[regime].title ?? statistics.regimes[regime]),
                cell.month.map { .text($0.lastDay.description) } ?? .missing, .text(metric.entity),
                .text(metric.metric), .text(metric.subject), .text(metric.unit),
                .text(metric.typical),
              ] + Self.rounded(value.value, by: metric.words.typical)
                + [difference.map { .text($0.to) } ?? .missing]
                + Self.rounded(difference?.difference, by: metric.words.typical)
                + [
                  .optional(difference?.shareHigher), .optional(difference?.shareLower),
                ])
          }
        }
      }
    }
    return table
  }

  /// The cells of a key metric at each December and at the end; its own alone for what a whole run yields.
  func cellsAtKeyDates(of key: KeyMetric) -> [(cell: Int, month: Month?)] {
    let layout = statistics.layout
    guard let step = layout.place(of: key.cell).step else { return [(key.cell, nil)] }
    let last = layout.stepCount - 1
    let column = key.cell - layout.cell(step: step, column: 0)
    return (0...last).filter { $0 == last || (scenario.run.start + $0).number == 12 }.map {
      (layout.cell(step: $0, column: column), scenario.run.start + $0)
    }
  }

  /// Typical value and band: as many digits as the Monte Carlo error of the mean leaves standing, one of them
  /// uncertain.
  private static func rounded(
    _ summary: KeySummary?, by typical: MetricWords.Typical
  ) -> [Cell] {
    guard let summary else { return [.missing, .missing, .missing] }
    return [summary.typical(typical), summary.p05, summary.p95].map {
      .number(NumberWords.rounded($0, within: summary.mcse ?? 0))
    }
  }

  private static let summaryFields: [TableField] = [
    TableField("scenario", .string, "The scenario's name."),
    TableField("regime", .string, "The regime's id."),
    TableField("regime_title", .string, "What it is."),
    TableField(
      "month_end", .date, "The day at whose end it holds; empty for what a whole run yields."),
    TableField("entity", .string, "Whose value it is."),
    TableField("metric", .string, "The metric; see `chokepoint metrics`."),
    TableField("title", .string, "What it is called, with its owner."),
    TableField("unit", .string, "Its unit."),
    TableField("shown_by", .string, "Whether value and difference are medians or means."),
    TableField("value", .number, "The median or mean."),
    TableField("p05", .number, "5% quantile."),
    TableField("p95", .number, "95% quantile."),
    TableField("reference", .string, "The regime that the difference is taken against."),
    TableField("difference", .number, "Median or mean of regime minus reference, paired."),
    TableField("difference_p05", .number, "Its 5% quantile."),
    TableField("difference_p95", .number, "Its 95% quantile."),
    TableField("share_higher", .number, "Share of replicates in which the regime is higher."),
    TableField("share_lower", .number, "Share in which it is lower."),
  ]
}
