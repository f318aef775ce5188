import Documents

/// What results are held to: headline figures, claims, thresholds and observations.
enum OutcomeSchema {
  private static let comparison: [Field] = [
    .optional("at_least", .number(.any), "The figure is at least this."),
    .optional("at_most", .number(.any), "The figure is at most this."),
    .optional("tolerance", .number(.atLeast(0)), "Relative; 0 if not given."),
    .optional("source", .text, "Who says so."),
  ]

  static let headline = Schema.mapping([
    .optional("regime", .identifier, "The regime; the reference if not given."),
    .required(
      "figures",
      .records(
        of: [
          .required("id", .identifier, "Its id in results."),
          .required("entity", .text, "Whose figure: a run, a run's stage (run.stage), a lab."),
          .required("metric", .identifier, "A metric that is recorded once."),
          .optional("published", .number(.any), "What was published."),
        ] + comparison, minimum: 1), "The figures."),
  ])

  static let claim: [Field] =
    [
      .required("id", .identifier, "Its id in results."),
      .required("says", .text, "The statement, in your words."),
      .required("entity", .text, "The run or lab whose cost it is about."),
      .optional("usd", .number(.above(0), unit: "USD"), "A cost of about so much."),
      .optional(
        "times_cheaper", .number(.above(0)), "So many times cheaper than `than_usd`."),
      .optional("than_usd", .number(.above(0), unit: "USD"), "What it is compared with."),
    ] + comparison

  private static let entity = Field.required(
    "entity", .text, "Whose metric, by the name in results: a lab, CN, fleet.ID, world.")

  static let threshold: [Field] = [
    .required("id", .identifier, "Its id in results."), entity,
    .required("metric", .identifier, "A monthly metric."),
    .required("at_least", .number(.any), "The level: reached from this value on."),
  ]

  static let observation: [Field] = [
    .required("id", .identifier, "Its id in results."), entity,
    .required("metric", .identifier, "A monthly metric."),
    .required("month", .month, "The month of the observation, or the last of its months."),
    .optional("from", .month, "The first of its months; what the reduction reaches back to."),
    .optional(
      "reduce", .choice(Observation.Reduction.allCases.map(\.rawValue)),
      "What is made of the months: value (at month), sum, growth_per_year, maximum, first; value."),
    .required("observed", .number(.any), "What was observed."),
    .optional("low", .number(.any), "The low end of the source's own range."),
    .optional("high", .number(.any), "The high end of the source's own range."),
    .required(
      "status", .choice(Observation.Status.allCases.map(\.rawValue)),
      "Whether priors were fitted to it, informed by it, or never saw it."),
    .optional("expected", .choice(["miss"]), "A miss that is known of; `reason` says why."),
    .optional("reason", .text, "Why a miss is expected."),
    .optional("source", .text, "Where it is written."),
  ]
}
