public import Quantities

/// What a lab is beyond its scripted runs: whose chips it uses and how it works.
public struct Developer: Hashable, Sendable {
  /// What it uses of whose chips.
  public let fleetShares: [FleetShare]
  /// The owners of these: places in ``Economy/owners``.
  public let fleetOwners: [Int]
  /// What multiplies ``fleetShares``; where these have no dates, the share itself.
  public let fleetFactor: ParameterIndex
  /// From when it is there; nil for always.
  public let activeFrom: Month?
  /// How much of its methods it publishes, 0 (nothing) to 1 (all).
  public let openness: Double
  /// Whether anybody can download its models.
  public let releasesWeights: Bool
  /// Whether it learns from the outputs of others' models.
  public let distils: Bool
  /// How its runs are spread over chips.
  public let parallelism: Parallelism

  /// Describes a developer.
  public init(
    fleetShares: [FleetShare], fleetFactor: ParameterIndex, activeFrom: Month?, openness: Double,
    releasesWeights: Bool, distils: Bool, parallelism: Parallelism
  ) {
    self.fleetShares = fleetShares
    fleetOwners = fleetShares.map(\.owner)
    self.fleetFactor = fleetFactor
    self.activeFrom = activeFrom
    self.openness = openness
    self.releasesWeights = releasesWeights
    self.distils = distils
    self.parallelism = parallelism
  }

  /// The parameter that is a lab's share of its owners' fleets.
  ///
  /// - Parameter name: what people call the lab; nil where the id says it.
  public static func fleetShareParameter(
    ofLab id: String, named name: String? = nil
  ) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "labs.\(id).fleet_share", unit: "1", range: 0...1,
      definition: "Share of its owners' fleets that \(name ?? id) uses.")
  }

  /// What can multiply a lab's dated shares.
  public static let factorRange = 0.0...10

  /// The parameter that multiplies a lab's dated shares.
  ///
  /// - Parameter name: what people call the lab; nil where the id says it.
  public static func fleetFactorParameter(
    ofLab id: String, named name: String? = nil
  ) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "labs.\(id).fleet_share_factor", unit: "1", range: factorRange,
      definition: "Shares of its owners' fleets that \(name ?? id) has, over the world's.")
  }
}
