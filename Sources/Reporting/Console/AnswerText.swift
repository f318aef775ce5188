import PolicyModel
import Wording

/// An answer for a terminal: sentences first, then one table, caveats, and how sure it is. Lines of
/// ``width`` characters at most, but for ids that are longer.
struct AnswerText {
  /// How long lines are.
  static let width = 100
  /// How many of many comparisons are put into sentences; the table has a line for each.
  private static let mostOfMany = 3
  /// Of more comparisons than so many, those on which draws do not agree have no sentences of their own.
  private static let fewComparisons = 4
  /// How many figures sentences have where the scenario asks for none, and where it does.
  private static let mostFigures = (unasked: 2, asked: 4)
  /// How many claims there is a sentence for.
  private static let mostClaims = 3

  private let answer: Answer
  /// Whether everything is said that there is a sentence for.
  private let isFull: Bool
  /// The figures that sentences are about.
  private let figures: [KeyMetric]
  /// The comparisons that sentences are about.
  private let comparisons: [AnsweredComparison]

  init(_ answer: Answer, isFull: Bool = false) {
    (self.answer, self.isFull) = (answer, isFull)
    let asked = answer.metrics.filter(\.isAsked)
    figures = Array(
      asked.isEmpty
        ? answer.metrics.filter(\.isCompared).prefix(Self.mostFigures.unasked)
        : asked.prefix(Self.mostFigures.asked))
    comparisons = answer.comparisons
  }

  /// Whether comparisons are too many for each to be told of whatever it comes to.
  private var areMany: Bool { !isFull && comparisons.count > Self.fewComparisons }

  /// The question.
  var question: String { Paragraph.text(answer.question, width: Self.width) }

  /// What came out, in a few sentences: what was published, what the figures come to under the reference, what of
  /// them each regime changes in draws that agree, and one sentence a figure for the rest.
  var sentences: String? {
    let claims = answer.published.prefix(1 + Self.mostClaims).map {
      Paragraph.text($0, width: Self.width, first: "  ", rest: "    ")
    }
    let told = comparisons.compactMap(sentence)
    let shown = areMany ? told.prefix(Self.mostOfMany) : told[...]
    let more = told.count - shown.count
    let others = more > 0 ? ["  \(NumberWords.counted(more, "more comparison")): --full."] : []
    let found = shown + others + figures.compactMap(rest)
    let all = claims + levels + (found.isEmpty ? [] : [heading] + found)
    return all.isEmpty ? nil : all.joined(separator: "\n")
  }

  /// What the figures come to under the reference.
  private var levels: [String] {
    guard !answer.levels.isEmpty else { return [] }
    let text = answer.levels.prefix(Self.mostFigures.asked).map(Self.sentence).joined(
      separator: " ")
    return [
      Paragraph.text(
        "\(answer.figureMonths.heading.map { "\($0), under" } ?? "Under") \(reference):",
        width: Self.width),
      Paragraph.text(text, width: Self.width, first: "  ", rest: "  "),
    ]
  }

  private var reference: String {
    let first = answer.regimes[0]
    return first.label == first.id ? first.id : "\(first.id) (\(first.label))"
  }

  /// When, and against what.
  private var heading: String {
    guard answer.levels.isEmpty else { return "Against it:" }
    return Paragraph.text(
      "\(answer.figureMonths.heading.map { "\($0), against" } ?? "Against") \(reference):",
      width: Self.width)
  }

  /// What a regime changes; of figures on which draws do not agree the first, where there is no other.
  private func sentence(of comparison: AnsweredComparison) -> String? {
    let found = findings(of: comparison)
    let clauses = clauses(of: found)
    guard !clauses.isEmpty else { return nil }
    let name = name(ofRegime: comparison.regime)
    let isReference = comparison.against == answer.regimes[0].id
    let other = isReference ? "" : ", against \(comparison.against)"
    return Paragraph.text(
      "\(name)\(other): \(clauses.map { Self.sentence($0.clause) }.joined(separator: " "))",
      width: Self.width, first: "  ", rest: "    ")
  }

  private func clauses(of found: [Finding]) -> [Finding] {
    let sure = found.filter { $0.verdict == .reliable || $0.verdict == .probable }
    return sure.isEmpty && !areMany ? Array(found.prefix(1).filter { $0.verdict != .same }) : sure
  }

  private static func sentence(_ clause: String) -> String {
    clause.prefix(1).uppercased() + clause.dropFirst() + "."
  }

  private func name(ofRegime id: String) -> String {
    guard let regime = answer.regimes.first(where: { $0.id == id }) else { return id }
    return regime.label == regime.id ? regime.id : "\(regime.label) (\(regime.id))"
  }

  private func findings(of comparison: AnsweredComparison) -> [Finding] {
    figures.compactMap { figure in
      answer.findings.first {
        $0.regime == comparison.regime && $0.against == comparison.against
          && $0.metric == figure.metric && $0.entity == figure.entity && $0.month == figure.month
      }
    }
  }

  /// Where draws do not agree on what becomes of a figure, or it is the same in all of them.
  private func rest(of figure: KeyMetric) -> String? {
    let left = comparisons.flatMap { unsaid(of: $0, figure) }
    let parts = [uncertain(left, figure), same(left, figure)].compactMap(\.self)
    guard !parts.isEmpty else { return nil }
    return Paragraph.text(
      Self.sentence(
        "\(answer.figureMonths.time(of: figure))\(figure.subject) "
          + parts.joined(separator: ", and ")), width: Self.width, first: "  ", rest: "    ")
  }

  /// What is found of a figure and not in the sentence of a comparison.
  private func unsaid(of comparison: AnsweredComparison, _ figure: KeyMetric) -> [Finding] {
    let found = findings(of: comparison)
    let said = clauses(of: found).map(\.key)
    let key = [figure.metric, figure.entity, figure.month ?? ""]
    return found.filter { $0.key == key && !said.contains(key) }
  }

  private func uncertain(_ left: [Finding], _ figure: KeyMetric) -> String? {
    let found = left.filter { $0.verdict == .uncertain }
    guard !found.isEmpty else { return nil }
    let shares = found.map(\.difference.shareHigher)
    let ends = [shares.min() ?? 0, shares.max() ?? 0].map(Findings.percent)
    let range = ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
    let verb = figure.words.isPlural ? "do" : "does"
    return
      "\(verb) not reliably change under \(names(of: found)): \(figure.higher) in \(range) of draws"
  }

  private func same(_ left: [Finding], _ figure: KeyMetric) -> String? {
    let found = left.filter { $0.verdict == .same }
    return found.isEmpty ? nil : "\(figure.verb) the same in all draws under \(names(of: found))"
  }

  /// Regimes by id; those that are not compared with the reference with what they are compared with.
  private func names(of found: [Finding]) -> String {
    if found.count == comparisons.count, found.count > 1 { return "any of them" }
    return found.map { finding in
      finding.against == answer.regimes[0].id
        ? finding.regime : "\(finding.regime) against \(finding.against)"
    }.joined(separator: ", ")
  }

  /// What to know, and how sure it is.
  var caveats: String {
    (answer.caveats + answer.trackRecord + [answer.basis].compactMap(\.self) + [
      answer.precision.sentence
    ])
    .map { Paragraph.text($0, width: Self.width) }.joined(separator: "\n")
  }
}

extension Finding {
  /// What tells it from other findings of a comparison.
  fileprivate var key: [String] { [metric, entity, month ?? ""] }
}
