import Quantities

/// Who buys and holds chips: a company, or the rest of a jurisdiction.
public struct Owner: Hashable, Sendable {
  /// Its id in scenarios; `fleet.ID` in results.
  public let id: String
  /// What people call it; nil where the id says it.
  public let name: String?
  /// Where its chips stand: a place in ``Economy/jurisdictions``.
  public let location: Int
  /// Where its headquarters are, which some rules turn on.
  public let headquarters: Int
  /// What it means to spend on accelerators, by calendar year, US dollars a year; rising by year.
  /// Beyond the last year the growth prior of ``SpendingPlans`` takes over.
  public let spending: [YearlyFigure]
  /// What multiplies that: a parameter, since no source knows it well.
  public let spendingFactor: ParameterIndex
  /// Whether it is one of the largest clouds, few of which take diverted chips.
  public let isLargeCloud: Bool
  /// How many firms it stands for: a license by firm counts so many times.
  public let firms: Double
  /// What it holds in the first month.
  public let opening: [FleetHolding]

  /// Describes an owner.
  public init(
    id: String, name: String? = nil, location: Int, headquarters: Int, spending: [YearlyFigure],
    spendingFactor: ParameterIndex, isLargeCloud: Bool = false, firms: Double = 1,
    opening: [FleetHolding]
  ) {
    self.id = id
    self.name = name
    self.location = location
    self.headquarters = headquarters
    self.spending = spending
    self.spendingFactor = spendingFactor
    self.isLargeCloud = isLargeCloud
    self.firms = firms
    self.opening = opening
  }

  /// What it means to spend in each of the years that are given, with a lab's share at their ends.
  func spending(sharedBy share: FleetShare) -> [SharedSpending] {
    spending.map {
      SharedSpending(dollars: $0.value, share: share.value(in: .december(of: $0.year)))
    }
  }

  /// What can multiply an owner's spending.
  public static let factorRange = 0.0...1000

  /// The parameter that multiplies an owner's spending.
  ///
  /// - Parameter name: what people call the owner; nil where the id says it.
  public static func spendingFactorParameter(
    ofOwner id: String, named name: String? = nil
  ) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "owners.\(id).spending_factor", unit: "1", range: factorRange,
      definition: "Spending of \(name ?? id) on accelerators, over what the world gives.")
  }
}

/// What an owner means to spend in a year, and how much of it is for a lab's use.
struct SharedSpending: Hashable, Sendable {
  /// US dollars.
  let dollars: Double
  /// The lab's share, before its parameter multiplies it.
  let share: Double

  /// US dollars for the lab's use: of all chips at most.
  func forLab(times factor: Double) -> Double { dollars * min(1, share * factor) }
}

/// A figure for a calendar year.
public struct YearlyFigure: Hashable, Sendable {
  /// The year.
  public let year: Int
  /// The figure, or its median.
  public let value: Double
  /// Its 5% point, where a range is known.
  public let low: Double?
  /// Its 95% point, where a range is known.
  public let high: Double?
  /// Whether it was planned or forecast, and is not known.
  public let isPlanned: Bool
  /// Where it comes from.
  public let provenance: Provenance?

  /// States a figure.
  public init(
    year: Int, value: Double, low: Double? = nil, high: Double? = nil, isPlanned: Bool = false,
    provenance: Provenance? = nil
  ) {
    self.year = year
    self.value = value
    self.low = low
    self.high = high
    self.isPlanned = isPlanned
    self.provenance = provenance
  }
}

/// Buyers that rules treat alike: the same location, the same headquarters, and the same name where
/// a rule names them.
public struct Market: Hashable, Sendable {
  /// Where chips go to: a place in ``Economy/jurisdictions``.
  public let location: Int
  /// Where the buyers have their headquarters.
  public let headquarters: Int
  /// The buyer's id where some rule names it.
  public let namedBuyer: String?
  /// The buyers' places in ``Economy/owners``.
  public let owners: [Int]

  /// The markets of owners, by location, headquarters and name: the same whoever else is there.
  static func all(of owners: [Owner], namedBuyers: Set<String>) -> [Market] {
    struct Key: Hashable {
      let location: Int
      let headquarters: Int
      let name: String?

      var order: (Int, Int, String) { (location, headquarters, name ?? "") }
    }
    let members = Dictionary(grouping: owners.indices) { place in
      let owner = owners[place]
      return Key(
        location: owner.location, headquarters: owner.headquarters,
        name: namedBuyers.contains(owner.id) ? owner.id : nil)
    }
    return members.sorted { $0.key.order < $1.key.order }.map { key, places in
      Market(
        location: key.location, headquarters: key.headquarters, namedBuyer: key.name,
        owners: places)
    }
  }
}
