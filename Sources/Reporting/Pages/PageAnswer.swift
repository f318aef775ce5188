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
  /// How many figures sentences are about where the scenario asks for none.
  private static let mostUnasked = 4
  /// Of more comparisons than so many there is a sentence for each figure in place of one for each comparison.
  private static let fewComparisons = 2

  private let told: ToldFindings

  init(_ answer: Answer, names: [String]) {
    (self.answer, self.names) = (answer, names)
    let isAsked = answer.figures.contains(where: \.isAsked)
    told = ToldFindings(
      answer: answer,
      figures: isAsked ? answer.figures : Array(answer.figures.prefix(Self.mostUnasked)),
      more: (after: 6, words: "in the table"))
  }

  /// What came out.
  var sentences: [String] {
    let same = zip(answer.regimes, names).dropFirst().filter(\.0.equalsReference).map {
      "\($0.1) gives what \(names[0]) gives, in every world."
    }
    return answer.published.prefix(1 + Self.mostClaims) + levels
      + Findings.definingReliably(findings, areByFigure: areByFigure) + same
  }

  private var areByFigure: Bool { answer.comparisons.count > Self.fewComparisons }

  /// What regimes change: by comparison, and by figure what is left to tell; of many comparisons by figure alone.
  private var findings: [String] {
    guard areByFigure else {
      return answer.comparisons.compactMap(sentence)
        + told.figures.compactMap { told.rest(of: $0, named: name) }
    }
    let sentences = told.figures.compactMap { told.whole(of: $0, named: name) }
    guard let first = sentences.first else { return [] }
    return ["Against \(names[0]): \(first)"] + sentences.dropFirst()
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

  private func sentence(of comparison: AnsweredComparison) -> String? {
    let found = told.told(of: comparison)
    guard !found.isEmpty else { return nil }
    return "\(time)\(name(of: comparison.regime)), against \(name(of: comparison.against)): "
      + found.prefix(Self.mostTold).map(\.clause).joined(separator: "; ") + "."
  }

  private func name(of id: String) -> String {
    answer.regimes.firstIndex { $0.id == id }.map { names[$0] } ?? id
  }

  /// What each key metric comes to under each regime, and by how much it differs from the reference.
  var keyFigures: [PageTable] {
    let isAsked = answer.figures.contains(where: \.isAsked)
    let others = answer.metrics.filter { metric in
      metric.isCompared && !answer.figures.contains { $0.cell == metric.cell }
    }
    let metrics = (answer.figures + others)
      .prefix(isAsked ? Self.mostMetricsBesideAsked : Self.mostMetrics)
    guard !metrics.isEmpty else { return [] }
    guard names.count <= Self.mostColumns else {
      return metrics.prefix(mostTables).map(byRegime)
    }
    let time =
      metrics.first?.month.map { "At the \(FigureMonths.end(of: $0)): medians" } ?? "Medians"
    let differences = names.count == 1 ? "" : " Differences are world by world."
    let table = PageTable(
      "\(time) over the simulated worlds, or means where it says so, with the range of 90% of them in brackets."
        + differences,
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
    let subject = metric.subject.prefix(1).uppercased() + metric.subject.dropFirst()
    return [["\(subject)\(unit)\(kind)"] + levels]
      + (names.count > 1 ? [differences(of: metric, scale)] : [])
      + (hasPairs ? [otherDifferences(of: metric, scale)] : [])
  }

  /// A row of differences from the reference.
  private func differences(of metric: KeyMetric, _ scale: FigureScale) -> [String] {
    let cells = metric.values.enumerated().map { regime, value in
      regime == 0 ? "reference" : difference(of: metric, value, from: 0, scale) ?? ""
    }
    return ["difference from \(names[0])"] + cells
  }

  /// A row of differences from the other regimes with which the answer compares some.
  private func otherDifferences(of metric: KeyMetric, _ scale: FigureScale) -> [String] {
    let cells = metric.values.enumerated().map { regime, value -> String in
      let against = other(of: regime).flatMap { id in answer.regimes.firstIndex { $0.id == id } }
      guard let against, against > 0,
        let cell = difference(of: metric, value, from: against, scale)
      else { return "" }
      return "from \(names[against]): \(cell)"
    }
    return ["difference from another regime"] + cells
  }

  /// By how much a value differs from that of a regime, with its band, and in what share of draws which way; nil where
  /// the two are not compared.
  private func difference(
    of metric: KeyMetric, _ value: KeyValue, from reference: Int, _ scale: FigureScale
  ) -> String? {
    let id = answer.regimes[reference].id
    guard let paired = value.differences.first(where: { $0.to == id }) else { return nil }
    guard paired.shareHigher > 0 || paired.shareLower > 0 else { return "the same" }
    let size = abs(paired.difference.typical(metric.words.typical))
    let share =
      paired.shareHigher >= paired.shareLower
      ? "\(metric.higher) in \(Findings.percent(paired.shareHigher))"
      : "\(metric.lower) in \(Findings.percent(paired.shareLower))"
    return "\(Self.cell(paired.difference, metric, scale.showing(size))); \(share)"
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
      guard let paired = row.1.differences.first(where: { $0.to == other(of: place) }) else {
        return [row.0, level, band, place == 0 ? "reference" : "", "", "", ""]
      }
      let size = paired.difference.typical(metric.words.typical)
      let own = scale.showing(abs(size))
      return [
        row.0, level, band, own.cell(size), name(of: paired.to), Self.band(paired.difference, own),
        Findings.percent(paired.shareHigher),
      ]
    }.map { row in hasPairs ? row : row.enumerated().filter { $0.offset != 4 }.map(\.element) }
    let time = metric.month.map { ", at the \(FigureMonths.end(of: $0))" } ?? ""
    return PageTable(
      "\(subject)\(scale.unit.isEmpty ? "" : ", \(scale.unit)")\(time)",
      header: ["Regime", metric.typical, "90% of draws"]
        + (hasPairs ? ["difference", "from"] : ["difference from \(names[0])"])
        + ["90% of draws", "\(metric.higher) in"],
      numbers: hasPairs ? [1, 2, 3, 5, 6] : [1, 2, 3, 4, 5], rows: rows)
  }

  /// Whether some regime is compared with another than the first.
  private var hasPairs: Bool { answer.comparisons.contains { $0.against != answer.regimes[0].id } }

  /// What a regime's difference is from, by id: what the answer compares it with; the first where it does not, unless
  /// the answer compares pairs, in which another difference would mislead.
  private func other(of regime: Int) -> String? {
    let asked = answer.comparisons.first { $0.regime == answer.regimes[regime].id }?.against
    return asked ?? (hasPairs || regime == 0 ? nil : answer.regimes[0].id)
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
