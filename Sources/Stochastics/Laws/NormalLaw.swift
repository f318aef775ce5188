import Glibc

extension Distribution {
  /// A normal; sd > 0.
  public static func normal(mean: Double, sd: Double) throws(DistributionError) -> Distribution {
    try requireFinite("normal", ("mean", mean), ("sd", sd))
    try requirePositive("normal", ("sd", sd))
    return try NormalLaw(mean: mean, sd: sd).usable(as: "normal")
  }

  /// A lognormal; median > 0 in the number's own unit, sigma > 0 the standard deviation of its
  /// natural logarithm.
  public static func lognormal(
    median: Double, sigma: Double
  ) throws(DistributionError) -> Distribution {
    try requireFinite("lognormal", ("median", median), ("sigma", sigma))
    try requirePositive("lognormal", ("median", median), ("sigma", sigma))
    return try LognormalLaw(mu: log(median), sigma: sigma).usable(as: "lognormal")
  }

  /// The lognormal with 5% of its probability below `low` and 5% above `high`; 0 < low < high.
  public static func ci90(_ low: Double, _ high: Double) throws(DistributionError) -> Distribution {
    try requireFinite("ci90", ("low", low), ("high", high))
    guard 0 < low, low < high else {
      throw .unmet(law: "ci90", needs: "0 < low < high", got: [low, high])
    }
    let (logLow, logHigh) = (log(low), log(high))
    let sigma = (logHigh - logLow) / (2 * GSL.normalQuantile(0.95))
    return try LognormalLaw(mu: (logLow + logHigh) / 2, sigma: sigma).usable(as: "ci90")
  }
}

struct NormalLaw: SmoothLaw {
  let mean: Double
  let sd: Double

  var support: ClosedRange<Double> { -.infinity ... .infinity }

  func below(_ x: Double) -> Double { GSL.normalCDF((x - mean) / sd) }
  func above(_ x: Double) -> Double { GSL.normalCDF((mean - x) / sd) }
  func quantile(_ u: Double) -> Double { mean + sd * GSL.normalQuantile(u) }
  func upperQuantile(_ q: Double) -> Double { mean - sd * GSL.normalQuantile(q) }

  func partialMean(over window: ClosedRange<Double>) -> Double {
    let (a, b) = ((window.lowerBound - mean) / sd, (window.upperBound - mean) / sd)
    return mean * mass(in: window) + sd * (density(a) - density(b))
  }

  func sample(from stream: inout RandomStream) -> Double { stream.normal(mean: mean, sd: sd) }

  private func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }
}

/// A number whose natural logarithm is normal.
struct LognormalLaw: SmoothLaw {
  let mu: Double
  let sigma: Double

  var support: ClosedRange<Double> { 0 ... .infinity }
  var mean: Double { exp(mu + sigma * sigma / 2) }

  func below(_ x: Double) -> Double { GSL.normalCDF((log(x) - mu) / sigma) }
  func above(_ x: Double) -> Double { GSL.normalCDF((mu - log(x)) / sigma) }
  func quantile(_ u: Double) -> Double { exp(mu + sigma * GSL.normalQuantile(u)) }
  func upperQuantile(_ q: Double) -> Double { exp(mu - sigma * GSL.normalQuantile(q)) }

  /// A lognormal weighted by its value is another lognormal.
  func partialMean(over window: ClosedRange<Double>) -> Double {
    mean * LognormalLaw(mu: mu + sigma * sigma, sigma: sigma).mass(in: window)
  }

  func sample(from stream: inout RandomStream) -> Double {
    stream.lognormal(mu: mu, sigma: sigma)
  }
}
