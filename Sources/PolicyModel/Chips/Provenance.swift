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
  /// Who says so; built-in sources end with their date in brackets, as precise as it is known.
  public let source: String

  /// How far it can be trusted.
  public let confidence: Confidence

  /// Names a source.
  public init(source: String, confidence: Confidence) {
    self.source = source
    self.confidence = confidence
  }

  /// The source without its date.
  public var citation: String {
    guard source.hasSuffix("]"), let mark = source.lastIndex(of: "[") else { return source }
    return String(source[..<mark].dropLast())
  }
}
