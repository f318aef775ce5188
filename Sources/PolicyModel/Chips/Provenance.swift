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
  /// Who says so, and when: a citation.
  public let source: String

  /// How far it can be trusted.
  public let confidence: Confidence

  /// Names a source.
  public init(source: String, confidence: Confidence) {
    self.source = source
    self.confidence = confidence
  }
}
