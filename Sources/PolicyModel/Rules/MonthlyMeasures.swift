import Quantities

/// What rules that bear on anything but the sale of chips amount to in one month: shares of its
/// days on which they are in force.
struct MonthlyMeasures: Hashable, Sendable {
  /// Rules of the leader's government on chip-making tools for the follower, added up.
  var leaderTools = 0.0
  /// Rules of other governments on such tools, added up.
  var alliedTools = 0.0
  /// Whether high-bandwidth memory is barred from the follower.
  var memory = 0.0
  /// Whether contract manufacturers owe a duty of care.
  var foundry = 0.0
  /// Whether the follower holds back minerals.
  var minerals = 0.0
  /// Whether clouds must know their customers.
  var cloudNotice = 0.0
  /// Whether clouds are closed to the follower.
  var cloudClosed = 0.0
  /// Whether chips that are sold must tell where they are.
  var locationVerification = 0.0
  /// By supplier: whether it is on an entity list.
  var listedSuppliers: [Double] = []

  /// Adds up the rules of a regime.
  init(of book: RuleBook, in month: Month, economy: Economy) {
    let leader = economy.jurisdictions[economy.leader].id
    let follower = economy.jurisdictions[economy.follower].id
    let rules = book.rules.map { (rule: $0, share: $0.shareInForce(in: month)) }
      .filter { $0.share > 0 }
    func reaches(_ rule: Rule, _ place: String) -> Bool {
      rule.destinations.contains("world") || rule.destinations.contains(place)
    }
    for (rule, share) in rules {
      let reachesFollower = reaches(rule, follower)
      switch rule.subject {
      case .tools where reachesFollower:
        if rule.government == leader { leaderTools += share } else { alliedTools += share }
      case .memory where reachesFollower: memory = max(memory, share)
      case .foundry where reachesFollower: foundry = max(foundry, share)
      case .minerals where rule.government == follower: minerals = max(minerals, share)
      case .cloud where reachesFollower:
        let isClosed = rule.review.contains { !$0.policy.isOpen }
        if isClosed {
          cloudClosed = max(cloudClosed, share)
        } else {
          cloudNotice = max(cloudNotice, share)
        }
      case .locationVerification: locationVerification = max(locationVerification, share)
      default: break
      }
    }
    listedSuppliers = economy.suppliers.map { supplier in
      let naming = rules.filter {
        $0.rule.subject == .entities && $0.rule.entities.contains(supplier.id)
      }
      return naming.map(\.share).max() ?? 0
    }
  }

  /// Nothing is in force.
  init(supplierCount: Int) { listedSuppliers = Array(repeating: 0, count: supplierCount) }
}
