import Scenarios
public import Studies
import Wording

/// What became of published figures, case by case: cases with misses that nothing explains come first, then those
/// with explained ones.
public struct PublishedReport: Sendable {
  /// The cases, in the order of the report.
  let checks: [PublishedCheck]

  /// - Parameter checks: the cases, in the order in which they were asked for.
  public init(_ checks: [PublishedCheck]) {
    func rank(_ check: PublishedCheck) -> Int {
      check.unexplainedMisses > 0 ? 0 : check.findings.contains(where: \.isMiss) ? 1 : 2
    }
    let order = checks.indices.sorted { (rank(checks[$0]), $0) < (rank(checks[$1]), $1) }
    self.checks = order.map { checks[$0] }
  }

  /// All that was published.
  var findings: [PublishedFinding] { checks.flatMap(\.findings) }

  /// How many misses nothing explains.
  public var unexplainedMisses: Int { checks.reduce(0) { $0 + $1.unexplainedMisses } }

  /// The answer in a sentence or two.
  var answer: String {
    let judged = findings.filter { $0.verdict != .shown }
    let missed = judged.filter(\.isMiss)
    let unexplained = unexplainedMisses
    let count = missed.count
    let explained =
      count == 0
      ? ""
      : unexplained == 0
        ? count == 1 ? "; the miss is explained" : "; all \(count) misses are explained"
        : "; of \(count) \(count == 1 ? "miss" : "misses") \(unexplained) "
          + "\(unexplained == 1 ? "is" : "are") not explained"
    let shown = findings.count - judged.count
    let more = shown == 0 ? "" : " \(shown) more \(shown == 1 ? "is" : "are") shown beside ours."
    let met = judged.count - count
    return "\(met) of \(NumberWords.grouped(Double(judged.count))) published figures in "
      + "\(NumberWords.counted(checks.count, "case")) \(met == 1 ? "is" : "are") met\(explained).\(more)"
  }

  /// What every published number rests on, for a reader who sees nothing else.
  static let note =
    "Published numbers are computed again from what their sources give; what comes out is simulated."

  /// For a terminal.
  public var text: String {
    ([answer, Self.note] + [missed].compactMap(\.self) + checks.map(\.text))
      .joined(separator: "\n\n") + "\n"
  }

  /// The misses of all cases in one table; nil without any.
  private var missed: String? { missTable.map { "Missed:\n\($0.text)" } }

  /// A row for each miss; nil without any.
  var missTable: PublishedTable? {
    let rows = misses
    return rows.isEmpty ? nil : PublishedTable(rows, leading: ["case"])
  }

  /// Those that nothing explains come first.
  private var misses: [[String]] {
    let missed = checks.flatMap { check in
      check.findings.filter(\.isMiss).map { (check.scenario.name, $0) }
    }
    let (unexplained, explained) = (
      missed.filter { $0.1.verdict == .missed }, missed.filter { $0.1.verdict != .missed }
    )
    return (unexplained + explained).map { [$0] + $1.row }
  }
}

extension PublishedFinding {
  /// Whether it is judged, and not met.
  var isMiss: Bool { [.missed, .missedAsExpected, .contradicted].contains(verdict) }
}

extension PublishedCheck {
  /// The heading, the table and what is to be known of it.
  fileprivate var text: String {
    let table = PublishedTable(findings.map(\.row))
    let heading = Paragraph.text("\(scenario.name): \(scenario.about.title)")
    let parts =
      [heading] + [citation].compactMap { $0.map { Paragraph.text($0, first: "  ", rest: "  ") } }
      + [table.text] + remarks.map { Paragraph.text($0, first: "  ", rest: "    ") }
    return parts.joined(separator: "\n")
  }

  /// Who published it, and where it can be read; nil where the file does not say.
  var citation: String? {
    scenario.published.map { published in
      published.url.map { "\(published.citation) <\($0)>" } ?? published.citation
    }
  }

  /// What a reader has to know of it.
  var remarks: [String] {
    findings.flatMap(\.remarks)
      + (scenario.published?.contradictions ?? []).map { "The source contradicts itself: \($0)" }
      + [drawn].compactMap(\.self)
  }

  /// How it was simulated; nil where it was not.
  private var drawn: String? {
    guard replicates > 0 else { return nil }
    let failed =
      failedReplicates == 0
      ? "" : ", of which \(NumberWords.grouped(Double(failedReplicates))) failed"
    return "\(NumberWords.counted(replicates, "replicate"))\(failed), seed \(scenario.run.seed); "
      + "simulated, given the stated priors"
  }
}

/// Rows of published figures, without columns in which nothing stands.
struct PublishedTable {
  private let header: [String]
  private let rightAligned: Set<Int>
  private let rows: [[String]]

  /// - Parameters:
  ///   - leading: columns before those of a figure.
  ///   - trailing: columns after them.
  init(_ rows: [[String]], leading: [String] = [], trailing: [String] = []) {
    let header = leading + PublishedFinding.header + trailing
    let kept = header.indices.filter { place in rows.contains { !$0[place].isEmpty } }
    self.header = kept.map { header[$0] }
    self.rows = rows.map { row in kept.map { row[$0] } }
    rightAligned = Set(
      kept.indices.filter { PublishedFinding.numbers.contains(kept[$0] - leading.count) })
  }

  /// For a terminal.
  var text: String {
    var table = TextTable(header: header, rightAligned: rightAligned)
    for row in rows { table.append(row) }
    return table.text
  }

  /// For a page.
  var markdown: String {
    MarkdownTable(header: header, rightAligned: rightAligned, rows: rows).text
  }
}
