// The conditions that the factories of `Distribution+Laws.swift` share.
extension Distribution {
  static func requireFinite(
    _ law: String, _ numbers: (name: String, value: Double)...
  ) throws(DistributionError) {
    for (name, value) in numbers where !value.isFinite {
      throw .notFinite(law: law, name: name, value: value)
    }
  }

  static func requirePositive(
    _ law: String, _ numbers: (name: String, value: Double)...
  ) throws(DistributionError) {
    for (name, value) in numbers where value <= 0 {
      throw .notPositive(law: law, name: name, value: value)
    }
  }

  static func requireMode(
    _ law: String, _ low: Double, _ mode: Double, _ high: Double
  ) throws(DistributionError) {
    try requireFinite(law, ("low", low), ("mode", mode), ("high", high))
    guard low < high, low <= mode, mode <= high else {
      throw .modeOutside(law: law, low: low, mode: mode, high: high)
    }
  }

  static func requireValues(_ law: String, _ values: [Double]) throws(DistributionError) {
    guard !values.isEmpty else { throw .empty(law: law) }
    for (index, value) in values.enumerated() where !value.isFinite {
      throw .notFinite(law: law, name: "value at position \(index + 1)", value: value)
    }
  }

  static func requireWeights(
    _ law: String, _ weights: [Double], count: Int
  ) throws(DistributionError) {
    guard weights.count == count else {
      throw .weightCount(law: law, values: count, weights: weights.count)
    }
    for (index, weight) in weights.enumerated() {
      if !weight.isFinite {
        throw .notFinite(law: law, name: "weight at position \(index + 1)", value: weight)
      }
      if weight < 0 { throw .negativeWeight(law: law, position: index + 1, weight: weight) }
    }
    let total = weights.reduce(0, +)
    guard total > 0 else { throw .noWeight(law: law) }
    guard total.isFinite else { throw .tooExtreme(law: law) }
  }

  /// A law passes if its mean and the quantiles of every uniform we can draw are finite, and if its
  /// distribution function and its quantiles are each other's inverse as far as doubles allow.
  static func requireUsable(_ name: String, _ law: SmoothLaw) throws(DistributionError) {
    _ = GSL.errorsAreReturned
    let ends = [law.quantile(0x1p-53), law.quantile(.belowOne), law.mean]
    let isInverse = [0.001, 0.5, 0.999].allSatisfy { u in
      let x = law.quantile(u)
      return law.cdf(x) > u - 1e-6 && law.cdf(x.nextDown) < u + 1e-6
    }
    guard isInverse, ends.allSatisfy(\.isFinite) else { throw .tooExtreme(law: name) }
  }
}
