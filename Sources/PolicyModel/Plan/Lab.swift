public import Quantities

/// Chips of one kind that a lab is reported to hold.
public struct FleetHolding: Hashable, Sendable {
  /// Which chip.
  public let chip: ChipIndex
  /// How many.
  public let count: Chips
  /// Who says so.
  public let source: String?

  /// States a holding.
  public init(chip: ChipIndex, count: Chips, source: String? = nil) {
    self.chip = chip
    self.count = count
    self.source = source
  }
}

/// A developer of models.
public struct Lab: Hashable, Sendable {
  /// The id that scenarios and results use.
  public let id: String
  /// What people call it; nil where the id says it.
  public let name: String?
  /// Where it buys and runs its chips.
  public let jurisdiction: String
  /// Where its headquarters are, which some rules turn on.
  public let headquarters: String
  /// What it is reported to hold, apart from the runs below; the regimes do not change it.
  public let fleet: [FleetHolding]
  /// How it develops models of its own accord; nil for a lab that only has scripted runs.
  public let developer: Developer?

  /// Describes a lab.
  public init(
    id: String, name: String? = nil, jurisdiction: String, headquarters: String,
    fleet: [FleetHolding], developer: Developer? = nil
  ) {
    self.id = id
    self.name = name
    self.jurisdiction = jurisdiction
    self.headquarters = headquarters
    self.fleet = fleet
    self.developer = developer
  }
}
