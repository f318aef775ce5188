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

  /// The targets that lie after what was known.
  var forecasts: [BackcastTarget] { targets.filter(\.isForecast) }

  /// The scores for a terminal; nil where nothing was forecast.
  var forecastTable: String? {
    guard !forecasts.isEmpty else { return nil }
    var table = TextTable(header: Self.scoreHeader, rightAligned: Set(1..<8))
    for target in forecasts { table.append(target.scoreRow) }
    return
      ([scoreHeading, table.text] + [scoreSummary.joined(separator: "\n")]
      + [ScoresByClass(forecasts).text]).joined(separator: "\n\n")
  }

  /// The scores for a page; nil where nothing was forecast.
  var forecastRows: MarkdownTable? {
    guard !forecasts.isEmpty else { return nil }
    return MarkdownTable(
      header: Self.scoreHeader, rightAligned: Set(1..<8), rows: forecasts.map(\.scoreRow))
  }

  var scoreHeading: String {
    "Scored as forecasts: \(NumberWords.counted(forecasts.count, "target")) after "
      + "\(knownUntil.map(\.description) ?? "")"
  }

  /// How they fare together.
  var scoreSummary: [String] {
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

  private static func median(_ values: [Double]) -> String { medianInWords(of: values) }
}

/// The median to two digits; a dash where there is nothing.
func medianInWords(of values: [Double]) -> String {
  var values = values
  return Quantiles.select([0.5], from: &values).map { NumberWords.significant($0[0], digits: 2) }
    ?? "-"
}

extension BackcastTarget {
  /// The score of a straight line through the logs of what was known.
  var trendScore: Double? {
    naive.map { NaiveForecast.crps(of: $0.trend, observed: observation.observed) }
  }

  /// The score of the last known growth.
  var lastGrowthScore: Double? {
    naive.map { NaiveForecast.crps(of: $0.lastGrowth, observed: observation.observed) }
  }

  /// Whether its score is below those of both forecasts without a model.
  var isBetterThanNaive: Bool {
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
