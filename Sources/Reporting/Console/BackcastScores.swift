import Analysis
import Quantities
import Scenarios
import Studies
import Wording

/// Targets that lie after what was known, scored as forecasts.
extension Backcast {
  private static let scoreHeader = [
    "forecast", "observed", "median", "CRPS", "trend", "last growth", "PIT", "bias",
  ]

  private var forecasts: [BackcastTarget] { targets.filter(\.isForecast) }

  /// The scores for a terminal; nil where nothing was forecast.
  var forecastTable: String? {
    guard !forecasts.isEmpty else { return nil }
    var table = TextTable(header: Self.scoreHeader, rightAligned: Set(1..<8))
    for target in forecasts { table.append(target.scoreRow) }
    return ([scoreHeading, table.text] + [scoreSummary.joined(separator: "\n")])
      .joined(separator: "\n\n")
  }

  /// The same as a part of a page of Markdown.
  var forecastPage: String? {
    guard !forecasts.isEmpty else { return nil }
    let rule = Self.scoreHeader.indices.map { $0 == 0 ? "---" : "---:" }
    let rows = forecasts.map { "| \($0.scoreRow.map(Self.cell).joined(separator: " | ")) |" }
    return """
      ## Forecasts

      \(scoreHeading).

      *CRPS* is the continuous ranked probability score of the logs; less is better, and a single figure that is \
      off by a factor of two scores 0.69. *Trend* and *last growth* are the scores of two forecasts without a \
      model: a straight line through the logs of the known values of the same figure, and the last of them grown \
      as it grew before. *PIT* is the share of draws below what came, *bias* the log of the median over it.

      | \(Self.scoreHeader.joined(separator: " | ")) |
      | \(rule.joined(separator: " | ")) |
      \(rows.joined(separator: "\n"))

      \(scoreSummary.map { "- \($0)" }.joined(separator: "\n"))

      """
  }

  private var scoreHeading: String {
    "Scored as forecasts: \(NumberWords.counted(forecasts.count, "target")) after "
      + "\(knownUntil.map(\.description) ?? "")"
  }

  private var scoreSummary: [String] {
    let scored = forecasts.filter { $0.check.score != nil }
    let compared = scored.filter { $0.naive != nil }
    var lines = [
      Coverage("Covered:", forecasts).words,
      "Median CRPS \(Self.median(scored.compactMap { $0.check.score?.crps })), bias "
        + "\(Self.median(scored.compactMap { $0.check.score?.bias })), factor p95/p05 "
        + "\(Self.median(scored.compactMap(\.check.bandFactor)))",
    ]
    if !compared.isEmpty {
      let better = compared.count { $0.isBetterThanNaive }
      lines.append(
        "CRPS below both forecasts without a model in \(better) of the \(compared.count) targets that have "
          + "them; their median CRPS: trend \(Self.median(compared.compactMap(\.trendScore))), last growth "
          + "\(Self.median(compared.compactMap(\.lastGrowthScore)))")
    }
    let without = forecasts.filter { $0.check.score == nil }.map(\.observation.id)
    if !without.isEmpty {
      lines.append(
        "Not scored, since a draw or what came is not above zero: "
          + without.joined(separator: ", "))
    }
    return lines
  }

  private static func median(_ values: [Double]) -> String {
    var values = values
    return Quantiles.select([0.5], from: &values).map { NumberWords.significant($0[0], digits: 2) }
      ?? "-"
  }
}

extension BackcastTarget {
  fileprivate var trendScore: Double? {
    naive.map { NaiveForecast.crps(of: $0.trend, observed: observation.observed) }
  }

  fileprivate var lastGrowthScore: Double? {
    naive.map { NaiveForecast.crps(of: $0.lastGrowth, observed: observation.observed) }
  }

  fileprivate var isBetterThanNaive: Bool {
    guard let own = check.score?.crps, let trendScore, let lastGrowthScore else { return false }
    return own < min(trendScore, lastGrowthScore)
  }

  fileprivate var scoreRow: [String] {
    func words(_ value: Double?) -> String {
      value.map { NumberWords.significant($0, digits: 2) } ?? "-"
    }
    return [
      observation.id, figure(observation.observed),
      check.summary.map { figure($0.p50) } ?? "none", words(check.score?.crps),
      words(trendScore), words(lastGrowthScore), words(check.score?.pit), words(check.score?.bias),
    ]
  }
}
