import PolicyModel
import Wording

/// The key metrics of an answer by regime: for each the value that stands for all draws, the band that holds
/// 90% of them, and the difference from what the regime is compared with, with the share of draws in which the
/// regime is higher. Monthly ones have a line for each regime, since it is to fit a screen.
struct AnswerTable {
  private let answer: Answer
  private let width: Int

  /// What part of a figure its difference has to be to be written out.
  private static let tiny = 0.0005
  /// So many figures stand beside each other.
  private static let mostFigures = 3
  /// Of so many regimes all are shown.
  private static let mostRegimes = 10

  init(_ answer: Answer, width: Int) { (self.answer, self.width) = (answer, width) }

  /// Monthly metrics, then what is worked out beside the world. Nil where there is nothing to show.
  var text: String? {
    let parts = [monthly, estimates].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  /// So many estimates are shown.
  private static let mostEstimates = 8

  /// What is worked out beside the world, in the order of the file; the last of it where there is much, since
  /// that is what it leads to.
  private var estimates: String? {
    let all = answer.metrics.filter(\.isEstimate)
    guard !all.isEmpty else { return nil }
    let shown = Array(all.suffix(Self.mostEstimates))
    let heading = answer.month == nil ? "Estimate" : "Of the whole run"
    let tables = blocks(of: shown).map { table(of: shown, $0, heading) }
    let more = all.count - shown.count
    return tables.joined(separator: "\n")
      + (more > 0 ? "\n  \(NumberWords.counted(more, "more estimate")): outcomes.csv" : "")
  }

  /// A line for each regime, with as many figures beside each other as fit the width. Nil where there is nothing to
  /// show.
  private var monthly: String? {
    let shown = shownMonthly
    guard !shown.isEmpty else { return nil }
    let month = answer.month.map { "At the \(FigureMonths.end(of: $0))" } ?? ""
    var table = TextTable(header: [month] + shown.map(heading), rightAligned: [])
    let columns = shown.map(column)
    for (line, regime) in regimes.enumerated() {
      table.append([answer.regimes[regime].id] + columns.map { $0[line] })
    }
    return table.text + "\n"
      + Paragraph.text(
        ([legend] + rest(besides: shown)).joined(separator: " "), width: width, first: "  ",
        rest: "  ")
  }

  /// Where the metrics are that are not shown.
  private func rest(besides shown: [KeyMetric]) -> [String] {
    let others = answer.metrics.count { metric in
      metric.isCompared && !metric.isEstimate && !shown.contains { $0.cell == metric.cell }
    }
    return others > 0
      ? ["\(NumberWords.counted(others, "more metric")): summary.csv, or --full."] : []
  }

  /// The monthly figures that stand beside each other in it.
  var shownMonthly: [KeyMetric] {
    // What training runs come to has a table of its own.
    let figures = answer.figures.filter { $0.month != nil }
    guard !figures.isEmpty, answer.regimes.count > 1 || !figures[0].isAsked else { return [] }
    let ids = regimes.map { answer.regimes[$0].id.count }.max() ?? 0
    var used = 2 + max(ids, "At the end of 2025-06".count)
    return Array(
      figures.prefix(Self.mostFigures).enumerated().prefix { place, metric in
        let cells = [heading(of: metric)] + column(of: metric)
        used += 2 + (cells.map(\.count).max() ?? 0)
        return place == 0 || used <= width
      }.map(\.element))
  }

  /// What stands over a figure.
  private func heading(of metric: KeyMetric) -> String {
    let unit = scale(of: metric).unit
    let typical = metric.typical == MetricWords.Typical.mean.rawValue ? " (mean)" : ""
    return label(of: metric) + (unit.isEmpty ? "" : ", \(unit)") + typical
  }

  /// A figure under each regime, with its band, and its difference: the parts below each other.
  private func column(of metric: KeyMetric) -> [String] {
    let rows = regimes.map { cells(of: metric, $0) }
    let widths = (0..<3).map { part in rows.map { $0[part].count }.max() ?? 0 }
    return rows.map { row in
      let padded = zip(row, widths).enumerated().map { part, cell in
        let blank = String(repeating: " ", count: cell.1 - cell.0.count)
        return part == 1 ? cell.0 + blank : blank + cell.0
      }
      return "\(padded[0]) \(padded[1])  \(padded[2])"
    }
  }

  /// How to read it.
  private var legend: String {
    guard answer.regimes.count > 1 else { return "In brackets: 90% of draws." }
    return
      "In brackets: 90% of draws. Then: difference from \(comparedWith), with the share of draws that are higher."
  }

  /// More groups of regimes than so many are not listed.
  private static let mostGroups = 3

  /// What differences are from: the reference, and in brackets which regimes' are from another one.
  private var comparedWith: String {
    let reference = answer.regimes[0].id
    let others = regimes.compactMap { regime in
      other(of: regime).map { (regime: answer.regimes[regime].id, against: $0) }
    }
    let names = others.map(\.against).reduce(into: [String]()) {
      if $1 != reference, !$0.contains($1) { $0.append($1) }
    }
    guard names.count <= Self.mostGroups else { return "what it is compared with" }
    let groups = names.map { name in
      others.filter { $0.against == name }.map(\.regime).joined(separator: ", ") + ": from \(name)"
    }
    return reference + (groups.isEmpty ? "" : " (\(groups.joined(separator: "; ")))")
  }

  /// The regimes that are shown: the reference, and those that the answer compares.
  private var regimes: [Int] {
    let ids = answer.comparisons.flatMap { [$0.regime, $0.against] }
    let shown = answer.regimes.indices.filter { $0 == 0 || ids.contains(answer.regimes[$0].id) }
    guard !answer.comparisons.isEmpty else { return Array(answer.regimes.indices) }
    // Of many pairs the second ones take too much room.
    return shown.count <= Self.mostRegimes
      ? shown : shown.filter { $0 == 0 || other(of: $0) != nil }
  }

  /// What a regime's difference is from, by id: the first of what it is compared with.
  private func other(of regime: Int) -> String? {
    answer.comparisons.first { $0.regime == answer.regimes[regime].id }?.against
  }

  /// Regimes that stand side by side.
  private func blocks(of metrics: [KeyMetric]) -> [[Int]] {
    let label = labels(of: metrics).map(\.count).max() ?? 0
    var blocks: [[Int]] = [[]]
    var used = label + 2
    for regime in regimes {
      let column =
        (metrics.flatMap { cells(of: $0, regime) } + [answer.regimes[regime].id]).map(\.count).max()
        ?? 0
      if used + column + 2 > width, blocks[blocks.count - 1].count > 0 {
        blocks.append([])
        used = label + 2
      }
      blocks[blocks.count - 1].append(regime)
      used += column + 2
    }
    return blocks
  }

  private func table(
    of metrics: [KeyMetric], _ regimes: [Int], _ heading: String
  ) -> String {
    var table = TextTable(
      header: [heading] + regimes.map { answer.regimes[$0].id },
      rightAligned: Set(1...regimes.count))
    for metric in metrics {
      let columns = regimes.map { cells(of: metric, $0) }
      for (line, label) in labels(of: [metric]).enumerated() {
        table.append([label] + columns.map { $0[line] })
      }
    }
    return table.text
  }

  /// What stands before the lines of each estimate.
  private func labels(of metrics: [KeyMetric]) -> [String] {
    metrics.flatMap { metric in
      [heading(of: metric), "  90% of draws"]
        + (answer.regimes.count == 1 ? [] : ["  difference (higher)"])
    }
  }

  private func label(of metric: KeyMetric) -> String {
    let month = metric.month.flatMap { $0 == answer.month ? nil : $0 }
    return metric.label + (month.map { ", \($0)" } ?? "")
  }

  private func cells(of metric: KeyMetric, _ regime: Int) -> [String] {
    let value = metric.values[regime]
    guard let summary = value.value else { return ["none", "", ""] }
    let words = metric.words
    let scale = scale(of: metric)
    let band = "\(scale.cell(summary.p05)) to \(scale.cell(summary.p95))"
    let first = [
      scale.cell(summary.typical(words.typical)), metric.isEstimate ? band : "(\(band))",
    ]
    guard let paired = value.differences.first(where: { $0.to == other(of: regime) }) else {
      return first + [regime == 0 ? metric.isEstimate ? "reference" : "" : "-"]
    }
    let difference = paired.difference.typical(words.typical)
    let isTiny =
      difference != 0 && abs(difference) < Self.tiny * abs(summary.typical(words.typical))
    let shown = isTiny ? "about 0" : scale.showing(difference).cell(difference)
    return first + ["\(shown) (\(Self.percent(paired.shareHigher)))"]
  }

  /// A share in few letters; one that is neither nothing nor all is never called so.
  private static func percent(_ share: Double) -> String {
    switch share {
    case 0: "0%"
    case ..<0.005: "<1%"
    case 0.995..<1: ">99%"
    default: NumberWords.percent(share)
    }
  }

  private func scale(of metric: KeyMetric) -> FigureScale {
    let typical = metric.values.compactMap { $0.value?.typical(metric.words.typical) }
    return FigureScale(unit: metric.unit, largest: typical.map(abs).max() ?? 0)
  }
}
