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
  /// Models of others: what is served, and weights.
  case models
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

/// A way in which a model can be learnt from by others.
public enum ModelChannel: String, CaseIterable, Sendable {
  /// Its answers, where it is served.
  case served
  /// Its weights, where they are released.
  case weights
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
///
/// A rule is looked at for every chip, buyer and day, and handed around as often: its copies share what it says.
public struct Rule: Hashable, Sendable {
  private let shared: Shared

  /// The id that scenarios use.
  public var id: String { shared.text.id }
  /// Who issued it.
  public var government: String { shared.text.government }
  /// What it is called.
  public var title: String { shared.text.title }
  /// What sort of measure it is: a rule, a letter, a policy, a bill.
  public var kind: String { shared.text.kind }
  /// When it was made known.
  public var announced: Day? { shared.text.announced }
  /// From when it binds; nil for what never took effect.
  public var effective: Day? { shared.text.effective }
  /// The first day on which it binds no more; nil while open-ended.
  public var ends: Day? { shared.text.ends }
  /// From when it must be complied with, where that is later.
  public var complianceFrom: Day? { shared.text.complianceFrom }
  /// Whether it was ever enforced.
  public var isEnforced: Bool { shared.text.isEnforced }
  /// What it bears on.
  public var subject: RuleSubject { shared.text.subject }
  /// Where it reaches; `world` for everywhere.
  public var destinations: [String] { shared.text.destinations }
  /// Whether it also binds buyers headquartered in a destination, wherever they buy.
  public var reachesHeadquarters: Bool { shared.text.reachesHeadquarters }
  /// Ids of the suppliers and owners that a rule about entities names.
  public var entities: [String] { shared.text.entities }
  /// What a rule about models closes to its destinations.
  public var closes: [ModelChannel] { shared.text.closes }
  /// Which chips need a license: any clause catches.
  public var requirement: [RequirementClause] { shared.text.requirement }
  /// How applications are judged: the first clause that names the chip decides.
  public var review: [ReviewClause] { shared.text.review }
  /// Rules whose review this one replaces when both take effect on one day.
  public var supersedes: [String] { shared.text.supersedes }
  /// Where all this is written.
  public var provenance: Provenance? { shared.text.provenance }
  /// What a reader should know.
  public var note: String? { shared.text.note }

  /// What a rule says, all of it.
  private struct Text: Hashable, Sendable {
    let id: String
    let government: String
    let title: String
    let kind: String
    let announced: Day?
    let effective: Day?
    let ends: Day?
    let complianceFrom: Day?
    let isEnforced: Bool
    let subject: RuleSubject
    let destinations: [String]
    let reachesHeadquarters: Bool
    let entities: [String]
    let closes: [ModelChannel]
    let requirement: [RequirementClause]
    let review: [ReviewClause]
    let supersedes: [String]
    let provenance: Provenance?
    let note: String?
  }

  /// What the copies of a rule have in common.
  private final class Shared: Sendable {
    let text: Text

    init(_ text: Text) { self.text = text }
  }

  /// States a rule.
  public init(
    id: String, government: String, title: String, kind: String, announced: Day?,
    effective: Day?, ends: Day?, complianceFrom: Day?, isEnforced: Bool, subject: RuleSubject,
    destinations: [String], reachesHeadquarters: Bool, entities: [String] = [],
    closes: [ModelChannel] = [], requirement: [RequirementClause],
    review: [ReviewClause], supersedes: [String], provenance: Provenance?, note: String?
  ) {
    shared = Shared(
      Text(
        id: id, government: government, title: title, kind: kind, announced: announced,
        effective: effective, ends: ends, complianceFrom: complianceFrom, isEnforced: isEnforced,
        subject: subject, destinations: destinations, reachesHeadquarters: reachesHeadquarters,
        entities: entities, closes: closes, requirement: requirement, review: review, supersedes: supersedes,
        provenance: provenance, note: note))
  }

  /// Whether two rules say the same.
  public static func == (left: Rule, right: Rule) -> Bool {
    left.shared === right.shared || left.shared.text == right.shared.text
  }

  /// Hashes what the rule says.
  public func hash(into hasher: inout Hasher) { hasher.combine(shared.text) }

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
