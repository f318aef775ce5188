import PolicyModel
import Wording

/// An answer for a terminal: sentences first, then one table, caveats, and how sure it is. Lines of
/// ``width`` characters at most, but for ids that are longer.
struct AnswerText {
  /// How long lines are.
  static let width = 100
  /// Of more comparisons than so many, those on which draws do not agree have no sentences of their own, and only
  /// the first have one; the table has a line for each.
  private static let fewComparisons = 3
  private static let mostOfMany = 3
  /// How many figures sentences have where the scenario asks for none, and where it does.
  private static let mostFigures = (unasked: 2, asked: 4)
  /// How many figures the sentence of a comparison has, where there are more sentences than that, and of how many
  /// there is a sentence where draws do not agree.
  private static let (mostClauses, mostUnsure) = (2, 2)
  /// How many claims there is a sentence for.
  private static let mostClaims = 3

  private let answer: Answer
  /// Whether everything is said that there is a sentence for.
  private let isFull: Bool
  private let told: ToldFindings

  init(_ answer: Answer, isFull: Bool = false) {
    (self.answer, self.isFull) = (answer, isFull)
    let isAsked = answer.figures.contains(where: \.isAsked)
    told = ToldFindings(
      answer: answer,
      figures: Array(
        answer.figures.prefix(isAsked ? Self.mostFigures.asked : Self.mostFigures.unasked)),
      areMany: !isFull && answer.comparisons.count > Self.fewComparisons)
  }

  /// The question.
  var question: String { Paragraph.text(answer.question, width: Self.width) }

  /// What came out, in a few sentences: what was published, what the figures come to under the reference, what of
  /// them each regime changes in draws that agree, and one sentence a figure for the rest.
  ///
  /// - Parameters:
  ///   - table: the figures that a table shows under every regime.
  ///   - tellsComparisons: whether what regimes change is told even where there are published figures to tell of.
  func sentences(besides table: [KeyMetric] = [], tellsComparisons: Bool = true) -> String? {
    let claims = answer.published.prefix(1 + Self.mostClaims).map {
      Paragraph.text($0, width: Self.width, first: "  ", rest: "    ")
    }
    guard tellsComparisons || claims.isEmpty else { return claims.joined(separator: "\n") }
    let sentences = answer.comparisons.compactMap { sentence(of: $0, besides: table) }
    let shown = told.areMany ? sentences.prefix(Self.mostOfMany) : sentences[...]
    let more = sentences.count - shown.count
    let others = more > 0 ? ["  \(NumberWords.counted(more, "more comparison")): --full."] : []
    let unsure = told.figures.compactMap(rest)
    let found = shown + others + (isFull ? unsure[...] : unsure.prefix(Self.mostUnsure))
    let levels = isFull || table.isEmpty || found.isEmpty ? levels : []
    let heading = found.isEmpty ? [] : [heading(followsLevels: !levels.isEmpty)]
    let all = claims + levels + heading + found
    return all.isEmpty ? nil : all.joined(separator: "\n")
  }

  /// What the figures come to under the reference.
  private var levels: [String] {
    let levels = answer.levels.prefix(Self.mostFigures.asked)
    guard !levels.isEmpty else { return [] }
    return [
      Paragraph.text(
        "\(answer.figureMonths.heading.map { "\($0), under" } ?? "Under") \(reference):",
        width: Self.width),
      Paragraph.text(
        levels.map(ToldFindings.sentence).joined(separator: " "), width: Self.width, first: "  ",
        rest: "  "),
    ]
  }

  private var reference: String {
    let first = answer.regimes[0]
    return first.label == first.id ? first.id : "\(first.id) (\(first.label))"
  }

  /// When, and against what.
  private func heading(followsLevels: Bool) -> String {
    guard !followsLevels else { return "Against it:" }
    return Paragraph.text(
      "\(answer.figureMonths.heading.map { "\($0), against" } ?? "Against") \(reference):",
      width: Self.width)
  }

  /// What a regime changes: where sentences are many, of the first figure, and of another one that no table shows.
  private func sentence(
    of comparison: AnsweredComparison, besides table: [KeyMetric]
  ) -> String? {
    let found = told.told(of: comparison)
    guard let first = found.first else { return nil }
    let isShort = !isFull && answer.comparisons.count > Self.mostClauses
    let others = found.dropFirst().filter { finding in
      !isShort || !table.contains { finding.isOf($0) }
    }
    let clauses = [first] + (isShort ? others.prefix(Self.mostClauses - 1) : others[...])
    let name = name(ofRegime: comparison.regime)
    let isReference = comparison.against == answer.regimes[0].id
    let other = isReference ? "" : ", against \(comparison.against)"
    let sentences = clauses.map { ToldFindings.sentence($0.clause) }.joined(separator: " ")
    return Paragraph.text(
      "\(name)\(other): \(sentences)", width: Self.width, first: "  ", rest: "    ")
  }

  private func name(ofRegime id: String) -> String {
    guard let regime = answer.regimes.first(where: { $0.id == id }) else { return id }
    return regime.label == regime.id ? regime.id : "\(regime.label) (\(regime.id))"
  }

  /// Regimes by id; those that are not compared with the reference with what they are compared with.
  private func rest(of figure: KeyMetric) -> String? {
    let sentence = told.rest(of: figure) { finding in
      finding.against == answer.regimes[0].id
        ? finding.regime : "\(finding.regime) against \(finding.against)"
    }
    return sentence.map { Paragraph.text($0, width: Self.width, first: "  ", rest: "    ") }
  }

  /// What to know, and how sure it is, in two paragraphs: of the world and what is known of it, and of this run.
  var caveats: String {
    let basis = answer.basis.map { isFull ? $0.text : $0.short }
    return [
      answer.caveats + answer.trackRecord, [basis].compactMap(\.self) + [answer.precision.sentence],
    ]
    .filter { !$0.isEmpty }
    .map { Paragraph.text($0.joined(separator: " "), width: Self.width) }.joined(separator: "\n")
  }
}
