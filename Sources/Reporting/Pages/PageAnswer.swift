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
  /// How many regimes fit beside each other; of more there is a table for each metric, of so many of them.
  private static let mostColumns = 5
  private static let mostTables = 6
  private static let mostClaims = 6

  init(_ answer: Answer, names: [String]) { (self.answer, self.names) = (answer, names) }

  /// What came out.
  var sentences: [String] {
    let time = answer.metrics.first?.month.map { "At the \(Findings.end(of: $0)), " } ?? ""
    let told = answer.regimes.indices.dropFirst().flatMap { regime -> [String] in
      let (id, name) = (answer.regimes[regime].id, names[regime])
      guard !answer.regimes[regime].equalsReference else {
        return ["\(name) gives what \(names[0]) gives, in every world."]
      }
      let others = [answer.regimes[0].id] + [answer.regimes[regime].against].compactMap(\.self)
      return others.compactMap { other in
        let found = answer.findings.filter { $0.regime == id && $0.against == other }
        // What a regime leaves as it is comes into the table.
        let changed = found.filter { $0.difference.shareHigher > 0 || $0.difference.shareLower > 0 }
        let clauses = (changed.isEmpty ? found : changed)
          .prefix(other == answer.regimes[0].id ? Self.mostTold : 1).map(\.clause)
        guard !clauses.isEmpty else { return nil }
        let against = answer.regimes.firstIndex { $0.id == other }.map { names[$0] } ?? other
        return "\(time)\(time.isEmpty ? "Under" : "under") \(name), against \(against): "
          + clauses.joined(separator: "; ") + "."
      }
    }
    return answer.published.prefix(1 + Self.mostClaims) + told
  }

  /// What each key metric comes to under each regime, and by how much it differs from the reference.
  var keyFigures: [PageTable] {
    let metrics = answer.metrics.filter(\.isCompared).prefix(Self.mostMetrics)
    guard !metrics.isEmpty else { return [] }
    guard names.count <= Self.mostColumns else {
      return metrics.prefix(Self.mostTables).map(byRegime)
    }
    let time = metrics.first?.month.map { "At the \(Findings.end(of: $0)): the" } ?? "The"
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
    let time = metric.month.map { ", at the \(Findings.end(of: $0))" } ?? ""
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
