import PolicyModel
import Wording

/// An answer for a terminal: sentences first, then one table, caveats, and how sure it is. Lines of
/// ``width`` characters at most, but for ids that are longer.
struct AnswerText {
  /// How long lines are where nobody says.
  static let usualWidth = 100
  /// Of more comparisons than so many there is a sentence for each figure in place of one for each comparison.
  private static let fewComparisons = 2
  /// How many figures sentences have where the scenario asks for none, and where it does.
  private static let mostFigures = (unasked: 2, asked: 4)
  /// Of how many figures there is a sentence where draws do not agree.
  private static let mostUnsure = 2
  /// How many claims there is a sentence for.
  private static let mostClaims = 3

  private let answer: Answer
  /// How long lines are.
  private let width: Int
  /// Whether everything is said that there is a sentence for.
  private let isFull: Bool
  private let told: ToldFindings

  init(_ answer: Answer, width: Int = usualWidth, isFull: Bool = false) {
    (self.answer, self.width, self.isFull) = (answer, width, isFull)
    let isAsked = answer.figures.contains(where: \.isAsked)
    told = ToldFindings(
      answer: answer,
      figures: Array(
        answer.figures.prefix(isAsked ? Self.mostFigures.asked : Self.mostFigures.unasked)),
      more: (after: 4, words: "in --full"))
  }

  /// The question.
  var question: String { Paragraph.text(answer.question, width: width) }

  /// What came out, in a few sentences: what was published, what the figures come to under the reference, what of
  /// them each regime changes in draws that agree, and one sentence a figure for the rest.
  ///
  /// - Parameters:
  ///   - table: the figures that a table shows under every regime.
  ///   - tellsComparisons: whether what regimes change is told even where there are published figures to tell of.
  func sentences(besides table: [KeyMetric] = [], tellsComparisons: Bool = true) -> String? {
    let claims = answer.published.prefix(1 + Self.mostClaims).map {
      Paragraph.text($0, width: width, first: "  ", rest: "    ")
    }
    guard tellsComparisons || claims.isEmpty else { return claims.joined(separator: "\n") }
    let found = Findings.definingReliably(findings(besides: table), areByFigure: areByFigure)
      .map { Paragraph.text($0, width: width, first: "  ", rest: "    ") }
    let levels = isFull || table.isEmpty || found.isEmpty ? levels : []
    let heading = found.isEmpty ? [] : [heading(followsLevels: !levels.isEmpty)]
    let all = claims + levels + heading + found
    return all.isEmpty ? nil : all.joined(separator: "\n")
  }

  private var areByFigure: Bool { !isFull && answer.comparisons.count > Self.fewComparisons }

  /// What regimes change: by comparison, and by figure what is left to tell; of many comparisons by figure alone.
  private func findings(besides table: [KeyMetric]) -> [String] {
    guard !areByFigure else {
      return told.figures.compactMap { figure in
        let isShown = table.contains { $0.cell == figure.cell }
        return told.whole(of: figure, besidesShares: isShown, named: \.self)
      }
    }
    let unsure = told.figures.compactMap { told.rest(of: $0, named: \.self) }
    return answer.comparisons.compactMap(sentence)
      + (isFull ? unsure[...] : unsure.prefix(Self.mostUnsure))
  }

  /// What the figures come to under the reference.
  private var levels: [String] {
    let levels = answer.levels.prefix(Self.mostFigures.asked)
    guard !levels.isEmpty else { return [] }
    return [
      Paragraph.text(
        "\(answer.figureMonths.heading.map { "\($0), under" } ?? "Under") \(reference):",
        width: width),
      Paragraph.text(
        levels.map(ToldFindings.sentence).joined(separator: " "), width: width, first: "  ",
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
      width: width)
  }

  /// What a regime changes.
  private func sentence(of comparison: AnsweredComparison) -> String? {
    let found = told.told(of: comparison)
    guard !found.isEmpty else { return nil }
    let isReference = comparison.against == answer.regimes[0].id
    let other = isReference ? "" : ", against \(comparison.against)"
    let sentences = found.map { ToldFindings.sentence($0.clause) }.joined(separator: " ")
    return "\(name(ofRegime: comparison.regime))\(other): \(sentences)"
  }

  private func name(ofRegime id: String) -> String {
    guard let regime = answer.regimes.first(where: { $0.id == id }) else { return id }
    return regime.label == regime.id ? regime.id : "\(regime.label) (\(regime.id))"
  }

  /// What to know, and how sure it is, in two paragraphs: of the world and what is known of it, and of this run.
  ///
  /// - Parameter run: how it was simulated, where that is not told already.
  func caveats(run: String? = nil) -> String {
    let known = isFull ? answer.trackRecord : answer.trackRecord.suffix(Self.mostRecords)
    let basis = answer.basis.map { isFull ? $0.text : $0.short }
    let precision = isFull ? answer.precision.sentence : answer.precision.short
    return [
      answer.caveats + known, [basis, run].compactMap(\.self) + [precision],
    ]
    .filter { !$0.isEmpty }
    .map { Paragraph.text($0.joined(separator: " "), width: width) }.joined(separator: "\n")
  }

  /// How many sentences there are of how right the world was: of the last figure that was observed, and of all.
  private static let mostRecords = 2
}
