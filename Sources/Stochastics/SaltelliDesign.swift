/// The points from which first-order and total Sobol indices are estimated (Saltelli et al. 2010, Computer Physics
/// Communications 181, 259).
///
/// Of each base sample there are two independent points, A and B, and for each factor a point AB that has that factor
/// from B and everything else from A. A factor is one parameter or several that are taken together. The stochastic
/// realisation is a factor as well, the last: A has one, B another.
public struct SaltelliDesign: Sendable {
  /// How many base samples there are.
  public let baseSamples: Int
  /// The factors, each with the places of its parameters; chance, which comes after them, has none.
  public let factors: [[Int]]
  /// The points, base sample by base sample: A, AB of each factor, AB of chance, B; each with a probability for each
  /// parameter.
  public let points: [[Double]]
  /// The stochastic realisation of each point.
  public let realisations: [Int]

  /// Points of each base sample.
  public static func pointsPerSample(factors: Int) -> Int { factors + 3 }

  /// How so many base samples are spread best: by Sobol points from 512 on, and by a Latin hypercube below.
  ///
  /// A randomisation of fewer than 32 points has too few bits for the dimensions of A and B to differ: some of them
  /// move together, errors grow, and bootstrap intervals, which take base samples to be independent, hold too seldom.
  public static func bestKind(baseSamples: Int) -> Design.Kind {
    baseSamples >= 32 * Design.randomisationCount ? .sobol : .lhs
  }

  /// The scheme for named parameters.
  ///
  /// Base samples are points of a design in twice as many dimensions: those of the first factors are the best
  /// spread, where it is a Sobol design.
  ///
  /// Fails as ``Design`` does.
  ///
  /// - Parameters:
  ///   - baseSamples: 16 or more; a multiple of 16 but under `mc`.
  ///   - factors: disjoint, the places of all parameters among them.
  public init(
    _ kind: Design.Kind, baseSamples: Int, seed: UInt64, parameters: [String], factors: [[Int]]
  ) throws(DesignError) {
    precondition(
      factors.joined().sorted() == Array(parameters.indices), "each parameter is in one factor")
    let names = factors.flatMap { factor in
      factor.map { parameters[$0] } + factor.map { "\(parameters[$0]) of B" }
    }
    let base = try Design(kind, replicates: baseSamples, seed: seed, parameters: names)
    var points: [[Double]] = []
    points.reserveCapacity(baseSamples * Self.pointsPerSample(factors: factors.count))
    var a = Array(repeating: 0.0, count: parameters.count)
    var b = a
    for sample in 0..<baseSamples {
      let uniforms = base.uniforms(replicate: sample)
      var next = 0
      for factor in factors {
        for (offset, place) in factor.enumerated() {
          (a[place], b[place]) = (uniforms[next + offset], uniforms[next + factor.count + offset])
        }
        next += 2 * factor.count
      }
      points.append(a)
      for factor in factors {
        var mixed = a
        for place in factor { mixed[place] = b[place] }
        points.append(mixed)
      }
      points += [a, b]
    }
    (self.baseSamples, self.factors, self.points) = (baseSamples, factors, points)
    let mixed = factors.count
    realisations = points.indices.map { place in
      let (sample, point) = place.quotientAndRemainder(
        dividingBy: Self.pointsPerSample(factors: mixed))
      return point > mixed ? 2 * sample + 1 : 2 * sample
    }
  }
}
