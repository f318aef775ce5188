import Documents
import PolicyModel
import Quantities

/// Reads rules, built-in or from a scenario.
struct RuleReader {
  let sources: SourceTable
  private(set) var faults: [Fault] = []

  init(sources: SourceTable) { self.sources = sources }

  /// Reads a rule that is written out in full.
  mutating func rule(_ node: DocumentNode) -> Rule? {
    guard let id = node["id"]?.text, let government = node["government"]?.text,
      let title = node["title"]?.text
    else { return nil }
    if let fault = sources.fault(beside: node) { faults.append(fault) }
    faults += ([node["government"]]).compactMap { codeFault($0) }
    faults += (node["destinations"]?.items ?? []).compactMap {
      codeFault($0, allowing: ["world"])
    }
    let effective = node["effective"]?.date
    return Rule(
      id: id, government: government, title: title, kind: node["kind"]?.text ?? "rule",
      announced: node["announced"]?.date, effective: effective,
      ends: node["ends"]?.date, complianceFrom: node["compliance_from"]?.date,
      isEnforced: node["enforced"]?.flag ?? true,
      subject: node["acts_on"]?.text.flatMap(RuleSubject.init(rawValue:)) ?? .chips,
      destinations: node["destinations"]?.items.compactMap(\.text) ?? [],
      reachesHeadquarters: node["reaches_headquarters"]?.flag ?? false,
      entities: node["entities"]?.items.compactMap(\.text) ?? [],
      requirement: (node["requirement"]?.items ?? []).map { requirement($0) },
      review: (node["review"]?.items ?? []).compactMap { review($0) },
      supersedes: node["supersedes"]?.items.compactMap(\.text) ?? [],
      provenance: sources.provenance(beside: node), note: node["note"]?.text)
  }

  /// Bounds that no chip, or every chip, would meet.
  private mutating func checkBounds(of conditions: DocumentNode?) {
    for entry in conditions?.entries ?? [] where ChipAttribute(rawValue: entry.key) != nil {
      if entry.value.lacks("at_least"), entry.value.lacks("below") {
        faults.append(entry.value.fault("has no bound", advice: "give at_least or below"))
      }
      if let low = entry.value["at_least"]?.number, let high = entry.value["below"]?.number,
        low >= high
      {
        faults.append(
          entry.value.fault(
            "nothing is at least \(plain(low)) and below \(plain(high))", advice: "swap them"))
      }
    }
  }

  private mutating func requirement(_ node: DocumentNode) -> RequirementClause {
    let label = node["class"]?.text
    checkBounds(of: node["when"])
    let conditions = node["when"].map { Self.conditions($0) } ?? []
    if label != nil, let inner = node["when"]?["class"] ?? node["when"]?["not_class"] {
      faults.append(
        inner.fault(
          "a clause that names a class cannot ask for one",
          advice: "leave out the clause's own class, or these conditions"))
    }
    return RequirementClause(label: label, conditions: conditions)
  }

  private mutating func review(_ node: DocumentNode) -> ReviewClause? {
    checkBounds(of: node["when"])
    guard let policy = node["policy"]?.text.flatMap(ReviewPolicy.init(rawValue:)) else {
      return nil
    }
    var terms = LicenseTerms()
    terms.capUnits = node["cap_units"]?.number
    terms.capTPP = node["cap_tpp"]?.number
    terms.capShareOfSales = node["cap_share_of_sales"]?.number
    terms.revenueShare = node["revenue_share"]?.number
    terms.duty = node["duty"]?.number
    return ReviewClause(
      policy: policy, conditions: node["when"].map { Self.conditions($0) }, terms: terms)
  }

  /// The conditions of a `when`, in the order of the file.
  private static func conditions(_ node: DocumentNode) -> [Condition] {
    node.entries.compactMap { entry in
      let words = entry.value.items.compactMap(\.text)
      return switch entry.key {
      case "data_center": entry.value.flag.map { .forDataCenters($0) }
      case "chips": .named(words)
      case "vendors": .vendors(words)
      case "designed_in": .designedIn(words)
      case "class": .classified(words)
      case "not_class": .notClassified(words)
      default:
        ChipAttribute(rawValue: entry.key).map {
          .threshold(
            $0, atLeast: entry.value["at_least"]?.number, below: entry.value["below"]?.number)
        }
      }
    }
  }
}
