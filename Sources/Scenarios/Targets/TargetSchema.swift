import Documents

/// The `thresholds` and `observations` sections: both are about a monthly metric of an entity.
enum TargetSchema {
  private static let id = Field.required("id", .identifier, "Its id in results.")
  private static let entity = "Whose metric, by the name in results: a lab, CN, fleet.ID, world"
  private static let several = Schema.either([.text, .list(of: .text, minimum: 2)])
  private static let severalMetrics = Schema.either([
    .identifier, .list(of: .identifier, minimum: 2),
  ])

  static let threshold: [Field] = [
    id, .required("entity", .text, "\(entity)."),
    .required("metric", .identifier, "A monthly metric, derived ones too."),
    .required("at_least", .number(.any), "The level: reached from this value on."),
  ]

  static let observation: [Field] =
    [id]
    + figure(
      month: .optional(
        "month", .month, default: .stated("needed, but for what is recorded once"), month)) + [
      .required("observed", .number(.any), "What was observed."),
      .optional("low", .number(.any), "The low end of the source's own range."),
      .optional("high", .number(.any), "The high end of the source's own range."),
      .required(
        "status", .word(of: Observation.Status.self),
        "Whether priors were fitted to it, informed by it, or never saw it."),
      .optional(
        "class", .identifier,
        default: .stated(
          "by the metric's unit: cost, lag, runs, tokens, labs for chips of labs, chips for others; "
            + "else other"), "Under which its scores are gathered."),
    ] + treatment + [source]

  /// Which figure of monthly metrics is meant.
  ///
  /// - Parameter month: the field of its month.
  static func figure(month: Field) -> [Field] {
    [
      .required("entity", several, "\(entity); a list stands for the sum, as [h100_sxm, h200]."),
      .required(
        "metric", severalMetrics,
        "A monthly metric, an estimate or a derived metric; a list stands for the sum, and is of one unit."
      ),
      .optional(
        "over_entity", several,
        "What the figure is divided by, as entity: [US, CN] makes it a share of theirs."),
      .optional(
        "over_metric", severalMetrics, default: .stated("that of `metric`, beside over_entity"),
        "The metric of what it is divided by."),
      month,
      .optional(
        "from", .month, default: .stated("the first month, for mean, maximum and first"),
        "The first of its months: what the reduction reaches back to."),
      .optional(
        "reduce", .word(of: Observation.Reduction.self),
        default: .word(Observation.Reduction.value),
        "What is made of the months: the value at month, their sum, their mean, the growth per year from "
          + "the first to the last, the maximum, or the first value that is there. A quotient is taken month "
          + "by month, but of sums."),
    ]
  }

  static let month = "The month of the figure, or the last of its months."

  /// What is known of a miss before it happens.
  static let treatment: [Field] = [
    .optional("expected", .choice(["miss"]), "A miss that is known of; `reason` says why."),
    .optional("reason", .text, "Why a miss is expected."),
  ]

  static let source = Field.optional("source", .text, "Where it is written.")

  /// The keys of an observation that may have a list.
  static let lists: Set<String> = ["entity", "metric", "over_entity", "over_metric"]
}
