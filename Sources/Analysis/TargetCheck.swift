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
  }

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
