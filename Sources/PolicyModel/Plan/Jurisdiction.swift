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

  /// What sentences call it: its name, or its code where the name is a list, since `EU, UK, Japan` owns nothing.
  public var nameInSentence: String { name.contains(",") ? id : name }

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
