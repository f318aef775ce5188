public import Quantities

/// What one government says of one chip for one buyer on one day.
public struct Decision: Hashable, Sendable {
  /// Whose decision it is.
  public let government: String
  /// How an application would be judged; ``ReviewPolicy/free`` when no license is needed.
  public let policy: ReviewPolicy
  /// The rule that requires the license, or nil.
  public let requiredBy: String?
  /// The rule whose review policy applies, or nil.
  public let reviewedBy: String?
  /// Terms of a license.
  public let terms: LicenseTerms
  /// The clause that decided, in words.
  public let explanation: String
}

/// A sale that rules may bear on: where to, to whom, and when.
public struct Sale: Hashable, Sendable {
  /// The jurisdiction that the chip goes to.
  public let destination: String
  /// The member of it, where the jurisdiction stands for several countries and rules name this one.
  public let member: String?
  /// The jurisdiction in which the buyer has its headquarters.
  public let headquarters: String
  /// The buyer's id, where rules may name it; nil for a buyer that no rule names.
  public let buyer: String?
  /// The day.
  public let day: Day

  /// States a sale.
  public init(
    to destination: String, member: String? = nil, headquarters: String, buyer: String? = nil,
    on day: Day
  ) {
    self.destination = destination
    self.member = member
    self.headquarters = headquarters
    self.buyer = buyer
    self.day = day
  }
}

extension Decision {
  /// No license is needed.
  static func unregulated(by government: String, because reason: String? = nil) -> Decision {
    Decision(
      government: government, policy: .free, requiredBy: nil, reviewedBy: nil,
      terms: LicenseTerms(), explanation: reason ?? "no rule in force")
  }
}
