import PolicyModel
import Wording

/// An answer as a page tells it: sentences in the names of the charts, and one table.
struct PageAnswer {
  private let answer: Answer
  /// What charts call the regimes.
  private let names: [String]

  /// How many findings are told of a regime, and how many metrics the table has.
  private static let mostTold = 3
  private static let mostMetrics = 12
  /// The same where the scenario asks about some, which come first: others are for the explorer.
  private static let mostMetricsBesideAsked = 6
  /// How many regimes fit beside each other; of more there is a table for each metric, of so many of them.
  private static let mostColumns = 5
  private static let mostTables = 6
  /// Of so many regimes only the figures that the scenario asks about have tables.
  private static let manyRegimes = 10
  private static let mostClaims = 6

  init(_ answer: Answer, names: [String]) { (self.answer, self.names) = (answer, names) }

  /// What came out.
  var sentences: [String] {
    let same = zip(answer.regimes, names).dropFirst().filter(\.0.equalsReference).map {
      "\($0.1) gives what \(names[0]) gives, in every world."
    }
    return answer.published.prefix(1 + Self.mostClaims) + levels
      + answer.comparisons.compactMap(sentence) + same
  }

  /// What the figures that are asked about come to under the reference.
  private var levels: [String] {
    answer.levels.isEmpty
      ? [] : ["\(time)\(names[0]): \(answer.levels.joined(separator: "; "))."]
  }

  /// `At the end of 2025, under `.
  private var time: String {
    answer.figureMonths.heading.map { "\($0), under " } ?? "Under "
  }

  private var mostTables: Int {
    guard names.count > Self.manyRegimes else { return Self.mostTables }
    return max(1, answer.metrics.count(where: \.isAsked))
  }

  /// The figures that are asked about; where none is, all.
  private var figures: [KeyMetric] {
    let asked = answer.metrics.filter(\.isAsked)
    return asked.isEmpty ? answer.metrics.filter(\.isCompared) : asked
  }

  private func sentence(of comparison: AnsweredComparison) -> String? {
    let figures = figures
    let found = answer.findings.filter { finding in
      finding.regime == comparison.regime && finding.against == comparison.against
        && figures.contains {
          $0.metric == finding.metric && $0.entity == finding.entity && $0.month == finding.month
        }
    }
    // What a regime leaves as it is comes into the table.
    let changed = found.filter { $0.verdict != .same }
    let isAsked = answer.metrics.contains(where: \.isAsked)
    let most =
      isAsked || comparison.against == answer.regimes[0].id ? Self.mostTold : 1
    let clauses = (changed.isEmpty ? found : changed).prefix(most).map(\.clause)
    guard !clauses.isEmpty else { return nil }
    return "\(time)\(name(of: comparison.regime)), against "
      + "\(name(of: comparison.against)): \(clauses.joined(separator: "; "))."
  }

  private func name(of id: String) -> String {
    answer.regimes.firstIndex { $0.id == id }.map { names[$0] } ?? id
  }

  /// What each key metric comes to under each regime, and by how much it differs from the reference.
  var keyFigures: [PageTable] {
    let isAsked = answer.metrics.contains(where: \.isAsked)
    let metrics = answer.metrics.filter(\.isCompared)
      .prefix(isAsked ? Self.mostMetricsBesideAsked : Self.mostMetrics)
    guard !metrics.isEmpty else { return [] }
    guard names.count <= Self.mostColumns else {
      return metrics.prefix(mostTables).map(byRegime)
    }
    let time = metrics.first?.month.map { "At the \(FigureMonths.end(of: $0)): the" } ?? "The"
    let table = PageTable(
      "\(time) middle of the simulated worlds, with 90% of them in brackets. Differences are world by world.",
      header: ["Figure"] + names, numbers: Array(1...names.count), rows: metrics.flatMap(rows))
    return [table]
  }

  private func rows(of metric: KeyMetric) -> [[String]] {
    let typical = metric.values.compactMap { $0.value?.typical(metric.words.typical) }
    let scale = FigureScale(unit: metric.unit, largest: typical.map(abs).max() ?? 0)
    let unit = scale.unit.isEmpty ? "" : ", \(scale.unit)"
    let kind = metric.typical == MetricWords.Typical.mean.rawValue ? " (mean)" : ""
    let levels = metric.values.map { value in
      value.value.map { Self.cell($0, metric, scale) } ?? "none"
    }
    let differences = metric.values.enumerated().map { regime, value -> String in
      guard regime > 0 else { return "reference" }
      guard let paired = value.differences.first, paired.to == answer.regimes[0].id else {
        return ""
      }
      guard paired.shareHigher > 0 || paired.shareLower > 0 else { return "the same" }
      let size = abs(paired.difference.typical(metric.words.typical))
      let share =
        paired.shareHigher >= paired.shareLower
        ? "\(metric.higher) in \(Findings.percent(paired.shareHigher))"
        : "\(metric.lower) in \(Findings.percent(paired.shareLower))"
      return "\(Self.cell(paired.difference, metric, scale.showing(size))); \(share)"
    }
    let subject = metric.subject.prefix(1).uppercased() + metric.subject.dropFirst()
    return [
      ["\(subject)\(unit)\(kind)"] + levels, ["difference from \(names[0])"] + differences,
    ]
  }

  /// One metric, with a row for each regime.
  private func byRegime(_ metric: KeyMetric) -> PageTable {
    let typical = metric.values.compactMap { $0.value?.typical(metric.words.typical) }
    let scale = FigureScale(unit: metric.unit, largest: typical.map(abs).max() ?? 0)
    let subject = metric.subject.prefix(1).uppercased() + metric.subject.dropFirst()
    let rows = zip(names, metric.values).enumerated().map { place, row -> [String] in
      let summary = row.1.value
      let level = summary.map { scale.cell($0.typical(metric.words.typical)) } ?? "none"
      let band = summary.map { Self.band($0, scale) } ?? ""
      guard place > 0, let paired = row.1.differences.first, paired.to == answer.regimes[0].id
      else {
        return [row.0, level, band, place == 0 ? "reference" : "", "", ""]
      }
      let size = paired.difference.typical(metric.words.typical)
      let own = scale.showing(abs(size))
      return [
        row.0, level, band, own.cell(size), Self.band(paired.difference, own),
        Findings.percent(paired.shareHigher),
      ]
    }
    let time = metric.month.map { ", at the \(FigureMonths.end(of: $0))" } ?? ""
    return PageTable(
      "\(subject)\(scale.unit.isEmpty ? "" : ", \(scale.unit)")\(time)",
      header: [
        "Regime", metric.typical, "90% of draws", "difference from \(names[0])", "90% of draws",
        "\(metric.higher) in",
      ], numbers: [1, 2, 3, 4, 5], rows: rows)
  }

  private static func band(_ summary: KeySummary, _ scale: FigureScale) -> String {
    "\(scale.cell(summary.p05)) to \(scale.cell(summary.p95))"
  }

  /// A figure with its band.
  static func cell(
    _ summary: KeySummary, _ metric: KeyMetric, _ scale: FigureScale
  ) -> String {
    "\(scale.cell(summary.typical(metric.words.typical))) "
      + "(\(scale.cell(summary.p05)) to \(scale.cell(summary.p95)))"
  }
}
