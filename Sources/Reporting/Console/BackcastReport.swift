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

  /// Heading, table, reasons, coverage and scores, for a terminal.
  public var text: String {
    var table = TextTable(header: Self.header, rightAligned: [3, 5, 6, 7, 8])
    for target in targets { table.append(target.row) }
    return
      ([heading, table.text] + (reasons.isEmpty ? [] : [reasons.joined(separator: "\n")])
      + [summary.joined(separator: "\n"), "By class:", ScoresByClass(targets).text]
      + [forecastTable].compactMap(\.self))
      .joined(separator: "\n\n") + "\n"
  }

  static let header = [
    "target", "class", "status", "observed", "source's range", "p05", "p50", "p95", "factor",
    "verdict",
  ]

  private var heading: String { "\(scenario.about.title): \(setting)" }

  /// What was run.
  var setting: String {
    "regime \(regime), \(NumberWords.counted(scenario.run.replicates, "replicate")), seed "
      + "\(scenario.run.seed), version \(ProgramVersion.current); simulated, given the stated priors"
  }

  /// Why misses were expected, one line for each; and where one was expected in vain.
  private var reasons: [String] {
    targets.filter { !$0.check.isCovered }.compactMap { target in
      target.observation.expectedMiss.map {
        "\(target.observation.id) is missed, as expected: \($0)"
      }
    } + vainReasons
  }

  /// Where a miss was expected, and there is none.
  var vainReasons: [String] {
    targets.filter(\.check.isCovered).compactMap { target in
      target.observation.expectedMiss.map {
        "\(target.observation.id) is covered, although a miss was expected: \($0)"
      }
    }
  }

  /// Coverage, and what is to be known of it.
  var summary: [String] {
    let covered =
      "Covered by 90% bands that say something: " + coverage.map(\.words).joined(separator: "; ")
    return [covered] + [tooWide, idleZeros, few, failures].compactMap(\.self)
  }

  private var idleZeros: String? {
    let idle = targets.filter(\.check.isIdleZero).map(\.observation.id)
    guard !idle.isEmpty else { return nil }
    return "Nothing was observed and the band begins at nothing, which says little: "
      + idle.joined(separator: ", ")
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
  var row: [String] {
    let range = check.sourceRange.map { "\(figure($0.lowerBound)) to \(figure($0.upperBound))" }
    return [
      observation.id, observation.scoreClass, observation.status.words,
      figure(observation.observed), range ?? "-",
    ] + band + [
      check.bandFactor.map { NumberWords.significant($0, digits: 2) } ?? "-", verdict,
    ]
  }

  /// The ends and the middle of what the draws give.
  var band: [String] {
    guard let summary = check.summary else { return ["none", "none", "none"] }
    return [summary.p05, summary.p50, summary.p95].map { figure($0) }
  }

  /// In words.
  private var verdict: String {
    let hit =
      check.isCovered
      ? "covered" : observation.expectedMiss == nil ? "MISSED" : "missed, as expected"
    return hit + (check.isIdleZero ? ", an idle zero" : check.isTooWide ? ", too wide" : "")
  }

  func figure(_ value: Double) -> String { NumberWords.figure(value, unit: unit) }
}

extension Observation.Status {
  /// In words.
  var words: String { rawValue.replacing("_", with: " ") }
}
