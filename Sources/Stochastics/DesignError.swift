/// Why a design can't be built.
public enum DesignError: Error, Hashable {
  /// The number of replicates is below 1 or beyond 32 bits.
  case replicates(Int)
  /// The number of replicates is not a multiple of the 16 randomisations; `nearest` are valid ones.
  case notMultiple(kind: Design.Kind, replicates: Int, nearest: [Int])
  /// A draw is to have fewer than 1 realisation.
  case realisations(Int)
  /// The replicates do not fill whole draws, or whole randomisations of them, with their realisations.
  case notWhole(replicates: Int, realisations: Int, multiple: Int)
  /// A parameter is named twice.
  case duplicate(parameter: String)
  /// Two parameters hash to one address, and would share their draws.
  case collision(first: String, second: String)
}

extension DesignError: CustomStringConvertible {
  /// What is needed and what was given, in one line.
  public var description: String {
    switch self {
    case .replicates(let count):
      return "replicates must lie in 1...\(UInt32.max), got \(count)"
    case .notMultiple(let kind, let replicates, let nearest):
      let offer = nearest.map { String($0) }.joined(separator: " or ")
      return "\(kind.rawValue) runs as \(Design.randomisationCount) independent randomisations and "
        + "needs a multiple of \(Design.randomisationCount) replicates, got \(replicates): "
        + "take \(offer)"
    case .realisations(let count):
      return "a parameter draw has 1 or more realisations, got \(count)"
    case .notWhole(let replicates, let realisations, let multiple):
      return "with \(realisations) realisations of each parameter draw, the replicates must be a "
        + "multiple of \(multiple), got \(replicates)"
    case .duplicate(let parameter):
      return "parameter \(parameter) is named twice"
    case .collision(let first, let second):
      return "parameters \(first) and \(second) share the address of their draws: rename one"
    }
  }
}

extension Design {
  static func requireReplicates(
    _ count: Int, for kind: Kind, _ crossing: Crossing
  ) throws(DesignError) {
    guard count >= 1, count <= UInt32.max else { throw .replicates(count) }
    let perDraw = crossing.replicatesPerDraw
    guard perDraw >= 1 else { throw .realisations(perDraw) }
    let (draws, rest) = count.quotientAndRemainder(dividingBy: perDraw)
    let remainder = kind == .mc ? 0 : draws % randomisationCount
    guard rest > 0 || remainder > 0 else { return }
    guard perDraw == 1 else {
      let multiple = kind == .mc ? perDraw : perDraw * randomisationCount
      throw .notWhole(replicates: count, realisations: perDraw, multiple: multiple)
    }
    let below = count - remainder
    let nearest = [below, below + randomisationCount].filter { $0 > 0 && $0 <= UInt32.max }
    throw .notMultiple(kind: kind, replicates: count, nearest: nearest)
  }

  static func distinctIDs(_ parameters: [String]) throws(DesignError) -> [AgentID] {
    var owners: [AgentID: String] = [:]
    var ids: [AgentID] = []
    for parameter in parameters {
      let id = AgentID(of: parameter)
      if let owner = owners.updateValue(parameter, forKey: id) {
        throw owner == parameter
          ? .duplicate(parameter: parameter) : .collision(first: owner, second: parameter)
      }
      ids.append(id)
    }
    return ids
  }

  /// The standard error of a mean from the means of independent randomisations: their standard
  /// deviation over the root of their number, which must be 2 or more.
  ///
  /// Points within a randomisation depend on each other, so their own spread says nothing of the error;
  /// the randomisations are independent, so theirs does.
  public static func standardError(ofRandomisationMeans means: [Double]) -> Double {
    precondition(means.count >= 2, "a standard error from \(means.count) randomisations")
    let count = Double(means.count)
    let mean = means.reduce(0, +) / count
    let squares = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / (count - 1) / count).squareRoot()
  }
}
