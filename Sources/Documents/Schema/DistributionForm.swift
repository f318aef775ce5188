public import Stochastics

/// A number of a scenario as written: a constant or a distribution, with where it comes from.
///
/// The form alone has been checked (keys, counts, finite numbers in range); whether the numbers
/// make a distribution (`ci90` in order, weights above zero) is for the law itself to say.
public struct DistributionForm: Hashable, Sendable {
  /// A law and what is written under its key.
  package struct Law: Hashable, Sendable {
    /// Which law.
    package let form: LawForm
    /// Its numbers in the order of its arguments, or its list of values.
    package var numbers: [Double] = []
    /// As many as values or parts, where the law has weights.
    package var weights: [Double] = []
    /// What a mixture is made of.
    var parts: [DistributionForm] = []
    /// The column of a file that the numbers come from; nil where they stand in the document itself.
    package var column: NumberColumn?

    /// One number without uncertainty.
    package static func constant(_ value: Double) -> Law { Law(form: .constant, numbers: [value]) }
  }

  /// How well a value is known.
  public enum Confidence: String, CaseIterable, Sendable {
    /// A source states it.
    case published
    /// Computed from published values.
    case derived
    /// Somebody's informed opinion.
    case judgement
    /// Not traced to a source yet.
    case unverified
  }

  /// The law and its numbers.
  package var law: Law
  /// Draws below are not made; nil for no such limit.
  public var minimum: Double?
  /// Draws above are not made; nil for no such limit.
  public var maximum: Double?
  /// The single value a source gives, for results at published values.
  public var published: Double?
  /// Where the value comes from.
  public var source: String?
  /// How well the value is known.
  public var confidence: Confidence?
  /// Where the value is written.
  public let location: SourceLocation
  /// Its path from the top of the document.
  public let path: String

  package init(
    law: Law, minimum: Double? = nil, maximum: Double? = nil, published: Double? = nil,
    source: String? = nil, confidence: Confidence? = nil, location: SourceLocation, path: String
  ) {
    self.law = law
    (self.minimum, self.maximum, self.published) = (minimum, maximum, published)
    (self.source, self.confidence) = (source, confidence)
    (self.location, self.path) = (location, path)
  }

  /// What is to be said of the files that its numbers come from.
  package var notes: [Note] {
    (law.column.map { [$0.note] } ?? []) + law.parts.flatMap(\.notes)
  }

  /// The value, when it is a constant.
  public var constant: Double? { law.form == .constant ? law.numbers.first : nil }

  /// The law that the form describes, or what is wrong with its numbers.
  public func distribution() throws(DistributionError) -> Distribution {
    let distribution = try law.form.distribution(law)
    guard minimum != nil || maximum != nil else { return distribution }
    return try distribution.truncated(min: minimum, max: maximum)
  }

  /// What may be said of a quantity with this range and unit besides its law.
  package static func notes(_ range: NumberRange, unit: String) -> [Field] {
    [
      .optional("min", .number(range, unit: unit), "Draws below are not made."),
      .optional("max", .number(range, unit: unit), "Draws above are not made."),
      .optional(
        "published", .number(range, unit: unit), "The single value that the source gives."),
      .optional("source", .text, "Where the value comes from."),
      .optional(
        "confidence", .choice(Confidence.allCases.map(\.rawValue)),
        "How well the value is known."),
    ]
  }
}
