import Analysis
package import Studies
import PolicyModel
import Quantities
import Scenarios
import Wording

/// What a run comes to, as values: the one thing that the end of a run on a terminal, `run --json`,
/// `summary.csv` and pages are made from. It holds figures, and sentences without line breaks; how they are
/// laid out is not its business.
///
/// Differences are paired, replicate by replicate. Nothing in it depends on threads or shards.
package struct Answer: Encodable, Sendable {
  /// The scenario's name.
  package let scenario: String
  /// Its title.
  package let title: String
  /// The question that it answers.
  package let question: String
  /// The last month, `YYYY-MM`; what is said of a month is said of its end.
  package let month: String
  /// How many simulated worlds there are, each under every regime.
  package let replicates: Int
  /// How many of them are in no figure, because some value could not be computed.
  package let replicatesFailed: Int
  /// The regimes, the reference first.
  package let regimes: [AnsweredRegime]
  /// Key metrics under every regime: compared places first, each group in the order of the file's `metrics:`.
  package let metrics: [KeyMetric]
  /// What each regime changes: for every key metric of the world and of the compared side one finding against
  /// the reference, and one against the regime that its `against:` names.
  package let findings: [Finding]
  /// What is said of published figures and claims; empty without any.
  package let published: [String]
  /// What a reader must know of the figures: regimes that are equal, months beyond what is known, derived
  /// prices, runs that not all replicates finish.
  package let caveats: [String]
  /// How sure the figures are, of themselves.
  package let precision: Precision

  enum CodingKeys: String, CodingKey {
    case scenario, title, question, month, replicates
    case replicatesFailed = "replicates_failed"
    case regimes, metrics, findings, published, caveats, precision
  }
}

/// A regime as an answer names it.
package struct AnsweredRegime: Encodable, Sendable {
  /// Its id.
  package let id: String
  /// Its title; its id where it has none.
  package let title: String
  /// The title up to its first comma, colon or semicolon, for a line that is short.
  package let label: String
  /// The id of the regime that it is held to besides the reference; nil for none.
  package let against: String?
  /// Whether it gives what the reference gives in every recorded value.
  package let equalsReference: Bool

  enum CodingKeys: String, CodingKey {
    case id, title, label, against
    case equalsReference = "equals_reference"
  }
}

extension RunResult {
  /// What it comes to.
  package var answer: Answer {
    let regimes = answeredRegimes
    let metrics = keyMetrics
    return Answer(
      scenario: scenario.name, title: scenario.about.title, question: scenario.about.question,
      month: scenario.run.end.description, replicates: statistics.replicatesPlanned,
      replicatesFailed: failedReplicates, regimes: regimes, metrics: metrics,
      findings: Findings(regimes, metrics).all, published: publishedInWords,
      caveats: sameRegimes + derivedRents + delayed + censored + failed + beyondKnowledge
        + [quantiles].compactMap(\.self),
      precision: precision(of: metrics))
  }

  private var answeredRegimes: [AnsweredRegime] {
    model.blueprint.regimes.enumerated().map { place, regime in
      let title = regime.title ?? regime.id
      return AnsweredRegime(
        id: regime.id, title: title, label: Self.label(of: title),
        against: statistics.others[place].map { statistics.regimes[$0] },
        equalsReference: statistics.isSameAsReference(place))
    }
  }

  /// A title up to where its first clause ends, unless that is nearly all of it or hardly anything.
  private static func label(of title: String) -> String {
    guard title.count > 30, let end = title.firstIndex(where: { ",:;(".contains($0) }) else {
      return title
    }
    var label = String(title[..<end])
    while label.hasSuffix(" ") { label.removeLast() }
    // "As current law" would be said of many.
    return label.count < 20 ? title : label
  }

  private var failed: [String] {
    failedReplicates == 0
      ? []
      : [
        "\(NumberWords.counted(failedReplicates, "failed replicate")) "
          + "\(failedReplicates == 1 ? "is" : "are") left out of all figures."
      ]
  }

  private var quantiles: String? {
    statistics.quantileRule.words.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
  }
}
