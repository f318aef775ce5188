import Analysis
import Documents
import Quantities
import Scenarios
public import Studies
import Wording

extension Backcast {
  /// Every target as a line of a CSV table, in the order of the file.
  public var csv: String { String(decoding: CSV.bytes(of: table), as: UTF8.self) }

  private var table: Table {
    var table = Table(
      name: "backcast",
      description: "Observed values beside what \(scenario.name) gives under \(regime).",
      fields: [
        TableField("target", .string, "The observation, by id."),
        TableField("entity", .string, "Whose; summed where several stand there."),
        TableField("metric", .string, "Of what; summed where several stand there."),
        TableField("is_derived", .boolean, "Whether it is a quotient, or made of several months."),
        TableField("month", .string, "The month of the observation."),
        TableField("observed", .number, "The value that was observed."),
        TableField("low", .number, "The low end of the source's own range."),
        TableField("high", .number, "The high end of the source's own range."),
        TableField("p05", .number, "5% of draws are below."),
        TableField("p50", .number, "The median of the draws."),
        TableField("p95", .number, "95% of draws are below."),
        TableField("covered", .boolean, "Whether the band covers it, and says something."),
        TableField("unit", .string, "The unit of the values."),
        TableField("class", .string, "What kind of figure it is."),
        TableField("status", .string, "What the priors know of it."),
      ])
    let order = Dictionary(
      scenario.observations.enumerated().map { ($1.id, $0) },
      uniquingKeysWith: { first, _ in first })
    for target in targets.sorted(by: {
      order[$0.observation.id] ?? 0 < order[$1.observation.id] ?? 0
    }) {
      table.append(Self.row(target))
    }
    return table
  }

  private static func row(_ target: BackcastTarget) -> [Cell] {
    let (observation, check) = (target.observation, target.check)
    // Draws move by more than the fifth digit from one seed to another.
    func rounded(_ value: Double?) -> Cell {
      .optional(value.flatMap { Double(NumberWords.exponential($0, digits: 4)) })
    }
    return [
      .text(observation.id), .text(observation.figure.entities.joined(separator: " + ")),
      .text(observation.figure.metrics.joined(separator: " + ")),
      .flag(observation.divisor != nil || observation.reduction != .value),
      .text(observation.month.description), .number(observation.observed),
      .optional(observation.low), .optional(observation.high), rounded(check.summary?.p05),
      rounded(check.summary?.p50), rounded(check.summary?.p95), .flag(check.isHit),
      .text(target.unit), .text(observation.scoreClass), .text(observation.status.rawValue),
    ]
  }
}
