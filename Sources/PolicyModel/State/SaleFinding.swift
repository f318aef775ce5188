/// Why one chip is or is not sold in one place in one month of one run, and how many are.
public struct SaleFinding: Sendable {
  /// What decided. Of a place with several markets, where none is sold: in the market with most money.
  public enum Reason: String, CaseIterable, Sendable {
    /// One chip at least is sold.
    case sold
    /// It is not on the shelf.
    case notOnSale = "not-on-sale"
    /// Its maker builds it for one owner, who is not there.
    case builtForOwner = "built-for-its-owner"
    /// There is not one whole chip to be had: it is not made yet, or not any more.
    case notMade = "not-made"
    /// Nobody knows a price of it in the month.
    case noPrice = "no-price"
    /// Its supplier does not sell there.
    case notMarketed = "not-marketed"
    /// Buyers are told not to want it.
    case discouraged
    /// An episode of tightening closes it beyond the rules.
    case tightening
    /// Rules allow no sale.
    case barred
    /// It needs a license, and it is on record that there was none.
    case noLicenseOnRecord = "no-license-on-record"
    /// It needs a license, and none is granted for it.
    case licenseNotGranted = "license-not-granted"
    /// The same, where a license will most likely be refused.
    case presumptionOfDenial = "presumption-of-denial"
    /// There is a license, and the importing government lets none in.
    case retaliation
    /// Its parent, or a stronger cut of the same family, is free.
    case strongerIsFree = "stronger-is-free"
    /// Nobody there has money for chips.
    case noMoney = "no-money"
    /// It may be sold, and caps leave nothing of it.
    case capReached = "cap-reached"
    /// It may be sold, and others got what there was.
    case soldOut = "sold-out"
    /// It may be sold, and costs so much more for a unit of use than others that not one is bought.
    case dearer
  }

  /// What decided.
  public let reason: Reason
  /// Units sold there in the month, all channels but diversion.
  public let sold: Double
  /// Of these, units sold under a license.
  public let licensed: Double
  /// Of these, units that an owner built for itself.
  public let ownBuilt: Double
  /// Diverted chips of this kind that set out in the month and arrive, where the place is the follower's; nil
  /// elsewhere.
  public let diverted: Double?
  /// Units that buyers there wanted and that were barred.
  public let refused: Double
  /// Units that caps cut, of what buyers could have had.
  public let cutByCaps: Double
  /// Units that were sold out, of what caps left.
  public let short: Double
  /// Units that caps leave before the month's sales, of the tightest; nil without one.
  public let capLeft: Double?
  /// The chip, by id, of which most were bought there instead; nil where nothing else was.
  public let instead: String?
  /// What the chip asked of gives in use for a dollar, over what that one gives; nil without one or without prices.
  public let valueOverInstead: Double?

  /// Less than this of a chip is none.
  static let least = 0.5
}
