extension Distribution {
  /// A triangular law; low <= mode <= high and low < high.
  public static func triangular(
    _ low: Double, _ mode: Double, _ high: Double
  ) throws(DistributionError) -> Distribution {
    try requireMode("triangular", low, mode, high)
    return try TriangularLaw(low: low, mode: mode, high: high).usable(as: "triangular")
  }
}

/// A density that rises to the mode and falls behind it, in straight lines.
struct TriangularLaw: SmoothLaw {
  let low: Double
  let mode: Double
  let high: Double

  var support: ClosedRange<Double> { low...high }
  var mean: Double { low / 3 + mode / 3 + high / 3 }

  private var mirrored: TriangularLaw { TriangularLaw(low: -high, mode: -mode, high: -low) }

  func below(_ x: Double) -> Double {
    x < mode
      ? (x - low) / (high - low) * ((x - low) / (mode - low))
      : 1 - (high - x) / (high - low) * ((high - x) / (high - mode))
  }

  func above(_ x: Double) -> Double { mirrored.below(-x) }

  func quantile(_ u: Double) -> Double {
    let width = high - low
    return u * width < mode - low
      ? low + (u * width * (mode - low)).squareRoot()
      : high - ((1 - u) * width * (high - mode)).squareRoot()
  }

  func upperQuantile(_ q: Double) -> Double { -mirrored.quantile(q) }

  func partialMean(over window: ClosedRange<Double>) -> Double {
    let (start, end) = (window.lowerBound, window.upperBound)
    let turn = min(max(mode, start), end)
    let rising = simpson(start, turn) { $0 * ($0 - low) / (mode - low) }
    let falling = simpson(turn, end) { $0 * (high - $0) / (high - mode) }
    return 2 * (rising + falling) / (high - low)
  }

  /// Simpson's rule, exact for the parabolas that it is given here.
  private func simpson(_ a: Double, _ b: Double, _ value: (Double) -> Double) -> Double {
    a < b ? (b - a) / 6 * (value(a) + 4 * value((a + b) / 2) + value(b)) : 0
  }
}
