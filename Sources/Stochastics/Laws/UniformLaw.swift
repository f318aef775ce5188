extension Distribution {
  /// A uniform; low < high.
  public static func uniform(
    _ low: Double, _ high: Double
  ) throws(DistributionError) -> Distribution {
    try requireFinite("uniform", ("low", low), ("high", high))
    guard low < high else {
      throw .unmet(law: "uniform", needs: "low < high", got: [low, high])
    }
    return try UniformLaw(low: low, high: high).usable(as: "uniform")
  }
}

/// The same density from one end to the other.
struct UniformLaw: SmoothLaw {
  let low: Double
  let high: Double

  var support: ClosedRange<Double> { low...high }
  var mean: Double { low + (high - low) / 2 }

  func below(_ x: Double) -> Double { (x - low) / (high - low) }
  func above(_ x: Double) -> Double { (high - x) / (high - low) }
  func quantile(_ u: Double) -> Double { stretched(u, low, high) }
  func upperQuantile(_ q: Double) -> Double { -stretched(q, -high, -low) }

  func partialMean(over window: ClosedRange<Double>) -> Double {
    let (start, end) = (window.lowerBound, window.upperBound)
    return (start + (end - start) / 2) * ((end - start) / (high - low))
  }
}
