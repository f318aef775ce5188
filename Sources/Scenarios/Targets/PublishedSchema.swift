import Documents
import PolicyModel
import Quantities

/// The `published` section.
enum PublishedSchema {
  static let section = Schema.mapping([
    .required("citation", .text, "Who published it, where and when."),
    .optional("url", .text, "Where it can be read."),
    .optional(
      "contradictions", .list(of: .text),
      "Where the source contradicts itself beyond single figures, each in a sentence."),
    .optional("figures", .records(of: figure), "Numbers that a run gives."),
    .optional("chips", .records(of: chip), "Figures of chips."),
    .optional("decisions", .records(of: decisions), "What rules say of chips on some days."),
  ])

  private static let id = Field.required("id", .identifier, "Its id in results.")

  private static let regime = Field.optional(
    "regime", .identifier, default: .stated("the reference regime"), "Under which regime.")

  private static let treatment =
    TargetSchema.treatment + [
      .optional(
        "contradiction", .text,
        "How the source contradicts itself here: a miss is explained by it."),
      .optional(
        "judged", .flag, default: .flag(true),
        "false for what is shown beside ours, and neither met nor missed."),
      .optional("note", .text, "What a reader should know of it."),
    ]

  private static let figure: [Field] =
    [id, .optional("says", .text, "What it is, in your words.")]
    + TargetSchema.figure(
      month: .optional(
        "month", .month, "\(TargetSchema.month) Left out for a metric that is recorded once."))
    + [
      regime,
      .optional(
        "over_regime", .identifier,
        "The regime that the figure is divided by, replicate by replicate."),
      .optional(
        "statistic", .choice(PublishedFigure.Statistic.words.map(\.word)),
        default: .stated("value, without `share_above` and `share_below`"),
        "The value at published point values, or what is made of the draws."),
      .optional("share_above", .number(.any), "The share of draws above this is meant."),
      .optional("share_below", .number(.any), "The share of draws below this is meant."),
      .optional("published", .number(.any), "What was published."),
    ] + ExpectationSchema.comparison(beside: ["published"]) + treatment

  private static let chip: [Field] =
    [.required("id", .identifier, "The chip.")]
    + ChipAttribute.allCases.map {
      .optional($0.rawValue, .number(.above(0, atMost: 1e12)), "What was published.")
    } + ExpectationSchema.nearness(beside: ChipAttribute.allCases.map(\.rawValue))
    + treatment + [TargetSchema.source]

  private static let decisions: [Field] =
    [
      id, regime,
      .optional(
        "government", .text, default: .stated("all, of which the strictest decides"),
        "The government whose rules are asked."),
      .optional("to", .text, default: .text("CN"), "Where the chips go."),
      .optional(
        "headquarters", .text, default: .stated("as to"),
        "Where the buyer has its headquarters."),
      .required("date", .date, "The day."),
      .optional("until", .date, "The last of its days, each of which is asked."),
      .required(
        "published", .dictionary(of: .word(of: PublishedDecisions.Verdict.self)),
        "By chip: free; notify; a license of any kind (controlled), or one that is not presumed to be refused "
          + "(license), judged case by case (case-by-case), granted, or refused or presumed to be (denial)."
      ),
    ] + treatment + [TargetSchema.source]
}

extension PublishedFigure.Statistic {
  /// By the word in files: what needs nothing besides.
  static let words: [(word: String, statistic: Self)] = [
    ("value", .value), ("mean", .mean), ("p05", .quantile(0.05)), ("p25", .quantile(0.25)),
    ("median", .quantile(0.5)), ("p75", .quantile(0.75)), ("p95", .quantile(0.95)),
  ]

  /// In words.
  package var inWords: String {
    switch self {
    case .shareAbove: "share above"
    case .shareBelow: "share below"
    default: Self.words.first { $0.statistic == self }?.word ?? ""
    }
  }
}
