import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
public import Studies
import Wording

extension ArmComparison {
  /// The comparison for a terminal: for each metric a table of regimes. Metrics that are zero
  /// throughout, or have no value, are listed instead.
  public var text: String {
    let empty = items.indices.filter(isEmpty)
    let zero = items.indices.filter(isZeroThroughout)
    let shown = items.indices.filter { !empty.contains($0) && !zero.contains($0) }
    let lists = [
      list(of: zero, "Zero under every regime, in every replicate"),
      list(of: empty, "No value under any regime, in any replicate"),
    ]
    let parts = [heading] + shown.map(text) + lists.compactMap(\.self) + notes(on: shown)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var heading: String {
    let run = arms.scenarios[0].run
    let failed =
      failedReplicates == 0 ? "" : ", of which \(failedReplicates) failed"
    return "\(NumberWords.counted(run.replicates, "replicate"))\(failed); seed \(run.seed); "
      + "simulated, given the stated priors; differences are paired, replicate by replicate"
      + endsText
  }

  /// A line that says so where scenarios or points end in different months; nothing where they do not.
  private var endsText: String {
    let ends = Set(arms.scenarios.map(\.run.end)).sorted()
    guard let first = ends.first, let last = ends.last, first < last else { return "" }
    return
      "\nThey end between \(first) and \(last): only months that all of them cover are compared."
  }

  /// Whether every regime gives zero in every replicate.
  private func isZeroThroughout(_ item: Int) -> Bool {
    let computed = arms.scenarios[0].run.replicates - failedReplicates
    return summaries.allSatisfy { ofArm in
      ofArm[item].map { $0.isZero && $0.count == computed } ?? false
    }
  }

  /// Whether no regime has a value in any replicate.
  private func isEmpty(_ item: Int) -> Bool { summaries.allSatisfy { $0[item] == nil } }

  private func list(of places: [Int], _ heading: String) -> String? {
    guard !places.isEmpty else { return nil }
    var entities: [String: [String]] = [:]
    for item in places.map({ items[$0] }) {
      entities[item.metric + item.time, default: []].append(item.entity)
    }
    let lines = entities.sorted { $0.key < $1.key }.map {
      "  \($0.key): \($0.value.joined(separator: ", "))"
    }
    return "\(heading)\n\(lines.joined(separator: "\n"))"
  }

  /// What a reader must know of the tables that are shown.
  private func notes(on shown: [Int]) -> [String] {
    guard !shown.isEmpty else { return [] }
    let general = """
      \(reference.words(in: arms)); differences are the regime's value minus the reference's. "± of mean" is the \
      Monte Carlo error of their mean; "variance reduction" is how many times larger its variance would be \
      without common random numbers. Ties share a rank.
      """
    let ofRegrets = """
      "better" is what --prefer says, not a judgement. Regret is the shortfall from the best regime in the \
      same replicate and, in a sweep, at the same point.
      """
    let ofRanks = """
      Without --prefer METRIC=high or METRIC=low no direction counts as better: regimes are ranked from the \
      highest value down, and none is called best.
      """
    let preferred = shown.filter { items[$0].preference != nil }.count
    return [general] + (preferred > 0 ? [ofRegrets] : [])
      + (preferred < shown.count ? [ofRanks] : [])
  }

  private func text(of item: Int) -> String {
    let asked = items[item]
    let ranked =
      asked.preference == nil
      ? ["rank from the highest", "highest in"]
      : ["mean rank", "best in", "regret p95", "largest"]
    let header =
      [
        "regime", asked.isShownByMean ? "mean" : "median", "90% of draws", "minus reference", "90%",
        "± of mean", "higher in",
        "variance reduction",
      ]
      + ranked
    var table = TextTable(
      header: header, rightAligned: Set([1, 3] + (5..<header.count)))
    for arm in arms.arms.indices { table.append(row(of: item, arm: arm)) }
    let unit = asked.unit == "1" ? "" : " [\(asked.unit)]"
    return
      "\(asked.metric)\(unit), \(asked.entity)\(asked.time); "
      + "better: \(asked.preference.word)\n\(table.text)" + minimaxLine(of: item)
  }

  private func minimaxLine(of item: Int) -> String {
    let choices = arms.choices.filter { $0.count > 1 }
    guard items[item].preference != nil, !choices.isEmpty else { return "" }
    let least = choices.map { choice in
      minimaxRegret(of: item, among: choice).map { arms.arms[$0].name }.joined(separator: ", ")
    }
    return "\n  minimax regret: \(least.joined(separator: "; "))"
  }

  private func row(of item: Int, arm: Int) -> [String] {
    func figure(_ value: Double?) -> String {
      value.map { NumberWords.figure($0, unit: items[item].unit) } ?? "-"
    }
    func band(_ summary: Summary?) -> String {
      summary.map { "\(figure($0.p05)) to \(figure($0.p95))" } ?? "-"
    }
    func typical(_ summary: Summary?) -> Double? {
      items[item].isShownByMean ? summary?.mean : summary?.p50
    }
    let comparison = comparisons[arm][item]
    let difference = comparison?.difference
    let paired =
      references[arm] == nil
      ? [references.contains(arm) ? "reference" : "-", "", "", "", ""]
      : [
        figure(typical(difference)), band(difference), figure(difference?.monteCarloError),
        comparison.map { NumberWords.percent($0.shareHigher) } ?? "-",
        comparison?.varianceReduction.map { NumberWords.significant($0, digits: 3) } ?? "-",
      ]
    let summary = summaries[arm][item]
    let rank = [
      ranks[arm][item].map { NumberWords.significant($0.mean, digits: 3) } ?? "-",
      NumberWords.percent(sharesFirst[arm][item]),
    ]
    let regret = regrets[arm][item]
    let forgone =
      items[item].preference == nil
      ? [] : [figure(regret?.p95), regret == nil ? "-" : figure(largestRegrets[arm][item])]
    return [arms.arms[arm].name, figure(typical(summary)), band(summary)] + paired + rank + forgone
  }
}

extension Reference {
  /// What a reader is told of it.
  func words(in arms: ArmSet) -> String {
    switch self {
    case .namesake:
      "Each regime of the second is compared with the regime of the first that has the same id"
    case .firstOfPoint where arms.firstOfPoints.count { $0 == nil } > 1:
      "The first regime of each point of the sweep is its reference"
    case .firstOfPoint: "The first regime is the reference"
    }
  }
}

extension InputDifference {
  /// The differences for a terminal.
  ///
  /// - Parameter names: what the two are called.
  public func text(of names: (String, String)) -> String {
    guard !entries.isEmpty else { return "The inputs are the same.\n" }
    var table = TextTable(header: ["key", names.0, names.1], rightAligned: [])
    for entry in entries {
      table.append([entry.path, Self.short(entry.first), Self.short(entry.second)])
    }
    return
      "What differs in the inputs: \(NumberWords.counted(entries.count, "key"))\n\(table.text)\n"
  }

  private static func short(_ text: String?) -> String {
    guard let text else { return "-" }
    return text.count > 48 ? "\(text.prefix(45))..." : text
  }
}

extension ArmComparison.Item {
  /// When it is taken, to follow what it is of; nothing for what a whole run yields.
  fileprivate var time: String { month.map { ", end of \($0)" } ?? "" }
}
