/// What stands around a chip, where it is known of its kind; what is nil is as the ledger's parameters have it
/// for the usual server.
public struct ChipServer: Hashable, Sendable {
  /// Price of the rest of its server for each dollar of the chip.
  public let overhead: Double?
  /// Power of its server for each watt of the chip's design power.
  public let powerMultiplier: Double?
  /// Mean draw of its server in training, as a share of its rated power.
  public let utilisation: Double?
  /// Whether the chip's purchase prices have its part of the server in them, as those of chips have that their
  /// maker builds into servers of its own.
  public let isInPrice: Bool

  /// Describes what is known.
  public init(
    overhead: Double?, powerMultiplier: Double?, utilisation: Double?, isInPrice: Bool
  ) {
    self.overhead = overhead
    self.powerMultiplier = powerMultiplier
    self.utilisation = utilisation
    self.isInPrice = isInPrice
  }

  /// The server that chips stand in of which nothing else is known.
  public static let usual = ChipServer(
    overhead: nil, powerMultiplier: nil, utilisation: nil, isInPrice: false)

  /// What the price for each dollar of the rest of a server may be.
  public static let overheadRange = 0.0...10
  /// What the power for each watt of a chip may be.
  public static let powerRange = 1.0...10
}
