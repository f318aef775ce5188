import Analysis
import Scenarios
import Storage
public import Studies
import Wording

/// How many targets of a kind are covered, by bands that say something.
struct Coverage {
  let name: String
  let covered: Int
  let count: Int

  init(_ name: String, _ targets: [BackcastTarget]) {
    self.name = name
    covered = targets.count { $0.check.isHit }
    count = targets.count
  }

  var words: String {
    let share = count == 0 ? "" : " (\(NumberWords.percent(Double(covered) / Double(count))))"
    return "\(name) \(covered) of \(count)\(share)"
  }
}

extension Backcast {
  /// All targets, then those of each status.
  var coverage: [Coverage] {
    [Coverage("all", targets)]
      + Observation.Status.allCases.map { status in
        Coverage(status.words, targets.filter { $0.observation.status == status })
      }
  }

  /// Heading, table, reasons and coverage, for a terminal.
  public var text: String {
    var table = TextTable(header: Self.header, rightAligned: [2, 4, 5, 6, 7])
    for target in targets { table.append(target.row) }
    return
      ([heading, table.text] + (reasons.isEmpty ? [] : [reasons.joined(separator: "\n")])
      + [summary.joined(separator: "\n")] + [forecastTable].compactMap(\.self))
      .joined(separator: "\n\n") + "\n"
  }

  /// The same as a page of Markdown.
  public var markdown: String {
    let rows = targets.map { target in
      let mark = target.isUnexpectedMiss ? "**" : ""
      let cells = target.row.enumerated().map { $0 == 8 ? "\(mark)\($1)\(mark)" : $1 }
      return "| \(cells.map(Self.cell).joined(separator: " | ")) | \(Self.cell(target.source)) |"
    }
    let header = Self.header + ["source"]
    let rule = header.indices.map { [2, 4, 5, 6, 7].contains($0) ? "---:" : "---" }
    return """
      # Backcast: simulated results compared with observed data

      \(heading).

      Made by `chokepoint backcast`; change the scenario or the program, not this page. *Fitted*: priors \
      were chosen so that it comes out. *Informed prior*: priors come from the same source or a related \
      one. *Held out*: nothing was fitted to it. A target is covered when the observed value lies in \
      the band from p05 to p95; one that is too wide to say anything counts as no cover. *Factor* is \
      p95 over p05.

      | \(header.joined(separator: " | ")) |
      | \(rule.joined(separator: " | ")) |
      \(rows.joined(separator: "\n"))

      \((reasons + summary).map { "- \($0)" }.joined(separator: "\n"))

      """ + (forecastPage.map { "\n\($0)" } ?? "")
  }

  private static let header = [
    "target", "status", "observed", "source's range", "p05", "p50", "p95", "factor", "verdict",
  ]

  static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

  private var heading: String {
    "\(scenario.about.title): regime \(regime), "
      + "\(NumberWords.counted(scenario.run.replicates, "replicate")), seed "
      + "\(scenario.run.seed), version \(ProgramVersion.current); simulated, given the stated priors"
  }

  /// Why misses were expected, one line for each; and where one was expected in vain.
  private var reasons: [String] {
    targets.compactMap { target in
      target.observation.expectedMiss.map { reason in
        let id = target.observation.id
        return target.check.isCovered
          ? "\(id) is covered, although a miss was expected: \(reason)"
          : "\(id) is missed, as expected: \(reason)"
      }
    }
  }

  private var summary: [String] {
    let covered =
      "Covered by 90% bands that say something: " + coverage.map(\.words).joined(separator: "; ")
    return [covered] + [tooWide, few, failures].compactMap(\.self)
  }

  private var tooWide: String? {
    let wide = targets.filter(\.check.isTooWide).map(\.observation.id)
    guard !wide.isEmpty else { return nil }
    let factor = NumberWords.grouped(TargetCheck.widestFactor)
    return "Too wide to be informative (by a factor of more than \(factor), and wider than the "
      + "source's own range): \(wide.joined(separator: ", "))"
  }

  /// Replicates of which fifty lie beyond each end of a 90% band.
  private static let enough = 1000

  private var few: String? {
    let replicates = scenario.run.replicates
    guard replicates < Self.enough, unexpectedMisses > 0 else { return nil }
    return
      "\(NumberWords.counted(replicates, "replicate")) are too few to place the ends of a band "
      + "precisely: use \(NumberWords.grouped(Double(Self.enough))) or more before reading a narrow miss"
  }

  private var failures: String? {
    guard failedReplicates > 0 else { return nil }
    return "\(NumberWords.counted(failedReplicates, "replicate")) failed"
  }
}

extension BackcastTarget {
  /// The cells of its row.
  fileprivate var row: [String] {
    let range = check.sourceRange.map { "\(figure($0.lowerBound)) to \(figure($0.upperBound))" }
    let summary = check.summary
    return [
      observation.id, observation.status.words, figure(observation.observed), range ?? "-",
      summary.map { figure($0.p05) } ?? "none", summary.map { figure($0.p50) } ?? "none",
      summary.map { figure($0.p95) } ?? "none",
      check.bandFactor.map { NumberWords.significant($0, digits: 2) } ?? "-", verdict,
    ]
  }

  /// In words.
  fileprivate var verdict: String {
    let hit =
      check.isCovered
      ? "covered" : observation.expectedMiss == nil ? "MISSED" : "missed, as expected"
    return hit + (check.isTooWide ? ", too wide" : "")
  }

  fileprivate var source: String { observation.source ?? "" }

  func figure(_ value: Double) -> String { NumberWords.figure(value, unit: unit) }
}

extension Observation.Status {
  /// In words.
  var words: String { rawValue.replacing("_", with: " ") }
}
