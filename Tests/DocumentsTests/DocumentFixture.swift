@testable import Documents
import TestSupport
import FoundationEssentials

/// A small schema that uses every form there is.
enum DocumentFixture {
  static let rule: [Field] = [
    .required("id", .identifier, "Its name."),
    .required("from", .date, "First day in force."),
    .optional("chips", .list(of: .identifier, minimum: 1), "Chips it names."),
  ]

  static let schema = Schema.mapping([
    .optional("base", .text, "A file to start from."),
    .optional(
      "about",
      .mapping([
        .required("title", .text, "One line."), .optional("notes", .text, "Any length."),
      ]), "What the file is for."),
    .required(
      "run",
      .mapping([
        .required("start", .month, "First month."),
        .optional("end", .month, "Last month."),
        .required("replicates", .integer(1...1_000_000), "How many replicates."),
        .optional("seed", .integer(.atLeast(0)), "The seed."),
        .optional("design", .choice(["mc", "lhs", "sobol"]), "How draws are laid out."),
        .optional("keep_draws", .flag, "Whether draws are kept."),
      ]), "How the file is run."),
    .optional("price_usd", .quantity(.above(0), unit: "USD/hour"), "What an hour costs."),
    .optional("share", .quantity(.between(0, 1)), "A share of something."),
    .optional("offset", .quantity(.any, unit: "months"), "A shift in time."),
    .optional("bandwidth_gb_s", .number(.atLeast(0), unit: "GB/s"), "A rate."),
    .optional(
      "mechanisms",
      .dictionary(of: .either([.onOff, .dictionary(of: .number(.any))])), "What happens."),
    .optional(
      "regimes",
      .records(
        of: [
          .required("id", .identifier, "Its name."),
          .optional(
            "rules", .list(of: .either([.identifier, .mapping(rule)])), "What is in force."),
          .optional("set", .dictionary(of: .anything, keys: .path), "Values it changes."),
        ], minimum: 1), "The arms."),
  ])

  /// A document without fault that uses most of the schema.
  static let valid = """
    # A comment: with "quotes', [brackets and *stars*.
    about:
      title: A small document
      notes: |
        Several lines, one with a colon: here,
        and - a dash.
    run:
      start: 2022-10
      end: 2026-01
      replicates: 1000
      seed: 0
      design: mc
      keep_draws: true
    price_usd: {ci90: [1.5, 2.5e0], source: "a page: p. 3", confidence: judgement}
    share:
      mixture:
        - {weight: 0.3, of: 0.25}
        - weight: 0.7
          of: {beta: {mean: 0.5, sd: 0.1}}
    offset: -3
    bandwidth_gb_s: 400
    mechanisms:
      ledger: on
      smuggling: off
      rental: {noise: 0.5}
    regimes:
      - id: oct-2022-rule
        rules: [first, {id: second, from: 2022-10-07, chips: [h100]}]
      - id: no-controls
        set: {labs.deepseek.budget_usd: 5e6, run.design: lhs}

    """

  static let folder = GoldenText.folder().appending(path: "document")

  /// Every fault of a document, in the words a user reads; empty when there is none.
  static func messages(_ text: String, file: String = "test.yaml") -> String {
    messages { () throws(ScenarioFaults) in try SourceDocument(text: text, file: file) }
  }

  static func messages(_ read: () throws(ScenarioFaults) -> SourceDocument) -> String {
    do {
      return ScenarioFaults(try read().check(against: schema).faults).description
    } catch {
      return error.description
    }
  }
}
