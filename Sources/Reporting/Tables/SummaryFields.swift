import Analysis

/// The columns that every table of summaries ends with.
enum SummaryFields {
  static let all: [TableField] =
    [
      TableField("n", .integer, "Replicates with a value."),
      TableField("mean", .number, "Mean."),
      TableField("sd", .number, "Standard deviation."),
      TableField("mcse", .number, "Monte Carlo standard error of the mean."),
    ] + quantiles(prefix: "")

  static func quantiles(prefix: String) -> [TableField] {
    [
      TableField("\(prefix)p05", .number, "5% quantile (type 7)."),
      TableField("\(prefix)p25", .number, "25% quantile."),
      TableField("\(prefix)p50", .number, "Median."),
      TableField("\(prefix)p75", .number, "75% quantile."),
      TableField("\(prefix)p95", .number, "95% quantile."),
    ]
  }

  /// The cells of a summary; a column without any value has n = 0 and nothing else.
  static func cells(of summary: Summary?) -> [Cell] {
    var cells: [Cell] = []
    append(summary, to: &cells)
    return cells
  }

  /// Adds those cells to a row.
  static func append(_ summary: Summary?, to cells: inout [Cell]) {
    guard let summary else {
      cells.append(.integer(0))
      cells += repeatElement(.missing, count: all.count - 1)
      return
    }
    cells.append(.integer(summary.count))
    cells.append(.number(summary.mean))
    cells.append(.number(summary.standardDeviation))
    cells.append(.optional(summary.monteCarloError))
    for quantile in summary.quantiles { cells.append(.number(quantile)) }
  }
}
