public import Quantities

/// What a government says about a license for a chip, from mildest to strictest.
public enum ReviewPolicy: String, CaseIterable, Comparable, Sendable {
  /// No license is needed.
  case free
  /// The seller gives notice and may sell (license exception NAC, for one).
  case notify
  /// A license is needed, and has been granted to the buyers that the clause names, on its terms.
  case granted
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
    case .granted: "licensed"
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
    case .granted: 2
    case .license: 3
    case .presumptionOfDenial: 4
    case .deny: 5
    }
  }
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

/// Terms that a license comes with. Each cap is counted once, over all that the clause governs.
public struct LicenseTerms: Hashable, Sendable {
  /// At most so many units in all.
  public var capUnits: Double?
  /// At most so many units for each firm.
  public var unitsPerFirm: Double?
  /// How many firms get that, where not all do.
  public var firms: Double?
  /// At most so much TPP in all.
  public var capTPP: Double?
  /// At most this share of the TPP that is sold into the leader's jurisdiction.
  public var capShareOfSales: Double?
  /// The chips whose sales there are its base, by id; all that the clause governs where none are named.
  public var shareOf: [String] = []
  /// Over how many months what is licensed is delivered.
  public var deliveryMonths: Double?
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
  /// The buyers that it is about, by id of the owner; all where none are named.
  public let buyers: [String]
  /// What a license comes with.
  public let terms: LicenseTerms

  /// States a clause.
  public init(
    policy: ReviewPolicy, conditions: [Condition]?, buyers: [String] = [],
    terms: LicenseTerms = .init()
  ) {
    self.policy = policy
    self.conditions = conditions
    self.buyers = buyers
    self.terms = terms
  }
}

/// One measure of one government.
///
/// A rule is looked at for every chip, buyer and day, and handed around as often: its copies share what it says.
@dynamicMemberLookup
public struct Rule: Hashable, Sendable {
  private let shared: Shared

  /// What a rule says.
  public struct Text: Hashable, Sendable {
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
    public let effective: Day?
    /// The first day on which it binds no more; nil while open-ended.
    public let ends: Day?
    /// From when it must be complied with, where that is later.
    public let complianceFrom: Day?
    /// Whether it was ever enforced.
    public let isEnforced: Bool
    /// What it bears on.
    public let subject: RuleSubject
    /// Where it reaches; `world` for everywhere.
    public let destinations: [String]
    /// Whether it also binds buyers headquartered in a destination, wherever they buy.
    public let reachesHeadquarters: Bool
    /// Ids of the suppliers and owners that a rule about entities names.
    public let entities: [String]
    /// Places whose clouds a rule on rented computing is about; all that host where none are named.
    public let hosts: [String]
    /// What a rule about models closes to its destinations.
    public let closes: [ModelChannel]
    /// Which chips need a license: any clause catches.
    public let requirement: [RequirementClause]
    /// How applications are judged: the first clause that names the chip and the buyer decides.
    public let review: [ReviewClause]
    /// The first day for which it is not known which licenses were granted. Before it nothing passes a
    /// case-by-case review but what is recorded as ``ReviewPolicy/granted``; from it on approvals are drawn.
    /// Nil for a rule of which nothing is known, so that they are drawn from the first day.
    public let licensesKnownUntil: Day?
    /// Rules whose review this one replaces when both take effect on one day.
    public let supersedes: [String]
    /// Where all this is written.
    public let provenance: Provenance?
    /// What a reader should know.
    public let note: String?
  }

  /// What the copies of a rule have in common.
  private final class Shared: Sendable {
    let text: Text

    init(_ text: Text) { self.text = text }
  }

  // Inlined: otherwise the path is made anew at each reading, which took longer than the reading. One that is handed
  // on still is: hot paths write `map { $0.effective }`, not `map(\.effective)`.
  /// What it says, as if it were the rule's own.
  @inline(__always) public subscript<Value>(dynamicMember path: KeyPath<Text, Value>) -> Value {
    shared.text[keyPath: path]
  }

  /// States a rule.
  public init(
    id: String, government: String, title: String, kind: String, announced: Day?,
    effective: Day?, ends: Day?, complianceFrom: Day?, isEnforced: Bool, subject: RuleSubject,
    destinations: [String], reachesHeadquarters: Bool, entities: [String] = [],
    hosts: [String] = [], closes: [ModelChannel] = [], requirement: [RequirementClause],
    review: [ReviewClause], licensesKnownUntil: Day? = nil, supersedes: [String],
    provenance: Provenance?, note: String?
  ) {
    shared = Shared(
      Text(
        id: id, government: government, title: title, kind: kind, announced: announced,
        effective: effective, ends: ends, complianceFrom: complianceFrom, isEnforced: isEnforced,
        subject: subject, destinations: destinations, reachesHeadquarters: reachesHeadquarters,
        entities: entities, hosts: hosts, closes: closes, requirement: requirement,
        review: review, licensesKnownUntil: licensesKnownUntil, supersedes: supersedes,
        provenance: provenance,
        note: note))
  }

  /// Whether two rules say the same.
  public static func == (left: Rule, right: Rule) -> Bool {
    left.shared === right.shared || left.shared.text == right.shared.text
  }

  /// Hashes what the rule says.
  public func hash(into hasher: inout Hasher) { hasher.combine(shared.text) }

  /// Every buyer that it names: where it acts on entities, and in clauses on licenses.
  public var namedBuyers: [String] { self.entities + self.review.flatMap(\.buyers) }

  /// From when it binds; nil for what never took effect.
  var firstDayInForce: Day? { self.effective.map { max($0, self.complianceFrom ?? $0) } }

  /// Whether it binds on a day: from `effective` (and `complianceFrom`) until before `ends`.
  public func isInForce(on day: Day) -> Bool {
    guard self.isEnforced, let begin = firstDayInForce else { return false }
    return begin <= day && self.ends.map { day < $0 } ?? true
  }

  /// Whether it reaches a sale, by its destination or by the buyer's headquarters.
  public func reaches(_ sale: Sale) -> Bool {
    reaches(sale.destination) || sale.member.map(reaches) ?? false
      || self.reachesHeadquarters && self.destinations.contains(sale.headquarters)
  }

  /// Whether it names a jurisdiction, or the world.
  func reaches(_ place: String) -> Bool {
    self.destinations.contains("world") || self.destinations.contains(place)
  }

  /// Whether it keeps high-bandwidth memory from a jurisdiction.
  func barsMemory(from place: String) -> Bool {
    self.subject == .memory && self.isEnforced && reaches(place)
  }
}
