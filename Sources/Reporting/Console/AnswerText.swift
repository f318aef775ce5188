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

  /// What came out, in a few sentences: of each regime what it changes in the first key metric, and in the second
  /// where draws agree; of the others one sentence for all.
  var sentences: String? {
    let changed = answer.regimes.dropFirst().filter { !$0.equalsReference }
    let told = Array(changed.prefix(Self.mostTold))
    let paragraphs = told.flatMap(sentences)
    let more = changed.count - told.count
    let rest = more > 0 ? ["  \(NumberWords.counted(more, "more regime")): see the table."] : []
    let claims = answer.published.prefix(1 + Self.mostClaims).map {
      Paragraph.text($0, width: Self.width, first: "  ", rest: "    ")
    }
    let found = paragraphs + [unreliableText(among: told)].compactMap(\.self) + rest
    let all = claims + (paragraphs.isEmpty ? [] : [heading] + found)
    return all.isEmpty ? nil : all.joined(separator: "\n")
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
  private func sentences(of regime: AnsweredRegime) -> [String] {
    let references = [answer.regimes[0].id] + [regime.against].compactMap(\.self)
    return references.compactMap { reference in
      let found = findings(of: regime, against: reference)
      guard let first = found.first else { return nil }
      let clauses = ([first] + found.dropFirst().filter(\.isReliable)).map {
        $0.clause.prefix(1).uppercased() + $0.clause.dropFirst() + "."
      }
      let name = regime.label == regime.id ? regime.id : "\(regime.label) (\(regime.id))"
      let other = reference == regime.against ? ", against \(reference)" : ""
      return Paragraph.text(
        "\(name)\(other): \(clauses.joined(separator: " "))", width: Self.width, first: "  ",
        rest: "    ")
    }
  }

  /// The findings of the first two key metrics.
  private func findings(of regime: AnsweredRegime, against reference: String) -> [Finding] {
    Array(answer.findings.filter { $0.regime == regime.id && $0.against == reference }.prefix(2))
  }

  /// Under which regimes draws do not agree on what becomes of the second key metric.
  private func unreliableText(among regimes: [AnsweredRegime]) -> String? {
    let found = regimes.flatMap {
      findings(of: $0, against: answer.regimes[0].id).dropFirst().filter { !$0.isReliable }
    }
    guard let first = found.first,
      let metric = answer.metrics.first(where: {
        $0.metric == first.metric && $0.entity == first.entity
      })
    else { return nil }
    let shares = found.map(\.difference.shareHigher)
    let ends = [shares.min() ?? 0, shares.max() ?? 0].map(Findings.percent)
    let range = ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
    let subject = metric.subject.prefix(1).uppercased() + metric.subject.dropFirst()
    let under =
      found.count == regimes.count && regimes.count > 1
      ? "any of them" : found.map(\.regime).joined(separator: ", ")
    return Paragraph.text(
      "\(subject) does not reliably change under \(under): \(metric.higher) in \(range) of draws.",
      width: Self.width, first: "  ", rest: "    ")
  }

  /// What to know, and how sure it is.
  var caveats: String {
    (answer.caveats + [answer.precision.sentence])
      .map { Paragraph.text($0, width: Self.width) }.joined(separator: "\n")
  }
}
