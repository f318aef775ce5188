/// Why a copula can't be built. Positions are indices into the list of correlations.
public enum CopulaError: Error, Hashable {
  /// A pair mentions a place outside the design.
  case unknownPlace(position: Int, place: Int, parameters: Int)
  /// A parameter is paired with itself.
  case selfPair(position: Int, place: Int)
  /// A correlation is not strictly between -1 and 1.
  case outOfRange(position: Int, rho: Double)
  /// The pair stands at an earlier position too, perhaps the other way round.
  case duplicate(position: Int, earlier: Int)
  /// From this pair on, the correlations contradict each other.
  case notPositiveDefinite(position: Int, Correlation)
}

extension CopulaError: CustomStringConvertible {
  /// What is needed and what was given, in one line; correlations and parameters count from 1.
  public var description: String {
    switch self {
    case .unknownPlace(let position, let place, let parameters):
      "correlation \(position + 1) names parameter \(place + 1) of \(parameters)"
    case .selfPair(let position, let place):
      "correlation \(position + 1) pairs parameter \(place + 1) with itself"
    case .outOfRange(let position, let rho):
      "correlation \(position + 1) needs -1 < rho < 1, got \(rho.plain)"
    case .duplicate(let position, let earlier):
      "correlation \(position + 1) repeats the pair of correlation \(earlier + 1)"
    case .notPositiveDefinite(let position, let pair):
      "correlation \(position + 1), \(pair.rho.plain) between parameters \(pair.first + 1) and "
        + "\(pair.second + 1), is impossible given the others: "
        + "the matrix is no longer positive definite"
    }
  }
}

extension GaussianCopula {
  static func requireValid(
    _ correlations: [Correlation], parameters: Int
  ) throws(CopulaError) {
    var positions: [Set<Int>: Int] = [:]
    for (position, pair) in correlations.enumerated() {
      for place in [pair.first, pair.second] where !(0..<parameters).contains(place) {
        throw .unknownPlace(position: position, place: place, parameters: parameters)
      }
      if pair.first == pair.second { throw .selfPair(position: position, place: pair.first) }
      // Written so that NaN fails too.
      guard pair.rho.magnitude < 1 else { throw .outOfRange(position: position, rho: pair.rho) }
      if let earlier = positions.updateValue(position, forKey: [pair.first, pair.second]) {
        throw .duplicate(position: position, earlier: earlier)
      }
    }
  }
}
