/// Everybody who makes, sells, owns and uses chips in a world that is not scripted.
///
/// What does not change during a run. A scenario that only replays documented runs has an
/// ``empty`` one, and the mechanisms of the economy have nothing to do in it.
public struct Economy: Hashable, Sendable {
  /// Where chips are sold and labs have their seats, by id.
  public let jurisdictions: [Jurisdiction]
  /// The side that compute ratios, gaps and lags are taken of: its place in `jurisdictions`.
  public let leader: Int
  /// The side that is held against the leader.
  public let follower: Int
  /// Who makes chips, by id.
  public let suppliers: [Supplier]
  /// What the suppliers make chips of, supplier by supplier, each by id.
  public let families: [DieFamily]
  /// Who buys and holds chips, by id.
  public let owners: [Owner]
  /// Who buys where: the distinct pairs of location and headquarters, and named buyers apart.
  public let markets: [Market]
  /// Models from before the first month, oldest first, so that lags and spillovers have a past.
  public let referenceModels: [ReferenceModel]

  /// Describes an economy; ids must be unique and places within bounds.
  ///
  /// - Parameter namedBuyers: ids of owners that some rule names, which get markets of their own.
  public init(
    jurisdictions: [Jurisdiction], leader: Int, follower: Int, suppliers: [Supplier],
    families: [DieFamily], owners: [Owner], referenceModels: [ReferenceModel],
    namedBuyers: Set<String> = []
  ) {
    self.jurisdictions = jurisdictions
    self.leader = leader
    self.follower = follower
    self.suppliers = suppliers
    self.families = families
    self.owners = owners
    self.referenceModels = referenceModels
    markets = Market.all(of: owners, namedBuyers: namedBuyers)
  }

  /// Nobody makes, sells or buys anything.
  public static let empty = Economy(
    jurisdictions: [], leader: 0, follower: 0, suppliers: [], families: [], owners: [],
    referenceModels: [])

  /// By market: what it is called, in stories and in the addresses of its draws. The market of a buyer
  /// that some rule names is called as the one around it.
  public var marketNames: [String] {
    markets.map { market in
      let place = jurisdictions[market.location].id
      let home = jurisdictions[market.headquarters].id
      return place == home ? place : "\(home) buyers in \(place)"
    }
  }

  /// Whether there is anybody in it.
  public var isEmpty: Bool { owners.isEmpty }
}
