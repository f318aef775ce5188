public import Documents
import PolicyModel
import Stochastics

/// The scenario language: what a file may hold, for the checker and for `schema` alike.
public enum ScenarioSchema {
  /// The whole file, as people write it.
  public static let file = Schema.mapping(
    fields(world: .either([.mapping(WorldSchema.fields), .mapping(WorldSchema.changes)])))

  /// The whole file, once its bases and a built-in world that it uses have been laid under it.
  static let expanded = Schema.mapping(fields(world: .mapping(WorldSchema.expanded)))

  /// A file that changes its base: nothing but that has to be there.
  private static let change = Schema.mapping(
    fields(world: .mapping(WorldSchema.expanded)).map { field in
      field.key == base ? .required(base, field.schema, field.doc) : field.partial
    })

  /// The keys that lead to what is computed: neither the base, which is read before anything is set
  /// in a file, nor the sweep.
  static let sections = fields(world: .anything).map(\.key).filter { ![base, sweep].contains($0) }

  /// The key of the file that this one changes.
  static let base = "base"

  /// The key of the points at which the file is computed.
  static let sweep = "sweep"

  private static func fields(world: Schema) -> [Field] {
    [
      .optional(
        base, .text, "A scenario file to start from, relative to this one; what is here changes it."
      ),
      .required("about", about, "What the scenario is for."),
      .required("run", run, "How much is computed."),
      .required("world", world, "Labs, their runs, and who makes, sells and buys chips."),
      .optional("mechanisms", ParameterSchemas.mechanisms, "Mechanisms: on, off, or parameters."),
      .optional(
        "uncertainties", .dictionary(of: .anything, keys: .path),
        "Parameters by path, as constants or distributions; drawn once for each replicate."),
      .optional("correlations", .list(of: correlation), "How uncertainties hang together."),
      .required(
        "regimes", .records(of: regime, minimum: 1),
        "The policy arms; the first is the reference regime."),
      .optional(
        "metrics",
        .worded(
          .either([.choice([allMetrics]), .list(of: .identifier, minimum: 1)]),
          "a list of metrics, or all"),
        "Monthly metrics to record; in a world with owners the headline ones if not given."),
      .optional(
        "thresholds", .records(of: OutcomeSchema.threshold),
        "Levels of metrics, whose first month is an event of a run."),
      .optional(
        "headline", OutcomeSchema.headline,
        "Figures at published point values, beside published ones."),
      .optional(
        "claims", .records(of: OutcomeSchema.claim),
        "Statements about cost, to be held to every view."),
      .optional(
        "observations", .records(of: OutcomeSchema.observation),
        "What was observed, to be held to what the regimes give."),
      .optional(sweep, SweepSchema.sweep, "Points at which the whole is computed."),
    ]
  }

  /// The word for every monthly metric.
  static let allMetrics = "all"

  private static let about = Schema.mapping([
    .optional("name", .identifier, "Its name in results; the file's name if not given."),
    .required("title", .text, "One line."),
    .required("question", .text, "The question that the scenario answers."),
    .optional("authors", .list(of: .text), "Who wrote it."),
    .optional("notes", .text, "What a reader should know."),
  ])

  private static let run = Schema.mapping([
    .required("start", .month, "The first month."),
    .required("end", .month, "The last month."),
    .optional(
      "replicates", .integer(1...1_000_000_000), "Runs of each regime; 1000 if not given."),
    .optional("seed", .integer(0...Int.max), "Seed of all random numbers; 1 if not given."),
    .optional(
      "design", .choice(Design.Kind.allCases.map(\.rawValue)),
      "How uncertainties are spread over replicates; mc if not given."),
    .optional(
      "exact_values", .integer(0...1_000_000_000_000),
      "The most recorded values (replicates x cells) from which exact quantiles are made, each 8 bytes "
        + "of memory; beyond it they come from counts in bins. 33554432 if not given."),
  ])

