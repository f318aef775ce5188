public import Quantities

/// What a lab is beyond its scripted runs: whose chips it uses and how it works.
public struct Developer: Hashable, Sendable {
  /// The owners whose fleets it uses a share of: places in ``Economy/owners``.
  public let fleetOwners: [Int]
  /// Its share of those fleets.
  public let fleetShare: ParameterIndex
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
    fleetOwners: [Int], fleetShare: ParameterIndex, activeFrom: Month?, openness: Double,
    releasesWeights: Bool, distils: Bool, parallelism: Parallelism
  ) {
    self.fleetOwners = fleetOwners
    self.fleetShare = fleetShare
    self.activeFrom = activeFrom
    self.openness = openness
    self.releasesWeights = releasesWeights
    self.distils = distils
    self.parallelism = parallelism
  }

  /// The parameter that is a lab's share of its owners' fleets.
  public static func fleetShareParameter(ofLab id: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "labs.\(id).fleet_share", unit: "1", range: 0...1,
      definition: "Share of its owners' fleets that \(id) uses.")
  }
}
