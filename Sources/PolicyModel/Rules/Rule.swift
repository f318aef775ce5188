public import Quantities

/// What a government says about a license for a chip, from mildest to strictest.
public enum ReviewPolicy: String, CaseIterable, Comparable, Sendable {
  /// No license is needed.
  case free
  /// The seller gives notice and may sell (license exception NAC, for one).
  case notify
  /// A license is needed, and applications are judged case by case.
  case license
  /// A license is needed, and will most likely be refused.
  case presumptionOfDenial = "presumption-of-denial"
  /// A license is needed, and there are none.
  case deny

  /// How people write it.
  public var label: String {
    switch self {
    case .free: "free"
    case .notify: "notify"
    case .license: "case-by-case"
    case .presumptionOfDenial: "presumption of denial"
    case .deny: "denied"
    }
  }

  /// Whether a buyer gets the chip without asking anybody.
  public var isOpen: Bool { self <= .notify }

  /// Orders policies by strictness.
  public static func < (left: Self, right: Self) -> Bool { left.strictness < right.strictness }

  private var strictness: Int {
    switch self {
    case .free: 0
    case .notify: 1
    case .license: 2
    case .presumptionOfDenial: 3
    case .deny: 4
    }
  }
}

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
  /// Country tiers and their caps.
  case tiers
  /// Duties on import.
  case duty
  /// What buyers are told to want.
  case demand
  /// Chips that have to tell where they are.
  case locationVerification = "location_verification"
  /// Nothing: a bill that did not pass, a statement without force.
  case nothing
}

/// A requirement clause: it catches a chip when all its conditions hold.
public struct RequirementClause: Hashable, Sendable {
  /// The class it puts a chip in, to which other rules can refer, such as `3A090.a`.
  public let label: String?
  /// What must hold; never refers to classes when the clause has a label itself.
  public let conditions: [Condition]

  /// States a clause.
  public init(label: String?, conditions: [Condition]) {
    self.label = label
    self.conditions = conditions
  }
}

/// Terms that a license comes with.
public struct LicenseTerms: Hashable, Sendable {
  /// At most so many units.
  public var capUnits: Double?
  /// At most so much TPP in all.
  public var capTPP: Double?
  /// At most this share of what is sold elsewhere.
  public var capShareOfSales: Double?
  /// Share of the revenue that goes to the government.
  public var revenueShare: Double?
  /// Duty on the value.
  public var duty: Double?

  /// No terms.
  public init() {}
}

/// A review clause: how applications for the chips it names are judged.
public struct ReviewClause: Hashable, Sendable {
  /// The policy.
  public let policy: ReviewPolicy
  /// What must hold of the chip; nil for every chip that the rule's own requirement catches.
  public let conditions: [Condition]?
  /// What a license comes with.
  public let terms: LicenseTerms

  /// States a clause.
  public init(policy: ReviewPolicy, conditions: [Condition]?, terms: LicenseTerms = .init()) {
    self.policy = policy
    self.conditions = conditions
    self.terms = terms
  }
}

/// One measure of one government.
public struct Rule: Hashable, Sendable {
  /// The id that scenarios use.
  public let id: String
  /// Who issued it.
  public let government: String
  /// What it is called.
  public let title: String
  /// What sort of measure it is: a rule, a letter, a policy, a bill.
  public let kind: String
  /// When it was made known.
  public let announced: Day?
  /// From when it binds; nil for what never took effect.
  public var effective: Day?
  /// The first day on which it binds no more; nil while open-ended.
  public var ends: Day?
  /// From when it must be complied with, where that is later.
  public var complianceFrom: Day?
  /// Whether it was ever enforced.
  public var isEnforced: Bool
  /// What it bears on.
  public let subject: RuleSubject
  /// Where it reaches; `world` for everywhere.
  public let destinations: [String]
  /// Whether it also binds buyers headquartered in a destination, wherever they buy.
  public let reachesHeadquarters: Bool
  /// Ids of the suppliers and owners that a rule about entities names.
  public let entities: [String]
  /// Which chips need a license: any clause catches.
  public let requirement: [RequirementClause]
  /// How applications are judged: the first clause that names the chip decides.
  public let review: [ReviewClause]
  /// Rules whose review this one replaces when both take effect on one day.
  public let supersedes: [String]
  /// Where all this is written.
  public let provenance: Provenance?
  /// What a reader should know.
  public let note: String?

  /// States a rule.
  public init(
    id: String, government: String, title: String, kind: String, announced: Day?,
    effective: Day?, ends: Day?, complianceFrom: Day?, isEnforced: Bool, subject: RuleSubject,
    destinations: [String], reachesHeadquarters: Bool, entities: [String] = [],
    requirement: [RequirementClause],
    review: [ReviewClause], supersedes: [String], provenance: Provenance?, note: String?
  ) {
    self.id = id
    self.government = government
    self.title = title
    self.kind = kind
    self.announced = announced
    self.effective = effective
    self.ends = ends
    self.complianceFrom = complianceFrom
    self.isEnforced = isEnforced
    self.subject = subject
    self.destinations = destinations
    self.reachesHeadquarters = reachesHeadquarters
    self.entities = entities
    self.requirement = requirement
    self.review = review
    self.supersedes = supersedes
    self.provenance = provenance
    self.note = note
  }

  /// From when it binds; nil for what never took effect.
  var firstDayInForce: Day? { effective.map { max($0, complianceFrom ?? $0) } }

  /// Whether it binds on a day: from `effective` (and `complianceFrom`) until before `ends`.
  public func isInForce(on day: Day) -> Bool {
    guard isEnforced, let begin = firstDayInForce else { return false }
    return begin <= day && ends.map { day < $0 } ?? true
  }

  /// Whether it reaches a sale, by its destination or by the buyer's headquarters.
  public func reaches(_ sale: Sale) -> Bool {
    reaches(sale.destination)
      || reachesHeadquarters && destinations.contains(sale.headquarters)
  }

  /// Whether it names a jurisdiction, or the world.
  func reaches(_ place: String) -> Bool {
    destinations.contains("world") || destinations.contains(place)
  }
}
