import Documents
import Formulas

/// The `derived_metrics` section: names, and what each is worked out from.
enum DerivedSchema {
  /// The key of the section.
  static let key = "derived_metrics"

  /// The section.
  static let section = Schema.dictionary(
    of: .either([.mapping(fields), .worded(.text, "a formula")]), keys: .variable)

  private static let fields: [Field] = [
    .required(
      EstimateSchema.formula, .text,
      "What it is worked out from: metrics of the world as stock_h100e[CN], estimates, other derived metrics, "
        + "and all that formulas of estimates have. before(x, 12) is x 12 months before, at(x, 2024-12) is x in "
        + "that month."),
    .optional(
      "unit", EstimateSchema.unit, default: .text("1"),
      "Its unit; those of metrics multiply and cancel, and the formula must come to it."),
    .optional("title", .text, default: .stated("its name"), "What it is called, in a few words."),
    .optional("source", .text, "Where it comes from."),
  ]

  /// A section for the reference page.
  static let example = """
    china_share: {formula: "stock_h100e[CN] / sum(stock_h100e[all])", title: China's share of compute at work}
    gain_in_a_year:
      formula: "stock_h100e[CN] - before(stock_h100e[CN], 12)"
      unit: h100e
    """
}
