import Studies

/// The charts of a result: of what it has data for, and no others.
extension RunResult {
  /// All charts, in the order in which a reader wants them.
  package var charts: [Chart] {
    [costByView, runDays].compactMap(\.self) + metricSeries.flatMap(timeCharts)
      + [chipsByChannel, computeRatios, firstPassages].compactMap(\.self) + exceedances
      + [ruleTimeline, leadingChart].compactMap(\.self)
  }
}
