import Stochastics

/// What a metric comes to at one value of a lever: a quantile over replicates, how far it can be trusted,
/// and how wide the replicates are spread.
///
/// `interval` and `draws` answer different questions. The first is about this simulation: more replicates
/// make it narrower. The second is about the world: it stays as wide as what is not known makes it.
public struct LeverReading: Hashable, Sendable {
  /// The probability with which ``interval`` holds, and the share of replicates in ``draws``.
  public static let level = 0.9

  /// How many replicates have a value.
  public let count: Int
  /// The quantile; infinite where it is the time of something that did not happen, and NaN where no
  /// replicate has a value.
  public let value: Double
  /// The Monte Carlo interval of the quantile; an end is infinite where there is no telling.
  public let interval: ClosedRange<Double>
  /// The 5% and the 95% quantile over replicates.
  public let draws: ClosedRange<Double>

  /// States what is known without error, and is the same in every replicate.
  public init(exactly value: Double) {
    count = 1
    self.value = value
    interval = value.isNaN ? Self.anything : value...value
    draws = interval
  }

  /// Reads a column.
  ///
  /// Under plain Monte Carlo the interval lies between order statistics, for which no law is assumed. Under
  /// `lhs` and `sobol`, whose replicates lean on each other, it is Student's, of the spread of the
  /// randomisations' own quantiles.
  ///
  /// - Parameters:
  ///   - values: one for each replicate; NaN where missing.
  ///   - probability: of the quantile, within (0, 1).
  ///   - areTimes: whether they say when something happened: then what is missing comes later than all
  ///     others, and a quantile is the first time by which that share had happened (``FirstPassage``).
  ///   - randomisations: for each value the randomisation it belongs to; empty for plain Monte Carlo.
  public init(
    of values: [Double], at probability: Double, areTimes: Bool = false,
    randomisations: [Int] = []
  ) {
    func quantile(_ probability: Double, _ sorted: [Double]) -> Double {
      areTimes
        ? Self.time(probability, of: sorted) : Self.interpolated(probability, of: sorted)
    }
    let sorted = Self.sorted(values, areTimes: areTimes)
    count = values.count { !$0.isNaN }
    guard !sorted.isEmpty else {
      (value, interval, draws) = (.nan, Self.anything, Self.anything)
      return
    }
    value = quantile(probability, sorted)
    draws = quantile(0.05, sorted)...quantile(0.95, sorted)
    guard !randomisations.isEmpty else {
      let ranks = SampleBounds.ranks(around: probability, of: sorted.count, level: Self.level)
      let low = ranks.lower.map { sorted[$0] } ?? -.infinity
      interval = low...(ranks.upper.map { sorted[$0] } ?? .infinity)
      return
    }
    var groups = Array(repeating: [Double](), count: (randomisations.max() ?? 0) + 1)
    for (value, group) in zip(values, randomisations) { groups[group].append(value) }
    let quantiles = groups.map { Self.sorted($0, areTimes: areTimes) }.filter { !$0.isEmpty }
      .map { quantile(probability, $0) }
    interval = Self.interval(about: value, of: quantiles)
  }

  private static let anything = -Double.infinity...Double.infinity

  private static func sorted(_ values: [Double], areTimes: Bool) -> [Double] {
    (areTimes ? values.map { $0.isNaN ? .infinity : $0 } : values.filter { !$0.isNaN }).sorted()
  }

  /// Of type 7, as ``Quantiles`` has them.
  private static func interpolated(_ probability: Double, of sorted: [Double]) -> Double {
    let position = probability * Double(sorted.count - 1)
    let rank = Int(position.rounded(.down))
    return Quantiles.between(
      sorted[rank], sorted[min(rank + 1, sorted.count - 1)], at: position)
  }

  /// A share that is met but for rounding is met.
  private static func time(_ probability: Double, of sorted: [Double]) -> Double {
    let reached = (Double(sorted.count) * (probability - 1e-9)).rounded(.up)
    return sorted[max(0, Int(reached) - 1)]
  }

  /// Randomisations do not lean on each other, so their spread says how far their mean may be off, and
  /// with it the quantile of all of them together.
  private static func interval(
    about value: Double, of quantiles: [Double]
  ) -> ClosedRange<Double> {
    guard quantiles.count > 1, (quantiles + [value]).allSatisfy(\.isFinite) else { return anything }
    let error =
      Design.standardError(ofRandomisationMeans: quantiles)
      * SampleBounds.standardErrors(level: level, ofMeansOf: quantiles.count)
    return value - error...value + error
  }
}

extension Comparison {
  /// Regime minus reference, replicate by replicate; NaN where either is missing.
  public static func differences(_ values: [Double], _ reference: [Double]) -> [Double] {
    zip(values, reference).map { $0 - $1 }
  }

  /// Regime over reference, replicate by replicate; NaN where there is none that can be summed.
  public static func ratios(_ values: [Double], _ reference: [Double]) -> [Double] {
    zip(values, reference).map { ratio(of: $0, to: $1) }
  }
}
