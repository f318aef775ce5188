import Documents
public import Quantities

/// Something that was observed, to be held to what a regime gives: a target of a backcast.
public struct Observation: Hashable, Sendable {
  /// Its id in results.
  public let id: String
  /// Whose metric, by the names in results: its sum where there are several.
  public let entities: [String]
  /// A monthly metric, by name.
  public let metric: String
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

  /// What is made of the months of an observation.
  public enum Reduction: String, CaseIterable, Sendable {
    /// The value at ``Observation/month``.
    case value
    /// The sum from ``Observation/from`` to ``Observation/month``, both included.
    case sum
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

/// The `thresholds` and `observations` sections: both are about a monthly metric of an entity.
enum TargetSchema {
  private static let id = Field.required("id", .identifier, "Its id in results.")
  private static let metric = Field.required("metric", .identifier, "A monthly metric.")
  private static let entity = "Whose metric, by the name in results: a lab, CN, fleet.ID, world"

  static let threshold: [Field] = [
    id, .required("entity", .text, "\(entity)."), metric,
    .required("at_least", .number(.any), "The level: reached from this value on."),
  ]

  static let observation: [Field] = [
    id,
    .required(
      "entity", .either([.text, .list(of: .text, minimum: 2)]),
      "\(entity); a list stands for the sum, as [h100_sxm, h200]."),
    metric,
    .required("month", .month, "The month of the observation, or the last of its months."),
    .optional(
      "from", .month, default: .stated("the first month, for maximum and first"),
      "The first of its months: what the reduction reaches back to."),
    .optional(
      "reduce", .word(of: Observation.Reduction.self),
      default: .word(Observation.Reduction.value),
      "What is made of the months: the value at month, their sum, the growth per year from the "
        + "first to the last, the maximum, or the first value that is there."),
    .required("observed", .number(.any), "What was observed."),
    .optional("low", .number(.any), "The low end of the source's own range."),
    .optional("high", .number(.any), "The high end of the source's own range."),
    .required(
      "status", .word(of: Observation.Status.self),
      "Whether priors were fitted to it, informed by it, or never saw it."),
    .optional("expected", .choice(["miss"]), "A miss that is known of; `reason` says why."),
    .optional("reason", .text, "Why a miss is expected."),
    .optional("source", .text, "Where it is written."),
  ]
}
