import CGSL

/// Sobol's sequence of GSL with random access to its points, and a digital shift per dimension and
/// randomisation.
///
/// GSL's generator only steps forward, but point n is the exclusive or of one direction number for
/// each bit of n's Gray code, and the direction numbers can be read off its points 2^j. So a block
/// in the middle of a design costs no more than the first.
///
/// Only the leading bits of a point are kept, as many as number the points: they carry the balance of
/// the sequence. The bits after them would move all points of a randomisation alike within their
/// strata, an error of order 1/n that a jitter of each point turns into n^(-3/2).
struct SobolSequence: Sendable {
  /// The most dimensions that GSL's tables hold. It neither fails nor warns at 41: it reads beyond them.
  static let dimensionLimit = 40

  /// The power of 2 at or above the number of points: the cells that each dimension tells apart.
  let strata: Int
  /// directions[bit][dimension], 30 bits each.
  private let directions: [[UInt32]]
  /// shifts[dimension][randomisation], 30 bits each.
  private let shifts: [[UInt32]]

  /// The sequence for up to 40 parameters, as far as its first `points` points.
  init(seed: UInt64, parameters: [AgentID], points: Int) {
    precondition(parameters.count <= SobolSequence.dimensionLimit)
    strata = 1 << (Int.bitWidth - (points - 1).leadingZeroBitCount)
    directions = SobolSequence.directions(dimensions: parameters.count, points: points)
    shifts = parameters.map { parameter in
      (0..<Design.randomisationCount).map { randomisation in
        var stream = RandomStream(
          seed: seed, at: DesignDraw.sobolShift.address(of: parameter, at: UInt32(randomisation)))
        return stream.bits() >> 2
      }
    }
  }

  /// The stratum of one index's shifted point, 0..<strata.
  func stratum(_ index: Int, dimension: Int, in randomisation: Int) -> Int {
    var numerator = shifts[dimension][randomisation]
    var gray = index ^ (index >> 1)
    while gray != 0 {
      numerator ^= directions[gray.trailingZeroBitCount][dimension]
      gray &= gray - 1
    }
    return (Int(numerator) * strata) >> 30
  }

  /// Steps GSL's generator through the powers of 2 below the number of points. GSL leaves out point 0,
  /// so its n-th answer is point n.
  private static func directions(dimensions: Int, points: Int) -> [[UInt32]] {
    _ = GSL.errorsAreReturned
    guard dimensions > 0, points > 1 else { return [] }
    guard let generator = gsl_qrng_alloc(chokepoint_sobol_type(), UInt32(dimensions)) else {
      preconditionFailure("no memory for a Sobol generator of \(dimensions) dimensions")
    }
    defer { gsl_qrng_free(generator) }
    var directions: [[UInt32]] = []
    var point = [Double](repeating: 0, count: dimensions)
    var previous = [UInt32](repeating: 0, count: dimensions)
    var next = 1
    for index in 1..<points {
      gsl_qrng_get(generator, &point)
      guard index == next else { continue }
      // The Gray code of 2^j has bits j and j - 1.
      previous = zip(point, previous).map { UInt32($0 * 0x1p30) ^ $1 }
      directions.append(previous)
      next *= 2
      if next >= points { break }
    }
    return directions
  }
}
