import Analysis

/// The columns that every table of paired comparisons ends with.
enum ComparisonFields {
  static let all: [TableField] =
    [
      TableField("n", .integer, "Replicates with a value under both regimes."),
      TableField("difference_mean", .number, "Mean of regime minus reference."),
      TableField("difference_sd", .number, "Its standard deviation."),
      TableField("difference_mcse", .number, "Monte Carlo standard error of that mean."),
    ] + SummaryFields.quantiles(prefix: "difference_") + [
      TableField("ratio_mean", .number, "Mean of regime over reference.")
    ] + SummaryFields.quantiles(prefix: "ratio_") + [
      TableField("share_higher", .number, "Share of replicates where the regime is higher."),
      TableField("share_lower", .number, "Share of replicates where it is lower."),
      TableField(
        "variance_reduction", .number,
        "How many times larger the variance of the difference would be unpaired."),
    ]

  /// The cells of a comparison.
  static func cells(of comparison: Comparison) -> [Cell] {
    var cells: [Cell] = []
    append(comparison, to: &cells)
    return cells
  }

  /// Adds those cells to a row.
  static func append(_ comparison: Comparison, to cells: inout [Cell]) {
    SummaryFields.append(comparison.difference, to: &cells)
    if let ratio = comparison.ratio {
      cells.append(.number(ratio.mean))
      for quantile in ratio.quantiles { cells.append(.number(quantile)) }
    } else {
      cells += repeatElement(.missing, count: Summary.probabilities.count + 1)
    }
    cells.append(.number(comparison.shareHigher))
    cells.append(.number(comparison.shareLower))
    cells.append(.optional(comparison.varianceReduction))
  }
}
