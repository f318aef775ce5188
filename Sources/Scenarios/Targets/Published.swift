public import PolicyModel
public import Quantities

/// What a source has published, to be computed again: the `published` section of a file.
public struct Published: Hashable, Sendable {
  /// Who published it, where and when.
  public let citation: String
  /// Where it can be read.
  public let url: String?
  /// Where the source contradicts itself, each in a sentence.
  public let contradictions: [String]
  /// Numbers that a run gives.
  public let figures: [PublishedFigure]
  /// Figures of chips.
  public let chips: [PublishedChip]
  /// What rules say of chips on some days.
  public let decisions: [PublishedDecisions]
}

/// What is known of a published number before it is computed again.
public struct PublishedTreatment: Hashable, Sendable {
  /// Why a miss is expected; nil where none is.
  public let expectedMiss: String?
  /// How the source contradicts itself here; nil where it does not. A miss is explained by it.
  public let contradiction: String?
  /// What a reader should know of it.
  public let note: String?
  /// Whether it is judged; what is not is shown beside ours.
  public let isJudged: Bool
  /// Where it is written.
  public let source: String?

  /// What a number is that nothing is known of but its source.
  public static func plain(source: String?) -> PublishedTreatment {
    PublishedTreatment(
      expectedMiss: nil, contradiction: nil, note: nil, isJudged: true, source: source)
  }
}

/// A number that a source has published, and that a run gives.
public struct PublishedFigure: Hashable, Sendable {
  /// Its id in results.
  public let id: String
  /// What it is, in words; nil where its metric says enough.
  public let text: String?
  /// Where it stands in what a run records.
  public let place: Place
  /// Under which regime.
  public let regime: Int
  /// The regime that it is divided by, replicate by replicate; nil where it is not.
  public let overRegime: Int?
  /// What is made of the draws.
  public let statistic: Statistic
  /// What was published.
  public let expectation: Expectation
  /// What is known of it.
  public let treatment: PublishedTreatment

  /// States a figure.
  package init(
    id: String, text: String?, place: Place, regime: Int, overRegime: Int?, statistic: Statistic,
    expectation: Expectation, treatment: PublishedTreatment
  ) {
    (self.id, self.text, self.place) = (id, text, place)
    (self.regime, self.overRegime) = (regime, overRegime)
    (self.statistic, self.expectation, self.treatment) = (statistic, expectation, treatment)
  }

  /// Where a figure stands in what a run records.
  public enum Place: Hashable, Sendable {
    /// What is recorded once.
    case once(entity: String, metric: String)
    /// What is recorded monthly.
    case monthly(MonthlyFigure)

    /// The metrics that it is made of.
    package var metrics: [String] {
      switch self {
      case .once(_, let metric): [metric]
      case .monthly(let figure): figure.metrics
      }
    }
  }

  /// What is made of the draws of a figure.
  public enum Statistic: Hashable, Sendable {
    /// None: the value at published point values.
    case value
    /// The mean of the draws.
    case mean
    /// The quantile at this probability.
    case quantile(Double)
    /// The share of draws above this.
    case shareAbove(Double)
    /// The share of draws below this.
    case shareBelow(Double)

    /// Whether there is none without draws.
    package var needsDraws: Bool { self != .value }
  }
}

/// Figures of a chip that a source has published.
public struct PublishedChip: Hashable, Sendable {
  /// The chip, by id.
  public let chip: String
  /// What was published.
  public let figures: [Figure]
  /// What is known of it.
  public let treatment: PublishedTreatment

  /// One of them.
  public struct Figure: Hashable, Sendable {
    /// Which.
    public let attribute: ChipAttribute
    /// What was published.
    public let expectation: Expectation
  }
}

/// What a source says that rules say of chips on a day, or on each of several.
public struct PublishedDecisions: Hashable, Sendable {
  /// Its id in results.
  public let id: String
  /// The regime whose rules are asked.
  public let regime: Int
  /// One government's rules only; nil for the strictest of all.
  public let government: String?
  /// Where the chips go.
  public let destination: String
  /// Where the buyer has its headquarters.
  public let headquarters: String
  /// The days, rising.
  public let days: [Day]
  /// What was published, chip by chip.
  public let verdicts: [Item]
  /// What is known of it.
  public let treatment: PublishedTreatment

  /// What was published of one chip.
  public struct Item: Hashable, Sendable {
    /// The chip, by id.
    public let chip: String
    /// What it says.
    public let verdict: Verdict
  }

  /// What sources say of a chip.
  public enum Verdict: String, CaseIterable, Sendable {
    /// No license is needed.
    case free
    /// The seller gives notice, and may sell.
    case notify
    /// A license is needed, however it is judged.
    case controlled
    /// A license is needed, and not presumed to be refused.
    case license
    /// A license is needed, and judged case by case.
    case caseByCase = "case-by-case"
    /// A license is needed, and was granted.
    case granted
    /// A license is needed, and refused or presumed to be.
    case denial

    /// Whether a policy is what is meant.
    package func isMet(by policy: ReviewPolicy) -> Bool {
      switch self {
      case .free: policy == .free
      case .notify: policy == .notify
      case .controlled: policy >= .granted
      case .license: policy == .granted || policy == .license
      case .caseByCase: policy == .license
      case .granted: policy == .granted
      case .denial: policy >= .presumptionOfDenial
      }
    }
  }
}
