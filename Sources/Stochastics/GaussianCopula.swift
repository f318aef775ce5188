/// A correlation wanted between two parameters, on the scale of their normal scores.
public struct Correlation: Hashable, Sendable {
  /// The place of one parameter in its design.
  public let first: Int
  /// The place of the other.
  public let second: Int
  /// The correlation of their normal scores, -1 < rho < 1.
  public let rho: Double

  /// Two places and their correlation, validated by the copula that is made of it.
  public init(_ first: Int, _ second: Int, rho: Double) {
    self.first = first
    self.second = second
    self.rho = rho
  }
}

/// Correlates the uniforms of a design by a Gaussian copula.
///
/// Each uniform becomes a normal score, the scores are mixed by the lower Cholesky factor of their
/// correlation matrix, and go back to (0, 1): the marginal laws stay uniform. Pairs that are not
/// mentioned are uncorrelated. A parameter without correlations keeps its uniforms to the bit, and so
/// does the first parameter, in the order of places, of each correlated group.
public struct GaussianCopula: Hashable, Sendable {
  /// The places that some pair mentions, ascending.
  private let places: [Int]
  /// The rows of the lower Cholesky factor, in the order of `places`.
  private let factor: [[Double]]

  /// A copula over a number of parameters.
  ///
  /// Fails on places out of range, a parameter paired with itself, a pair given twice (in either
  /// order), |rho| >= 1 or NaN, and correlations that no joint law can have together.
  public init(_ correlations: [Correlation], parameters: Int) throws(CopulaError) {
    try GaussianCopula.requireValid(correlations, parameters: parameters)
    let places = Set(correlations.flatMap { [$0.first, $0.second] }).sorted()
    guard let factor = GaussianCopula.factor(correlations[...], places: places) else {
      // Not merely the first failure: a pair that a later one makes possible is not to blame.
      let sound = correlations.indices.last { end in
        GaussianCopula.factor(correlations[..<end], places: places) != nil
      }
      let position = sound ?? 0
      throw .notPositiveDefinite(position: position, correlations[position])
    }
    self.places = places
    self.factor = factor
  }

  /// Correlates one replicate's uniforms in place; each stays in (0, 1).
  public func transform(_ uniforms: inout [Double]) {
    let scores = places.map { GSL.normalQuantile(uniforms[$0]) }
    for (place, row) in zip(places, factor) where row.dropLast().contains(where: { $0 != 0 }) {
      let score = zip(row, scores).reduce(0) { $0 + $1.0 * $1.1 }
      uniforms[place] = min(max(GSL.normalCDF(score), 0x1p-53), .belowOne)
    }
  }

  /// Puts uniforms back to the independent ones that ``transform(_:)`` makes them from, but for rounding.
  public func undo(_ uniforms: inout [Double]) {
    var independent: [Double] = []
    for (place, row) in zip(places, factor) {
      let known = zip(row, independent).reduce(0) { $0 + $1.0 * $1.1 }
      let score = (GSL.normalQuantile(uniforms[place]) - known) / row[row.count - 1]
      independent.append(score)
      uniforms[place] = min(max(GSL.normalCDF(score), 0x1p-53), .belowOne)
    }
  }

  /// The lower Cholesky factor, or nil where the matrix is not positive definite (or so nearly
  /// singular that rounding decides).
  private static func factor(
    _ correlations: ArraySlice<Correlation>, places: [Int]
  ) -> [[Double]]? {
    var matrix = places.indices.map { row in
      places.indices.map { $0 == row ? 1.0 : 0.0 }
    }
    for pair in correlations {
      guard
        let row = places.firstIndex(of: pair.first),
        let column = places.firstIndex(of: pair.second)
      else { continue }
      matrix[max(row, column)][min(row, column)] = pair.rho
    }
    for row in places.indices {
      for column in 0...row {
        let known = (0..<column).reduce(0) { $0 + matrix[row][$1] * matrix[column][$1] }
        let rest = matrix[row][column] - known
        if column < row {
          matrix[row][column] = rest / matrix[column][column]
        } else if rest > 1e-12 {
          matrix[row][row] = rest.squareRoot()
        } else {
          return nil
        }
      }
    }
    return places.indices.map { Array(matrix[$0][...$0]) }
  }
}
