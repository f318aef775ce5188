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
  /// The month at whose end it is taken; nil for what a whole run yields.
  package let month: String?
  /// The figures.
  package let difference: KeyDifference
  /// Whether at least 95% of draws agree on the direction.
  package let isReliable: Bool
  /// How far draws agree.
  package let verdict: Verdict
  /// What it is, without saying under which regime: `China's lag is 2 months longer (…)`.
  package let clause: String
  /// What it is, in a sentence that can stand alone.
  package let sentence: String

  enum CodingKeys: String, CodingKey {
    case regime, against, metric, entity, month, difference
    case isReliable = "is_reliable"
    case verdict, clause, sentence
  }

  /// Whether it is of a figure.
  func isOf(_ figure: KeyMetric) -> Bool {
    metric == figure.metric && entity == figure.entity && month == figure.month
  }

  /// How far draws agree on the direction of a change.
  package enum Verdict: String, Encodable, Sendable {
    /// At least 95% of draws have the same direction.
    case reliable
    /// Half of the draws or more have the same direction, and at most 5% the other one.
    case probable
    /// Draws do not agree.
    case uncertain
    /// No draw has a difference.
    case same
  }
}

/// Makes findings from key metrics.
struct Findings {
  private let regimes: [AnsweredRegime]
  private let metrics: [KeyMetric]
  /// The months at whose ends the figures are.
  private let months: FigureMonths

  /// How large a share of draws has to agree on the direction for a difference to be called reliable.
  static let reliableShare = 0.95

  /// Sentences, the first of them that says "reliably" with what that means.
  ///
  /// - Parameter areByFigure: whether they tell reliable changes without their shares, which the first then says.
  static func definingReliably(_ sentences: [String], areByFigure: Bool = false) -> [String] {
    let first = areByFigure ? 0 : sentences.firstIndex { $0.contains("reliably") }
    guard let first, sentences.indices.contains(first) else { return sentences }
    let share = "at least \(percent(reliableShare)) of draws"
    var sentences = sentences
    sentences[first] +=
      areByFigure
      ? " (In \(share), where no other share is given; this is what reliably means.)"
      : " (Reliably: \(share) agree.)"
    return sentences
  }

  init(_ regimes: [AnsweredRegime], _ metrics: [KeyMetric], months: FigureMonths) {
    (self.regimes, self.metrics, self.months) = (regimes, metrics, months)
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
    let verdict = Finding.Verdict(difference)
    let other = regimes.firstIndex { $0.id == difference.to } ?? 0
    let clause =
      months.time(of: metric)
      + ChangeClause(metric: metric, difference: difference, verdict: verdict).text
    let time = metric.month == nil ? "" : months.heading.map { "\($0), " } ?? ""
    return Finding(
      regime: regimes[regime].id, against: difference.to, metric: metric.metric,
      entity: metric.entity, month: metric.month, difference: difference,
      isReliable: verdict == .reliable, verdict: verdict, clause: clause,
      sentence: "\(time)\(time.isEmpty ? "Under" : "under") \"\(regimes[regime].title)\" against "
        + "\"\(regimes[other].title)\": \(clause).")
  }

  /// A share that is neither nothing nor all is never called so, nor one that falls short of what is called reliable.
  static func percent(_ share: Double) -> String {
    if share < reliableShare, share >= reliableShare - 0.005 {
      return "under \(NumberWords.percent(reliableShare))"
    }
    if share > 0, share < 0.005 { return "under 1%" }
    if share < 1, share >= 0.995 { return "over 99%" }
    return NumberWords.percent(share)
  }
}

extension Finding.Verdict {
  /// What shares of draws say.
  init(_ difference: KeyDifference) {
    let shares = [difference.shareLower, difference.shareHigher].sorted()
    switch (shares[0], shares[1]) {
    case (_, 0): self = .same
    case (_, Findings.reliableShare...): self = .reliable
    case (...(1 - Findings.reliableShare), 0.5...): self = .probable
    default: self = .uncertain
    }
  }
}
