import Documents
import Formulas

/// The `estimates` section: names, and what each number is.
enum EstimateSchema {
  /// The key of the section.
  static let key = "estimates"
  /// The key of a number that is worked out from others.
  static let formula = "formula"
  /// The key of a number that is not known.
  static let uncertain = "uncertain"
  /// The key of a number that is.
  static let value = "value"
  /// What an estimate is, each of them by itself.
  static let definitions = [formula, uncertain, value]

  /// The section.
  static let section = Schema.dictionary(
    of: .either([
      .mapping(fields), .worded(.either([.number(.any), .text]), "a number or a formula"),
    ]), keys: .variable)

  /// What a unit may be.
  static let unit = Schema.worded(
    .either([.integer(1...1), .text]), "a unit, as chip/year; 1 for a plain number")

  private static let fields: [Field] = [
    .optional(
      formula, .text,
      "What it is worked out from: names of other estimates, numbers with their units, + - * / ^, "
        + "comparisons, and the functions \(FormulaFunction.reservedWords.dropLast(2).joined(separator: ", "))."
    ),
    .optional(
      uncertain, .quantity(.any), "Its distribution: a parameter called `estimates.NAME`."),
    .optional(value, .number(.any), "The number, where there is nothing uncertain about it."),
    .optional(
      "unit", unit, default: .text("1"),
      "Its unit, as chip/vendor/month: symbols multiply and cancel, and a formula must come to it."),
    .optional("title", .text, default: .stated("its name"), "What it is called, in a few words."),
    .optional("source", .text, "Where it comes from."),
  ]

  /// A section for the reference page.
  static let example = """
    vendors: {uncertain: {ci90: [38, 150]}, unit: vendor}
    chips_per_vendor: {uncertain: {ci90: [17, 1000]}, unit: chip/vendor/month}
    months: {value: 12, unit: month/year}
    diverted: {formula: vendors * chips_per_vendor * months, unit: chip/year, title: diverted chips}
    above_100k: {formula: diverted > 100000 chip/year}
    """
}
