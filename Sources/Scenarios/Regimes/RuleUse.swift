import Documents
import PolicyModel

/// The keys of a regime, and of the rules in it.
enum RegimeSchema {
  static let regime: [Field] = [
    .required("id", .identifier, "Its id in results."),
    .optional(
      "name", .text, default: .stated("the words of the id"),
      "What charts call it, in two or three words."),
    .optional("title", .text, "What it is, in one line."),
    .optional(
      against, .identifier,
      "Another regime of the file to compare it with in answers, besides the first: what it adds to that one."
    ),
    .optional(
      "like", .identifier,
      "Another regime of the file, whose rules, `set` and variants it has but for what it writes itself."
    ),
    .optional(
      "rules", rules,
      "Its rules: sets, built-in rules by id, the same with other dates, or new ones. A list that begins "
        + "with a set starts from it; otherwise a regime that is `like` another starts from that one's.",
      example: """
        - current-law@2025-12
        - drop: [us_2022_10, us_h200_trump]
        - {use: us_2023_10, effective: 2024-01-01}
        - id: my_rule
          government: US
          title: A cap on what China may buy
          effective: 2024-03-01
          destinations: [CN]
          requirement: [{class: large, when: {tpp: {at_least: 2400}, data_center: true}}]
          review: [{policy: license, when: {class: [large]}, cap_units: 50000}]
        """),
    .optional(
      "set", .dictionary(of: .anything, keys: .path), "Parameters that it changes.",
      example: "throughput.mfu: {uniform: [0.3, 0.4]}"),
    .optional(
      variants, .word(of: VariantPolicy.self), default: .word(VariantPolicy.historical),
      "Parts that suppliers make for places where their best is barred, in a world with owners."),
    .optional(
      setsOfRules, .list(of: .text),
      "The built-in sets that its rules were taken from, each with its month: `describe` writes it, and it "
        + "changes nothing."),
  ]

  /// The same without a world, which rules could be about.
  static let regimeWithoutWorld = regime.filter {
    !["rules", variants, setsOfRules].contains($0.key)
  }

  /// What the rules of a regime, or a set of rules, may be.
  static let rules = Schema.either([
    .worded(.text, "a set of rules or a rule, such as current-law"),
    .list(of: .either([.worded(.text, "the name of a rule or a set"), .mapping(item)])),
  ])

  /// The key of the sets that rules were taken from.
  static let setsOfRules = "rules_from"

  /// The key of the regime that one is held to besides the reference.
  static let against = "against"

  /// The key of the parts that suppliers make.
  static let variants = "variants"

  /// A rule, or what is done to those before it.
  private static let item: [Field] =
    rule + [
      .optional(
        "add",
        .worded(
          .either([.text, .mapping(rule), .list(of: .either([.text, .mapping(rule)]))]),
          "a rule or a list of them, written as above"),
        "Adds rules, as writing them without it does; alone in its item."),
      .optional(
        "drop",
        .worded(
          .either([.text, .list(of: .text, minimum: 1)]), "the id of a rule, or a list of ids"),
        "Takes rules away that stand before it; alone in its item."),
    ]

  /// A built-in rule with other dates (`use`), or a rule written out.
  private static let rule: [Field] =
    [
      .optional("use", .reference, "A built-in rule, with other dates."),
      .optional("open_ended", .flag, beside: ["use"], "The rule does not end."),
    ]
    + RuleSchema.fields.map {
      $0.optional(without: "as the built-in rule; a new one needs it")
    }

  /// What can be said of a built-in rule.
  static let datesOfBuiltIn = [
    "use", "announced", "effective", "ends", "open_ended", "compliance_from", "enforced",
    "licenses_known_until",
  ]

  /// Which keys a new rule needs.
  static let keysOfNewRule = RuleSchema.fields.filter(\.isRequired).map(\.key)
}

extension Rule {
  /// Why it has no effect on anything that is simulated, if it has none.
  ///
  /// - Parameters:
  ///   - node: as it is written, where a faulty part is not a missing one.
  ///   - isScripted: whether nothing happens in the world but documented runs.
  func idleness(as node: DocumentNode, isScripted: Bool) -> String? {
    switch self.subject {
    case .chips:
      let isSilent = self.requirement.isEmpty && self.review.isEmpty
      return isSilent && node.lacks("requirement") && node.lacks("review")
        ? "has neither a requirement nor a review" : nil
    case .nothing: return "is a bill or a statement without force"
    case .entities where !isScripted:
      return self.entities.isEmpty && node.lacks("entities") ? "names no supplier or owner" : nil
    default:
      return isScripted
        ? "bears on \(self.subject.rawValue), which nothing in a world without owners simulates"
        : nil
    }
  }

  /// Whether two rules are the same but for dates, enforcement and what is said about them: an
  /// effective scenario holds built-in rules written out.
  func says(what other: Rule) -> Bool {
    self.government == other.government && self.subject == other.subject
      && self.destinations == other.destinations
      && self.reachesHeadquarters == other.reachesHeadquarters && self.entities == other.entities
      && self.hosts == other.hosts && self.closes == other.closes
      && self.requirement == other.requirement && self.review == other.review
      && self.supersedes == other.supersedes
  }
}
