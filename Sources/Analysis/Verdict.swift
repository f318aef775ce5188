/// How a statement fares: at point values, and over the draws.
public struct Verdict: Hashable, Sendable {
  /// The value at published point values.
  public let pointValue: Double
  /// Whether the statement holds there.
  public let holds: Bool
  /// The share of draws in which it holds.
  public let shareOfDraws: Double

  /// Judges a statement.
  ///
  /// - Parameters:
  ///   - pointValue: the value at published point values.
  ///   - shareOfDraws: the share of draws in which it holds.
  ///   - isMet: whether a value makes the statement true.
  public init(pointValue: Double, shareOfDraws: Double, isMet: (Double) -> Bool) {
    self.pointValue = pointValue
    holds = isMet(pointValue)
    self.shareOfDraws = shareOfDraws
  }
}
