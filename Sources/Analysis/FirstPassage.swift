/// When something first happened, over replicates: right-censored at the last step, since a
/// replicate in which it did not happen says that it would come later, or never.
///
/// Law: a quantile is the first step by which that share of all replicates had reached it, so there
/// is none where fewer ever did. Nothing is said of how late the rest would be.
public struct FirstPassage: Hashable, Sendable {
  /// How many replicates were watched.
  public let count: Int
  /// In how many of them it happened.
  public let reached: Int
  /// The steps at ``Summary/probabilities``; nil beyond the share that reached it.
  public let quantiles: [Int?]

  /// The share of replicates in which it happened.
  public var shareReached: Double { Double(reached) / Double(count) }

  /// Sums up a column of steps; nil when there are no replicates.
  ///
  /// - Parameter values: the step, from 0, in each replicate; NaN where it did not happen.
  public init?(of values: [Double]) {
    guard !values.isEmpty else { return nil }
    var steps: [Int] = []
    for value in values where !value.isNaN {
      let step = max(0, Int(value.rounded(.down)))
      while steps.count <= step { steps.append(0) }
      steps[step] += 1
    }
    count = values.count
    reached = steps.reduce(0, +)
    let total = Double(values.count)
    quantiles = Summary.probabilities.map { probability in
      var sum = 0
      return steps.firstIndex { happened in
        sum += happened
        // A share that is met but for rounding is met.
        return sum > 0 && Double(sum) >= probability * total - 1e-9 * total
      }
    }
  }

  /// Shares of replicates in which a step comes earlier and later than in the reference, where never
  /// is later than ever; nil without replicates.
  public static func order(
    of values: [Double], to reference: [Double]
  ) -> (earlier: Double, later: Double)? {
    guard !values.isEmpty, values.count == reference.count else { return nil }
    func time(_ value: Double) -> Double { value.isNaN ? .infinity : value }
    var (earlier, later) = (0, 0)
    for (value, reference) in zip(values, reference) {
      if time(value) < time(reference) { earlier += 1 }
      if time(value) > time(reference) { later += 1 }
    }
    let count = Double(values.count)
    return (Double(earlier) / count, Double(later) / count)
  }
}
