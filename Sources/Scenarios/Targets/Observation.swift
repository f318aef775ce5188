import Documents
public import Quantities

/// Something that was observed, to be held to what a regime gives: a target of a backcast.
public struct Observation: Hashable, Sendable {
  /// Its id in results.
  public let id: String
  /// What was observed, or what is divided.
  public let figure: Figure
  /// What it is divided by; nil where nothing is.
  public let divisor: Figure?
  /// What kind of figure it is, under which scores are gathered.
  public let scoreClass: String
  /// The month of the observation, or the last of its months.
  public let month: Month
  /// The first of its months; nil where only one counts.
  public let from: Month?
  /// What is made of the months.
  public let reduction: Reduction
  /// What was observed, in the metric's unit (or that of the reduction).
  public let observed: Double
  /// The low end of the source's own range, where it gives one.
  public let low: Double?
  /// The high end of the source's own range, where it gives one.
  public let high: Double?
  /// What the priors know of it.
  public let status: Status
  /// Why a miss is expected; nil where none is.
  public let expectedMiss: String?
  /// Where it is written.
  public let source: String?

  /// Monthly metrics of some entities, summed.
  public struct Figure: Hashable, Sendable {
    /// Whose, by the names in results.
    public let entities: [String]
    /// By name; all of one unit.
    public let metrics: [String]

    /// The sum of the metrics over the entities.
    public init(entities: [String], metrics: [String]) {
      (self.entities, self.metrics) = (entities, metrics)
    }
  }

  /// What is made of the months of an observation.
  public enum Reduction: String, CaseIterable, Sendable {
    /// The value at ``Observation/month``.
    case value
    /// The sum from ``Observation/from`` to ``Observation/month``, both included.
    case sum
    /// The mean of the values that are there, from `from` (or the first month) to `month`.
    case mean
    /// The ratio of the values at `month` and `from`, as a factor per year.
    case growthPerYear = "growth_per_year"
    /// The largest value from `from` (or the first month) to `month`.
    case maximum
    /// The first value that is there from `from` (or the first month) to `month`.
    case first
  }

  /// What the priors know of an observation.
  public enum Status: String, CaseIterable, Sendable {
    /// Priors were chosen so that it comes out.
    case fitted
    /// Priors come from the same source or a related one.
    case informedPrior = "informed_prior"
    /// Nothing was fitted to it.
    case heldOut = "held_out"
  }
}

/// A figure of monthly metrics: whose, of which months, and what is made of them.
public struct MonthlyFigure: Hashable, Sendable {
  /// What is summed, or divided.
  public let figure: Observation.Figure
  /// What it is divided by; nil where nothing is.
  public let divisor: Observation.Figure?
  /// The month, or the last of the months.
  public let month: Month
  /// The first of the months; nil where only one counts.
  public let from: Month?
  /// What is made of the months.
  public let reduction: Observation.Reduction

  /// Every metric that it is made of.
  package var metrics: [String] { figure.metrics + (divisor?.metrics ?? []) }
}

extension Observation {
  /// What was observed, apart from how much it was.
  package var monthly: MonthlyFigure {
    MonthlyFigure(
      figure: figure, divisor: divisor, month: month, from: from, reduction: reduction)
  }
}
