import PolicyModel
import Wording

/// The key metrics of an answer by regime: for each the value that stands for all draws, the band that holds
/// 90% of them, and the difference from the reference with the share of draws in which the regime is higher.
struct AnswerTable {
  private let answer: Answer
  private let width: Int

  init(_ answer: Answer, width: Int) { (self.answer, self.width) = (answer, width) }

  /// Three lines for each metric, regimes as columns; as many blocks as it takes to keep within the width. Nil
  /// where there is nothing to show.
  var text: String? {
    // What training runs come to has a table of its own.
    let compared = answer.metrics.filter { $0.isCompared && $0.month != nil }
    guard !compared.isEmpty else { return nil }
    // Few rows under many regimes: it is to fit a screen.
    let blocks = self.blocks(of: Array(compared.prefix(3)))
    let shown = Array(compared.prefix(blocks.count == 1 ? 3 : blocks.count == 2 ? 2 : 1))
    let tables = self.blocks(of: shown).map { table(of: shown, $0) }
    let more = answer.metrics.count - shown.count
    let rest =
      more > 0 ? "\n  \(NumberWords.counted(more, "more metric")): trajectories.csv, or --full" : ""
    return tables.joined(separator: "\n") + rest
  }

  /// Regimes that stand side by side.
  private func blocks(of metrics: [KeyMetric]) -> [[Int]] {
    let label = labels(of: metrics).map(\.count).max() ?? 0
    var blocks: [[Int]] = [[]]
    var used = label + 2
    for regime in answer.regimes.indices {
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

  private func table(of metrics: [KeyMetric], _ regimes: [Int]) -> String {
    var table = TextTable(
      header: ["At the \(Findings.end(of: answer.month))"] + regimes.map { answer.regimes[$0].id },
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
      return [
        metric.label + (unit.isEmpty ? "" : ", \(unit)") + typical, "  90% of draws",
        "  minus reference (higher)",
      ]
    }
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
    guard regime > 0, let paired = value.differences.first, paired.to == answer.regimes[0].id else {
      return first + [regime == 0 ? "reference" : "-"]
    }
    let difference = paired.difference.typical(words.typical)
    return first + [
      "\(scale.showing(difference).cell(difference)) (\(Self.percent(paired.shareHigher)))"
    ]
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
