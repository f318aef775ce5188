/// Trajectories on which one parameter moves at a time, for screening (Morris 1991, Technometrics 33, 161).
///
/// The unit cube of the parameters' probabilities is cut into a grid of ``levels`` values a side: the middles of equal
/// strata of (0, 1), so that no law is asked for its ends. A trajectory begins at a point of the grid and moves every
/// parameter once, in an order of its own, by half the side, up or down: k + 1 points for k parameters. The levels
/// at which a parameter begins are balanced over the trajectories by a Latin hypercube.
///
/// All points of a trajectory meet one stochastic realisation, so that what differs between two of them is what was
/// moved; each trajectory has its own.
public struct MorrisDesign: Sendable {
  /// Values that each parameter can have.
  public static let levels = 8
  /// How far a parameter moves, in probability.
  public static let step = 0.5

  /// How many trajectories there are.
  public let trajectories: Int
  /// For each trajectory the places of the parameters in the order in which they move.
  public let orders: [[Int]]
  /// The points, trajectory by trajectory, each with a probability for each parameter.
  public let points: [[Double]]
  /// The stochastic realisation of each point.
  public var realisations: [Int] { points.indices.map { $0 / (parameters.count + 1) } }
  /// The parameters, in the order of their probabilities.
  public let parameters: [String]

  /// Trajectories for named parameters.
  ///
  /// Fails on a name given twice and on two names with the same hash.
  ///
  /// - Parameter trajectories: 1 to 65,536; a multiple of ``levels`` balances the levels exactly.
  public init(
    trajectories: Int, seed: UInt64, parameters: [String]
  ) throws(DesignError) {
    precondition((1...65_536).contains(trajectories), "\(trajectories) trajectories")
    let ids = try Design.distinctIDs(parameters)
    let starts = ids.map {
      LatinHypercube(seed: seed, parameter: $0, strata: trajectories)
    }
    var (points, orders): ([[Double]], [[Int]]) = ([], [])
    for trajectory in 0..<trajectories {
      var point = starts.map { start in
        let level = start.stratum(trajectory, in: 0) * Self.levels / trajectories
        return (Double(level) + 0.5) / Double(Self.levels)
      }
      let order = Self.order(of: ids, in: trajectory, seed: seed)
      points.append(point)
      for parameter in order {
        point[parameter] += point[parameter] < 0.5 ? Self.step : -Self.step
        points.append(point)
      }
      orders.append(order)
    }
    (self.trajectories, self.parameters) = (trajectories, parameters)
    (self.points, self.orders) = (points, orders)
  }

  private static func order(of ids: [AgentID], in trajectory: Int, seed: UInt64) -> [Int] {
    let keys = ids.map { id in
      var stream = RandomStream(
        seed: seed, at: DesignDraw.trajectoryOrder.address(of: id, at: UInt32(trajectory)))
      return stream.uniform()
    }
    return keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
  }
}
