import PolicyModel

/// Which findings of an answer have a place in the sentence of their comparison, and which are gathered in one
/// sentence for each figure: those on which draws do not agree, and figures that stay the same.
struct ToldFindings {
  let answer: Answer
  /// The figures that sentences are about.
  let figures: [KeyMetric]
  /// Whether comparisons on which draws do not agree have no sentence of their own.
  let areMany: Bool

  /// What the sentence of a comparison tells, what draws agree on best first; of figures on which they do not agree
  /// the first, where there is no other.
  func told(of comparison: AnsweredComparison) -> [Finding] {
    let found = findings(of: comparison)
    let sure = found.filter { $0.verdict == .reliable } + found.filter { $0.verdict == .probable }
    return sure.isEmpty && !areMany ? Array(found.prefix(1).filter { $0.verdict != .same }) : sure
  }

  /// Of a figure what no sentence of a comparison tells: where draws do not agree on it, and where it stays the same.
  ///
  /// - Parameter named: what the regime of a finding is called.
  func rest(of figure: KeyMetric, named: (Finding) -> String) -> String? {
    let left = answer.comparisons.flatMap { unsaid(of: $0, figure) }
    let parts = [uncertain(left, figure, named), same(left, figure, named)].compactMap(\.self)
    guard !parts.isEmpty else { return nil }
    return Self.sentence(
      answer.figureMonths.time(of: figure) + figure.subject + " "
        + parts.joined(separator: ", and ")
    )
  }

  /// A clause as a sentence.
  static func sentence(_ clause: String) -> String {
    clause.prefix(1).uppercased() + clause.dropFirst() + "."
  }

  private func findings(of comparison: AnsweredComparison) -> [Finding] {
    figures.compactMap { figure in
      answer.findings.first {
        $0.regime == comparison.regime && $0.against == comparison.against
          && $0.isOf(figure)
      }
    }
  }

  private func unsaid(of comparison: AnsweredComparison, _ figure: KeyMetric) -> [Finding] {
    let isSaid = told(of: comparison).contains { $0.isOf(figure) }
    return isSaid ? [] : findings(of: comparison).filter { $0.isOf(figure) }
  }

  private func uncertain(
    _ left: [Finding], _ figure: KeyMetric, _ named: (Finding) -> String
  ) -> String? {
    let found = left.filter { $0.verdict == .uncertain }
    guard !found.isEmpty else { return nil }
    let verb = figure.words.isPlural ? "do" : "does"
    return "\(verb) not reliably change under \(names(of: found, named)): \(figure.higher) in "
      + "\(Self.range(of: found.map(\.difference.shareHigher))) of draws, \(figure.words.lower) in "
      + Self.range(of: found.map(\.difference.shareLower))
  }

  /// `16% to 44%`.
  private static func range(of shares: [Double]) -> String {
    let ends = [shares.min() ?? 0, shares.max() ?? 0].map(Findings.percent)
    return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
  }

  private func same(
    _ left: [Finding], _ figure: KeyMetric, _ named: (Finding) -> String
  ) -> String? {
    let found = left.filter { $0.verdict == .same }
    return found.isEmpty
      ? nil : "\(figure.verb) the same in all draws under \(names(of: found, named))"
  }

  private func names(of found: [Finding], _ named: (Finding) -> String) -> String {
    let isOfAll = found.count == answer.comparisons.count && found.count > 1
    return isOfAll ? "any regime" : found.map(named).joined(separator: ", ")
  }
}
