import Quantities

/// What rules that bear on anything but the sale of chips amount to in one month: each figure is the share of its days
/// on which such rules are in force, from 0 to 1 but for those that are added up.
struct MonthlyMeasures: Hashable, Sendable {
  /// Rules of the leader's government on chip-making tools for the follower, added up.
  var leaderTools = 0.0
  /// Rules of other governments on such tools, added up.
  var alliedTools = 0.0
  /// Rules of the leader's government on servicing such tools, and parts for them.
  var leaderServicing = 0.0
  /// Rules of other governments on that.
  var alliedServicing = 0.0
  /// Rules that bar high-bandwidth memory from the follower.
  var memory = 0.0
  /// Rules by which contract manufacturers owe a duty of care.
  var foundry = 0.0
  /// Rules by which the follower holds back minerals.
  var minerals = 0.0
  /// Rules that close models of the leader's labs to the follower.
  var leaderModels = ModelClosing()
  /// Rules that close models of third parties' labs to it.
  var otherModels = ModelClosing()
  /// By jurisdiction: rules by which its clouds must know their customers.
  var cloudNotice: [Double]
  /// By jurisdiction: rules that close its clouds to the follower.
  var cloudClosed: [Double]
  /// By jurisdiction: its own permits on what leaves it again for the follower.
  var transit: [Double]
  /// Rules by which chips that are sold must tell where they are.
  var locationVerification = 0.0
  /// By supplier: rules that name it.
  var listedSuppliers: [Double] = []

  /// Adds up the rules of a regime.
  init(of book: RuleBook, in month: Month, economy: Economy) {
    let leader = economy.jurisdictions[economy.leader].id
    let follower = economy.jurisdictions[economy.follower].id
    let rules = book.rules.map { (rule: $0, days: $0.daysInForce(in: month)) }
      .filter { !$0.days.isEmpty }
    // Two rules that ask the same of somebody ask no more than one: the days of any of them count. Rules on new tools
    // bar other tools each, so that these are added up.
    func shareOfDays(_ subject: RuleSubject, where holds: (Rule) -> Bool) -> Double {
      rules.filter { $0.rule.subject == subject && holds($0.rule) }
        .reduce(DaySet.none) { $0.union($1.days) }.share
    }
    for (rule, days) in rules where rule.subject == .tools && rule.reaches(follower) {
      if rule.government == leader { leaderTools += days.share } else { alliedTools += days.share }
    }
    leaderServicing = shareOfDays(.servicing) { $0.reaches(follower) && $0.government == leader }
    alliedServicing = shareOfDays(.servicing) { $0.reaches(follower) && $0.government != leader }
    // The same by jurisdiction; rules on parts of one bear on other parts each, so that these are added up.
    func sharesByJurisdiction(
      _ subject: RuleSubject, where holds: (Rule) -> Bool, places: (Rule) -> [String]
    ) -> [Double] {
      let those = rules.filter {
        $0.rule.subject == subject && $0.rule.reaches(follower) && holds($0.rule)
      }
      return economy.jurisdictions.map { jurisdiction in
        let whole = those.filter { jurisdiction.share(of: places($0.rule)) == 1 }
          .reduce(DaySet.none) { $0.union($1.days) }.share
        return those.reduce(whole) { sum, entry in
          let part = jurisdiction.share(of: places(entry.rule))
          return part < 1 ? min(1, sum + part * entry.days.share) : sum
        }
      }
    }
    let everywhere = ["world"]
    cloudClosed = sharesByJurisdiction(.cloud, where: \.closesClouds) {
      $0.hosts.isEmpty ? everywhere : $0.hosts
    }
    cloudNotice = sharesByJurisdiction(.cloud, where: { !$0.closesClouds }) {
      $0.hosts.isEmpty ? everywhere : $0.hosts
    }
    transit = sharesByJurisdiction(.transit, where: { _ in true }) { [$0.government] }
    memory = shareOfDays(.memory) { $0.reaches(follower) }
    foundry = shareOfDays(.foundry) { $0.reaches(follower) }
    minerals = shareOfDays(.minerals) { $0.government == follower }
    leaderModels = ModelClosing { channel in
      shareOfDays(.models) { $0.government == leader && $0.reaches(follower) && $0.bars(channel) }
    }
    otherModels = ModelClosing { channel in
      shareOfDays(.models) {
        ![leader, follower].contains($0.government) && $0.reaches(follower) && $0.bars(channel)
      }
    }
    locationVerification = shareOfDays(.locationVerification) { _ in true }
    listedSuppliers = economy.suppliers.map { supplier in
      shareOfDays(.entities) { $0.entities.contains(supplier.id) }
    }
  }

  /// Nothing is in force.
  init(supplierCount: Int, placeCount: Int) {
    listedSuppliers = Array(repeating: 0, count: supplierCount)
    cloudNotice = Array(repeating: 0, count: placeCount)
    cloudClosed = cloudNotice
    transit = cloudNotice
  }
}

/// How far some labs' models are closed to the follower, as shares of a month's days.
struct ModelClosing: Hashable, Sendable {
  var served = 0.0
  var weights = 0.0

  /// Nothing is closed.
  init() {}

  /// Asks for each channel.
  init(_ share: (ModelChannel) -> Double) {
    (served, weights) = (share(.served), share(.weights))
  }
}

extension Rule {
  /// Whether a rule on models closes a channel; one that leaves it open to all who ask does not.
  fileprivate func bars(_ channel: ModelChannel) -> Bool {
    self.closes.contains(channel)
      && (self.review.isEmpty || self.review.contains { !$0.policy.isOpen })
  }

  /// Whether a rule on clouds closes them, instead of having them know their customers.
  fileprivate var closesClouds: Bool { self.review.contains { !$0.policy.isOpen } }
}
