import PolicyModel
import Wording

/// An answer for a terminal: sentences first, then one table, caveats, and how sure it is. Lines of
/// ``width`` characters at most, but for ids that are longer.
struct AnswerText {
  /// How long lines are.
  static let width = 100
  /// How many regimes are told of in sentences.
  private static let mostTold = 5
  /// How many claims are told of.
  private static let mostClaims = 3

  private let answer: Answer

  init(_ answer: Answer) { self.answer = answer }

  /// The question.
  var question: String { Paragraph.text(answer.question, width: Self.width) }

  /// What came out, in a few sentences.
  var sentences: String? {
    let told = answer.regimes.dropFirst().filter { !$0.equalsReference }
    // Where there are many, one figure of each.
    let count = told.count > Self.mostTold ? 1 : 2
    let paragraphs = told.prefix(Self.mostTold).flatMap { sentences(of: $0, metrics: count) }
    let more = told.count - min(told.count, Self.mostTold)
    let rest = more > 0 ? ["  \(NumberWords.counted(more, "more regime")): see the table."] : []
    let claims = answer.published.prefix(1 + Self.mostClaims).map {
      Paragraph.text($0, width: Self.width, first: "  ", rest: "    ")
    }
    let all = claims + paragraphs + rest
    guard !all.isEmpty else { return nil }
    return (claims + (paragraphs.isEmpty ? [] : [heading]) + paragraphs + rest)
      .joined(separator: "\n")
  }

  /// When, and against what.
  private var heading: String {
    let first = answer.regimes[0]
    let isMonthly = answer.metrics.first?.month != nil
    let reference = first.label == first.id ? first.id : "\(first.id) (\(first.label))"
    return Paragraph.text(
      (isMonthly ? "At the \(Findings.end(of: answer.month)), against " : "Against ")
        + "\(reference):", width: Self.width)
  }

  /// What a regime changes, and what it adds to the one that it is held to besides.
  private func sentences(of regime: AnsweredRegime, metrics count: Int) -> [String] {
    let references = [answer.regimes[0].id] + [regime.against].compactMap(\.self)
    return references.compactMap { reference in
      let found = answer.findings.filter { $0.regime == regime.id && $0.against == reference }
      guard !found.isEmpty else { return nil }
      let name =
        reference == regime.against ? "\(regime.id) against \(reference)" : regime.id
      let clauses = found.prefix(count)
        .map { $0.clause.prefix(1).uppercased() + $0.clause.dropFirst() + "." }
        .joined(separator: " ")
      return Paragraph.text(
        "\(name): \(clauses)", width: Self.width, first: "  ", rest: "    ")
    }
  }

  /// What to know, and how sure it is.
  var caveats: String {
    (answer.caveats + [answer.precision.sentence])
      .map { Paragraph.text($0, width: Self.width) }.joined(separator: "\n")
  }
}
