/// What is made of the monthly values of one replicate, to be held to one observed number.
public enum Reduction: Hashable, Sendable {
  /// The last value.
  case value
  /// The sum of all values; missing when one is.
  case sum
  /// The mean of the values there are.
  case mean
  /// The last value over the first, as a factor per year; missing unless both are above zero.
  case growthPerYear
  /// The largest value there is.
  case maximum
  /// The first value there is.
  case first

  /// Reduces columns of months to one column.
  ///
  /// - Parameters:
  ///   - months: for each month, in order, one value for each replicate; NaN where missing.
  ///   - stepYears: the length of a step, in years.
  /// - Returns: one value for each replicate; NaN where there is none.
  public func apply(to months: [[Double]], stepYears: Double) -> [Double] {
    guard let first = months.first, let last = months.last else { return [] }
    switch self {
    case .value: return last
    case .sum:
      return months.dropFirst().reduce(first) { sum, month in zip(sum, month).map { $0 + $1 } }
    case .mean: return Self.mean(of: months)
    case .growthPerYear:
      let years = Double(months.count - 1) * stepYears
      return zip(first, last).map { first, last in
        first > 0 && last > 0 && years > 0 ? yearlyFactor(last / first, years: years) : .nan
      }
    case .maximum:
      return months.dropFirst().reduce(first) { most, month in
        zip(most, month).map { $0.isNaN ? $1 : $1.isNaN ? $0 : max($0, $1) }
      }
    case .first:
      return months.dropFirst().reduce(first) { found, month in
        zip(found, month).map { $0.isNaN ? $1 : $0 }
      }
    }
  }

  private static func mean(of months: [[Double]]) -> [Double] {
    (months.first ?? []).indices.map { replicate in
      let values = months.map { $0[replicate] }.filter { !$0.isNaN }
      return values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }
  }
}

/// How an observation fares against what the draws give.
///
/// A band that is wide enough covers anything, so its width is judged as well: a factor of more than
/// ``widestFactor`` between its ends says little, unless the source's own range is wider still.
public struct TargetCheck: Hashable, Sendable {
  /// The largest p95 over p05 of a band that says something.
  public static let widestFactor = 30.0

  /// What was observed.
  public let observed: Double
  /// The source's own range, where it gives both ends.
  public let sourceRange: ClosedRange<Double>?
  /// What the draws give; nil when no replicate has a value.
  public let summary: Summary?
  /// How they fare as a forecast; nil where that has no meaning.
  public let score: ForecastScore?

  /// Holds an observation to draws.
  ///
  /// - Parameters:
  ///   - low: the low end of the source's own range, if it gives one.
  ///   - high: the high end.
  ///   - draws: what each replicate gives for it; NaN where there is none.
  public init(observed: Double, low: Double?, high: Double?, draws: [Double]) {
    self.observed = observed
    sourceRange = low.flatMap { low in high.flatMap { low <= $0 ? low...$0 : nil } }
    summary = Summary(of: draws)
    score = ForecastScore(of: draws, observed: observed)
  }

  /// Whether the band covers the observed value and says something by it.
  public var isHit: Bool { isCovered && !isTooWide && !isIdleZero }

  /// Whether nothing was observed and the band begins at nothing: what may not happen at all is covered
  /// whatever else the draws give, so that it says as little as a band that is too wide.
  public var isIdleZero: Bool { observed == 0 && summary?.p05 == 0 }

  /// Whether the observed value lies in the 90% band.
  public var isCovered: Bool {
    summary.map { $0.p05 <= observed && observed <= $0.p95 } ?? false
  }

  /// The upper end of the band over the lower; nil where it has no meaning, since an end is zero or
  /// the ends have different signs.
  public var bandFactor: Double? {
    summary.flatMap { Self.factor(from: $0.p05, to: $0.p95) }
  }

  /// Whether the band is too wide to say anything: by more than ``widestFactor``, or from zero up,
  /// and by more than the source's own range.
  public var isTooWide: Bool {
    guard let summary, summary.p95 != summary.p05 else { return false }
    let factor = bandFactor ?? .infinity
    let own = sourceRange.map { Self.factor(from: $0.lowerBound, to: $0.upperBound) ?? .infinity }
    return factor > max(Self.widestFactor, own ?? 1)
  }

  private static func factor(from low: Double, to high: Double) -> Double? {
    guard low > 0 && high > 0 || low < 0 && high < 0 else { return nil }
    return max(abs(high), abs(low)) / min(abs(high), abs(low))
  }
}

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
