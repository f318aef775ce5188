import Documents
import PolicyModel

/// The forms in which chips and rules are written: in the built-in files and in scenarios alike.
enum FactSchemas {
  /// `chips.yaml`, whole.
  static let chipFile = Schema.mapping([
    .required("sources", sources, "Where the values come from."),
    .required("chips", .records(of: chip, minimum: 1), "The chips."),
  ])

  /// `rules.yaml`, whole.
  static let ruleFile = Schema.mapping([
    .required("sources", sources, "Where the rules are written."),
    .required("known_until", .date, "The day up to which rules are known."),
    .required(
      "rules", .records(of: [.required("id", .identifier, "Its id.")] + rule), "The rules."),
  ])

  /// A table of sources, by the names that values give.
  static let sources = Schema.dictionary(
    of: .mapping([
      .required("citation", .text, "The citation."),
      .required("date", .text, "Its date: a year, a month or a day."),
    ]))

  /// The keys that say where a value comes from.
  static let provenance: [Field] = [
    .optional("source", .text, "Where the value comes from."),
    .optional("confidence", .choice(confidenceWords), "How far it can be trusted."),
  ]

  private static let confidenceWords = Confidence.allCases.map(\.rawValue)

  /// A number, with or without its source.
  private static func figure(_ unit: String) -> Schema {
    .either([
      .number(.above(0), unit: unit),
      .mapping([.required("value", .number(.above(0), unit: unit), "The value.")] + provenance),
    ])
  }

  /// A price: by date, or one for all dates, which may be uncertain.
  private static func price(_ unit: String) -> Schema {
    .either([
      .list(
        of: .mapping(
          [
            .required("from", .month, "The first month it holds for."),
            .required("value", .number(.above(0), unit: unit), "The price."),
            .optional("low", .number(.above(0), unit: unit), "The low end of what was seen."),
            .optional("high", .number(.above(0), unit: unit), "The high end of what was seen."),
          ] + provenance), minimum: 1),
      .quantity(.above(0), unit: unit),
    ])
  }

  /// The keys of a chip. Only `id` is needed to change a built-in chip; see `ChipReader` for what
  /// a new one needs.
  static let chip: [Field] = [
    .required("id", .identifier, "Its id: a built-in chip's, to change it, or a new one."),
    .optional("name", .text, "What people call it."),
    .optional("vendor", .text, "Who sells it."),
    .optional("designed_in", .text, "The jurisdiction it was designed in."),
    .optional("die_family", .text, "Parts cut from the same silicon share one."),
    .optional("dies_per_chip", .number(.above(0)), "Dies that compute in it; 1 if not given."),
    .optional(
      "hbm_stacks", .number(.atLeast(0)), "Stacks of high-bandwidth memory in it; 0 if not given."),
    .optional("variant_of", .identifier, "The chip it was cut down from, to be sold elsewhere."),
    .optional("data_center", .flag, "Whether it is marketed for data centers."),
    .optional(
      "available",
      .either([.month, .mapping([.required("value", .month, "The month.")] + provenance)]),
      "The first month in which it could be bought."),
    .optional("bf16_tflops", figure("TFLOP/s"), "Peak dense BF16."),
    .optional("fp8_tflops", figure("TFLOP/s"), "Peak dense FP8 or INT8."),
    .optional("fp4_tflops", figure("TFLOP/s"), "Peak dense FP4."),
    .optional("die_area_mm2", figure("mm2"), "Area of its logic dies."),
    .optional("memory_gb", figure("GB"), "Memory in the package."),
    .optional("memory_bandwidth_gb_s", figure("GB/s"), "Bandwidth to that memory."),
    .optional("interconnect_gb_s", figure("GB/s"), "Bandwidth to other chips, both directions."),
    .optional("power_w", figure("W"), "Thermal design power."),
    .optional(
      "stack_efficiency", .number(.above(0, atMost: 1)),
      "Share of an H100's software maturity; 1 where not given."),
    .optional("purchase_price_usd", price("USD"), "What one costs."),
    .optional("rent_usd_per_hour", price("USD/h"), "What an hour of one costs."),
    .optional("note", .text, "What a reader should know."),
  ]

  /// The keys of a rule, without its id.
  static let rule: [Field] = [
    .required("government", .text, "Who issued it."),
    .required("title", .text, "What it is called."),
    .optional("kind", .text, "What sort of measure it is."),
    .optional("announced", .date, "When it was made known."),
    .optional("effective", .date, "From when it binds; without it, it never did."),
    .optional("ends", .date, "The first day on which it binds no more."),
    .optional("compliance_from", .date, "From when it must be complied with, where later."),
    .optional("enforced", .flag, "Whether it is enforced; true where not given."),
    .optional(
      "acts_on", .choice(RuleSubject.allCases.map(\.rawValue)),
      "What it bears on; chips where not given."),
    .required("destinations", .list(of: .text, minimum: 1), "Where it reaches; world for all."),
    .optional(
      "reaches_headquarters", .flag,
      "Whether it also binds buyers headquartered in a destination, anywhere."),
    .optional(
      "entities", .list(of: .identifier, minimum: 1),
      "Suppliers and owners that it names, where it acts on entities; unknown ones are nobody."),
    .optional(
      "requirement",
      .list(
        of: .mapping([
          .optional("class", .text, "The class it puts a chip in."),
          .required("when", conditions, "What must hold of the chip, all of it."),
        ])), "Which chips need a license: any clause catches."),
    .optional(
      "review",
      .list(
        of: .mapping(
          [
            .required(
              "policy", .choice(ReviewPolicy.allCases.map(\.rawValue)),
              "How applications are judged."),
            .optional("when", conditions, "Which chips it names; those it catches if not given."),
          ] + terms)), "How applications are judged: the first clause that names a chip decides."),
    .optional("supersedes", .list(of: .identifier), "Rules whose review it replaces."),
    .optional("source", .text, "Where it is written."),
    .optional("confidence", .choice(confidenceWords), "How far that can be trusted."),
    .optional("note", .text, "What a reader should know."),
  ]

  private static let terms: [Field] = [
    .optional("cap_units", .number(.atLeast(0), unit: "chips"), "At most so many."),
    .optional("cap_tpp", .number(.atLeast(0), unit: "TPP"), "At most so much TPP in all."),
    .optional(
      "cap_share_of_sales", .number(.between(0, 1)), "At most this share of sales elsewhere."),
    .optional("revenue_share", .number(.between(0, 1)), "Share that goes to the government."),
    .optional("duty", .number(.atLeast(0)), "Duty on the value."),
  ]

  private static let threshold = Schema.worded(
    .mapping([
      .optional("at_least", .number(.any), "Caught from this value on."),
      .optional("below", .number(.any), "Caught below this value."),
    ]), "a bound, as {at_least: 4800} or {below: 4800}")

  private static let conditions = Schema.mapping(
    ChipAttribute.allCases.map { .optional($0.rawValue, threshold, "Bounds.") } + [
      .optional("data_center", .flag, "Whether it is marketed for data centers."),
      .optional("chips", .list(of: .identifier, minimum: 1), "Named chips."),
      .optional("vendors", .list(of: .text, minimum: 1), "Who sells it."),
      .optional("designed_in", .list(of: .text, minimum: 1), "Where it was designed."),
      .optional("class", .list(of: .text, minimum: 1), "Classes that a clause put it in."),
      .optional("not_class", .list(of: .text, minimum: 1), "Classes that it is not in."),
    ])
}
