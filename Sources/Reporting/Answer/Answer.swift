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
  /// The last month, `YYYY-MM`; what is said of a month is said of its end. Nil where nothing happens in time.
  package let month: String?
  /// How many simulated worlds there are, each under every regime.
  package let replicates: Int
  /// How many of them are in no figure, because some value could not be computed.
  package let replicatesFailed: Int
  /// The regimes, the reference first.
  package let regimes: [AnsweredRegime]
  /// Key metrics under every regime: what the file's `answer:` names, then compared places, each group in the order
  /// of the file's `metrics:`.
  package let metrics: [KeyMetric]
  /// What sentences, the first table and charts are about, in the order in which they are read: the figures that the
  /// file's `answer:` names; without any the compared places' metrics, in the order of the file's `metrics:`, or of
  /// ``MetricWords`` where the file lists none.
  let figures: [KeyMetric]
  /// At the ends of which months sentences are about.
  let figureMonths: FigureMonths
  /// What the figures that the file's `answer:` names come to under the reference, a sentence each.
  package let levels: [String]
  /// The comparisons that are put into sentences, in their order.
  package let comparisons: [AnsweredComparison]
  /// Whether no regime that differs is left out of them: `any regime` is all there are.
  let comparesAllRegimes: Bool
  /// What each regime changes: for every key metric of the world and of the compared side one finding against
  /// the reference, and one against the regime that its `against:` names.
  package let findings: [Finding]
  /// What is said of published figures and claims; empty without any.
  package let published: [String]
  /// What a reader must know of the figures: regimes that are equal, months beyond what is known, derived
  /// prices, runs that not all replicates finish.
  package let caveats: [String]
  /// How right this world was where that could be checked, a sentence each; empty for worlds of one's own.
  package let trackRecord: [String]
  /// On which assumptions the first figure rests most; nil where that is not known.
  package let basis: Basis?
  /// How sure the figures are, of themselves.
  package let precision: Precision

  enum CodingKeys: String, CodingKey {
    case scenario, title, question, month, replicates
    case replicatesFailed = "replicates_failed"
    case regimes, metrics, levels, comparisons, findings, published, caveats, basis, precision
    case trackRecord = "track_record"
  }
}

/// Two regimes that are compared in a sentence.
package struct AnsweredComparison: Encodable, Hashable, Sendable {
  /// The id of the regime.
  package let regime: String
  /// The id of what it is compared with.
  package let against: String
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
    let figures = leadingFigures(among: metrics)
    let months = FigureMonths(figures)
    return Answer(
      scenario: scenario.name, title: scenario.about.title, question: scenario.about.question,
      month: scenario.isTimeless ? nil : scenario.run.end.description,
      replicates: statistics.replicatesPlanned,
      replicatesFailed: failedReplicates, regimes: regimes, metrics: metrics,
      figures: figures, figureMonths: months,
      levels: metrics.filter(\.isAsked).map { months.time(of: $0) + level(of: $0) },
      comparisons: answeredComparisons(regimes), comparesAllRegimes: comparesAllRegimes,
      findings: Findings(regimes, metrics, months: months).all,
      published: publishedInWords,
      caveats: sameRegimes + derivedRents + delayed + censored + failed + beyondKnowledge
        + [quantiles].compactMap(\.self), trackRecord: trackRecord(of: metrics),
      basis: basis(), precision: precision(of: figures.isEmpty ? metrics : figures))
  }

  private var answeredRegimes: [AnsweredRegime] {
    let titles = model.blueprint.regimes.map { $0.title ?? $0.id }
    let labels = titles.map(Self.label)
    return model.blueprint.regimes.enumerated().map { place, regime in
      // What two titles begin with tells neither.
      let isAmbiguous = labels.count { $0 == labels[place] } > 1
      return AnsweredRegime(
        id: regime.id, title: titles[place], label: isAmbiguous ? titles[place] : labels[place],
        against: statistics.others[place].map { statistics.regimes[$0] },
        equalsReference: statistics.isSameAsReference(place))
    }
  }

  /// Whether no regime that differs from the reference is left out of what the file asks to compare.
  var comparesAllRegimes: Bool {
    guard let asked = scenario.focus?.comparisons else { return true }
    let compared = Set(asked.flatMap { [$0.regime, $0.against] })
    return statistics.regimes.indices.allSatisfy {
      compared.contains($0) || statistics.isSameAsReference($0)
    }
  }

  /// What the file asks to compare; without that every regime with the reference, and with its `against`.
  private func answeredComparisons(_ regimes: [AnsweredRegime]) -> [AnsweredComparison] {
    if let asked = scenario.focus?.comparisons {
      return asked.map {
        AnsweredComparison(regime: regimes[$0.regime].id, against: regimes[$0.against].id)
      }
    }
    return regimes.dropFirst().filter { !$0.equalsReference }.flatMap { regime in
      ([regimes[0].id] + [regime.against].compactMap(\.self)).map {
        AnsweredComparison(regime: regime.id, against: $0)
      }
    }
  }

  /// What a metric comes to under the reference, without saying under which regime: `China's lag is 11 months on
  /// average (4 to 19)`.
  private func level(of metric: KeyMetric) -> String {
    guard let value = metric.values[0].value else {
      return "\(metric.subject) \(metric.words.isPlural ? "have" : "has") no value in any draw"
    }
    let figures = FigureWords(metric).level(value, by: metric.words.typical)
    return "\(metric.subject) \(metric.verb) \(figures.typical)"
      + (metric.words.typical == .mean ? " on average" : "")
      + (value.p05 == value.p95 ? "" : " (\(figures.low) to \(figures.high))")
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
