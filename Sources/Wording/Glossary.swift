/// A word of results that readers may not know, and what it means in one sentence.
package struct GlossaryTerm: Hashable, Sendable {
  /// As readers see it.
  package let word: String
  /// What it means.
  package let meaning: String
  /// Parts of texts, in small letters, by which the word is known to be used.
  private let signs: [String]

  init(_ word: String, _ meaning: String, signs: [String]? = nil) {
    (self.word, self.meaning) = (word, meaning)
    self.signs = signs ?? [word.lowercased()]
  }

  /// Whether a text in small letters has it.
  func isUsed(in text: String) -> Bool { signs.contains { text.contains($0) } }

  /// Whether a name that somebody writes is its.
  fileprivate func isCalled(_ name: String) -> Bool {
    let name = name.lowercased()
    return word.lowercased() == name || signs.contains(name)
  }
}

/// What the words of results mean: told once, for pages and for `explain`.
package enum Glossary {
  /// All terms, in the order in which a reader meets them.
  package static let terms: [GlossaryTerm] = [
    GlossaryTerm(
      "Regime",
      "A set of rules, or of other conditions, that is tried out; every regime meets the same simulated worlds."
    ),
    GlossaryTerm("Reference", "The first regime, with which the others are compared."),
    GlossaryTerm(
      "Draw (simulated world)",
      "One run of the model from start to end, with every uncertain number drawn from its prior.",
      signs: ["draw", "simulated world", "world by world", "replicate"]),
    GlossaryTerm(
      "Prior",
      "What is assumed of an uncertain number before anything is simulated: a range with probabilities, and its source."
    ),
    GlossaryTerm(
      "90% of draws",
      "A range with the middle 90% of the draws: 5% of them are below it and 5% above.",
      signs: ["90% of", "90% interval"]),
    GlossaryTerm(
      "Median, mean",
      "A figure without a word is the median, with half of the draws above it; figures in whole months, counts of a few "
        + "and shares are means, and marked so, because their medians jump or stand still.",
      signs: ["median", "mean", "average"]),
    GlossaryTerm(
      "Reliably", "At least 95% of the draws agree on the direction of a change.",
      signs: ["reliabl"]),
    GlossaryTerm(
      "Probably",
      "Half of the draws or more have the change in one direction, and at most 5% in the other."),
    GlossaryTerm(
      "H100e",
      "NVIDIA H100 equivalents, the unit of compute: chips counted by their dense 16-bit speed, that of one H100 being 1."
    ),
    GlossaryTerm(
      "TPP",
      "Total processing performance, by which United States rules measure a chip: its speed in trillions of "
        + "operations a second times the bits of an operation."),
    GlossaryTerm(
      "Compute at work",
      "Chips that are installed in a place and working, in H100e."),
    GlossaryTerm(
      "Lag",
      "How many whole months ago the leader's best model was as good as the follower's best is today."
    ),
    GlossaryTerm(
      "Effective FLOP",
      "Operations spent on training a model, times how much better its algorithms are than those of the first month."
    ),
    GlossaryTerm(
      "Diverted chips",
      "Chips that are smuggled: sold in one place and brought to another that a rule closes.",
      signs: ["diverted", "diverts"]),
  ]

  /// The terms that texts use.
  package static func terms(usedIn texts: [String]) -> [GlossaryTerm] {
    let text = texts.joined(separator: "\n").lowercased()
    return terms.filter { $0.isUsed(in: text) }
  }

  /// The term of a name; nil for other words.
  package static func term(named name: String) -> GlossaryTerm? {
    terms.first { $0.isCalled(name) }
  }
}
