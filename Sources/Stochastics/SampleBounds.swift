import CGSL

/// How far what a sample says of a law may be from the law itself.
public enum SampleBounds {
  /// The ranks, from 0, of the order statistics of independent values between which a quantile of their
  /// law lies, with at least the probability `level`; nil where no value is far enough out.
  ///
  /// Exact for any law without jumps and safe for one with jumps, since how many values lie below the
  /// quantile is binomial (David and Nagaraja, Order Statistics, 7.1).
  ///
  /// - Parameters:
  ///   - probability: of the quantile, within (0, 1).
  ///   - count: how many values there are, 1 or more.
  ///   - level: within (0, 1); what is left out is split evenly between both sides.
  public static func ranks(
    around probability: Double, of count: Int, level: Double
  ) -> (lower: Int?, upper: Int?) {
    precondition(probability > 0 && probability < 1, "a quantile at \(probability)")
    precondition(count > 0 && level > 0 && level < 1, "\(count) values, level \(level)")
    let tail = (1 - level) / 2
    // So many values lie below the quantile in at least one of `tail` cases, and one fewer in less.
    let below = Counts.binomial(tail, n: count, p: probability)
    let above = Counts.binomial(1 - tail, n: count, p: probability)
    return (below > 0 ? below - 1 : nil, above < count ? above : nil)
  }

  /// How many standard errors lie between a mean and either end of its interval: the quantile of
  /// Student's law, for the mean of `count` normal values whose spread is estimated from them.
  ///
  /// - Parameters:
  ///   - level: the probability that the interval holds, within (0, 1).
  ///   - count: 2 or more.
  public static func standardErrors(level: Double, ofMeansOf count: Int) -> Double {
    _ = GSL.errorsAreReturned
    precondition(count > 1 && level > 0 && level < 1, "\(count) values, level \(level)")
    return gsl_cdf_tdist_Pinv((1 + level) / 2, Double(count - 1))
  }
}
