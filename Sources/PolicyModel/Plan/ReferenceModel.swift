/// A model that was released before the first month.
public struct ReferenceModel: Hashable, Sendable {
  /// Its id in results.
  public let id: String
  /// Whose it was: a place in ``Economy/jurisdictions``.
  public let jurisdiction: Int
  /// Months from the first month of the scenario to its release; negative.
  public let released: Int
  /// Training FLOP times the algorithmic efficiency of its time, relative to October 2022.
  public let effectiveFlop: Double
  /// Whether anybody could download it.
  public let hasOpenWeights: Bool
  /// How much of its methods was published, 0 (nothing) to 1 (all).
  public let openness: Double
  /// Where this is written.
  public let source: String?

  /// Describes a model.
  public init(
    id: String, jurisdiction: Int, released: Int, effectiveFlop: Double, hasOpenWeights: Bool,
    openness: Double, source: String?
  ) {
    self.id = id
    self.jurisdiction = jurisdiction
    self.released = released
    self.effectiveFlop = effectiveFlop
    self.hasOpenWeights = hasOpenWeights
    self.openness = openness
    self.source = source
  }
}
