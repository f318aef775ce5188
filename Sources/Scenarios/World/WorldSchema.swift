import Documents
import PolicyModel

/// The `world` section: scripted runs, an economy, or both. The keys of each kind of record stand
/// beside what reads it.
enum WorldSchema {
  /// The key of what a world is called.
  static let name = "name"

  /// The key of what people call a lab, an owner, a supplier or a run.
  static let displayName = Field.optional(
    "name", .text, default: .stated("the words of the id"), "What people call it.")

  /// The keys of a world that is written out.
  static let fields: [Field] = [
    .optional(
      name, .name,
      "What the world is called. A built-in one has its name, under which its backcast is known."),
    .optional("as_of", .month, "The first month that it describes; run.start must be the same."),
    .optional(
      "reference_chip", .reference, default: .text("h100_sxm"), "The yardstick of throughput."),
    .optional(
      "chips", .records(of: ChipSchema.changes),
      "Chips to change or to add. A built-in chip needs its id and what is different.",
      example: """
        - {id: h20, interconnect_gb_s: 400}
        - id: my_chip
          name: My chip
          vendor: NVIDIA
          designed_in: US
          die_family: GH100
          available: 2024-01
          data_center: true
          bf16_tflops: {value: 400, source: A data sheet, confidence: published}
          memory_bandwidth_gb_s: 3000
          interconnect_gb_s: 400
          power_w: 500
          purchase_price_usd: {ci90: [12000, 18000]}
          rent_usd_per_hour: [{from: 2023-01, value: 2.1}]
        """),
    .optional(
      "chips_left_out", .list(of: .reference), "Chips that suppliers do not make in this world."),
    .optional(
      "compared",
      .mapping([
        .required("leader", .text, "The side that ratios, gaps and lags are taken of."),
        .required("follower", .text, "The side that is held against it."),
      ]), "The two jurisdictions that results compare."),
    .optional(
      "jurisdictions", .records(of: jurisdiction), "Where chips are sold.",
      example: "- {id: LATAM, name: Latin America, countries: 20, tier: 2, hosts_remote: true}"),
    .optional(
      "suppliers", .records(of: supplier), "Who makes chips.",
      example: """
        - id: amd
          jurisdiction: US
          families:
            - {id: CDNA3, dies_per_year: [{year: 2022, value: 0}, {year: 2023, value: 9e5}]}
        """),
    .optional(
      "owners", .records(of: owner), "Who buys and holds chips.",
      example: """
        - id: my_cloud
          jurisdiction: US
          spending_usd_per_year:
            - {year: 2022, value: 2e8}
            - {year: 2023, value: 6e8, source: Annual report}
            - {year: 2024, value: 9e8, planned: true, source: Guidance}
          opening: [{chip: a100_80, count: 8000}]
        """),
    .optional(
      "reference_models", .records(of: referenceModel), "Models from before the first month.",
      example: "- {id: my_model, jurisdiction: US, released: 2022-04, effective_flop: 2.5e24}"),
    .required(
      "labs", .records(of: lab, minimum: 1), "The labs.",
      example: "- {id: my_lab, jurisdiction: US, fleet_of: [coreweave], fleet_share: 0.1}"),
    .optional(
      "runs", .records(of: scriptedRun),
      "Documented training runs; not needed where a lab uses a fleet.",
      example: """
        - id: my_run
          lab: my_lab
          start: 2024-11-01
          documented_on: h800
          chips: 2048
          stages: [{id: pretraining, chip_hours: {ci90: [2e6, 3e6]}, tokens: 1.5e13}]
        """),
  ]

  /// The keys beside `use`: what is different from a built-in world.
  static let changes: [Field] = [use] + fields.map(\.partial)

  /// The section once what a built-in world gives has been laid under it.
  static let expanded = Schema.mapping([.optional(use.key, use.schema, use.doc)] + fields)

  /// The key that takes a built-in world.
  static let use = Field.required("use", .identifier, "A built-in world, such as world-2022.")

  /// Chips that somebody holds.
  static let holdings = Schema.list(
    of: .mapping([
      .required("chip", .reference, "Which chip."),
      .required("count", Plausible.chips, "How many."),
      .optional("source", .text, "Who says so."),
    ]))

  /// Figures by calendar year.
  static func yearly(_ range: NumberRange, unit: String) -> Schema {
    yearly(
      range, unit: unit,
      [
        .optional("low", .number(range, unit: unit), "Its 5% point."),
        .optional("high", .number(range, unit: unit), "Its 95% point."),
      ])
  }

  /// Figures of years that are known, and of later ones that are planned.
  static func yearlyPlanned(_ range: NumberRange, unit: String) -> Schema {
    yearly(
      range, unit: unit,
      [
        .optional(
          "planned", .flag, default: .flag(false),
          "Whether it was planned or forecast: off by spending_plans.plan_deviation.")
      ])
  }

  private static func yearly(_ range: NumberRange, unit: String, _ more: [Field]) -> Schema {
    .list(
      of: .mapping(
        [
          .required("year", .integer(1990...2200), "The calendar year."),
          .required("value", .number(range, unit: unit), "The figure, or its median."),
        ] + more + SourceSchema.provenance), minimum: 1)
  }
}
