import Glibc

// The laws that a scenario can write. Each factory validates its numbers and says, in the error, what
// it needs and what it got.
extension Distribution {
  /// A single value, which must be finite.
  public static func constant(_ value: Double) throws(DistributionError) -> Distribution {
    try requireFinite("constant", ("value", value))
    return Distribution(.atoms(Atoms([(value, 1)])))
  }

  /// The lognormal with 5% of its probability below `low` and 5% above `high`; 0 < low < high.
  public static func ci90(_ low: Double, _ high: Double) throws(DistributionError) -> Distribution {
    try requireFinite("ci90", ("low", low), ("high", high))
    guard 0 < low, low < high else { throw .ci90Points(low: low, high: high) }
    let (logLow, logHigh) = (log(low), log(high))
    let sigma = (logHigh - logLow) / (2 * GSL.normalQuantile(0.95))
    return try lognormal("ci90", mu: (logLow + logHigh) / 2, sigma: sigma)
  }

  /// A normal; sd > 0.
  public static func normal(mean: Double, sd: Double) throws(DistributionError) -> Distribution {
    try requireFinite("normal", ("mean", mean), ("sd", sd))
    try requirePositive("normal", ("sd", sd))
    let law = SmoothLaw.normal(mean: mean, sd: sd)
    try requireUsable("normal", law)
    return Distribution(.smooth(law))
  }

  /// A lognormal; median > 0 in the number's own unit, sigma > 0 the standard deviation of its
  /// natural logarithm.
  public static func lognormal(
    median: Double, sigma: Double
  ) throws(DistributionError) -> Distribution {
    try requireFinite("lognormal", ("median", median), ("sigma", sigma))
    try requirePositive("lognormal", ("median", median), ("sigma", sigma))
    return try lognormal("lognormal", mu: log(median), sigma: sigma)
  }

  /// A uniform; low < high.
  public static func uniform(
    _ low: Double, _ high: Double
  ) throws(DistributionError) -> Distribution {
    try requireFinite("uniform", ("low", low), ("high", high))
    guard low < high else { throw .uniformBounds(low: low, high: high) }
    let law = SmoothLaw.uniform(low: low, high: high)
    try requireUsable("uniform", law)
    return Distribution(.smooth(law))
  }

  /// A triangular law; low <= mode <= high and low < high.
  public static func triangular(
    _ low: Double, _ mode: Double, _ high: Double
  ) throws(DistributionError) -> Distribution {
    try requireMode("triangular", low, mode, high)
    let law = SmoothLaw.triangular(low: low, mode: mode, high: high)
    try requireUsable("triangular", law)
    return Distribution(.smooth(law))
  }

  /// A beta-PERT law, mean (low + 4 mode + high) / 6; low <= mode <= high and low < high.
  ///
  /// A beta stretched to the bounds, with weight 4 on the mode as in the PERT of 1959.
  public static func pert(
    _ low: Double, _ mode: Double, _ high: Double
  ) throws(DistributionError) -> Distribution {
    try requireMode("pert", low, mode, high)
    let width = high - low
    let a = 1 + 4 * ((mode - low) / width)
    let b = 1 + 4 * ((high - mode) / width)
    let law = SmoothLaw.beta(a: a, b: b, low: low, high: high)
    try requireUsable("pert", law)
    return Distribution(.smooth(law))
  }

  /// A beta on 0...1; 0 < mean < 1, and 0 < sd < sqrt(mean (1 - mean)), where all the probability
  /// would sit on 0 and 1.
  public static func beta(mean: Double, sd: Double) throws(DistributionError) -> Distribution {
    try requireFinite("beta", ("mean", mean), ("sd", sd))
    guard mean > 0, mean < 1 else { throw .betaMean(mean) }
    try requirePositive("beta", ("sd", sd))
    let total = mean * (1 - mean) / (sd * sd) - 1
    guard total > 0 else { throw .betaSpread(mean: mean, sd: sd) }
    let law = SmoothLaw.beta(a: mean * total, b: (1 - mean) * total, low: 0, high: 1)
    try requireUsable("beta", law)
    return Distribution(.smooth(law))
  }

  /// Values with weights >= 0, which need not add up to 1; equal values are merged.
  public static func discrete(
    _ values: [Double], weights: [Double]
  ) throws(DistributionError) -> Distribution {
    try requireValues("discrete", values)
    try requireWeights("discrete", weights, count: values.count)
    return Distribution(.atoms(Atoms(zip(values, weights).map { ($0, $1) })))
  }

  /// Components with weights >= 0, which need not add up to 1.
  public static func mixture(
    _ components: [Distribution], weights: [Double]
  ) throws(DistributionError) -> Distribution {
    guard !components.isEmpty else { throw .empty(law: "mixture") }
    try requireWeights("mixture", weights, count: components.count)
    return Distribution(.mixture(Mixture(zip(components, weights).map { ($0, $1) })))
  }

  /// Observed values, each as likely as the others.
  public static func empirical(_ values: [Double]) throws(DistributionError) -> Distribution {
    try requireValues("empirical", values)
    return Distribution(.atoms(Atoms(values.map { ($0, 1) })))
  }

  /// This law given that it falls within min...max, either of which may be left out.
  ///
  /// Fails when no probability is left. A law within the bounds already is returned as it is.
  public func truncated(
    min: Double? = nil, max: Double? = nil
  ) throws(DistributionError) -> Distribution {
    let (low, high) = (min ?? -.infinity, max ?? .infinity)
    guard low <= high else { throw .truncationBounds(min: low, max: high) }
    if low <= support.lowerBound && support.upperBound <= high { return self }
    guard let (law, _) = restricted(to: low...high) else {
      throw .truncationEmpty(min: low, max: high, support: support)
    }
    return law
  }

  private static func lognormal(
    _ name: String, mu: Double, sigma: Double
  ) throws(DistributionError) -> Distribution {
    let law = SmoothLaw.lognormal(mu: mu, sigma: sigma)
    try requireUsable(name, law)
    return Distribution(.smooth(law))
  }
}
