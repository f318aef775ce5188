import Documents
import PolicyModel

/// The `world` section: scripted runs, an economy, or both.
enum WorldSchema {
  /// The keys of a world that is written out.
  static let fields: [Field] = [
    .optional("as_of", .month, "The first month that it describes; run.start must be the same."),
    .optional("reference_chip", .identifier, "The yardstick of throughput; h100_sxm."),
    .optional("chips", .records(of: FactSchemas.chip), "Chips to change or to add."),
    .optional(
      "chips_left_out", .list(of: .identifier), "Chips that suppliers do not make in this world."),
    .optional(
      "compared",
      .mapping([
        .required("leader", .text, "The side that ratios, gaps and lags are taken of."),
        .required("follower", .text, "The side that is held against it."),
      ]), "The two jurisdictions that results compare."),
    .optional("jurisdictions", .records(of: jurisdiction), "Where chips are sold."),
    .optional("suppliers", .records(of: supplier), "Who makes chips."),
    .optional("owners", .records(of: owner), "Who buys and holds chips."),
    .optional(
      "reference_models", .records(of: referenceModel), "Models from before the first month."),
    .required("labs", .records(of: lab, minimum: 1), "The labs."),
    .optional(
      "runs", .records(of: ScenarioSchema.scriptedRun),
      "Documented training runs; not needed where a lab uses a fleet."),
  ]

  /// The keys beside `use`: what is different from a built-in world.
  static let changes: [Field] = [use] + partial(fields)

  /// The keys once what a built-in world gives has been laid under them.
  static let expanded: [Field] = [.optional(use.key, use.schema, use.doc)] + fields

  /// The key that takes a built-in world.
  static let use = Field.required("use", .identifier, "A built-in world, such as world-2022.")

  private static func partial(_ fields: [Field]) -> [Field] {
    if case .mapping(let fields) = Schema.mapping(fields).partial { fields } else { [] }
  }

  private static let jurisdiction: [Field] = [
    .required("id", .text, "Its code, in capitals, such as CN."),
    .optional("name", .text, "What people call it; its code if not given."),
    .optional(
      "countries", .number(.above(0), unit: "countries"), "How many it stands for; 1 if not given."),
    .optional("tier", .integer(1...3), "Its tier under rules that have tiers; 1 if not given."),
    .optional("hosts_remote", .flag, "Whether its clouds rent chips to restricted labs."),
    .optional("transships", .flag, "Whether chips sold into it may be diverted."),
    .optional(
      "imports_domestic_chips", .flag, "Whether it buys chips of restricted jurisdictions."),
  ]

  private static let supplier: [Field] = [
    .required("id", .identifier, "The vendor of its chips, in lower case."),
    .required("jurisdiction", .text, "Where it has its seat."),
    .optional(
      "domestic", .flag, "Whether its output follows from its own fabs, stocks and yields."),
    .required(
      "families",
      .records(
        of: [
          .required("id", .text, "The die_family of its chips."),
          .optional("captive_to", .identifier, "The only owner that gets them."),
          .optional(
            "dies_per_year", .list(of: yearly(unit: "dies/year"), minimum: 1),
            "Dies by calendar year; not for domestic suppliers."),
        ], minimum: 1), "What it makes chips of."),
  ]

  private static let owner: [Field] = [
    .required("id", .identifier, "Its id in scenarios; fleet.ID in results."),
    .required("jurisdiction", .text, "Where its chips stand."),
    .optional("headquarters", .text, "Where its headquarters are; its jurisdiction by default."),
    .required(
      "spending_usd_per_year", .list(of: yearly(unit: "USD/year"), minimum: 1),
      "What it means to spend on accelerators, by calendar year."),
    .optional("spending_factor", .quantity(.between(0, 1000)), "What multiplies that; 1."),
    .optional("opening", holdings, "What it holds in the first month."),
  ]

  private static let referenceModel: [Field] = [
    .required("id", .identifier, "Its id in results."),
    .required("jurisdiction", .text, "Whose it was."),
    .required("released", .month, "When it was released."),
    .required(
      "effective_flop", .number(.above(0), unit: "FLOP"),
      "Training FLOP times the algorithmic efficiency of its time, relative to October 2022."),
    .optional("open_weights", .flag, "Whether anybody could download it."),
    .optional("source", .text, "Where this is written."),
  ]

  private static let lab: [Field] =
    [
      .required("id", .identifier, "Its id in results."),
      .required("jurisdiction", .text, "Where it buys and runs its chips, such as CN."),
      .optional("headquarters", .text, "Where its headquarters are; its jurisdiction by default."),
      .optional(
        "fleet", holdings,
        "Chips it is reported to hold, without fleet_of. Regimes do not change them."),
    ] + developer

  /// The keys of a lab that develops models of its own accord.
  private static let developer: [Field] = [
    .optional(
      "fleet_of", .list(of: .identifier, minimum: 1), "The owners whose fleets it uses."),
    .optional("fleet_share", .quantity(.between(0, 1)), "Its share of those fleets."),
    .optional("active_from", .month, "From when it is there; always if not given."),
    .optional(
      "openness", .number(.between(0, 1)),
      "How much of its methods it publishes; 0.5 if not given."),
    .optional("open_weights", .flag, "Whether anybody can download its models."),
    .optional("distils", .flag, "Whether it learns from the outputs of others' models."),
    .optional(
      "parallelism", .choice(Parallelism.allCases.map(\.rawValue)),
      "How its runs are spread over chips; unknown if not given."),
  ]

  /// What a lab says of its own research, which means nothing without `fleet_of`.
  static let keysOfDeveloper = developer.map(\.key).filter { $0 != "fleet_of" }

  private static let holdings = Schema.list(
    of: .mapping([
      .required("chip", .identifier, "Which chip."),
      .required("count", .number(.above(0), unit: "chips"), "How many."),
      .optional("source", .text, "Who says so."),
    ]))

  private static func yearly(unit: String) -> Schema {
    .mapping(
      [
        .required("year", .integer(1990...2200), "The calendar year."),
        .required("value", .number(.atLeast(0), unit: unit), "The figure, or its median."),
        .optional("low", .number(.atLeast(0), unit: unit), "Its 5% point."),
        .optional("high", .number(.atLeast(0), unit: unit), "Its 95% point."),
      ] + FactSchemas.provenance)
  }
}
