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
      TableField(
        "variance_reduction", .number,
        "How many times larger the variance of the difference would be unpaired."),
    ]

  /// The cells of a comparison.
  static func cells(of comparison: Comparison) -> [Cell] {
    let ratio = comparison.ratio.map { ratio in
      [.number(ratio.mean)] + ratio.quantiles.map { Cell.number($0) }
    }
    return SummaryFields.cells(of: comparison.difference)
      + (ratio ?? Array(repeating: .missing, count: Summary.probabilities.count + 1))
      + [.number(comparison.shareHigher), .optional(comparison.varianceReduction)]
  }
}
