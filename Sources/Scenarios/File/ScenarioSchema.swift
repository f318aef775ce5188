public import Documents
import PolicyModel

/// The scenario language: what a file may hold, for the checker and for `schema` alike.
public enum ScenarioSchema {
  /// The whole file, as people write it.
  public static let file = Schema.mapping(
    fields(world: .either([.mapping(WorldSchema.fields), .mapping(WorldSchema.changes)])))

  /// The whole file, once its bases and a built-in world that it uses have been laid under it.
  package static let expanded = Schema.mapping(fields(world: WorldSchema.expanded))

  /// A file of estimates alone, without a world: nothing in it happens in time or under rules.
  package static let worldless = Schema.mapping(
    fields(world: .anything).compactMap { field in
      switch field.key {
      case "run": .required(field.key, RunSettings.schemaWithoutWorld, field.doc)
      case estimates: .required(field.key, field.schema, field.doc)
      case regimes:
        .optional(
          field.key, .records(of: RegimeSchema.regimeWithoutWorld, minimum: 1),
          default: .stated("one, `reference`"), "What is supposed; the first is the reference.")
      case let key where keysOfWorlds.contains(key): nil
      default: field
      }
    })

  /// The keys that mean nothing without a world.
  private static let keysOfWorlds = [
    "world", "mechanisms", ruleSets, DerivedSchema.key, "metrics", "thresholds", "claims",
  ]

  /// The schema that a whole file follows, once its bases have been laid under it.
  static func expanded(of root: SourceNode) -> Schema {
    root["world"] == nil && root[estimates] != nil ? worldless : expanded
  }

  /// The same of a checked file.
  static func expanded(of document: DocumentNode) -> Schema {
    document.lacks("world") && !document.lacks(estimates) ? worldless : expanded
  }

  /// The key of what is worked out beside the world.
  static let estimates = EstimateSchema.key

  /// A file that changes its base: nothing but that has to be there.
  private static let change = Schema.mapping(
    fields(world: WorldSchema.expanded).map { field in
      field.key == base ? .required(base, field.schema, field.doc) : field.partial
    })

  /// The keys that lead to what is computed: neither the base, which is read before anything is set
  /// in a file, with what is picked from it, nor the sweep.
  static let sections = keys.filter { ![base, only, sweep].contains($0) }

  /// The outermost keys of a file.
  static let keys = fields(world: .anything).map(\.key)

  /// The key of the regimes that are picked from the base's.
  static let only = "only"

  /// The key of sets of rules.
  static let ruleSets = "rule_sets"

  /// The key of the file that this one changes.
  static let base = "base"

  /// The key of the points at which the file is computed.
  static let sweep = "sweep"

