/// What a rule bears on. Rules on anything but chips act where there is an economy.
public enum RuleSubject: String, CaseIterable, Sendable {
  /// Which chip may go to which destination.
  case chips
  /// High-bandwidth memory.
  case memory
  /// Contract manufacturers' duty of care.
  case foundry
  /// Tools that make chips.
  case tools
  /// Servicing of such tools, and parts for them.
  case servicing
  /// Raw materials that chip makers need.
  case minerals
  /// Named buyers and their affiliates.
  case entities
  /// Computing rented from abroad.
  case cloud
  /// Models of others: what is served, and weights.
  case models
  /// Country tiers and their caps.
  case tiers
  /// Duties on import.
  case duty
  /// What buyers are told to want.
  case demand
  /// Chips that leave the place again: a transit country's own permit on re-export.
  case transit
  /// Chips that have to tell where they are.
  case locationVerification = "location_verification"
  /// Nothing: a bill that did not pass, a statement without force.
  case nothing
}
