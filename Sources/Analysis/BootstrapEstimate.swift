import Stochastics

/// An estimate with what bootstrap samples make of it.
public struct BootstrapEstimate: Hashable, Sendable {
  /// From the sample itself.
  public let value: Double
  /// Between the quantiles of what resamples came to that leave out the asked share evenly (90% by default).
  public let interval: ClosedRange<Double>
  /// The middle half of what resamples came to.
  public let middle: ClosedRange<Double>

  /// How many resamples there are.
  public static let resamples = 1000

  /// An estimate from all values and from resamples of them.
  ///
  /// - Parameters:
  ///   - value: from the sample itself.
  ///   - resampled: from each resample, one or more; those that came to nothing (NaN) are left out.
  ///   - level: the probability that the interval should hold, within (0, 1).
  init(_ value: Double, resampled: [Double], level: Double) {
    self.value = value
    var sorted = resampled.filter { !$0.isNaN }
    let tail = (1 - level) / 2
    guard let ends = Quantiles.select([tail, 0.25, 0.75, 1 - tail], from: &sorted) else {
      (interval, middle) = (value...value, value...value)
      return
    }
    (interval, middle) = (ends[0]...ends[3], ends[1]...ends[2])
  }
}
