import Documents

/// Figures at published point values, held to what was published.
public struct Headline: Hashable, Sendable {
  /// The regime's place.
  public let regime: Int
  /// The figures.
  public let figures: [Figure]

  /// One figure.
  public struct Figure: Hashable, Sendable {
    /// Its id in results.
    public let id: String
    /// A run, a stage or a lab.
    public let entity: String
    /// A metric that is recorded once.
    public let metric: String
    /// What it is held to; nil when it is only shown.
    public let expectation: Expectation?
    /// Who published that.
    public let source: String?
  }
}

/// A statement about cost, to be held to every view.
public struct Claim: Hashable, Sendable {
  /// Its id in results.
  public let id: String
  /// The statement.
  public let text: String
  /// The run or lab whose cost it is about.
  public let entity: String
  /// What the cost has to be for the statement to hold.
  public let expectation: Expectation
  /// Who said so.
  public let source: String?
}

/// The `headline` and `claims` sections.
enum HeadlineSchema {
  static let headline = Schema.mapping([
    .optional(
      "regime", .identifier, default: .stated("the reference regime"), "The regime."),
    .required(
      "figures",
      .records(
        of: [
          .required("id", .identifier, "Its id in results."),
          .required("entity", .text, "Whose figure: a run, a run's stage (run.stage), a lab."),
          .required("metric", .identifier, "A metric that is recorded once."),
          .optional("published", .number(.any), "What was published."),
        ] + ExpectationSchema.comparison(beside: ["published"]), minimum: 1), "The figures."),
  ])

  static let claim: [Field] =
    [
      .required("id", .identifier, "Its id in results."),
      .required("says", .text, "The statement, in your words."),
      .required("entity", .text, "The run or lab whose cost it is about."),
      .optional("usd", dollars, "A cost of about so much."),
      .optional(
        "times_cheaper", .number(.above(0, atMost: 1e12)), "So many times cheaper than `than_usd`."),
      .optional("than_usd", dollars, "What it is compared with."),
    ] + ExpectationSchema.comparison(beside: ["usd", "times_cheaper"])

  private static let dollars = Schema.number(.above(0, atMost: 1e15), unit: "USD")
}
