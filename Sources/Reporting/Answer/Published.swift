import Analysis
import PolicyModel
import Scenarios
import Studies
import Wording

/// What an answer says of published figures and public claims.
extension RunResult {
  /// Whether published figures are met, and under which cost definitions each claim holds.
  var publishedInWords: [String] { [figuresInWords].compactMap(\.self) + claimsInWords }

  private var figuresInWords: String? {
    let judged = headlineFigures.filter { $0.holds != nil }
    guard let regime = judged.first?.regime else { return nil }
    let missed = judged.filter { $0.holds == false }.map(\.figure.id)
    let verdict =
      missed.isEmpty
      ? judged.count == 1
        ? "The published figure is met" : "All \(judged.count) published figures are met"
      : "\(judged.count - missed.count) of \(judged.count) published figures are met, not "
        + missed.joined(separator: ", ")
    return "\(verdict) at published point values (regime \(regime))."
  }

  private var claimsInWords: [String] {
    judgedClaims.map { judged in
      let views = judged.verdicts.filter(\.verdict.holds)
      let costs = views.map { view, verdict in
        "\(view.id) (\(NumberWords.dollars(verdict.pointValue)))"
      }
      let list =
        costs.count < 2
        ? costs.joined()
        : costs.dropLast().joined(separator: ", ") + " and " + costs[costs.count - 1]
      let verdict =
        judged.verdicts.isEmpty
        ? "has no cost to compare with"
        : costs.isEmpty ? "holds under no cost definition" : "holds under \(list) only"
      return "\"\(judged.claim.text)\" \(verdict)."
    }
  }
}
