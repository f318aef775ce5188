import Documents
import PolicyModel

/// The keys of a regime, and of the rules in it.
enum RegimeSchema {
  static let regime: [Field] = [
    .required("id", .identifier, "Its id in results."),
    .optional("title", .text, "What it is, in one line."),
    .optional(
      "rules", .list(of: .either([.identifier, .mapping(rule)])),
      "Its rules: ids of built-in ones, built-in ones with other dates, or new ones.",
      example: """
        - us_2022_10
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
  ]

  /// The key of the parts that suppliers make.
  static let variants = "variants"

  /// A built-in rule with other dates (`use`), or a rule written out.
  private static let rule: [Field] =
    [
      .optional("use", .identifier, "A built-in rule, with other dates."),
      .optional("open_ended", .flag, beside: ["use"], "The rule does not end."),
    ]
    + RuleSchema.fields.map {
      $0.optional(without: "as the built-in rule; a new one needs it")
    }

  /// What can be said of a built-in rule.
  static let datesOfBuiltIn = [
    "use", "effective", "ends", "open_ended", "compliance_from", "enforced",
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
    switch subject {
    case .chips:
      let isSilent = requirement.isEmpty && review.isEmpty
      return isSilent && node.lacks("requirement") && node.lacks("review")
        ? "has neither a requirement nor a review" : nil
    case .nothing: return "is a bill or a statement without force"
    case .entities where !isScripted:
      return entities.isEmpty && node.lacks("entities") ? "names no supplier or owner" : nil
    default:
      return isScripted
        ? "bears on \(subject.rawValue), which nothing in a world without owners simulates" : nil
    }
  }

  /// Whether two rules are the same but for dates, enforcement and what is said about them: an
  /// effective scenario holds built-in rules written out.
  func says(what other: Rule) -> Bool {
    government == other.government && subject == other.subject
      && destinations == other.destinations
      && reachesHeadquarters == other.reachesHeadquarters && entities == other.entities
      && requirement == other.requirement && review == other.review
      && supersedes == other.supersedes
  }
}
