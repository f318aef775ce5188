import Documents

/// The `sweep` section: a grid of values, named points, or both.
enum SweepSchema {
  /// The section.
  static let sweep = Schema.either([
    .choice([none]),
    .mapping([
      .optional(
        "grid", .dictionary(of: .list(of: .anything, minimum: 1), keys: .setting),
        "Values by path: every combination is a point, the last key changing fastest."),
      .optional(
        "points", .records(of: point, minimum: 1),
        "Points of their own; with a grid, each is crossed with all of it."),
    ]),
  ])

  /// The word for no sweep, where the base has one.
  static let none = "none"

  private static let point: [Field] = [
    .required("id", .identifier, "Its id in results."),
    .optional("title", .text, "What it is, in one line."),
    .optional(
      "set", .dictionary(of: .anything, keys: .setting),
      "What it sets, by path as with --set; nothing if not given."),
  ]
}
