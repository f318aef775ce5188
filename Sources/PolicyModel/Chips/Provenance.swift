/// How far a number can be trusted.
public enum Confidence: String, CaseIterable, Sendable {
  /// Printed by the source that is named.
  case published
  /// Computed from published numbers.
  case derived
  /// Somebody's judgement, shown as such wherever the number is shown: "(J)".
  case judgement
  /// Seen once, and not checked against a primary source.
  case unverified
}

/// Where a number comes from.
public struct Provenance: Hashable, Sendable {
  /// Who says so.
  public let source: String

  /// The date of the source, as precise as it is known (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`).
  public let date: String?

  /// How far it can be trusted.
  public let confidence: Confidence

  /// Names a source.
  public init(source: String, date: String?, confidence: Confidence) {
    self.source = source
    self.date = date
    self.confidence = confidence
  }
}
