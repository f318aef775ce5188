public import Analysis
public import Documents
import PolicyModel
public import Quantities
import Scenarios
import Simulation
import Stochastics

/// What is looked at when arms are compared.
public struct ComparisonQuestion: Sendable {
  /// Metrics by name; the headline metrics if none are named.
  public var metrics: [String] = []
  /// Entities by name; all if none are named.
  public var entities: [String] = []
  /// Months; the last one of all scenarios if none are named.
  public var months: [Month] = []
  /// Which end of a metric is better, where somebody said so.
  public var preferences: [String: Preference] = [:]

  /// A question about the headline metrics at the end.
  public init() {}

  /// Takes `METRIC=high` or `METRIC=low` for whether more of a metric is better; fails for anything else, and
  /// where the other end was said to be.
  public mutating func prefer(_ text: String) throws(CommandLineFault) {
    let parts = text.split(separator: "=").map(String.init)
    guard parts.count == 2, let preference = Preference(rawValue: parts[1]) else {
      throw CommandLineFault("--prefer \(text): write METRIC=high or METRIC=low")
    }
    let earlier = preferences.updateValue(preference, forKey: parts[0])
    guard earlier == nil || earlier == preference else {
      throw CommandLineFault("--prefer: both high and low are preferred of \(parts[0])")
    }
  }
}

/// Regimes held to each other on the same luck: paired differences, ranks and regrets.
public struct ArmComparison: Sendable {
  /// A value that is looked at: a metric of an entity at the end of a month, or of a whole run.
  public struct Item: Hashable, Sendable {
    /// The month; nil for what is recorded once.
    public let month: Month?
    /// Whose metric it is.
    public let entity: String
    /// The metric.
    public let metric: String
    /// Its unit.
    public let unit: String
    /// Which end is taken to be better; nil where nobody said so.
    public let preference: Preference?
    /// Whether it is 0 or 1, so that its mean says more than its median.
    public let isShownByMean: Bool
  }

  /// The arms and their scenarios.
  public let arms: ArmSet
  /// What each arm is held to.
  public let reference: Reference
  /// By arm: the one that it is held to.
  package let references: [Int?]
  /// What was looked at.
  public let items: [Item]
  /// By arm, then by item: its distribution.
  public let summaries: [[Summary?]]
  /// By arm, then by item: how it compares with its reference.
  public let comparisons: [[Comparison?]]
  /// By arm, then by item: its rank among the arms of its world (``ArmSet/choices``), 1 being the best, or the
  /// highest where no end is taken to be better.
  public let ranks: [[Summary?]]
  /// By arm, then by item: the share of replicates in which its rank is 1.
  public let sharesFirst: [[Double]]
  /// By arm, then by item: what it forgoes against the best arm; nil where no end is taken to be better.
  public let regrets: [[Summary?]]
  /// By arm, then by item: the largest regret in any replicate.
  public let largestRegrets: [[Double]]
  /// How many replicates could not be computed under some arm.
  public let failedReplicates: Int

  /// Runs arms side by side, and holds them to each other.
  ///
  /// - Parameters:
  ///   - reference: what each arm is held to.
  ///   - consider: called before it begins with what it takes.
  ///   - progress: called with the number of replicates done.
  /// - Throws: ``CommandLineFault`` for a metric, entity or month that is not there; what `consider` throws.
  public init(
    of arms: ArmSet, _ question: ComparisonQuestion, heldTo reference: Reference = .firstOfPoint,
    threads: Int,
    consider: (RunFootprint) throws -> Void = { _ in },
    progress: (_ done: Int) -> Void = { _ in }
  ) async throws {
    let joint = try JointRun(of: arms, question)
    let references = reference.places(in: arms)
    let plan = joint.plan(references: references)
    let exactValues = arms.scenarios[0].run.exactValues
    try consider(
      RunFootprint(
        of: plan, replicates: joint.design.replicates, exactValues: exactValues, threads: threads,
        passing: joint.mostRecorded))
    var largest = Array(
      repeating: Array(repeating: 0.0, count: joint.items.count), count: arms.arms.count)
    let statistics = try await joint.statistics(
      plan, exactValues: exactValues, threads: threads,
      inspect: { joint.takeLargestRegrets(of: $0, into: &largest) }, progress: progress)
    self.arms = arms
    self.reference = reference
    self.references = references
    items = joint.items
    let count = joint.items.count
    summaries = statistics.summaries.map { Array($0[..<count]) }
    comparisons = statistics.comparisons.map { Array($0[..<count]) }
    ranks = statistics.summaries.map { Array($0[count..<2 * count]) }
    regrets = statistics.summaries.map { Array($0[(2 * count)...]) }
    largestRegrets = largest
    sharesFirst = arms.arms.indices.map { arm in
      Array(statistics.shares[arm * count..<(arm + 1) * count])
    }
    failedReplicates = statistics.replicatesFailed
  }
}
