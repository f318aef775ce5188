import PolicyModel
import Wording

/// The key metrics of an answer by regime: for each the value that stands for all draws, the band that holds
/// 90% of them, and the difference from what the regime is compared with, with the share of draws in which the
/// regime is higher.
struct AnswerTable {
  private let answer: Answer
  private let width: Int

  /// What part of a figure its difference has to be to be written out.
  private static let tiny = 0.0005
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

  /// Three lines for each metric, regimes as columns; as many blocks as it takes to keep within the width. Nil
  /// where there is nothing to show.
  private var monthly: String? {
    // What training runs come to has a table of its own.
    let asked = answer.metrics.filter(\.isAsked)
    let compared = (asked.isEmpty ? answer.metrics.filter(\.isCompared) : asked)
      .filter { $0.month != nil }
    guard !compared.isEmpty, answer.regimes.count > 1 || asked.isEmpty else { return nil }
    // Few rows under many regimes: it is to fit a screen.
    let blocks = self.blocks(of: Array(compared.prefix(3)))
    if blocks.count > 2 { return byRegime(compared[0]) + rest(besides: 1) }
    let shown = Array(compared.prefix(blocks.count == 1 ? 3 : blocks.count == 2 ? 2 : 1))
    let tables = self.blocks(of: shown).map {
      table(of: shown, $0, "At the \(FigureMonths.end(of: answer.month ?? ""))")
    }
    return tables.joined(separator: "\n") + rest(besides: shown.count)
  }

  /// Where the metrics are that are not shown.
  private func rest(besides shown: Int) -> String {
    let more = answer.metrics.count { !$0.isEstimate } - shown
    return more > 0
      ? "\n  \(NumberWords.counted(more, "more metric")): trajectories.csv, or --full" : ""
  }

  /// One metric, with a line for each of many regimes.
  private func byRegime(_ metric: KeyMetric) -> String {
    let unit = scale(of: metric).unit
    let difference =
      hasPairs ? "minus what it is compared with (higher in)" : "minus reference (higher in)"
    var table = TextTable(
      header: ["regime", metric.typical, "90% of draws", difference], rightAligned: [1, 2, 3])
    for regime in regimes { table.append([answer.regimes[regime].id] + cells(of: metric, regime)) }
    let month = metric.month.map { "At the \(FigureMonths.end(of: $0)): " } ?? ""
    return "  \(month)\(metric.label)\(unit.isEmpty ? "" : ", \(unit)")\n" + table.text
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

  /// What stands before the three lines of each metric.
  private func labels(of metrics: [KeyMetric]) -> [String] {
    metrics.flatMap { metric in
      let unit = scale(of: metric).unit
      let typical = metric.typical == MetricWords.Typical.mean.rawValue ? " (mean)" : ""
      let name = label(of: metric) + (unit.isEmpty ? "" : ", \(unit)") + typical
      let isAlone = metric.isEstimate && answer.regimes.count == 1
      let difference =
        isAlone
        ? [] : [hasPairs ? "  minus what it is compared with" : "  minus reference (higher)"]
      return [name, Self.bandLabel] + difference
    }
  }

  private static let bandLabel = "  90% of draws"

  /// Whether some regime is compared with another than the reference.
  private var hasPairs: Bool {
    regimes.contains { other(of: $0).map { $0 != answer.regimes[0].id } ?? false }
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
    let first = [
      scale.cell(summary.typical(words.typical)),
      "\(scale.cell(summary.p05)) to \(scale.cell(summary.p95))",
    ]
    guard let paired = value.differences.first(where: { $0.to == other(of: regime) }) else {
      return first + [regime == 0 ? "reference" : "-"]
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
