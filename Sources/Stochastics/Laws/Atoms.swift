extension Distribution {
  /// A single value, which must be finite.
  public static func constant(_ value: Double) throws(DistributionError) -> Distribution {
    try requireFinite("constant", ("value", value))
    return Distribution(Atoms([(value, 1)]))
  }

  /// Values with weights >= 0, which need not add up to 1; equal values are merged.
  public static func discrete(
    _ values: [Double], weights: [Double]
  ) throws(DistributionError) -> Distribution {
    try requireValues("discrete", values)
    try requireWeights("discrete", weights, count: values.count)
    return Distribution(Atoms(zip(values, weights).map { ($0, $1) }))
  }

  /// Observed values, each as likely as the others.
  public static func empirical(_ values: [Double]) throws(DistributionError) -> Distribution {
    try requireValues("empirical", values)
    return Distribution(Atoms(values.map { ($0, 1) }))
  }
}

/// A law on finitely many values: constants, discrete and empirical laws.
struct Atoms: Law {
  /// Ascending, distinct.
  let values: [Double]
  /// P(X <= value), ending in exactly 1.
  private let cumulative: [Double]
  let mean: Double

  /// Values with their weights, of which at least one is positive; equal values are merged, and those
  /// without weight dropped.
  init(_ weighted: [(value: Double, weight: Double)]) {
    let sorted = weighted.filter { $0.weight > 0 }.sorted { $0.value < $1.value }
    let total = sorted.reduce(0) { $0 + $1.weight }
    var values: [Double] = []
    var cumulative: [Double] = []
    var sum = 0.0
    var mean = 0.0
    for (value, weight) in sorted {
      sum += weight
      mean += value * (weight / total)
      if value == values.last {
        cumulative[cumulative.count - 1] = sum / total
      } else {
        values.append(value)
        cumulative.append(sum / total)
      }
    }
    cumulative[cumulative.count - 1] = 1
    self.values = values
    self.cumulative = cumulative
    self.mean = values.count == 1 ? values[0] : mean
  }

  var support: ClosedRange<Double> { values[0]...values[values.count - 1] }

  func cdf(_ x: Double) -> Double {
    let count = firstIndex { values[$0] > x }
    return count == 0 ? 0 : cumulative[count - 1]
  }

  /// The smallest value whose cumulative probability reaches u.
  func quantile(_ u: Double) -> Double {
    values[min(firstIndex { cumulative[$0] >= u }, values.count - 1)]
  }

  func restricted(to bounds: ClosedRange<Double>) -> (law: Distribution, mass: Double)? {
    var inside: [(value: Double, weight: Double)] = []
    for (index, value) in values.enumerated() where bounds.contains(value) {
      inside.append((value, cumulative[index] - (index == 0 ? 0 : cumulative[index - 1])))
    }
    let mass = inside.reduce(0) { $0 + $1.weight }
    return mass > 0 ? (Distribution(Atoms(inside)), mass) : nil
  }

  /// The first index for which an ascending condition holds, by halving; the count if none.
  private func firstIndex(where holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
