public import Quantities

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

/// A country or a group of countries that rules treat alike.
public struct Jurisdiction: Hashable, Sendable {
  /// Its code, in capitals.
  public let id: String
  /// What people call it.
  public let name: String
  /// How many countries it stands for: a cap by country counts so many times.
  public let countries: Double
  /// Its tier under rules that have tiers, 1 (unlimited) to 3 (barred).
  public let tier: Int
  /// Whether clouds in it rent chips to labs of restricted jurisdictions.
  public let hostsRemote: Bool
  /// How easily chips sold into it are diverted to restricted jurisdictions, 0 (never) to 1 (as in the
  /// places where it is easiest).
  public let transshipment: Double
  /// Whether it buys chips from domestic suppliers of restricted jurisdictions.
  public let importsDomesticChips: Bool
  /// The countries in it that rules may name, by id.
  public let members: [Member]
  /// What multiplies the effort of enforcement on chips that are diverted from it: a parameter; nil for 1.
  public let enforcement: ParameterIndex?

  /// A country in a jurisdiction that stands for several.
  public struct Member: Hashable, Sendable {
    /// Its code.
    public let id: String
    /// Its part of what the jurisdiction buys, hosts and passes on.
    public let share: Double

    /// Describes a member.
    public init(id: String, share: Double) { (self.id, self.share) = (id, share) }
  }

  /// What can multiply the effort of enforcement.
  public static let enforcementRange = 0.0...1000

  /// The parameter that multiplies the effort of enforcement in a place.
  public static func enforcementParameter(of id: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "jurisdictions.\(id).enforcement", unit: "1", range: enforcementRange,
      definition:
        "What multiplies `grey_market.enforcement` for chips that are diverted from \(id).")
  }

  /// Describes a jurisdiction.
  public init(
    id: String, name: String, countries: Double, tier: Int, hostsRemote: Bool,
    transshipment: Double, importsDomesticChips: Bool, members: [Member] = [],
    enforcement: ParameterIndex? = nil
  ) {
    self.id = id
    self.name = name
    self.countries = countries
    self.tier = tier
    self.hostsRemote = hostsRemote
    self.transshipment = transshipment
    self.importsDomesticChips = importsDomesticChips
    self.members = members.sorted { $0.id < $1.id }
    self.enforcement = enforcement
  }

  /// The part of it that somebody means who names these places: all of it, some members, or nothing.
  func share(of places: [String]) -> Double {
    guard !places.contains(id), !places.contains("world") else { return 1 }
    return members.reduce(0) { places.contains($1.id) ? $0 + $1.share : $0 }
  }
}

/// A model that was released before the first month.
public struct ReferenceModel: Hashable, Sendable {
  /// Its id in results.
  public let id: String
  /// Whose it was: a place in ``Economy/jurisdictions``.
  public let jurisdiction: Int
  /// Months from the first month of the scenario to its release; negative.
  public let released: Int
  /// Training FLOP times the algorithmic efficiency of its time, relative to October 2022.
  public let effectiveFlop: Double
  /// Whether anybody could download it.
  public let hasOpenWeights: Bool
  /// How much of its methods was published, 0 (nothing) to 1 (all).
  public let openness: Double
  /// Where this is written.
  public let source: String?

  /// Describes a model.
  public init(
    id: String, jurisdiction: Int, released: Int, effectiveFlop: Double, hasOpenWeights: Bool,
    openness: Double, source: String?
  ) {
    self.id = id
    self.jurisdiction = jurisdiction
    self.released = released
    self.effectiveFlop = effectiveFlop
    self.hasOpenWeights = hasOpenWeights
    self.openness = openness
    self.source = source
  }
}

/// Who makes chips.
public struct Supplier: Hashable, Sendable {
  /// Its id in scenarios; the `vendor` of its chips.
  public let id: String
  /// Where it has its seat: a place in ``Economy/jurisdictions``.
  public let jurisdiction: Int
  /// Whether its output follows from its own fabs, stocks and yields (``DomesticProduction``)
  /// instead of a history of capacity (``SupplierCapacity``).
  public let isDomestic: Bool
  /// Of the domestic industry's wafers, packages and buyers, the part that is its own, against the other
  /// domestic suppliers' figures; above 0.
  public let industryShare: Double

  /// Describes a supplier.
  public init(id: String, jurisdiction: Int, isDomestic: Bool, industryShare: Double = 1) {
    self.id = id
    self.jurisdiction = jurisdiction
    self.isDomestic = isDomestic
    self.industryShare = industryShare
  }
}

/// Silicon that several chips are cut from: what one of them does not use, the others get.
public struct DieFamily: Hashable, Sendable {
  /// Its id: the `die_family` of its chips.
  public let id: String
  /// Who makes it: a place in ``Economy/suppliers``.
  public let supplier: Int
  /// The only owner that gets its chips, where a company builds for itself.
  public let captiveTo: Int?
  /// Dies by calendar year, with 5% and 95% points; years that lie ahead are a roadmap. Empty for
  /// domestic suppliers.
  public let diesPerYear: [YearlyFigure]

  /// Describes a family.
  public init(id: String, supplier: Int, captiveTo: Int?, diesPerYear: [YearlyFigure]) {
    self.id = id
    self.supplier = supplier
    self.captiveTo = captiveTo
    self.diesPerYear = diesPerYear
  }
}

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
  public static func fleetShareParameter(ofLab id: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "labs.\(id).fleet_share", unit: "1", range: 0...1,
      definition: "Share of its owners' fleets that \(id) uses.")
  }

  /// What can multiply a lab's dated shares.
  public static let factorRange = 0.0...10

  /// The parameter that multiplies a lab's dated shares.
  public static func fleetFactorParameter(ofLab id: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "labs.\(id).fleet_share_factor", unit: "1", range: factorRange,
      definition: "Shares of its owners' fleets that \(id) has, over the world's.")
  }
}
