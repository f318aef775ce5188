/// Generalised inverses by bisection over the doubles themselves.
enum Bisection {
  /// The smallest double of an interval at which a condition holds, given that it holds at the upper
  /// end and, once true, stays true.
  ///
  /// Halving the count of doubles in between, rather than the distance, ends within 64 steps at any
  /// scale and on the exact double, so that a jump of a distribution function is found to the bit.
  static func smallest(
    in interval: ClosedRange<Double>, where holds: (Double) -> Bool
  ) -> Double {
    if holds(interval.lowerBound) { return interval.lowerBound }
    var low = rank(interval.lowerBound)
    var high = rank(interval.upperBound)
    // The ranks of opposite infinities differ by less than 2^64 but more than an Int holds.
    while high &- low != 1 && high > low {
      let middle = (low >> 1) + (high >> 1) + (low & high & 1)
      if holds(double(middle)) { high = middle } else { low = middle }
    }
    return double(high)
  }

  /// The place of a double among all doubles in ascending order; both zeros are 0.
  private static func rank(_ x: Double) -> Int64 {
    let bits = Int64(bitPattern: x.magnitude.bitPattern)
    return x < 0 ? -bits : bits
  }

  private static func double(_ rank: Int64) -> Double {
    let magnitude = Double(bitPattern: UInt64(rank.magnitude))
    return rank < 0 ? -magnitude : magnitude
  }
}
