import PolicyModel

/// How the findings of an answer become sentences: one for each comparison, and one for each figure on which draws do
/// not agree or that stays the same; of many comparisons one for each figure alone, or the same figures would be told
/// again and again.
struct ToldFindings {
  let answer: Answer
  /// The figures that sentences are about.
  let figures: [KeyMetric]
  /// Of how many changes of one figure a sentence tells, and where the others are.
  let more: (after: Int, words: String)

  /// What the sentence of a comparison tells, what draws agree on best first; of figures on which they do not agree
  /// the first, where there is no other.
  func told(of comparison: AnsweredComparison) -> [Finding] {
    let found = findings(of: comparison)
    let sure = found.filter { $0.verdict == .reliable } + found.filter { $0.verdict == .probable }
    return sure.isEmpty ? Array(found.prefix(1).filter { $0.verdict != .same }) : sure
  }

  /// Of a figure what no sentence of a comparison tells: where draws do not agree on it, and where it stays the same.
  ///
  /// - Parameter named: what a regime is called, by its id.
  func rest(of figure: KeyMetric, named: (String) -> String) -> String? {
    let left = answer.comparisons.flatMap { unsaid(of: $0, figure) }
    return sentence(of: figure, unsure(left, figure, named))
  }

  /// Of a figure what all comparisons make of it.
  ///
  /// - Parameters:
  ///   - hasShares: whether a table has the shares of draws on which they do not agree.
  ///   - named: what a regime is called, by its id.
  func whole(
    of figure: KeyMetric, besidesShares hasShares: Bool = false, named: (String) -> String
  ) -> String? {
    let found = answer.comparisons.flatMap { findings(of: $0) }.filter { $0.isOf(figure) }
    return sentence(
      of: figure,
      [changes(found, figure, named)].compactMap(\.self)
        + unsure(found, figure, named, tellsShares: !hasShares))
  }

  private func sentence(of figure: KeyMetric, _ parts: [String]) -> String? {
    guard !parts.isEmpty else { return nil }
    return Self.sentence(
      answer.figureMonths.time(of: figure) + figure.subject + " "
        + parts.joined(separator: ", and "))
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

  /// `is 0.84M H100e less under one (…; all draws), 340K H100e less under another than under one (…)`.
  private func changes(
    _ found: [Finding], _ figure: KeyMetric, _ named: (String) -> String
  ) -> String? {
    let sure = found.filter { $0.verdict == .reliable || $0.verdict == .probable }
    guard !sure.isEmpty else { return nil }
    let told = sure.prefix(more.after).map { finding in
      let isReference = finding.against == answer.regimes[0].id
      return ChangeClause(
        metric: figure, difference: finding.difference, verdict: finding.verdict
      ).change(
        "under \(named(finding.regime))"
          + (isReference ? "" : " than under \(named(finding.against))"))
    }
    let left = sure.count - told.count
    return "\(figure.verb) \(told.joined(separator: ", "))"
      + (left > 0 ? " (\(left) more \(more.words))" : "")
  }

  /// Where draws do not agree on a figure, and where it stays the same.
  private func unsure(
    _ found: [Finding], _ figure: KeyMetric, _ named: (String) -> String, tellsShares: Bool = true
  ) -> [String] {
    [uncertain(found, figure, named, tellsShares: tellsShares), same(found, figure, named)]
      .compactMap(\.self)
  }

  private func uncertain(
    _ left: [Finding], _ figure: KeyMetric, _ named: (String) -> String, tellsShares: Bool
  ) -> String? {
    let found = left.filter { $0.verdict == .uncertain }
    guard !found.isEmpty else { return nil }
    let verb = figure.words.isPlural ? "do" : "does"
    let sentence = "\(verb) not reliably change under \(names(of: found, named))"
    guard tellsShares else { return sentence }
    return
      "\(sentence): \(figure.higher) in \(Self.range(of: found.map(\.difference.shareHigher))) of draws, \(figure.words.lower) in "
      + Self.range(of: found.map(\.difference.shareLower))
  }

  /// `16% to 44%`.
  private static func range(of shares: [Double]) -> String {
    let ends = [shares.min() ?? 0, shares.max() ?? 0].map(Findings.percent)
    return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
  }

  private func same(
    _ left: [Finding], _ figure: KeyMetric, _ named: (String) -> String
  ) -> String? {
    let found = left.filter { $0.verdict == .same }
    return found.isEmpty
      ? nil : "\(figure.verb) the same in all draws under \(names(of: found, named))"
  }

  /// Regimes by name, those that are compared with another than the reference with its name.
  private func names(of found: [Finding], _ named: (String) -> String) -> String {
    let isOfAll = found.count == answer.comparisons.count && found.count > 1
    guard !isOfAll else {
      return answer.comparesAllRegimes ? "any regime" : "any regime that is compared"
    }
    let others = found.map(\.against).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    return others.map { other in
      let regimes = found.filter { $0.against == other }.map { named($0.regime) }
      return Self.listed(regimes)
        + (other == answer.regimes[0].id ? "" : " against \(named(other))")
    }.joined(separator: "; ")
  }

  /// `one`, `one and another`, `one, another and a third`.
  private static func listed(_ names: [String]) -> String {
    let last = names.suffix(2).joined(separator: " and ")
    return (names.dropLast(2) + [last]).joined(separator: ", ")
  }
}
