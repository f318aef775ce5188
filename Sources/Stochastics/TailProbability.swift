import CGSL

/// How likely counts are that chance alone would make: the tails of laws that tests rest on.
public enum TailProbability {
  /// The probability of at least so many successes in independent trials.
  ///
  /// - Parameters:
  ///   - successes: 0 or more.
  ///   - trials: 0 or more.
  ///   - probability: of a success in one trial, 0 to 1.
  public static func binomial(
    atLeast successes: Int, of trials: Int, probability: Double
  ) -> Double {
    _ = GSL.errorsAreReturned
    precondition(successes >= 0 && trials >= 0, "\(successes) successes of \(trials)")
    precondition((0...1).contains(probability), "a probability of \(probability)")
    if successes == 0 { return 1 }
    if successes > trials || probability == 0 { return 0 }
    return gsl_cdf_binomial_Q(UInt32(successes - 1), probability, UInt32(trials))
  }

  /// The probability that a part drawn at random, without putting back, holds at least so many cases.
  ///
  /// - Parameters:
  ///   - cases: in the part, 0 or more.
  ///   - part: how many are drawn.
  ///   - allCases: cases in the whole.
  ///   - whole: how many there are to draw from, no fewer than `part` and `allCases`.
  public static func hypergeometric(
    atLeast cases: Int, in part: Int, ofAll allCases: Int, in whole: Int
  ) -> Double {
    _ = GSL.errorsAreReturned
    precondition(
      cases >= 0 && (0...whole).contains(part) && (0...whole).contains(allCases),
      "\(cases) of \(part) drawn, \(allCases) of \(whole) in all")
    if cases == 0 || cases <= part + allCases - whole { return 1 }
    if cases > min(part, allCases) { return 0 }
    return gsl_cdf_hypergeometric_Q(
      UInt32(cases - 1), UInt32(allCases), UInt32(whole - allCases), UInt32(part))
  }

  /// The probability that a sum of squares with so many degrees of freedom is at least so large.
  public static func chiSquared(atLeast sum: Double, freedom: Int) -> Double {
    _ = GSL.errorsAreReturned
    precondition(sum >= 0 && freedom > 0, "a sum of \(sum) with \(freedom) degrees of freedom")
    return gsl_cdf_chisq_Q(sum, Double(freedom))
  }
}

extension SampleBounds {
  /// The interval that holds the probability of a success, given those of some independent trials (Clopper and
  /// Pearson 1934): at least with the probability `level`.
  ///
  /// - Parameters:
  ///   - successes: 0 to `trials`.
  ///   - level: within (0, 1); what is left out is split evenly between both sides.
  public static func probability(
    successes: Int, of trials: Int, level: Double
  ) -> ClosedRange<Double> {
    _ = GSL.errorsAreReturned
    precondition(trials >= 0 && (0...trials).contains(successes), "\(successes) of \(trials)")
    precondition(level > 0 && level < 1, "a level of \(level)")
    let tail = (1 - level) / 2
    let (yes, no) = (Double(successes), Double(trials - successes))
    let low = successes == 0 ? 0 : gsl_cdf_beta_Pinv(tail, yes, no + 1)
    let high = successes == trials ? 1 : gsl_cdf_beta_Qinv(tail, yes + 1, no)
    return low...max(low, high)
  }
}