  private static func fields(world: Schema) -> [Field] {
    [
      .optional(
        base, .text,
        "A scenario file to start from, relative to this one; what is here changes it.",
        example: "scenarios/deepseek-r1.yaml"),
      .optional(
        only, .list(of: .identifier, minimum: 1), beside: [base],
        "Which of the base's regimes to run, in this order; those that are new here follow."),
      .required(
        "about", about, "What the scenario is for.",
        example: """
          title: Stricter controls from 2024
          question: How much less compute would the follower have had by the end of 2025?
          """),
      .required(
        "run", RunSettings.schema, "How much is computed.",
        example: "{start: 2022-10, end: 2025-12, replicates: 2048, design: sobol}"),
      .required(
        "world", world, "Labs, their runs, and who makes, sells and buys chips.",
        example: """
          use: world-2022
          labs: [{id: deepseek, openness: 0.9}, {id: my_lab, jurisdiction: CN}]
          runs:
            - {id: my_run, lab: my_lab, start: 2024-11-01, documented_on: h800, chips: 2048,
               stages: [{id: pretraining, chip_hours: 2.7e6}]}
          """),
      .optional(
        "mechanisms", MechanismSchema.section, "Mechanisms: on, off, or parameters.",
        example: """
          ledger: {pue: 1.2}
          energy_limit: off
          """),
      .optional(
        uncertainties, .dictionary(of: .anything, keys: .path),
        "Parameters by path, as constants or distributions; drawn once for each replicate.",
        example: """
          throughput.mfu: {uniform: [0.3, 0.5]}
          chips.h100_sxm.rent_usd_per_hour: {triangular: [1.7, 2.6, 5], published: 2.6}
          """),
      .optional(
        "correlations", .list(of: NamedCorrelation.schema),
        "How uncertainties are correlated.",
        example: """
          - {between: [throughput.mfu, chips.h100_sxm.rent_usd_per_hour], value: 0.3}
          """),
      .optional(
        ruleSets, .dictionary(of: RegimeSchema.rules),
        "Sets of rules by name, which regimes and other sets can use as they do built-in ones.",
        example: "before-h200: [current-law@2025-11, {drop: cn_state_dc}]"),
      .required(
        regimes, .records(of: RegimeSchema.regime, minimum: 1),
        "The policy arms; the first is the reference regime.",
        example: """
          - {id: current-law, rules: current-law}
          - {id: enforced, like: current-law, set: {grey_market.enforcement: 4}}
          - {id: no-controls, title: Nothing is controlled}
          """),
      .optional(
        estimates, EstimateSchema.section,
        "Numbers worked out from distributions and arithmetic alone, each an outcome called by its name.",
        example: EstimateSchema.example),
      .optional(
        DerivedSchema.key, DerivedSchema.section,
        "Monthly metrics worked out from others: sums, ratios, shares, differences between months.",
        example: DerivedSchema.example),
      .optional(
        "metrics", MetricsSchema.section,
        default: .stated("the headline ones in a world with owners; otherwise all"),
        "Monthly metrics to record.", example: "all"),
      .optional(
        "outputs", OutputTables.section,
        default: .stated("all, which is all but replicates and iamc"),
        "Tables to write: `replicates` has every replicate in a row.",
        example: "[summary, comparison, replicates]"),
      .optional(
        answer, AnswerFocus.section,
        "What the question is about: the figures that the answer's sentences and first table have.",
        example: """
          figures:
            - {metric: stock_h100e, entity: CN}
            - {metric: lag_months, entity: CN, month: 2024-12}
          """),
      .optional(
        "thresholds", .records(of: TargetSchema.threshold),
        "Levels of metrics, whose first month is an event of a run.",
        example: "- {id: big, entity: fleet.microsoft, metric: fleet_h100e, at_least: 1e5}"),
      .optional(
        "headline", HeadlineSchema.headline,
        "Figures at published point values, beside published ones.",
        example: """
          figures:
            - {id: hours, entity: my_run, metric: chip_hours, published: 2.7e6, tolerance: 0.1}
          """),
      .optional(
        "claims", .records(of: HeadlineSchema.claim),
        "Public claims about cost, each tested under every cost definition.",
        example: "- {id: cheap, says: It cost 6 million, entity: my_run, usd: 6e6, tolerance: 0.2}"),
      .optional(
        "observations", .records(of: TargetSchema.observation),
        "Observed values, compared with simulated ones by `backcast`.",
        example: """
          - {id: fleet, entity: fleet.microsoft, metric: fleet_h100e, month: 2023-12,
             observed: 150000, low: 120000, high: 180000, status: held_out}
          """),
      .optional(
        published, PublishedSchema.section,
        "What a source has published, computed again by `verify`.",
        example: """
          citation: "A. Author, A Title, 2025, Table 1"
          figures:
            - {id: stock, entity: CN, metric: stock_h100e, month: 2024-12, statistic: median,
               published: 400000, tolerance: 0.2}
          decisions:
            - {id: first, date: 2022-12-01, published: {h100_sxm: controlled, h800: free}}
          """),
      .optional(
        sweep, SweepReader.section, "Points at which the whole is computed.",
        example: """
          grid: {ledger.pue: [1.1, 1.3], run.end: [2024-12, 2025-12]}
          points:
            - {id: as-is}
            - {id: open, title: Open methods, set: {world.labs.deepseek.openness: 1}}
          """),
    ]
  }

  /// The key of what a source has published.
  static let published = "published"

  /// The key of the policy arms.
  static let regimes = "regimes"

  /// The key of what the answer is about.
  static let answer = "answer"

  /// The key of the parameters by path.
  static let uncertainties = "uncertainties"

  private static let about = Schema.mapping([
    .optional("name", .name, default: .stated("the file's name"), "Its name in results."),
    .required("title", .text, "One line."),
    .required("question", .text, "The question that the scenario answers."),
    .optional("authors", .list(of: .text), "Who wrote it."),
    .optional("notes", .text, "What a reader should know."),
  ])

  /// The language as a JSON Schema (draft 2020-12).
  public static var json: String {
    jsonSchema(
      of: file, title: "Chokepoint scenario", id: "urn:chokepoint:scenario",
      variants: [
        SchemaVariant(with: base, schema: change),
        SchemaVariant(with: estimates, without: "world", schema: worldless),
      ])
  }
}
