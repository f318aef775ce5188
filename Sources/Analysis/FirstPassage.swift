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

  /// By step, in how many it had happened by then; no longer than the last step in which it did.
  public let reachedBy: [Int]

  /// The share of replicates in which it happened.
  public var shareReached: Double { Double(reached) / Double(count) }

  /// The share in which it had happened by a step.
  public func shareReached(by step: Int) -> Double {
    let reached = reachedBy.indices.contains(step) ? reachedBy[step] : reached
    return Double(reached) / Double(count)
  }

  /// Sums up a column of steps; nil when there are no replicates.
  ///
  /// - Parameter values: the step, from 0, in each replicate; NaN where it did not happen.
  public init?(of values: [Double]) {
    var tally = PassageTally()
    tally.fold(values[...])
    self.init(tally)
  }

  /// Sums up what was counted; nil when there were no replicates.
  init?(_ tally: PassageTally) {
    guard tally.count > 0 else { return nil }
    count = tally.count
    reached = tally.steps.reduce(0, +)
    reachedBy = tally.steps.reduce(into: []) { $0.append(($0.last ?? 0) + $1) }
    let total = Double(count)
    quantiles = Summary.probabilities.map { probability in
      var sum = 0
      return tally.steps.firstIndex { happened in
        sum += happened
        // A share that is met but for rounding is met.
        return sum > 0 && Double(sum) >= probability * total - 1e-9 * total
      }
    }
  }
}

/// How a time compares with that under the reference regime, where never is later than ever.
public struct PassageOrder: Hashable, Sendable {
  /// Share of replicates in which it comes earlier.
  public let shareEarlier: Double
  /// Share of replicates in which it comes later.
  public let shareLater: Double

  /// Compares two columns of steps; nil without replicates.
  public init?(of values: [Double], to reference: [Double]) {
    var tally = PassageTally()
    tally.fold(values[...], reference: reference[...])
    self.init(tally)
  }

  init?(_ tally: PassageTally) {
    guard tally.count > 0 else { return nil }
    shareEarlier = Double(tally.earlier) / Double(tally.count)
    shareLater = Double(tally.later) / Double(tally.count)
  }
}

/// In how many replicates something first happened in each step.
struct PassageTally: Hashable, Sendable {
  /// Replicates.
  var count = 0
  /// By step: in how many it happened then.
  var steps: [Int] = []
  /// In how many it came earlier than in the reference.
  var earlier = 0
  /// In how many it came later.
  var later = 0

  /// Counts the steps of more replicates, and which came earlier or later than in a reference; NaN where
  /// it did not happen.
  mutating func fold(_ values: ArraySlice<Double>, reference: ArraySlice<Double>? = nil) {
    count += values.count
    for value in values where !value.isNaN {
      let step = max(0, Int(value.rounded(.down)))
      if steps.count <= step {
        steps += repeatElement(0, count: step + 1 - steps.count)
      }
      steps[step] += 1
    }
    guard let reference else { return }
    precondition(values.count == reference.count, "other replicates in the reference")
    func time(_ value: Double) -> Double { value.isNaN ? .infinity : value }
    for (value, reference) in zip(values, reference) {
      if time(value) < time(reference) { earlier += 1 }
      if time(value) > time(reference) { later += 1 }
    }
  }

  mutating func visit<Visitor: FoldVisitor>(_ visitor: inout Visitor) throws(Visitor.Failure) {
    try visitor.count(&count)
    try visitor.count(&earlier)
    try visitor.count(&later)
    try visitor.counts(&steps)
  }
}
