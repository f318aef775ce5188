package import PolicyModel

/// Parameters that speak of one subject, as people name it when they ask what an answer rests on.
public struct ParameterGroup: Hashable, Sendable {
  /// The subject, within a sentence: `packaging and dies`.
  public let title: String

  /// The group of a parameter: by its section, and the place of the owner or lab that it is of.
  package init(ofParameter name: String, in world: WorldPlan) {
    let parts = name.split(separator: ".").map(String.init)
    let subject = Self.subjects.first { $0.sections.contains(parts[0]) }?.title ?? parts[0]
    let place = parts.count > 2 ? Self.home(of: parts[1], section: parts[0], in: world) : nil
    title = place.map { "\(subject) of \($0)" } ?? subject
  }

  /// Subjects, and the sections of scenario files that they are made of.
  static let subjects: [(title: String, sections: [String])] = [
    ("budgets in general", ["spending_plans"]),
    ("budgets", ["owners"]),
    ("foreign supply", ["supplier_capacity", "scarcity_prices", "compliant_variants"]),
    ("domestic supply", ["domestic_production"]),
    ("licenses and later rules", ["licensing", "regulator_reactions"]),
    ("rents and prices of chips", ["chips"]),
    ("choice of chips and the market", ["offers", "market_clearing"]),
    ("diverted chips", ["grey_market", "jurisdictions"]),
    ("cloud access", ["remote_access"]),
    ("fleets", ["fleets", "energy_limit"]),
    ("utilisation of chips", ["throughput"]),
    ("demand for tokens", ["fleet_split"]),
    ("labs' shares of fleets", ["labs"]),
    ("progress of algorithms", ["algorithmic_efficiency"]),
    ("catching up", ["catch_up"]),
    ("training runs", ["training_runs", "runs", "model_releases"]),
    ("costs", ["ledger", "lab_ledger", "research_overhead"]),
  ]

  private static func home(of id: String, section: String, in world: WorldPlan) -> String? {
    switch section {
    case "owners":
      let places = world.economy.jurisdictions
      return world.economy.owners.first { $0.id == id }.map {
        places[$0.headquarters].nameInSentence
      }
    case "labs":
      let home = world.labs.first { $0.id == id }?.headquarters
      return world.economy.jurisdictions.first { $0.id == home }?.nameInSentence ?? home
    default: return nil
    }
  }
}

extension ParameterGroup {
  /// What parts of a whole come to by subject, as parts of their sum, largest first; empty where the sum is
  /// nothing. Subjects that do nothing may come a little below 0, and count as nothing: the others make up the whole.
  static func shares(
    of parts: [(group: ParameterGroup, share: Double)]
  ) -> [(group: ParameterGroup, share: Double)] {
    var sums: [ParameterGroup: Double] = [:]
    for (group, share) in parts { sums[group, default: 0] += share }
    let shares = sums.mapValues { max(0, $0) }
    let whole = shares.values.reduce(0, +)
    guard whole > 0 else { return [] }
    return shares.map { (group: $0.key, share: $0.value / whole) }.sorted {
      ($0.share, $1.group.title) > ($1.share, $0.group.title)
    }
  }
}
