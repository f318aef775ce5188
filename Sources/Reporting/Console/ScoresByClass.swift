import Analysis
import Scenarios
import Studies
import Wording

/// Coverage, scores and widths of targets, by class and over all.
struct ScoresByClass {
  private static let header = [
    "class", "targets", "covered", "too wide", "idle zeros", "CRPS", "trend", "last growth",
    "below both", "mean PIT", "bias", "factor",
  ]
  private static let right = Set(1..<header.count)
  private let rows: [[String]]

  /// - Parameter targets: of any classes.
  init(_ targets: [BackcastTarget]) {
    rows =
      Set(targets.map(\.observation.scoreClass)).sorted().map { name in
        Self.row(name, targets.filter { $0.observation.scoreClass == name })
      } + [Self.row("all", targets)]
  }

  /// For a terminal.
  var text: String {
    var table = TextTable(header: Self.header, rightAligned: Self.right)
    for row in rows { table.append(row) }
    return table.text
  }

  /// For a page.
  var markdown: String {
    MarkdownTable(header: Self.header, rightAligned: Self.right, rows: rows).text
  }

  /// Medians, but for the mean of PIT, over the targets that have each.
  private static func row(_ name: String, _ targets: [BackcastTarget]) -> [String] {
    let compared = targets.filter { $0.naive != nil && $0.check.score != nil }
    let covered = targets.count { $0.check.isHit }
    let pits = targets.compactMap(\.check.score?.pit)
    let mean = pits.isEmpty ? nil : pits.reduce(0, +) / Double(pits.count)
    return [
      name, "\(targets.count)",
      "\(covered) (\(NumberWords.percent(Double(covered) / Double(max(1, targets.count)))))",
      "\(targets.count { $0.check.isTooWide })", "\(targets.count { $0.check.isIdleZero })",
      medianInWords(of: targets.compactMap(\.check.score?.crps)),
      medianInWords(of: compared.compactMap(\.trendScore)),
      medianInWords(of: compared.compactMap(\.lastGrowthScore)),
      compared.isEmpty ? "-" : "\(compared.count { $0.isBetterThanNaive }) of \(compared.count)",
      mean.map { NumberWords.significant($0, digits: 2) } ?? "-",
      medianInWords(of: targets.compactMap(\.check.score?.bias)),
      medianInWords(of: targets.compactMap(\.check.bandFactor)),
    ]
  }
}
