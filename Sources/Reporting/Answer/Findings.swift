import PolicyModel
import Wording

/// What a regime changes in a key metric.
package struct Finding: Encodable, Sendable {
  /// The regime, by id.
  package let regime: String
  /// The regime that it is held to, by id.
  package let against: String
  /// The metric, by name.
  package let metric: String
  /// Whose it is.
  package let entity: String
  /// The figures.
  package let difference: KeyDifference
  /// Whether at least 95% of draws agree on the direction.
  package let isReliable: Bool
  /// What it is, without saying under which regime: `China's lag is 2 months longer (…)`.
  package let clause: String
  /// What it is, in a sentence that can stand alone.
  package let sentence: String

  enum CodingKeys: String, CodingKey {
    case regime, against, metric, entity, difference
    case isReliable = "is_reliable"
    case clause, sentence
  }
}

/// Makes findings from key metrics.
struct Findings {
  private let regimes: [AnsweredRegime]
  private let metrics: [KeyMetric]

  /// How large a share of draws has to agree on the direction for a difference to be called reliable.
  static let reliableShare = 0.95

  init(_ regimes: [AnsweredRegime], _ metrics: [KeyMetric]) {
    (self.regimes, self.metrics) = (regimes, metrics)
  }

  /// One for each regime, comparison and key metric of the compared side.
  var all: [Finding] {
    regimes.indices.dropFirst().filter { !regimes[$0].equalsReference }.flatMap { regime in
      metrics.filter(\.isCompared).flatMap { metric in
        metric.values[regime].differences.map { finding(metric, regime, $0) }
      }
    }
  }

  private func finding(
    _ metric: KeyMetric, _ regime: Int, _ difference: KeyDifference
  ) -> Finding {
    let isReliable =
      max(difference.shareHigher, difference.shareLower) >= Self.reliableShare
    let other = regimes.firstIndex { $0.id == difference.to } ?? 0
    let clause =
      isReliable
      ? reliable(metric, difference) : unreliable(metric, difference, regime, other)
    let time = metric.month.map { "At the \(Self.end(of: $0)), " } ?? ""
    return Finding(
      regime: regimes[regime].id, against: difference.to, metric: metric.metric,
      entity: metric.entity, difference: difference, isReliable: isReliable, clause: clause,
      sentence: "\(time)\(time.isEmpty ? "Under" : "under") \"\(regimes[regime].title)\" against "
        + "\"\(regimes[other].title)\": \(clause).")
  }

  /// `China's compute at work is 0.52M H100e less (0.07M to 0.99M; less in 97% of draws)`.
  private func reliable(_ metric: KeyMetric, _ difference: KeyDifference) -> String {
    let (words, figures) = (metric.words, difference.difference)
    let isHigher = difference.shareHigher > difference.shareLower
    let sign = isHigher ? 1.0 : -1.0
    let typical = figures.typical(words.typical) * sign
    let ends = [figures.p05 * sign, figures.p95 * sign].sorted()
    let scale = FigureScale(unit: metric.unit, largest: max(abs(typical), abs(ends[1])))
    let word = isHigher ? words.higher : words.lower
    let share = isHigher ? difference.shareHigher : difference.shareLower
    let average = words.typical == .mean ? " on average" : ""
    return "\(metric.subject) is \(scale.amount(typical)) \(word)\(average) "
      + "(\(scale.figure(ends[0])) to \(scale.figure(ends[1])); \(word) in \(Self.draws(share)))"
  }

  /// `China's lag does not reliably change: on average 14.3 months against 10.2, longer in 40% of draws,
  /// shorter in 22%`; `is probably longer`, where hardly any draw has it the other way round.
  private func unreliable(
    _ metric: KeyMetric, _ difference: KeyDifference, _ regime: Int, _ other: Int
  ) -> String {
    let words = metric.words
    guard difference.shareHigher > 0 || difference.shareLower > 0 else {
      return "\(metric.subject) is the same in all draws"
    }
    let typical = [regime, other].map { metric.values[$0].value?.typical(words.typical) ?? 0 }
    let scale = FigureScale(
      unit: metric.unit, largest: typical.map(abs).max() ?? 0)
    let kind = words.typical == .mean ? "on average" : "median"
    let isHigher = difference.shareHigher > difference.shareLower
    let shares = [difference.shareHigher, difference.shareLower].sorted()
    let isOneSided = shares[1] >= 0.5 && shares[0] <= 1 - Self.reliableShare
    let verdict =
      isOneSided
      ? "is probably \(isHigher ? words.higher : words.lower)" : "does not reliably change"
    return
      "\(metric.subject) \(verdict): \(kind) \(scale.amount(typical[0])) against "
      + "\(scale.figure(typical[1])), \(words.higher) in \(Self.draws(difference.shareHigher)), "
      + "\(words.lower) in \(Self.percent(difference.shareLower))"
  }

  private static func draws(_ share: Double) -> String {
    share == 1 ? "all draws" : share == 0 ? "none of the draws" : "\(percent(share)) of draws"
  }

  /// A share that is neither nothing nor all is never called so.
  static func percent(_ share: Double) -> String {
    if share > 0, share < 0.005 { return "under 1%" }
    if share < 1, share >= 0.995 { return "over 99%" }
    return NumberWords.percent(share)
  }

  /// `end of 2025`, or `end of 2025-06`.
  static func end(of month: String) -> String {
    "end of \(month.hasSuffix("-12") ? String(month.dropLast(3)) : month)"
  }
}
