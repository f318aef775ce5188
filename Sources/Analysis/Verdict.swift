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
  ///   - draws: the value in each replicate; NaN where missing.
  ///   - isMet: whether a value makes the statement true.
  public init(pointValue: Double, draws: [Double], isMet: (Double) -> Bool) {
    self.pointValue = pointValue
    holds = isMet(pointValue)
    let present = draws.filter { !$0.isNaN }
    let met = present.count { isMet($0) }
    shareOfDraws = present.isEmpty ? 0 : Double(met) / Double(present.count)
  }
}