  /// Keys of a run that a stage may set for itself.
  private static let chipChoice: [Field] = [
    .optional("documented_on", .identifier, "The chip of the published account."),
    .optional(
      "choose_from", .list(of: .identifier, minimum: 1),
      "Chips, best first: the first that is on sale and not barred is used."),
    .optional("chips", .number(.above(0), unit: "chips"), "How many, under every regime."),
    .optional(
      "already_owned", .flag, "Bought before any rule of the scenario: rules do not touch them."),
  ]

  /// Those keys by name.
  static let keysOfChipChoice = Set(chipChoice.map(\.key))

  /// The keys of a scripted run.
  static let scriptedRun: [Field] =
    [
      .required("id", .identifier, "Its id in results."),
      .required("lab", .identifier, "Whose run it is."),
      .required("start", .date, "The day before which it does not start."),
      .optional("after", .identifier, "A run that must be finished first."),
      .optional("uses_cluster_of", .identifier, "A run that has paid for the cluster."),
      .optional(
        "parallelism", .choice(Parallelism.allCases.map(\.rawValue)),
        "How it is spread over chips; unknown if not given."),
      .optional(
        "format", .choice(NumberFormat.allCases.map(\.rawValue)),
        "The number format whose peak counts; bf16 if not given."),
      .optional("data_usd", .quantity(.atLeast(0), unit: "USD"), "What its data cost; 0."),
    ] + chipChoice + [
      .required("stages", .records(of: stage, minimum: 1), "Its stages, in order.")
    ]

  private static let stage: [Field] =
    [
      .required("id", .identifier, "Its id within the run."),
      .optional(
        "stage", .choice(Stage.allCases.filter(\.isDocumented).map(\.rawValue)),
        "What it is for; its id, if that is a stage."),
      .optional(
        "chip_hours", .quantity(.above(0), unit: "chip-hours"),
        "Hours on the documented chip, failures included."),
      .optional("flop", .quantity(.above(0), unit: "FLOP"), "Its work, instead of hours."),
      .optional(
        "active_parameters", .number(.above(0)), "Parameters that one token uses."),
      .optional("tokens", .number(.above(0)), "Tokens it was trained on."),
      .optional("source", .text, "Where this is written."),
    ] + chipChoice

  private static let regime: [Field] = [
    .required("id", .identifier, "Its id in results."),
    .optional("title", .text, "What it is, in one line."),
    .optional(
      "rules",
      .list(of: .either([.identifier, .mapping(ruleUse)])),
      "Its rules: ids of built-in ones, built-in ones with other dates, or new ones."),
    .optional("set", .dictionary(of: .anything, keys: .path), "Parameters that it changes."),
    .optional(
      "variants", .choice(VariantPolicy.allCases.map(\.rawValue)),
      "Parts that suppliers make for places where their best is barred; historical."),
  ]

  /// A built-in rule with other dates (`use`), or a rule written out.
  private static let ruleUse: [Field] =
    [
      .optional("use", .identifier, "A built-in rule, with other dates."),
      .optional("id", .identifier, "The id of a new rule."),
      .optional("open_ended", .flag, "With use: the rule does not end."),
    ] + FactSchemas.rule.map { .optional($0.key, $0.schema, $0.doc) }

  /// Which keys a new rule needs.
  static let keysOfNewRule = ["id"] + FactSchemas.rule.filter(\.isRequired).map(\.key)

  private static let correlation = Schema.mapping([
    .required("between", .list(of: .text, minimum: 2), "Two uncertainties, by path."),
    .required("value", .number(NumberRange.between(-1, 1).withoutEnds), "Of normal scores."),
    .optional("source", .text, "Where it comes from."),
  ])
}

extension ScenarioSchema {
  /// The language as a JSON Schema (draft 2020-12).
  public static var json: String {
    jsonSchema(
      of: file, title: "Chokepoint scenario", id: "urn:chokepoint:scenario",
      variant: (key: base, schema: change))
  }
}
